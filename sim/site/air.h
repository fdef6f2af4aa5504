// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"

namespace jh {

/// Density of moist air; `humidity` is relative, 0 to 1. Approximate formula of OIML R 111-1:2004,
/// E.3: within 2e-4 of the full one from 600 to 1100 hPa and 20 to 80 %.
Density airDensity(Temperature t, Pressure p, double humidity);

/// Usual pressure at a height: the barometric formula at constant temperature.
Pressure usualPressure(Length height);

/// What a body of this density weighs in this air, over what a weight of 8000 kg/m3 of the same
/// mass weighs: 0.99895 for grain. Right weighing of mass, not an error of the scale.
double buoyancyFactor(Density air, Density body);

}  // namespace jh
