// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/gravity.h"

#include "sim/base/portable_math.h"

namespace jh {

Acceleration normalGravity(double latitude_deg, Length height) {
    const double sin = sinPi(latitude_deg / 180.0), sinTwice = sinPi(latitude_deg / 90.0);
    const double atSeaLevel =
        9.780318 * (1.0 + 0.0053024 * sin * sin - 0.0000058 * sinTwice * sinTwice);
    return Acceleration{atSeaLevel - 0.000003085 * height.si()};
}

}  // namespace jh
