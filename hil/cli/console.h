// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Set by Ctrl-C and SIGTERM once catchStopSignals() was called.
extern std::atomic<bool> stopSignalled;
void catchStopSignals();

/// All of them on stderr, with their number, and what that means.
void print(const Diagnostics& diagnostics, std::string_view meaning = "; nothing was started");

/// What was read into its place, or its problems to the others.
template <class Read>
void takeOr(const Expected<Read, Diagnostics>& read, Read& into, Diagnostics& problems) {
    if (read) {
        into = *read;
    } else {
        problems.insert(problems.end(), read.error().begin(), read.error().end());
    }
}

/// Whole file or stdout for an empty name; a message when that did not work, else empty.
std::string writeText(const std::filesystem::path& file, const std::string& text);

/// writeText as a command's last word: its exit code, a problem told on stderr.
int deliver(const std::filesystem::path& file, const std::string& text);

/// A problem on stderr; exitDevice.
int complain(const std::string& problem);

/// The worst of several exit codes: device trouble before invalid before fail; an interruption ends
/// all.
int worse(int a, int b);

/// A file given as it is, or by its name within the shipped data.
std::filesystem::path findDataFile(const std::string& name);

/// Whether a program is in one of the folders of PATH.
bool onPath(const std::string& program);

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

/// How many of many jobs are done and how long the rest will take, on stderr: a line that
/// overwrites itself on a terminal, else a line for every tenth.
class JobProgress {
public:
    JobProgress(bool wanted, std::size_t total);
    ~JobProgress();
    JobProgress(const JobProgress&) = delete;
    JobProgress& operator=(const JobProgress&) = delete;
    void ended();
    void show() const;

private:
    std::string text() const;

    bool wanted_, terminal_;
    std::size_t total_, done_{};
    std::chrono::steady_clock::time_point start_{std::chrono::steady_clock::now()};
};

}  // namespace jh
