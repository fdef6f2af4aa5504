// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/model/vehicle_model.h"

namespace jh::test {

/// 49 t on six axles.
inline VehicleModel sixAxles() {
    VehicleModel v;
    const double x_m[] = {0, 3.30, 4.65, 10.80, 12.11, 13.42}, load_t[] = {7, 9, 9, 8, 8, 8};
    for (std::size_t i = 0; i < 6; ++i) {
        AxleModel axle;
        axle.position = Length{x_m[i]};
        axle.load = Mass{load_t[i] * 1000};
        axle.unsprung = Mass{i == 0 ? 600.0 : 900.0};
        axle.unit = i < 3 ? VehicleUnit::tractor : VehicleUnit::semitrailer;
        axle.dual = i > 0;
        axle.suspension.kind = SuspensionKind::air;
        axle.suspension.stiffness = Stiffness{4e5};
        axle.suspension.damping = Damping{2e4};
        axle.suspension.frictionShare = 0.0;
        v.axles.push_back(axle);
    }
    v.fifthWheel = Length{3.6};
    v.tractorKerb = Mass{8800};
    return v;
}

}  // namespace jh::test
