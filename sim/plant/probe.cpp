// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/plant/probe.h"

#include "sim/cell/junction_box.h"
#include "sim/cell/load_cell.h"

namespace jh {

ProbeResult probe(const ScaleModel& scale, const SiteModel& site,
                  std::span<const PointMass> loads) {
    DeckSolver deck{scale.deck, scale.cells, scale.cellType.stiffness, site.gravity};
    std::vector<Force> dead(scale.cells.size()), loaded(scale.cells.size());
    const DeckState empty = deck.equilibrium({});
    deck.cellForces(empty, dead);
    deck.attach(loads);
    const DeckState rest = deck.equilibrium({});
    deck.cellForces(rest, loaded);

    ProbeResult result;
    JunctionBoxModel box;
    std::vector<BridgeRatio> signals;
    for (std::size_t i = 0; i < scale.cells.size(); ++i) {
        const CellPlace& place = scale.cells[i];
        LoadCellModel cell;
        cell.capacity = scale.cellType.capacity;
        cell.sensitivity = scale.cellType.sensitivity;
        cell.sensitivityError = place.sensitivityError;
        const LoadCellState state = settledUnder(cell, loaded[i], Temperature{20.0});
        signals.push_back(output(cell, state, loaded[i], BridgeRatio{}));
        box.sourceResistance.push_back(scale.cellType.outputResistance + place.trim);
        result.cells.push_back({place.id, massOf(loaded[i] - dead[i], site.gravity),
                                massOf(dead[i], site.gravity), signals.back()});
    }
    result.terminals = terminals(box, signals);
    result.modes_Hz = deck.naturalFrequencies_Hz();
    for (const PointMass& load : loads) {
        result.deflections.push_back(deck.deflection(rest, load.x, load.y) -
                                     deck.deflection(empty, load.x, load.y));
    }
    return result;
}

}  // namespace jh
