// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/jobs.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <stdexcept>

namespace jh {

namespace {

constexpr int crashed = 70;  // EX_SOFTWARE: an exception that the work let through

/// Ctrl-C, SIGTERM and ends of children come when asked for, until the end of the scope.
class HeldSignals {
public:
    HeldSignals() {
        sigemptyset(&held_);
        for (const int signal : {SIGINT, SIGTERM, SIGCHLD}) sigaddset(&held_, signal);
        sigprocmask(SIG_BLOCK, &held_, &before_);
    }
    ~HeldSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

    /// The next one, or 0 after a second.
    int next() const {
        const timespec second{1, 0};
        const int signal = sigtimedwait(&held_, nullptr, &second);
        return signal < 0 ? 0 : signal;
    }

private:
    sigset_t held_{}, before_{};
};

/// Ctrl-C stays held in children: a terminal sends it to all, but only the parent decides.
[[noreturn]] void beChild(pid_t parent, std::size_t job, const JobCalls& calls) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(crashed);  // it died before the line above
    int code = crashed;
    try {
        code = calls.work(job);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "jianheng: %s\n", error.what());
    }
    std::fflush(nullptr);
    _exit(code);
}

/// The children at work.
class Children {
public:
    ~Children() {
        for (const auto& [pid, job] : jobs_) kill(pid, SIGKILL);
        for (const auto& [pid, job] : jobs_) waitpid(pid, nullptr, 0);
    }
    Children() = default;
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;

    std::size_t count() const { return jobs_.size(); }
    void start(std::size_t job, const JobCalls& calls) {
        std::fflush(nullptr);  // or the child would print it again
        const pid_t parent = getpid(), child = fork();
        if (child < 0) {
            throw std::runtime_error{std::string{"no new process: "} + std::strerror(errno)};
        }
        if (child == 0) beChild(parent, job, calls);
        jobs_[child] = job;
    }
    /// One that has ended.
    bool ended(JobEnd& end) {
        int status = 0;
        const pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid <= 0) return false;
        const auto found = jobs_.find(pid);
        if (found == jobs_.end()) return ended(end);
        end = {found->second, WIFEXITED(status) ? WEXITSTATUS(status) : 0,
               WIFSIGNALED(status) ? WTERMSIG(status) : 0};
        jobs_.erase(found);
        return true;
    }

private:
    std::map<pid_t, std::size_t> jobs_;
};

}  // namespace

std::string signalText(int signal) {
    const char* name = sigdescr_np(signal);
    return fmt::format("ended by signal {} ({})", signal, name != nullptr ? name : "unknown");
}

bool runJobs(const std::vector<std::size_t>& jobs, int atOnce, const JobCalls& calls) {
    const HeldSignals signals;
    Children children;
    std::size_t next = 0;
    bool goOn = true;
    while (true) {
        while (goOn && next < jobs.size() && children.count() < static_cast<std::size_t>(atOnce)) {
            if (calls.onStart) calls.onStart(jobs[next]);
            children.start(jobs[next++], calls);
        }
        if (children.count() == 0) return true;
        const int signal = signals.next();
        if (signal == SIGINT || signal == SIGTERM) return false;
        JobEnd end;
        while (children.ended(end)) goOn = calls.onEnd(end) && goOn;
        if (calls.onTick) calls.onTick();
    }
}

}  // namespace jh
