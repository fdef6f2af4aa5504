// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/first_failure.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <utility>

#include "hil/report/words.h"

namespace jh {

namespace {

/// What the system says of a process: whether it is there, a debugger has it, and has stopped it.
struct Traced {
    bool there{}, by{}, stopped{};
};

Traced traced(int process) {
    std::ifstream status{fmt::format("/proc/{}/status", process)};
    Traced now;
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("State:")) {
            now.there = line.find("zombie") == line.npos;
            now.stopped = line.find("tracing stop") != line.npos;
        }
        if (line.starts_with("TracerPid:")) now.by = line.find_first_of("123456789") != line.npos;
    }
    return now;
}

}  // namespace

void FirstFailure::measured(const TestResult& test, SimTime now) {
    const Measurement& m = test.measurements.back();
    if (m.verdict != Verdict::fail) return;
    serve(fmt::format("test {}: {} fails", test.rule.id, label(m, Language::en)), now);
}

void FirstFailure::ended(const TestResult& test, SimTime now) {
    if (test.verdict == Verdict::pass) return;
    const std::string why = test.findings.empty() ? "" : ": " + test.findings.front();
    serve(fmt::format("test {} ends: {}{}", test.rule.id, phrase(word(test.verdict), Language::en),
                      why),
          now);
}

void FirstFailure::over(const VerificationResult& result, SimTime now) {
    if (result.verdict != Verdict::error) return;
    serve(result.cause, now);
}

/// The firmware stands still between two orders, in the host program's wait for the next. Its
/// debugger may go on with it or go away.
void FirstFailure::awaitTracer() const {
    constexpr int look_us = 2'000;
    bool met = false;
    for (Traced now; !givenUp(); usleep(look_us)) {
        now = traced(report_.process);
        if (!now.there || (met && !now.stopped)) return;
        met = met || (now.by && now.stopped);
    }
}

void FirstFailure::serve(const std::string& what, SimTime now) {
    if (std::exchange(served_, true) || givenUp()) return;
    const bool terminal = isatty(STDERR_FILENO) == 1;
    const std::string line = fmt::format("{}{}: {} at {:.6f} s", terminal ? "\r\x1b[K" : "",
                                         scenario_.name, what, seconds(now));
    if (host_.lost()) {
        fmt::print(stderr, "{}; nothing is left to debug: {}\n", line, *host_.lost());
        return;
    }
    const bool native = report_.host == "native";
    const std::string command =
        native ? fmt::format("gdb -p {}", report_.process)
               : fmt::format("avr-gdb {} -ex \"target remote :{}\"",
                             scenario_.firmware->file.string(), options_.debugPort);
    fmt::print(stderr, "{}; the firmware is {}{} and waits for: {}\n", line, native ? "" : "at ",
               host_.whereNow(), command);
    host_.patientUntil([this] { return givenUp(); });
    const std::string why = host_.debug(options_.debugPort);
    if (!why.empty()) fmt::print(stderr, "{}: no debugger: {}\n", scenario_.name, why);
    // A native firmware may be stopped again later on.
    if (native && why.empty()) return awaitTracer();
    host_.patientUntil({});
}

std::string undebuggable(const Scenario& scenario) {
    if (!scenario.firmware || !scenario.firmware->emulated()) {
        return "has no firmware in a process of its own; name it under `firmware`";
    }
    if (scenario.firmware->board.host != "cortexm") return {};
    return "QEMU serves no debugger while the firmware waits in its mailbox; debug it by "
           "`qemu-system-arm -gdb`, or build it for jianheng-native";
}

}  // namespace jh
