// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "sim/deck/assembly.h"
#include "sim/deck/deck_solver.h"

namespace jh {

/// Bit j is set while support j has lost contact. All zero is the rule.
using OpenContacts = std::uint64_t;

/// One bit each.
inline constexpr std::size_t mostSupports = 64;

/// Limit of Newton's method on the contacts. Usually one pass does, two when a support lifts.
inline constexpr int mostContactPasses = 64;

/// The matrices of a deck with what is resting on it, and their inverses per contact pattern.
/// Inverses are made when first asked for and kept until the masses (static ones: for ever) or
/// the length of the step change.
struct DeckSolver::System {
    struct Support {
        ShapeVector shape;
        double stiffness_N_m{}, gap_m{};
        bool holds{};
    };
    /// One contact pattern at rest.
    struct Rest {
        OpenContacts open{};
        bool possible{};  ///< false: the deck would tip over
        SymmetricMatrix compliance;
        double sumCompliance_N2_J{};  ///< s' K^-1 s, s = change of the sum of support forces with u
    };
    struct Step {
        OpenContacts open{};
        SymmetricMatrix inverse;  ///< of M + dt/2 C + dt^2/4 K
    };

    System(const DeckModel& deck, std::span<const DeckSupport> points, double localGravity);

    std::size_t size() const { return shape.freedoms(); }
    /// k (w - gap) with positions `u` plus dampingTime times velocities; negative over an open gap.
    static double springForce_N(const Support& support, const double* u) {
        return support.stiffness_N_m * (support.shape.dot(u) - support.gap_m);
    }
    /// No contact: the spring would have to pull, and cannot.
    static bool isOpen(const Support& support, double springForce_N) {
        return springForce_N < 0.0 && !support.holds;
    }
    /// Change of the sum of the support forces with each coordinate.
    std::vector<double> sumSlope_N_m(OpenContacts open) const;
    OpenContacts openContacts(const double* u) const;
    /// Positions that, put into the springs, give spring and damper force: u + dampingTime v.
    void effectivePositions(const DeckState& state, double* out) const;
    /// Adds weights, settlement and these forces minus the elastic ones of all supports in contact.
    void residual(const double* u, std::span<const double> outside_N, double* out) const;
    /// Takes the elastic force of these supports out of a residual again.
    void giveBackOpen(OpenContacts open, const double* u, double* out) const;
    /// Pattern to try after `assumed` led to positions in which `found` are open.
    OpenContacts nextContacts(OpenContacts assumed, OpenContacts found, const double* u,
                              int pass) const;

    void attach(std::span<const PointMass> masses);
    void useStep(double dt_s);
    SymmetricMatrix stiffnessWith(OpenContacts open) const;
    const Rest& restWith(OpenContacts open);
    const SymmetricMatrix& stepInverse(OpenContacts open);
    const SymmetricMatrix& massInverse();

    DeckShape shape;
    std::vector<Support> supports;
    double gravity_m_s2{};
    double dampingTime_s{};  ///< C = dampingTime * K

    SymmetricMatrix deckMass, mass;            ///< without and with what is attached
    SymmetricMatrix deckStiffness, stiffness;  ///< without and with all supports
    SparseRows stiffnessRows;
    std::vector<double> deckWeight_N, weight_N;  ///< without and with what is attached
    double deckWeightTotal_N{};
    std::vector<double> settlementLoad_N;  ///< springs against their gaps
    std::vector<double> load_N;            ///< weight and settlement

private:
    std::vector<Rest> rests_;
    double stepLength_s{};
    std::vector<Step> steps_;
    std::size_t stepsInUse_{};
    SymmetricMatrix massInverse_;
    bool massInverseKnown_{};
};

}  // namespace jh
