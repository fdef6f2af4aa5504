// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/wall_clock.h"

#include <algorithm>

#include "hil/modbus/steady_time.h"

namespace jh {

namespace {

/// A signal that sets the flag just before the sleep does not end it: so long at most.
constexpr SimTime longestSleep = 100ms;

}  // namespace

WallClock::WallClock(const std::atomic<bool>& stop) : stop_{stop}, start_{steadyNow()} {}

SimTime WallClock::now() const {
    return steadyNow() - start_;
}

Expected<void, IoError> WallClock::waitUntil(SimTime t) {
    while (true) {
        if (stop_) return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped"}};
        const SimTime current = now();
        if (current >= t) return {};
        sleepUntil(start_ + std::min(t, current + longestSleep));
    }
}

}  // namespace jh
