// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <filesystem>

#include "hil/scenario/load.h"

namespace jh::test {

/// What the rest of the program relies on in a scenario that was accepted; the name of the first
/// promise that is broken, or nullptr.
inline const char* brokenPromise(const Scenario& s) {
    const DeckModel& deck = s.scale.deck;
    if (s.scale.ranges.empty()) return "ranges";
    ExactMass below{};
    for (const WeighingRange& range : s.scale.ranges) {
        if (range.e <= ExactMass{} || range.max <= below) return "ranges ascend";
        if (range.max.inMg() % range.e.inMg() != 0) return "n is whole";
        const auto n = range.max.wholeParts(range.e);
        if (n < 100 || n > 10'000 || n > s.scale.cellType.maxIntervals) return "n";
        below = range.max;
    }
    if (deck.moduleLengths.empty() || deck.supportLines.size() < 2) return "deck";
    if (s.scale.cells.size() != 2 * deck.supportLines.size()) return "cells";
    for (const Length length : deck.moduleLengths) {
        if (!(length.si() > 0.0)) return "module length";
    }
    for (std::size_t i = 1; i < deck.supportLines.size(); ++i) {
        if (!(deck.supportLines[i] > deck.supportLines[i - 1])) return "lines ascend";
    }
    if (!(deck.bendingStiffness.si() > 0.0) || !(deck.torsionStiffness.si() >= 0.0))
        return "EI, GJ";
    if (!(deck.cellSpacing < deck.width)) return "spacing";
    if (s.weights.blocksTotal() > s.scale.max()) return "weights";
    if (s.regulation.tests.empty() || s.regulation.mpeBands.empty()) return "regulation";
    if (s.indicator.fields.count("gross") == 0) return "profile";
    for (const Fault& fault : s.faults) {
        if (fault.lasting && *fault.lasting < fault.growing) return "growth of a fault";
        if (const auto* lost = std::get_if<SupportLostFault>(&fault.what)) {
            const auto named = [&](const CellPlace& cell) { return cell.id == lost->cell; };
            if (std::none_of(s.scale.cells.begin(), s.scale.cells.end(), named)) return "cell";
        }
        if (const auto* crack = std::get_if<GirderCrackFault>(&fault.what)) {
            if (crack->module > static_cast<int>(deck.moduleLengths.size())) return "module";
        }
        if (const auto* wrong = std::get_if<WeightsWrongFault>(&fault.what)) {
            if (wrong->missing > s.weights.blocks) return "missing blocks";
        }
    }
    const auto again = parseScenario(s.resolvedYaml, "again", std::filesystem::path{"/nowhere"});
    if (!again || again->resolvedYaml != s.resolvedYaml) return "round trip";
    return nullptr;
}

}  // namespace jh::test
