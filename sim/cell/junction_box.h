// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "sim/base/quantity.h"

namespace jh {

/// Analog junction box: cells in parallel, each with a trim resistor in its signal lines.
struct JunctionBoxModel {
    std::vector<Resistance> sourceResistance;  ///< output resistance of each cell plus its trim
};

/// An open wire is an infinite resistance. Voltage ratio at the indicator's terminals: mean of the
/// cells weighted by conductance (docs/physics.md, "Junction box").
BridgeRatio terminals(const JunctionBoxModel& box, std::span<const BridgeRatio> cells);

}  // namespace jh
