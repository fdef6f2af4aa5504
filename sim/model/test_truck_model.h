// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/exact_mass.h"
#include "sim/base/sim_time.h"
#include "sim/model/vehicle_model.h"

namespace jh {

/// The load chart of a crane: up to this radius it lifts at most this much.
struct ChartRow {
    Length radius;
    Mass most;
};

/// A place in the plane of the deck, frame D.
struct PlanePoint {
    Length x, y;
};

/// A truck-mounted crane that stands beside the deck, along it. Ranges: docs/test-weight-truck.md.
struct CraneModel {
    std::vector<ChartRow> chart;  ///< radius rises, mass falls
    Length beside{4.6};           ///< of its slewing column from the deck's centre line
    Length outriggerSpread{5.0};  ///< between the feet on both sides of it
    Length rope{4.0};             ///< from the boom's tip to the weight on the deck
    Stiffness give{3e5};          ///< of boom and rope together, at the hook
    double swingDamping{0.15};    ///< of critical: hands on the load
    Speed hookSpeed{1.0 / 6.0};   ///< free on its way; 8 to 12 m/min
    Speed touchDownSpeed{0.15};   ///< over the last half metre
    SimTime fullTurn{40s};        ///< of the column: 1 to 2 turns a minute
    SimTime extension{75s};       ///< of the boom, from its shortest to its longest
    SimTime hookOn{10s};          ///< slings on or off, each
    SimTime steady{16s};      ///< until a tonne hangs still, each way; in proportion to the mass
    SimTime moveStand{6min};  ///< outriggers in, a few metres along the deck, outriggers out

    Length reach() const { return chart.back().radius; }
    /// Most that it lifts at this radius; nothing beyond its reach.
    Mass mostAt(Length radius) const;
};

/// A weight on the hook is simulated body by body from this far above the deck downwards.
inline constexpr Length hookClearance{0.5};
/// Of the rope, before hands take it off the weight.
inline constexpr Length ropeSlack{0.05};
/// From there to a slack rope and a block at rest; or the way back.
SimTime hookTime(const CraneModel& crane);

/// One weight from the truck's bed to a place on the deck, with an empty hook back. The last half
/// metre, which is simulated body by body, is in it.
SimTime craneCycle(const CraneModel& crane, Length radius, Mass mass);

/// A self-propelled cart that carries weights over the deck and is a weight itself.
struct CartModel {
    VehicleModel vehicle;                     ///< empty
    ExactMass countsAs{ExactMass::kg(2000)};  ///< nominal mass of the empty cart
    Mass knownTo{2.0};                        ///< its own mass is right to +- this
    int capacity{20};                         ///< blocks
    Speed speed{0.4};                         ///< over the deck
    Acceleration deceleration{0.3};
    SimTime loadBlock{90s};  ///< one block on or off
    SimTime turn{45s};       ///< beside the deck, to another line
};

/// What brings standard weights to a scale and moves them there: a crane, a cart or both.
struct TestTruckModel {
    std::string title, titleZh;
    std::optional<CraneModel> crane;
    std::optional<CartModel> cart;
};

/// The same vehicle with another load: every axle carries in proportion, so that its centre of
/// gravity stays where it is along the vehicle.
VehicleModel withTotal(VehicleModel vehicle, Mass total);
/// Centre of gravity of a whole vehicle behind its front axle.
Length centreOfGravity(const VehicleModel& vehicle);

}  // namespace jh
