// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"

namespace jh {

/// What one tyre does to the road, frame D. The force is spread evenly over the print.
struct WheelForce {
    Length x, y;   ///< centre of the print
    Length print;  ///< its length along x
    Force down;
    Force alongX, alongY;  ///< of the tyre on the road
};

/// The part of it on the road between two places; all zero where there is none.
WheelForce within(const WheelForce& wheel, Length from, Length to);

}  // namespace jh
