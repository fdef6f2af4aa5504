// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/model/scale_model.h"

namespace jh {

/// A horizontal force on the deck at a point of it. Frame D.
struct SidewaysForce {
    Length x, y;
    Force alongX, alongY;
};

/// What changes sideways: where the deck is in the plane, seen from where it was set up.
struct SidewaysState {
    double x_m{}, y_m{}, yaw_rad{};
    double speedX_m_s{}, speedY_m_s{}, turning_rad_s{};
    double pinSlipX_m{}, pinSlipY_m{};  ///< where the friction of the pins would be zero
    std::vector<double> slip_m;         ///< per stop: sinking at which its friction would be zero
    std::vector<char> rubs;             ///< per stop: pressed, so that the slip counts
    Mass carried;                       ///< stood on the deck in the last step
    bool moving{};
    void hashInto(Hash& hash) const;
};

/// The deck in the plane: it stands on rocker columns as on a pendulum, and bumpers and check rods
/// keep it from running away (docs/physics.md, "Sideways"). A bumper under load and a check rod
/// that slopes carry weight past the cells: so sideways becomes kilograms.
class DeckSideways {
public:
    /// `atTemperature` is that of the deck: heat closes the gaps at its ends.
    DeckSideways(const DeckModel& deck, const CellMount& mount, std::span<const CellPlace> cells,
                 Temperature atTemperature);

    /// At rest where the deck was set up; its stops hold nothing.
    SidewaysState atRest() const;

    /// The deck is as warm as this from now on. A stop that was pressed may let go or take hold.
    void warm(Temperature deck);

    /// One step under the forces on the cells and horizontal ones from outside; `onDeck` is the
    /// mass that moves with the deck. What has come to stand on it was at rest: the momentum stays.
    void step(SidewaysState& state, std::span<const Force> cellForces,
              std::span<const SidewaysForce> outside, Mass onDeck, double dt_s) const;

    /// How far the mount of a cell leans, head towards +x and +y.
    struct Lean {
        double x_rad{}, y_rad{};
    };
    Lean lean(const SidewaysState& state, std::size_t cell) const;

    /// Places beside the cells that hold the deck up: stops first, then check rods.
    std::size_t holdCount() const { return stops_.size() + model_.rods.size(); }
    Length holdX(std::size_t i) const;
    Length holdY(std::size_t i) const;
    /// Whether it can hold anything now.
    bool holds(const SidewaysState& state, std::size_t i) const;
    /// Upward force there on a deck that has sunk this far below its empty place; what slips,
    /// slips for good.
    Force hold(SidewaysState& state, std::size_t i, double sunk_m) const;

    /// Share of its load with which a mount pushes back, when it leans by 1 rad.
    double restoringPerLean() const { return restoring_per_m_ / lean_per_m_; }
    /// How hard the deck presses on a stop.
    Force pressOn(const SidewaysState& state, std::size_t stop) const;
    const std::vector<StopModel>& stops() const { return model_.stops; }

private:
    struct Stop {
        double armX_m{}, armY_m{};  ///< from the middle of the deck
        double towardsX{}, towardsY{};
        double gap_m{};
    };
    double closed_m(const SidewaysState& state, const Stop& stop) const;
    double press_N(const SidewaysState& state, const Stop& stop) const;
    double pull_N(const SidewaysState& state, const CheckRodModel& rod) const;

    SidewaysModel model_;
    std::vector<CellPlace> cells_;
    std::vector<Stop> stops_;
    double middle_m_{}, mass_kg_{}, halfLength_m_{};
    double yawRadius2_m2_{};    ///< moment of inertia about z per mass
    double lean_per_m_{};       ///< of a rocker, per displacement
    double restoring_per_m_{};  ///< share of its load with which a rocker pushes back, per m
    double stopDamping_N_s_m_{};
};

}  // namespace jh
