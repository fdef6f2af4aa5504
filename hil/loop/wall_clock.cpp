// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/wall_clock.h"

#include <algorithm>
#include <ctime>

namespace jh {

namespace {

/// A signal that sets the flag just before the sleep does not end it: so long at most.
constexpr SimTime longestSleep = 100ms;

SimTime monotonic() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::chrono::seconds{t.tv_sec} + SimTime{t.tv_nsec};
}

}  // namespace

WallClock::WallClock(const std::atomic<bool>& stop) : stop_{stop}, start_{monotonic()} {}

SimTime WallClock::now() const {
    return monotonic() - start_;
}

Expected<void, IoError> WallClock::waitUntil(SimTime t) {
    while (true) {
        if (stop_) return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped"}};
        const SimTime current = now();
        if (current >= t) return {};
        const SimTime end = start_ + std::min(t, current + longestSleep);
        const auto whole = std::chrono::floor<std::chrono::seconds>(end);
        const timespec until{static_cast<std::time_t>(whole.count()),
                             static_cast<long>((end - whole).count())};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    }
}

}  // namespace jh
