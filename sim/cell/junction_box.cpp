// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/cell/junction_box.h"

#include "sim/base/check.h"

namespace jh {

BridgeRatio terminals(const JunctionBoxModel& box, std::span<const BridgeRatio> cells) {
    JH_CHECK(box.sourceResistance.size() == cells.size());
    double conductance = 0.0;
    BridgeRatio sum;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const double own = 1.0 / box.sourceResistance[i].si();
        conductance += own;
        sum = sum + own * cells[i];
    }
    // With every cell open the amplifier's bias pulls its inputs together.
    return conductance > 0.0 ? sum / conductance : BridgeRatio{};
}

}  // namespace jh
