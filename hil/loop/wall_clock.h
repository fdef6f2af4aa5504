// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "hil/port/clock.h"

namespace jh {

/// The time of a real bench: a steady clock that starts at 0 with this object.
class WallClock final : public Clock {
public:
    /// Waiting ends as `interrupted` soon after `stop` is set, by whomever. It must outlive this.
    explicit WallClock(const std::atomic<bool>& stop);
    SimTime now() const override;
    /// Sleeps to an absolute time, so that what was late does not make the next one later.
    Expected<void, IoError> waitUntil(SimTime t) override;

private:
    const std::atomic<bool>& stop_;
    SimTime start_;
};

}  // namespace jh
