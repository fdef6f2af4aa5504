// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"

namespace jh {

/// A signal source between a simulated scale and a real indicator, as far as uncertainty goes.
/// Relative parts are standard uncertainties of the load's own signal: the dead load's share goes
/// with the zero that every error is counted from.
struct SourceUncertainty {
    Mass step;            ///< one step of the source on this scale
    double gain{};        ///< relative, of the calibration of its gain
    double drift{};       ///< relative, of its gain over the span of temperature
    double excitation{};  ///< relative, of an excitation that it does not follow, over the same
    double temperatureSpan_K{};

    Mass resolution() const;  ///< rounding to a step: step / sqrt 12
    /// Standard uncertainty of the signal of this load, all parts together.
    Mass standardAt(Mass load) const;
    /// k = 2.
    Mass expandedAt(Mass load) const { return standardAt(load) * 2.0; }
};

}  // namespace jh
