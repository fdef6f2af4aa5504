// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <vector>

#include "sim/deck/deck_solver.h"

namespace jh::test {

/// 18 x 3 m in three modules, eight cells: the deck of all oracle tables (docs/physics.md).
inline DeckModel referenceDeck(JointKind joint, double torsion_Nm2 = 6.4e7) {
    DeckModel deck;
    deck.moduleLengths.assign(3, Length{6.0});
    const bool lapped = joint == JointKind::lapped;
    for (const double x_m : {0.0, 6.0, 12.0, 18.0}) {
        // Brackets: the cells of the middle module stand inside it, those at the ends as well.
        const double inwards_m = x_m == 0.0 || x_m == 18.0 ? 0.25 : 0.15;
        const double sign = x_m < 9.0 ? 1.0 : -1.0;
        deck.supportLines.push_back(Length{x_m + (lapped ? sign * inwards_m : 0.0)});
    }
    deck.joint = joint;
    deck.torsionStiffness = FlexuralRigidity{torsion_Nm2};
    return deck;
}

inline constexpr Stiffness referenceCell{4.2e8};

inline DeckSolver solverFor(const DeckModel& deck, const std::vector<CellPlace>& cells) {
    return DeckSolver{deck, cellSupports(cells, referenceCell), standardGravity};
}

inline DeckSolver solverFor(const DeckModel& deck) {
    return solverFor(deck, standardCellPlaces(deck));
}

inline PointForce weightAt(double x_m, double y_m, double mass_kg) {
    return {Length{x_m}, Length{y_m}, weightOf(Mass{mass_kg}, standardGravity)};
}

inline std::vector<double> cellLoads_kg(const DeckSolver& solver, const DeckState& state) {
    std::vector<Force> forces(solver.supportCount());
    solver.supportForces(state, forces);
    std::vector<double> loads_kg;
    for (const Force force : forces) loads_kg.push_back(massOf(force, standardGravity).si());
    return loads_kg;
}

inline std::vector<double> restLoads_kg(const DeckSolver& solver,
                                        const std::vector<PointForce>& forces = {}) {
    return cellLoads_kg(solver, solver.equilibrium(forces));
}

/// What these forces add to the dead load, cell by cell.
inline std::vector<double> addedLoads_kg(const DeckSolver& solver,
                                         const std::vector<PointForce>& forces) {
    const std::vector<double> empty_kg = restLoads_kg(solver);
    std::vector<double> added_kg = restLoads_kg(solver, forces);
    for (std::size_t j = 0; j < added_kg.size(); ++j) added_kg[j] -= empty_kg[j];
    return added_kg;
}

/// As the oracle hangs its weights: on the nodes of the two girders, every 0.5 m.
inline std::vector<PointMass> onGirderNodes(double from_m, double to_m, double total_kg) {
    std::vector<PointMass> masses;
    const auto nodes = static_cast<int>(std::lround((to_m - from_m) / 0.5)) + 1;
    for (int i = 0; i < nodes; ++i) {
        for (const double y_m : {-1.3, 1.3}) {
            masses.push_back({Length{from_m + 0.5 * i}, Length{y_m}, Mass{total_kg / (2 * nodes)}});
        }
    }
    return masses;
}

inline double sum(const std::vector<double>& values) {
    double total = 0.0;
    for (const double v : values) total += v;
    return total;
}

}  // namespace jh::test
