// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/jobs.h
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <map>
#include <numeric>
#include <stdexcept>

#include "hil/suite/jobs.h"

using namespace jh;

namespace {

/// Numbers that this process and its children share.
struct Shared {
    std::atomic<int> running, most, started, child;
};
Shared& shared() {
    static auto* made = static_cast<Shared*>(
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    return *made;
}

std::vector<std::size_t> numbered(std::size_t count) {
    std::vector<std::size_t> jobs(count);
    std::iota(jobs.begin(), jobs.end(), std::size_t{0});
    return jobs;
}

JobCalls callsOf(std::function<int(std::size_t)> work, std::map<std::size_t, JobEnd>& ends) {
    JobCalls calls;
    calls.work = std::move(work);
    calls.onStart = [](std::size_t) {};
    calls.onEnd = [&](const JobEnd& end) {
        ends[end.job] = end;
        return true;
    };
    calls.onTick = [] {};
    return calls;
}

void untilTrue(const std::function<bool()>& condition) {
    while (!condition()) usleep(1000);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jobs)

BOOST_AUTO_TEST_CASE(every_job_runs_once_and_no_more_than_allowed_at_a_time) {
    Shared& s = shared();
    s.running = s.most = s.started = 0;
    std::map<std::size_t, JobEnd> ends;
    const auto work = [&](std::size_t job) {
        ++s.started;
        const int now = ++s.running;
        int most = s.most;
        while (now > most && !s.most.compare_exchange_weak(most, now)) {
        }
        usleep(2000);
        --s.running;
        return static_cast<int>(job);
    };
    BOOST_TEST(runJobs(numbered(40), 3, callsOf(work, ends)));
    BOOST_TEST(s.started == 40);
    BOOST_TEST(s.most <= 3);
    BOOST_TEST(s.most > 1);
    BOOST_TEST(ends.size() == 40U);
    for (const auto& [job, end] : ends) {
        BOOST_TEST(end.exitCode == static_cast<int>(job));
        BOOST_TEST(end.signal == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_crash_is_told_and_ends_nothing_else) {
    std::map<std::size_t, JobEnd> ends;
    const auto work = [](std::size_t job) -> int {
        std::signal(SIGSEGV, SIG_DFL);  // Boost.Test's own
        if (job == 1) ::raise(SIGSEGV);
        if (job == 2) throw std::runtime_error{"by intention"};
        return 0;
    };
    BOOST_TEST(runJobs(numbered(4), 1, callsOf(work, ends)));
    BOOST_TEST(ends.size() == 4U);
    BOOST_TEST(ends[1].signal == SIGSEGV);
    BOOST_TEST(ends[2].exitCode == 70);
    BOOST_TEST(ends[3].exitCode == 0);
    BOOST_TEST(signalText(SIGSEGV) == "ended by signal 11 (Segmentation fault)");
}

BOOST_AUTO_TEST_CASE(nothing_new_begins_when_a_job_says_so) {
    std::map<std::size_t, JobEnd> ends;
    JobCalls calls = callsOf([](std::size_t) { return 0; }, ends);
    calls.onEnd = [&](const JobEnd& end) {
        ends[end.job] = end;
        return end.job < 2;
    };
    BOOST_TEST(runJobs(numbered(10), 1, calls));
    BOOST_TEST(ends.size() == 3U);
}

BOOST_AUTO_TEST_CASE(ctrl_c_ends_the_children_and_leaves_the_rest) {
    Shared& s = shared();
    s.child = 0;
    std::map<std::size_t, JobEnd> ends;
    const pid_t parent = ::getpid();
    const auto work = [&](std::size_t) -> int {
        s.child = ::getpid();
        ::kill(parent, SIGINT);
        while (true) ::pause();
    };
    BOOST_TEST(!runJobs(numbered(3), 1, callsOf(work, ends)));
    BOOST_TEST(ends.empty());
    BOOST_TEST(::kill(s.child, 0) == -1);
}

BOOST_AUTO_TEST_CASE(children_die_with_their_parent) {
    Shared& s = shared();
    s.child = 0;
    const pid_t parent = ::fork();
    if (parent == 0) {
        std::map<std::size_t, JobEnd> ends;
        const auto work = [&](std::size_t) -> int {
            s.child = ::getpid();
            while (true) ::pause();
        };
        runJobs(numbered(1), 1, callsOf(work, ends));
        _exit(0);
    }
    untilTrue([&] { return s.child != 0; });
    ::kill(parent, SIGKILL);
    ::waitpid(parent, nullptr, 0);
    // The orphan is init's now; a container's init may leave it a zombie, which does nothing
    // either.
    untilTrue([&] {
        const std::string stat = "/proc/" + std::to_string(s.child) + "/stat";
        std::FILE* file = std::fopen(stat.c_str(), "r");
        if (file == nullptr) return true;
        char state = 'Z';
        const bool read = std::fscanf(file, "%*d (%*[^)]) %c", &state) == 1;
        std::fclose(file);
        return !read || state == 'Z' || state == 'X';
    });
}

BOOST_AUTO_TEST_SUITE_END()
