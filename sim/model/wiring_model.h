// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// What joins the cells: resistors in parallel, or a converter in each cell whose counts are added.
enum class BoxKind { analog, digital };
/// Where the corner trim of an analog box sits.
enum class TrimPlace { signal, excitation };
/// Whether the indicator measures the excitation where the cells are (six wires) or supposes it.
enum class CableWires { four, six };

/// Wires between the cells and the indicator. Never changes in a run; trim per cell is in
/// CellPlace, the output resistance of the cells in CellType. Sources: docs/physics.md, "Wiring".
struct WiringModel {
    BoxKind box{BoxKind::analog};
    TrimPlace trim{TrimPlace::signal};
    Resistance cellInput{775.0};  ///< of one bridge between its excitation wires
    CableWires wires{CableWires::six};
    Length cableLength{30.0};  ///< from the junction box to the indicator
    Area copper{0.5e-6};       ///< cross-section of one wire
    /// Of the cable's temperature behind that of the air; estimate, 0.2 to 0.5 h
    SimTime cableTimeConstant{20min};
    Voltage excitation{5.0};       ///< at the indicator's terminals
    Resistance senseInput{100e3};  ///< of the indicator between the sense wires; estimate

    friend bool operator==(const WiringModel&, const WiringModel&) = default;
};

}  // namespace jh
