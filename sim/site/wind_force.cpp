// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/wind_force.h"

#include <cmath>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace jh {

Force windForce(Density air, Speed wind, double coefficient, Area area) {
    return Force{0.5 * air.si() * wind.si() * std::fabs(wind.si()) * coefficient * area.si()};
}

double truckLiftCoefficient(double yaw_deg) {
    return 0.93 * (1.0 + sinPi(3.0 * yaw_deg / 180.0));
}

double truckSideForceCoefficient(double yaw_deg) {
    JH_CHECK(yaw_deg >= 0.0 && yaw_deg <= 90.0);
    constexpr double pi = 3.14159265358979323846;
    return yaw_deg > 0.0 ? 5.2 * portablePow(yaw_deg / 180.0 * pi, 0.382) : 0.0;
}

Force movedAcross(Force side, Length height, Length cellSpacing) {
    return side * (height / cellSpacing);
}

}  // namespace jh
