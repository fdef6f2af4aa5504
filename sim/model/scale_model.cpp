// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/scale_model.h"

#include <utility>

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

ExactMass ScaleModel::minOf(ExactMass e) const {
    switch (accuracyClass) {
        case AccuracyClass::I:
            return 100 * e;
        case AccuracyClass::II:
            return (e >= ExactMass::mg(100) ? 50 : 20) * e;
        case AccuracyClass::IIII:
            return 10 * e;
        case AccuracyClass::III:
        case AccuracyClass::IIIL:
            break;
    }
    return 20 * e;
}

std::vector<CellPlace> standardCellPlaces(const DeckModel& deck) {
    std::vector<CellPlace> cells;
    for (std::size_t line = 0; line < deck.supportLines.size(); ++line) {
        const std::string number = std::to_string(line + 1);
        const Length half = deck.cellSpacing / 2.0;
        for (const auto& [side, y] : {std::pair{"L", half}, std::pair{"R", -half}}) {
            CellPlace place;
            place.id = number + side;
            place.x = deck.supportLines[line];
            place.y = y;
            cells.push_back(std::move(place));
        }
    }
    return cells;
}

std::vector<StopModel> standardStops(const DeckModel& deck, Length endGap, Length sideGap) {
    std::vector<StopModel> stops;
    for (const bool first : {true, false}) {
        const std::string number = first ? "1" : "2";
        const Length x = first ? Length{} : deck.length(), half = deck.cellSpacing / 2.0;
        stops.push_back({"end" + number + "L", x, half, true, endGap});
        stops.push_back({"end" + number + "R", x, -half, true, endGap});
    }
    if (deck.supportLines.empty()) return stops;
    for (const bool first : {true, false}) {
        const std::string number = first ? "1" : std::to_string(deck.supportLines.size());
        const Length x = first ? deck.supportLines.front() : deck.supportLines.back();
        stops.push_back({"side" + number + "L", x, deck.width / 2.0, false, sideGap});
        stops.push_back({"side" + number + "R", x, -deck.width / 2.0, false, sideGap});
    }
    return stops;
}

std::vector<StopModel> standardStops(const DeckModel& deck) {
    return standardStops(deck, deck.sideways.endGap, deck.sideways.sideGap);
}

}  // namespace jh
