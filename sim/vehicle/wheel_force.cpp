// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/wheel_force.h"

#include <algorithm>

namespace jh {

WheelForce within(const WheelForce& wheel, Length from, Length to) {
    const Length start = std::max(wheel.x - wheel.print / 2.0, from);
    const Length end = std::min(wheel.x + wheel.print / 2.0, to);
    const double share = end > start ? (end - start) / wheel.print : 0.0;
    return {share > 0.0 ? (start + end) / 2.0 : wheel.x,
            wheel.y,
            wheel.print * share,
            wheel.down * share,
            wheel.alongX * share,
            wheel.alongY * share};
}

}  // namespace jh
