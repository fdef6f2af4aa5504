// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>

#include "hil/scenario/diagnostics.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Set by Ctrl-C and SIGTERM once catchStopSignals() was called.
extern std::atomic<bool> stopSignalled;
void catchStopSignals();

/// All of them on stderr, with their number.
void print(const Diagnostics& diagnostics);

/// Whole file or stdout for an empty name; a message when that did not work, else empty.
std::string writeText(const std::filesystem::path& file, const std::string& text);

/// writeText as a command's last word: its exit code, a problem told on stderr.
int deliver(const std::filesystem::path& file, const std::string& text);

/// A file given as it is, or by its name within the shipped data.
std::filesystem::path findDataFile(const std::string& name);

/// One line on a terminal's stderr that overwrites itself; nothing when stderr is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(bool wanted);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(const std::string& name, SimTime simulated, const std::string& doing);

private:
    bool on_;
    std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace jh
