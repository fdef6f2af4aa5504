// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "hil/cli/doctor_checks.h"
#include "sim/base/sim_time.h"

namespace jh {

namespace {

using Mark = DoctorFinding::Mark;

SimTime timeOf(const timespec& t) {
    return std::chrono::seconds{t.tv_sec} + SimTime{t.tv_nsec};
}

SimTime monotonic() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return timeOf(t);
}

/// How much later than asked sleeps of 1 ms end, in us, ascending.
std::vector<double> lateness_us() {
    constexpr int sleeps = 500;
    // The usual slack of 50 us would be all that is seen.
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    std::vector<double> late;
    SimTime due = monotonic();
    for (int i = 0; i < sleeps; ++i) {
        due = std::max(due + 1ms, monotonic());
        const auto whole = std::chrono::floor<std::chrono::seconds>(due);
        const timespec until{static_cast<std::time_t>(whole.count()),
                             static_cast<long>((due - whole).count())};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
        }
        late.push_back(seconds(monotonic() - due) * 1e6);
    }
    std::sort(late.begin(), late.end());
    return late;
}

DoctorFinding clockFinding() {
    timespec resolution{};
    clock_getres(CLOCK_MONOTONIC, &resolution);
    const auto ns = static_cast<double>(timeOf(resolution).count());
    const bool fine = ns <= 1000.0;
    return {fine ? Mark::ok : Mark::look,
            "clock",
            fmt::format("resolution {:.0f} ns", ns),
            fine ? "" : "the kernel needs high-resolution timers (CONFIG_HIGH_RES_TIMERS)",
            false,
            {{"resolution_ns", ns}}};
}

DoctorFinding sleepFinding() {
    const std::vector<double> late = lateness_us();
    const double p50 = late[late.size() / 2], p99 = late[late.size() * 99 / 100];
    constexpr double good_us = 250.0;  // a quarter of the period of a loop at 1 kHz
    const bool good = p99 <= good_us;
    return {good ? Mark::ok : Mark::look,
            "clock",
            fmt::format("sleeps end late by {:.0f} us (p50), {:.0f} us (p99), {:.0f} us at most",
                        p50, p99, late.back()),
            good ? ""
                 : "busy machine, virtual machine or saving of power: see scheduling and "
                   "governor below",
            false,
            {{"late_p50_us", p50}, {"late_p99_us", p99}, {"late_max_us", late.back()}}};
}

/// Tried, and at once undone.
DoctorFinding schedulingFinding() {
    sched_param before{}, fifo{};
    const int policy = sched_getscheduler(0);
    sched_getparam(0, &before);
    fifo.sched_priority = sched_get_priority_min(SCHED_FIFO);
    const bool permitted = sched_setscheduler(0, SCHED_FIFO, &fifo) == 0;
    if (permitted) sched_setscheduler(0, policy, &before);
    rlimit limit{};
    getrlimit(RLIMIT_RTPRIO, &limit);
    return {permitted ? Mark::ok : Mark::look,
            "scheduling",
            fmt::format("SCHED_FIFO is {}permitted", permitted ? "" : "not "),
            permitted
                ? ""
                : fmt::format("limit rtprio is {}: put the line \"@dialout - rtprio 50\" into "
                              "/etc/security/limits.d/jianheng.conf and log in anew, or give "
                              "the program cap_sys_nice with setcap",
                              limit.rlim_cur),
            false,
            {{"rtprio_limit", static_cast<double>(limit.rlim_cur)}}};
}

DoctorFinding memoryFinding() {
    const bool permitted = mlockall(MCL_CURRENT) == 0;
    if (permitted) munlockall();
    rlimit limit{};
    getrlimit(RLIMIT_MEMLOCK, &limit);
    const std::string amount =
        limit.rlim_cur == RLIM_INFINITY ? "unlimited" : fmt::format("{} kB", limit.rlim_cur / 1024);
    return {permitted ? Mark::ok : Mark::look,
            "scheduling",
            fmt::format("memory can {}be locked", permitted ? "" : "not "),
            permitted ? ""
                      : "limit memlock is " + amount +
                            ": put the line \"@dialout - memlock unlimited\" into "
                            "/etc/security/limits.d/jianheng.conf and log in anew",
            false,
            {}};
}

DoctorFinding governorFinding() {
    const std::string governor = firstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    if (governor.empty()) {
        return {Mark::ok, "scheduling", "CPU frequency: the machine tells no governor",
                {},       false,        {}};
    }
    const bool steady = governor == "performance";
    return {steady ? Mark::ok : Mark::look,
            "scheduling",
            "CPU frequency governor " + governor,
            steady ? "" : "sudo cpupower frequency-set -g performance (package linux-cpupower)",
            false,
            {}};
}

DoctorFinding isolationFinding() {
    const std::string isolated = firstLine("/sys/devices/system/cpu/isolated");
    return {Mark::ok,
            "scheduling",
            isolated.empty() ? "no isolated CPU; isolcpus=N on the kernel's line keeps one free"
                             : "isolated CPUs " + isolated,
            {},
            false,
            {}};
}

}  // namespace

std::vector<DoctorFinding> timingFindings() {
    return {clockFinding(),  sleepFinding(),    schedulingFinding(),
            memoryFinding(), governorFinding(), isolationFinding()};
}

}  // namespace jh
