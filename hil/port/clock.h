// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// The time of the bench, virtual or real.
class Clock {
public:
    virtual ~Clock() = default;
    virtual SimTime now() const = 0;
    /// Nothing when it has become that late; `interrupted` when a person asked to stop.
    [[nodiscard]] virtual Expected<void, IoError> waitUntil(SimTime t) = 0;
};

/// The first time from `t` on that is a whole multiple of the step.
constexpr SimTime nextOn(SimTime step, SimTime t) {
    return (t + step - SimTime{1}) / step * step;
}

}  // namespace jh
