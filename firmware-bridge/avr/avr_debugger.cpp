// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_debugger.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <simavr/sim_gdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace jh {

namespace {

/// The number that the next file will get.
int nextFile() {
    const int next = dup(STDIN_FILENO);
    close(next);
    return next;
}

/// Listens on this port of the loopback alone; below 0 where the port is taken.
int listenLocally(int port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* any = reinterpret_cast<const sockaddr*>(&address);
    if (bind(listener, any, sizeof address) == 0 && listen(listener, 1) == 0) return listener;
    close(listener);
    return -1;
}

/// simavr's stub listens on every interface: it is given any free port, and then our socket takes
/// the place of its own.
bool startStub(avr_t* avr, int port) {
    const int ours = listenLocally(port);
    if (ours < 0) return false;
    const int theirs = nextFile();
    avr->gdb_port = 0;
    const bool started = avr_gdb_init(avr) == 0 && dup2(ours, theirs) == theirs;
    close(ours);
    return started;
}

/// Runs the program as the debugger wants it, until that is gone or this process's parent is.
void serve(AvrCore& core) {
    avr_t* avr = core.avr();
    // The stub keeps to itself whether somebody is connected.
    const int connection = nextFile();
    const pid_t parent = getppid();
    bool asleep = avr->state == cpu_Sleeping, met = false;
    avr->state = cpu_Stopped;
    while (!core.ended() && getppid() == parent) {
        constexpr int look_us = 50'000;
        if (avr->state == cpu_Stopped) avr_gdb_processor(avr, look_us);
        const bool connected = fcntl(connection, F_GETFD) != -1;
        if (met && !connected) break;
        met = met || connected;
        if (avr->state == cpu_Stopped) continue;
        // Stopping must not wake it.
        if (asleep && avr->state == cpu_Running) avr->state = cpu_Sleeping;
        avr->run(avr);
        asleep = avr->state == cpu_Sleeping || (asleep && avr->state == cpu_Stopped);
    }
    // Whoever ends the debugger does not end the run.
    avr->state = asleep ? cpu_Sleeping : cpu_Running;
}

}  // namespace

bool serveDebugger(AvrCore& core, int port) {
    avr_t* avr = core.avr();
    const auto run = avr->run;
    const auto sleep = avr->sleep;
    const auto limit = avr->run_cycle_limit;
    const auto count = avr->run_cycle_count;
    if (!startStub(avr, port)) return false;
    avr->sleep = sleep;
    // simavr looks for breakpoints between its runs: each must be one instruction.
    avr->run_cycle_limit = avr->run_cycle_count = 1;
    serve(core);
    avr_deinit_gdb(avr);
    avr->gdb = nullptr;
    avr->gdb_port = 0;  // else a crash later on would wait for a debugger
    avr->run = run;
    avr->run_cycle_limit = limit;
    avr->run_cycle_count = count;
    return true;
}

}  // namespace jh
