// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/scale_model.h"

namespace jh {

Length DeckModel::length() const {
    Length sum;
    for (const Length part : moduleLengths) sum = sum + part;
    return sum;
}

ExactMass ScaleModel::intervalAt(ExactMass load) const {
    for (const WeighingRange& range : ranges) {
        if (load <= range.max) return range.e;
    }
    return ranges.back().e;
}

std::vector<CellPlace> standardCellPlaces(const DeckModel& deck) {
    std::vector<CellPlace> cells;
    for (std::size_t line = 0; line < deck.supportLines.size(); ++line) {
        const std::string number = std::to_string(line + 1);
        const Length half = deck.cellSpacing / 2.0;
        cells.push_back({number + "L", deck.supportLines[line], half, {}, {}, {}});
        cells.push_back({number + "R", deck.supportLines[line], -half, {}, {}, {}});
    }
    return cells;
}

}  // namespace jh
