// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/model/site_model.h"

namespace jh {

/// n S(n) / variance of the wind at a point: the share of the energy of gusts per unit of ln n. Its
/// integral over ln n from 0 to infinity is 1.
double gustEnergy(const WindModel& wind, double frequency_Hz);

/// How much of that an area feels as a whole: aerodynamic admittance, 1 / (1 + (2 n s / U)^(4/3))^2
/// with the area's side s. 1 for slow gusts.
double gustAdmittance(const WindModel& wind, double frequency_Hz);

}  // namespace jh
