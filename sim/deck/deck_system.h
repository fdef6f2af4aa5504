// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "sim/deck/assembly.h"
#include "sim/deck/deck_solver.h"

namespace jh {

/// Bit j is set while cell j has lost contact. All zero is the rule.
using LiftedCells = std::uint64_t;

/// Limit of Newton's method on the contacts. Usually one pass does, two when a cell lifts.
inline constexpr int mostContactPasses = 64;

/// The matrices of a deck with what is resting on it, and their inverses per contact pattern.
/// Inverses are made when first asked for and kept until the masses (static ones: for ever) or
/// the length of the step change.
struct DeckSolver::System {
    struct Cell {
        ShapeVector shape;
        double settlement_m{};
    };
    /// One contact pattern at rest.
    struct Rest {
        LiftedCells lifted{};
        bool possible{};  ///< false: the deck would tip over
        SymmetricMatrix compliance;
        double sumCompliance_N2_J{};  ///< s' K^-1 s, s = change of the sum of cell forces with u
    };
    struct Step {
        LiftedCells lifted{};
        SymmetricMatrix inverse;  ///< of M + dt/2 C + dt^2/4 K
    };

    System(const DeckModel& deck, std::span<const CellPlace> places, double cellStiffness,
           double localGravity);

    std::size_t size() const { return shape.freedoms(); }
    /// k (w - g) of a cell with positions `u` plus dampingTime times velocities; may be negative.
    double springForce_N(const Cell& cell, const double* u) const {
        return cellStiffness_N_m * (cell.shape.dot(u) - cell.settlement_m);
    }
    LiftedCells liftedCells(const double* u) const;
    /// Positions that, put into the springs, give spring and damper force: u + dampingTime v.
    void effectivePositions(const DeckState& state, double* out) const;
    /// Adds weights, settlement and these forces minus the elastic ones of all cells in contact.
    void residual(const double* u, std::span<const double> outside_N, double* out) const;
    /// Takes the elastic force of these cells out of a residual again.
    void giveBackLifted(LiftedCells lifted, const double* u, double* out) const;
    /// Pattern to try after `assumed` led to positions in which `found` are lifted.
    LiftedCells nextContacts(LiftedCells assumed, LiftedCells found, const double* u,
                             int pass) const;

    void attach(std::span<const PointMass> masses);
    void useStep(double dt_s);
    SymmetricMatrix stiffnessWith(LiftedCells lifted) const;
    const Rest& restWith(LiftedCells lifted);
    const SymmetricMatrix& stepInverse(LiftedCells lifted);
    const SymmetricMatrix& massInverse();

    DeckShape shape;
    std::vector<Cell> cells;
    double cellStiffness_N_m{}, gravity_m_s2{};
    double dampingTime_s{};  ///< C = dampingTime * K

    SymmetricMatrix deckMass, mass;            ///< without and with what is attached
    SymmetricMatrix deckStiffness, stiffness;  ///< without and with all cells
    SparseRows stiffnessRows;
    std::vector<double> deckLoad_N;  ///< own weight and settlement
    std::vector<double> load_N;      ///< with the weight of what is attached

private:
    std::vector<Rest> rests_;
    double stepLength_s{};
    std::vector<Step> steps_;
    std::size_t stepsInUse_{};
    SymmetricMatrix massInverse_;
    bool massInverseKnown_{};
};

}  // namespace jh
