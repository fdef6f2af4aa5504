// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/air.h"

#include "sim/base/portable_math.h"

namespace jh {

Density airDensity(Temperature t, Pressure p, double humidity) {
    const double t_degC = t.si(), hectopascals = p.si() * 1e-2, h_pct = humidity * 100.0;
    return Density{(0.34848 * hectopascals - 0.009 * h_pct * portableExp(0.061 * t_degC)) /
                   (273.15 + t_degC)};
}

Pressure usualPressure(Length height) {
    constexpr double seaLevel_Pa = 101'325.0, seaLevelDensity = 1.2, gravity_m_s2 = 9.8;
    return Pressure{seaLevel_Pa *
                    portableExp(-seaLevelDensity / seaLevel_Pa * gravity_m_s2 * height.si())};
}

double buoyancyFactor(Density air, Density body) {
    constexpr Density ofWeights{8000.0};
    return (1.0 - air / body) / (1.0 - air / ofWeights);
}

}  // namespace jh
