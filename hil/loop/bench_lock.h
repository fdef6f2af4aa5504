// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

namespace jh {

/// One thread at a time has the bench: whoever runs the procedure holds it, and lets go only while
/// it waits, for time or for an answer on a wire. Then the executive may step the bench and a
/// server may ask its stations.
class BenchLock {
public:
    BenchLock() : held_{mutex_} {}
    BenchLock(const BenchLock&) = delete;
    BenchLock& operator=(const BenchLock&) = delete;

    std::mutex& mutex() { return mutex_; }
    /// The procedure's own hold on it.
    std::unique_lock<std::mutex>& held() { return held_; }

    /// What the procedure does without the bench.
    template <class Do>
    auto letGoWhile(const Do& act) {
        held_.unlock();
        auto outcome = act();
        held_.lock();
        return outcome;
    }

private:
    std::mutex mutex_;
    std::unique_lock<std::mutex> held_;
};

}  // namespace jh
