// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>

#include "sim/base/exact_mass.h"

namespace jh {

/// When a fault begins to act. The catalogue with titles, ranges and signatures is data:
/// scenarios/faults/.
enum class FaultStart { power_on, after_adjustment };

/// One cell's gain is off (physics.md fault 33).
struct CellSensitivityFault {
    std::string cell;  ///< "2L"
    double change{};   ///< relative, +0.003 is +0.3 %
};
/// All cells' gain is off by the same share (fault 34).
struct SpanDriftFault {
    double change{};
};
/// One cell with a wide hysteresis loop (fault 36).
struct CellHysteresisFault {
    std::string cell;
    double hysteresis{};  ///< h, fraction of E_max
};
/// Zero tracking set too wide and too fast (fault 51). In intervals d and d per second.
struct ZeroTrackingFault {
    double band_d{}, rate_d_s{};
};
/// The display lets go of a value only this far below the change-over point (fault 56).
struct RoundingHysteresisFault {
    ExactMass width;
};

/// Something that goes wrong, with its physical size.
struct Fault {
    std::variant<CellSensitivityFault, SpanDriftFault, CellHysteresisFault, ZeroTrackingFault,
                 RoundingHysteresisFault>
        what;
    FaultStart from{FaultStart::power_on};
};

}  // namespace jh
