// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/vehicle_model.h"
#include "sim/vehicle/vehicle.h"

namespace jh {

/// One tyre of a LinearVehicle: a spring between a freedom-dependent height and the road.
struct LinearTyre {
    Length x, y;  ///< frame D
    Stiffness stiffness;
    Damping damping;
    std::vector<double> shape;  ///< height of the wheel for each freedom, in m per freedom
};

/// A parked vehicle for small motions: M q'' + C q' + K q = sum over tyres of shape k road height.
/// Freedoms: tractor heave (m, up), pitch (rad, nose down), roll (rad, left up); the same pitch and
/// roll of a semitrailer; then heave and roll of each axle. Matrices are row by row. Leaves stick
/// (`frictionLocked`) or slide freely; brakes do not couple pitch to the road.
struct LinearVehicle {
    std::size_t freedoms{};
    std::vector<double> mass, damping, stiffness;  ///< the stiffness with the tyres on a rigid road
    std::vector<LinearTyre> tyres;
};

LinearVehicle linearVehicle(const VehicleModel& model, const Placement& at, Acceleration gravity,
                            bool frictionLocked);

}  // namespace jh
