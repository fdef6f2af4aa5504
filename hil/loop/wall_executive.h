// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <thread>

#include "hil/loop/bench_lock.h"
#include "hil/loop/timing.h"
#include "hil/loop/virtual_bench.h"

namespace jh {

/// Runs a bench by the clock: one thread, absolute deadlines, SCHED_FIFO and locked memory where
/// that is permitted. A tick that comes too late is counted and not made up for: the bench goes to
/// the present in one step, and the run has missed those periods.
class WallExecutive {
public:
    /// The caller holds the lock; both outlive this. Begins at once.
    WallExecutive(VirtualBench& bench, BenchLock& lock, SimTime period);
    ~WallExecutive();
    WallExecutive(const WallExecutive&) = delete;
    WallExecutive& operator=(const WallExecutive&) = delete;

    /// Waits until the bench has come to this time; `interrupted` when a stop was asked for.
    Expected<void, IoError> waitUntil(SimTime benchTime);
    /// Ends the ticks and tells how they went.
    LoopTiming stop();

private:
    void run();
    void tick(std::int64_t number, SimTime woke);
    void askForRealTime();

    VirtualBench& bench_;
    BenchLock& lock_;
    SimTime period_, wallBegin_{}, benchBegin_;
    std::atomic<bool> ended_{};
    std::condition_variable_any advanced_;
    LoopTiming timing_;
    std::thread thread_;
};

}  // namespace jh
