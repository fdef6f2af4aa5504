// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"

namespace jh {

/// Of structural steel, per K.
inline constexpr double steelExpansion_per_K = 12e-6;

/// How much longer a steel deck gets when warmer by `rise_K`.
constexpr Length thermalGrowth(Length deck, double rise_K) {
    return deck * (steelExpansion_per_K * rise_K);
}

/// How far a span bows up in its middle when its top is warmer than its bottom by `rise_K`. It
/// changes no cell force of a hinged deck.
constexpr Length thermalBow(Length span, Length depth, double rise_K) {
    return span * (steelExpansion_per_K * rise_K * (span / depth) / 8.0);
}

}  // namespace jh
