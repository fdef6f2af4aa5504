// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/quantity.h"
#include "sim/model/scale_model.h"

namespace jh {

/// A force pushing down at a point of the deck, frame D.
struct PointForce {
    Length x, y;
    Force down;
};

/// A mass resting on the deck and moving with it, frame D.
struct PointMass {
    Length x, y;
    Mass mass;
};

/// What changes in a deck: displacements (down positive), velocities, accelerations of the reduced
/// coordinates. A copy is a snapshot.
struct DeckState {
    std::vector<double> u_m, v_m_s, a_m_s2;
    void hashInto(Hash& hash) const;
};

/// The weighbridge as a reduced linear system with unilateral cells: hinged and lapped decks by
/// node heave and roll plus one bending and one warp sine per module, bolted decks by cubic beam
/// elements, three per module (docs/physics.md, "Deck"). Matrices are factorised once per
/// configuration (attached masses, cells in contact). Newmark beta = 1/4, gamma = 1/2.
///
/// A cell pushes with max(0, k (w - g) + c w'), w its displacement, g its settlement.
class DeckSolver {
public:
    /// The model must have passed validation (hil/scenario); a singular deck is a broken promise.
    DeckSolver(const DeckModel& deck, std::span<const CellPlace> cells, Stiffness cellStiffness,
               Acceleration gravity);
    ~DeckSolver();
    DeckSolver(DeckSolver&&) noexcept;
    DeckSolver& operator=(DeckSolver&&) noexcept;

    /// Replaces all attached masses. Their weight acts from now on.
    void attach(std::span<const PointMass> masses);

    /// These forces as one vector of the reduced coordinates, for step() and restart().
    std::vector<double> loadVector(std::span<const PointForce> forces) const;

    /// At rest under the deck's own weight, the attached masses and these forces.
    DeckState equilibrium(std::span<const PointForce> forces) const;

    /// One step of `dt` under constant forces; writes the force on each cell at its end.
    /// No allocation once a state of this size exists and the contacts seen are factorised.
    void step(DeckState& state, std::span<const double> load_N, double dt_s,
              std::span<Force> cellForces);

    /// Forces on the cells in a given state.
    void cellForces(const DeckState& state, std::span<Force> out) const;

    /// After masses were attached or forces jumped: acceleration that satisfies the equation of
    /// motion at once, displacement and velocity kept.
    void restart(DeckState& state, std::span<const double> load_N) const;

    /// The most by which the sum of the cell forces can still ring around its value at rest, from
    /// the mechanical energy left. Zero means rest.
    Force ringingBound(const DeckState& state, const DeckState& rest) const;

    /// Undamped natural frequencies with the attached masses, ascending.
    std::vector<double> naturalFrequencies_Hz() const;

    /// Downward displacement of a point of the deck.
    Length deflection(const DeckState& state, Length x, Length y) const;

    std::size_t cellCount() const;

private:
    struct System;
    std::unique_ptr<System> system_;
};

}  // namespace jh
