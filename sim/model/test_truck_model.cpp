// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/test_truck_model.h"

#include <algorithm>
#include <cmath>

namespace jh {

namespace {

/// How a weight goes from the bed of the truck to the deck: a quarter turn, two metres up, two
/// down.
constexpr double slewTurns = 0.25, hoist_m = 2.0;
/// For what is left of the landing, with the hook still on.
constexpr SimTime comesToRest = 1s;
/// Radius at which the weights stand on the truck's bed.
constexpr double bedRadius_m = 3.0;

}  // namespace

Mass CraneModel::mostAt(Length radius) const {
    for (const ChartRow& row : chart) {
        if (radius <= row.radius) return row.most;
    }
    return Mass{};
}

SimTime hookTime(const CraneModel& crane) {
    const double way_m = (hookClearance + ropeSlack).si();
    return 1ms * std::lround(1e3 * way_m / crane.touchDownSpeed.si()) + comesToRest;
}

SimTime craneCycle(const CraneModel& crane, Length radius, Mass mass) {
    const double slew_s = slewTurns * seconds(crane.fullTurn);
    const double extend_s = seconds(crane.extension) * std::max(0.0, radius.si() - bedRadius_m) /
                            std::max(1.0, crane.reach().si() - bedRadius_m);
    const double lift_s = hoist_m / crane.hookSpeed.si();
    const double down_s = (hoist_m - hookClearance.si()) / crane.hookSpeed.si() +
                          hookClearance.si() / crane.touchDownSpeed.si();
    // Slewing and telescoping go together.
    const double across_s = std::max(slew_s, extend_s);
    const double hands_s = 2.0 * seconds(crane.hookOn);
    const double steady_s = 2.0 * seconds(crane.steady) * mass.si() / 1000.0;
    // There with the weight, back with the empty hook.
    return 1ms * std::lround(1e3 * (hands_s + steady_s + 2.0 * across_s + lift_s + down_s));
}

VehicleModel withTotal(VehicleModel vehicle, Mass total) {
    Mass now;
    for (const AxleModel& axle : vehicle.axles) now = now + axle.load;
    const double factor = total / now;
    for (AxleModel& axle : vehicle.axles) axle.load = axle.load * factor;
    return vehicle;
}

Length centreOfGravity(const VehicleModel& vehicle) {
    double moment_kg_m = 0.0, sum_kg = 0.0;
    for (const AxleModel& axle : vehicle.axles) {
        moment_kg_m += axle.load.si() * axle.position.si();
        sum_kg += axle.load.si();
    }
    return Length{moment_kg_m / sum_kg};
}

}  // namespace jh
