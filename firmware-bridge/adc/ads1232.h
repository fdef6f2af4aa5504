// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// An ADS1232-class bridge converter: ratiometric, 24 bit, gain 128, 10 or 80 conversions a second.
/// Figures: TI data sheet as carried over in docs/indicator.md.
struct Ads1232Model {
    Voltage excitation{5.0};  ///< of the bridge
    Voltage reference{5.0};   ///< at REFP-REFN; equal to the excitation when wired ratiometrically
    int gain{128};
    int rate_Hz{10};
    Voltage noise10Hz{17e-9};  ///< rms, referred to the input
    Voltage noise80Hz{44e-9};

    SimTime period() const { return SimTime{1s} / rate_Hz; }
};

/// Code of one conversion: mean bridge ratio over the conversion time, `gaussian` is one draw of
/// the converter's noise stream (mean 0, sd 1). Not limited to the range yet: a chip that is set to
/// a lower gain sees further.
std::int64_t convert(const Ads1232Model& m, BridgeRatio mean, double gaussian);

}  // namespace jh
