// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/quantity.h"
#include "sim/deck/deck_shape.h"
#include "sim/model/scale_model.h"

namespace jh {

/// A force pushing down at a point of the deck, frame D.
struct PointForce {
    Length x, y;
    Force down;
};

/// A point at which the deck can rest: pushes up with max(0, k (w - gap) + c w'), w the downward
/// displacement there. The cells are such points, and so is a stone under a girder.
struct DeckSupport {
    Length x, y;
    Stiffness stiffness;
    Length gap;      ///< from the unloaded deck down to the support: settlement of its foundation
    bool holds{};    ///< pulls as well as it pushes, as frozen mud does
    bool missing{};  ///< not there; keeps the numbering of those that are
};

/// The cells of a scale as supports, in their order.
std::vector<DeckSupport> cellSupports(std::span<const CellPlace> cells, Stiffness stiffness);

/// A mass resting on the deck and moving with it, frame D.
struct PointMass {
    Length x, y;
    Mass mass;
};

/// Something on springs that stands on a deck, for small motions: its own freedoms, matrices row by
/// row, the stiffness with its feet on a rigid road.
struct SprungRider {
    struct Foot {
        Length x, y;  ///< frame D
        Stiffness stiffness;
        std::vector<double> shape;  ///< height of the foot for each freedom, up positive
    };
    std::size_t freedoms{};
    std::vector<double> mass, stiffness;
    std::vector<Foot> feet;  ///< those on the deck
};

/// What changes in a deck: displacements (down positive), velocities, accelerations of the reduced
/// coordinates. A copy is a snapshot.
struct DeckState {
    std::vector<double> u_m, v_m_s, a_m_s2;
    void hashInto(Hash& hash) const;
};

/// The weighbridge as a reduced linear system with unilateral cells: hinged and lapped decks by
/// node heave and roll plus one bending and one warp sine per module, bolted decks by cubic beam
/// elements, four per module (docs/physics.md, "Deck"). Matrices are factorised once per
/// configuration (attached masses, supports in contact). Newmark beta = 1/4, gamma = 1/2.
class DeckSolver {
public:
    /// The model must have passed validation (hil/scenario); a singular deck is a broken promise.
    DeckSolver(const DeckModel& deck, std::span<const DeckSupport> supports, Acceleration gravity);
    ~DeckSolver();
    DeckSolver(DeckSolver&&) noexcept;
    DeckSolver& operator=(DeckSolver&&) noexcept;

    /// Replaces all attached masses. Their weight acts from now on.
    void attach(std::span<const PointMass> masses);

    /// These forces as one vector of the reduced coordinates, for step() and restart().
    std::vector<double> loadVector(std::span<const PointForce> forces) const;
    /// Adds one force to such a vector. Allocates nothing.
    void addLoad(std::span<double> load_N, const PointForce& force) const;
    /// How a force at one point of the deck enters such a vector, for those that stay there.
    ShapeVector shapeAt(Length x, Length y) const;
    /// A load of one newton in all, spread evenly over the deck, as such a vector.
    std::vector<double> evenLoadVector() const;
    /// What the deck and all that is attached to it weigh, as such a vector: shaken from below
    /// with a share of gravity, they push with that share of it.
    std::span<const double> weightVector() const;

    /// At rest under the deck's own weight, the attached masses and these forces.
    DeckState equilibrium(std::span<const PointForce> forces) const;
    /// The same under a load vector.
    DeckState equilibriumUnder(std::span<const double> load_N) const;

    /// One step of `dt` under constant forces; writes the force on each support at its end.
    /// No allocation once a state of this size exists and the contacts seen are factorised.
    void step(DeckState& state, std::span<const double> load_N, double dt_s,
              std::span<Force> supportForces);

    /// Forces on the supports in a given state.
    void supportForces(const DeckState& state, std::span<Force> out) const;

    /// After masses were attached or forces jumped: acceleration that satisfies the equation of
    /// motion at once, displacement and velocity kept.
    void restart(DeckState& state, std::span<const double> load_N) const;

    /// The most by which the sum of the support forces can still ring around its value at rest,
    /// from the mechanical energy left. Zero means rest.
    Force ringingBound(const DeckState& state, const DeckState& rest) const;

    /// Undamped natural frequencies with the attached masses, ascending.
    std::vector<double> naturalFrequencies_Hz() const;
    /// The same with riders, in the contacts of this load vector.
    std::vector<double> naturalFrequencies_Hz(std::span<const double> load_N,
                                              std::span<const SprungRider> riders) const;

    /// Downward displacement of a point of the deck.
    Length deflection(const DeckState& state, Length x, Length y) const;
    /// The same counted from another state, and its velocity.
    struct Sag {
        double down_m{}, down_m_s{};
    };
    Sag sag(const DeckState& state, const DeckState& from, double x_m, double y_m) const;

    std::size_t supportCount() const;

private:
    struct System;
    std::unique_ptr<System> system_;
};

}  // namespace jh
