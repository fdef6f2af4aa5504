// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"

namespace jh {

/// Gravity by latitude (degrees, north or south) and height above sea level: the WELMEC formula for
/// non-automatic scales. Local anomalies of some 5e-5 are not in it.
Acceleration normalGravity(double latitude_deg, Length height);

}  // namespace jh
