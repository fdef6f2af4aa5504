// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace jh {

/// How the process of a job ended.
struct JobEnd {
    std::size_t job{};
    int exitCode{};  ///< what the work gave
    int signal{};    ///< that ended it instead; 0: none
};

/// "ended by signal 11 (Segmentation fault)"
std::string signalText(int signal);

/// What is done with jobs; all but `work` is called in this process. `onStart` and `onTick` may be
/// left out.
struct JobCalls {
    std::function<int(std::size_t job)> work;  ///< in a process of its own; its exit code
    std::function<void(std::size_t job)> onStart;
    /// False: nothing new is begun.
    std::function<bool(const JobEnd& end)> onEnd;
    std::function<void()> onTick;  ///< about once a second
};

/// Runs each job in a child process, at most `atOnce` at a time, and waits for all. A child dies
/// with this process, however that ends. Ctrl-C and SIGTERM kill the children: false, jobs are
/// left. The caller must have one thread.
bool runJobs(const std::vector<std::size_t>& jobs, int atOnce, const JobCalls& calls);

}  // namespace jh
