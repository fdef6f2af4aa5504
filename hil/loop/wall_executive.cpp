// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/wall_executive.h"

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

#include "hil/modbus/steady_time.h"
#include "sim/base/check.h"

namespace jh {

WallExecutive::WallExecutive(VirtualBench& bench, BenchLock& lock, SimTime period)
    : bench_{bench}, lock_{lock}, period_{period}, benchBegin_{bench.now()} {
    timing_.period = period;
    thread_ = std::thread{[this] { run(); }};
}

WallExecutive::~WallExecutive() {
    static_cast<void>(stop());
}

LoopTiming WallExecutive::stop() {
    ended_ = true;
    if (thread_.joinable()) {
        lock_.letGoWhile([this] {
            thread_.join();
            return true;
        });
    }
    return timing_;
}

void WallExecutive::askForRealTime() {
    constexpr int priority = 50;
    sched_param wanted{};
    wanted.sched_priority = priority;
    timing_.realTime = pthread_setschedparam(pthread_self(), SCHED_FIFO, &wanted) == 0;
    timing_.memoryLocked = mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
    if (!timing_.realTime) {
        timing_.advice =
            "SCHED_FIFO is not permitted: give the user an rtprio limit of 50 in "
            "/etc/security/limits.d, or the program CAP_SYS_NICE";
    } else if (!timing_.memoryLocked) {
        timing_.advice = "memory could not be locked: raise the memlock limit";
    }
}

void WallExecutive::run() {
    askForRealTime();
    wallBegin_ = steadyNow();
    SimTime before{};
    for (std::int64_t number = 1; !ended_; ++number) {
        const SimTime deadline = wallBegin_ + period_ * number;
        sleepUntil(deadline);
        const SimTime woke = steadyNow();
        // Whole periods that have gone by without a tick.
        const std::int64_t skipped = (woke - deadline) / period_;
        if (number > 1) {
            const SimTime error = woke - before - period_;
            timing_.periodError.add(error < SimTime{} ? -error : error);
        }
        before = woke;
        timing_.lateness.add(woke - deadline);
        timing_.missed += static_cast<std::uint64_t>(skipped);
        number += skipped;
        tick(number, woke);
    }
}

void WallExecutive::tick(std::int64_t number, SimTime woke) {
    {
        const std::lock_guard hold{lock_.mutex()};
        bench_.advanceTo(benchBegin_ + period_ * number);
    }
    advanced_.notify_all();
    ++timing_.ticks;
    timing_.work.add(steadyNow() - woke);
}

Expected<void, IoError> WallExecutive::waitUntil(SimTime benchTime) {
    const auto stopped = [this] {
        return bench_.stopRequested != nullptr && *bench_.stopRequested;
    };
    // Looks up now and then: a signal handler cannot wake it.
    constexpr std::chrono::milliseconds look{50};
    while (bench_.now() < benchTime && !stopped()) advanced_.wait_for(lock_.held(), look);
    if (stopped()) return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped by request"}};
    return {};
}

}  // namespace jh
