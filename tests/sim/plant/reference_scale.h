// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/model/scale_model.h"

namespace jh::test {

/// 100 t x 20 kg on 18 x 3 m, three modules, eight cells of 30 t (docs/physics.md).
inline ScaleModel referenceScale() {
    ScaleModel scale;
    scale.ranges = {{ExactMass::kg(100000), ExactMass::kg(20)}};
    scale.deck.moduleLengths.assign(3, Length{6.0});
    for (const double x_m : {0.0, 6.0, 12.0, 18.0}) scale.deck.supportLines.push_back(Length{x_m});
    scale.cellType.maxIntervals = 5000;
    scale.cells = standardCellPlaces(scale.deck);
    return scale;
}

}  // namespace jh::test
