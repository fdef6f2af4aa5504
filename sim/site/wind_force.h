// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"

namespace jh {

/// Density of air in the tables of wind forces, 15 degC at sea level.
inline constexpr Density standardAir{1.225};

/// Force on an area at this pressure or drag coefficient: 1/2 rho V |V| c A. Along the wind, or up
/// and down where the coefficient says so.
Force windForce(Density air, Speed wind, double coefficient, Area area);

/// Of a bare deck that the wind sweeps: presses or lifts with up to this coefficient; estimate.
inline constexpr double deckCoefficient = 0.2;
/// Of a lorry from the side; estimate.
inline constexpr double truckSideCoefficient = 1.2;
inline constexpr Area truckSide{40.0};
/// Area to which a lorry's lift is referred.
inline constexpr Area truckReference{10.0};
/// Lever arm of the side force over the cells; estimate.
inline constexpr Length truckSideHeight{2.2};

/// Coefficients of a lorry at a yaw angle of 0 to 90 degrees, for `truckReference`: Baker's
/// formulas as remembered, to be compared with his papers before anyone relies on them.
double truckLiftCoefficient(double yaw_deg);
double truckSideForceCoefficient(double yaw_deg);

/// By how much the side away from the wind is loaded, and the other relieved. The sum stays.
Force movedAcross(Force side, Length height, Length cellSpacing);

}  // namespace jh
