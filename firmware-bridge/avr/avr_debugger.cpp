// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_debugger.h"

#include <fcntl.h>
#include <simavr/sim_gdb.h>
#include <unistd.h>

namespace jh {

namespace {

/// The number that the next file will get.
int nextFile() {
    const int next = dup(STDIN_FILENO);
    close(next);
    return next;
}

}  // namespace

bool serveDebugger(AvrCore& core, int port) {
    avr_t* avr = core.avr();
    const auto run = avr->run;
    const auto sleep = avr->sleep;
    const auto limit = avr->run_cycle_limit;
    avr->gdb_port = port;
    if (avr_gdb_init(avr) != 0) return false;
    avr->sleep = sleep;
    // simavr looks for breakpoints between its runs: each must be one instruction.
    avr->run_cycle_limit = avr->run_cycle_count = 1;
    avr->state = cpu_Stopped;
    // It keeps to itself whether somebody is connected.
    const int connection = nextFile();
    bool met = false;
    while (!core.ended()) {
        avr->run(avr);
        const bool connected = fcntl(connection, F_GETFD) != -1;
        if (met && !connected) break;
        met = met || connected;
    }
    avr_deinit_gdb(avr);
    avr->gdb = nullptr;
    avr->gdb_port = 0;  // else a crash later on would wait for a debugger
    avr->run = run;
    avr->run_cycle_limit = limit;
    // Whoever ends the debugger does not end the run.
    avr->state = cpu_Running;
    return true;
}

}  // namespace jh
