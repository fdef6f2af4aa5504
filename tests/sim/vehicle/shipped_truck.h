// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <string>

#include "hil/scenario/load.h"
#include "sim/vehicle/vehicle_world.h"

namespace jh::test {

/// The files that ship are the ones that are tested.
inline VehicleModel shipped(const std::string& name) {
    const auto read =
        loadVehicle(std::filesystem::path{JH_SHIPPED} / "vehicles" / (name + ".yaml"));
    BOOST_REQUIRE_MESSAGE(read.has_value(), name);
    return *read;
}

constexpr double dt_s = 1e-3;

inline void run(VehicleWorld& world, const RoadSurface& road, double time_s, double step_s = dt_s) {
    for (long left = std::lround(time_s / step_s); left > 0; --left) world.step(road, step_s);
}

inline double kg(Force f) {
    return massOf(f, standardGravity).si();
}

/// What stands on a deck from 0 to `length`, prints counted by the part that lies on it.
inline double onDeck_kg(const Vehicle& vehicle, Length length) {
    Force sum;
    for (const WheelForce& wheel : vehicle.wheels()) {
        sum = sum + within(wheel, Length{}, length).down;
    }
    return kg(sum);
}

}  // namespace jh::test
