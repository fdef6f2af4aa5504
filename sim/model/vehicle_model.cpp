// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/vehicle_model.h"

namespace jh {

namespace {

/// From the kingpin forward to the front of a semitrailer.
constexpr Length trailerNose{1.4};
/// From the last tractor axle to the end of the tractor's frame.
constexpr Length tractorTail{0.9};

/// Sums over the axles of one unit.
struct UnitSums {
    double load_kg{}, unsprung_kg{}, sprungMoment_kg_m{}, last_m{};
};

UnitSums sumsOf(const VehicleModel& vehicle, VehicleUnit unit) {
    UnitSums sums;
    for (const AxleModel& axle : vehicle.axles) {
        if (axle.unit != unit) continue;
        sums.load_kg += axle.load.si();
        sums.unsprung_kg += axle.unsprung.si();
        sums.sprungMoment_kg_m += (axle.load - axle.unsprung).si() * axle.position.si();
        sums.last_m = axle.position.si();
    }
    return sums;
}

SprungBody bodyOf(double mass_kg, double moment_kg_m, const UnitSums& sums, Length height,
                  double length_m) {
    return {Mass{mass_kg}, Mass{sums.unsprung_kg}, Length{moment_kg_m / mass_kg}, height,
            Length{length_m}};
}

}  // namespace

VehicleStatics staticsOf(const VehicleModel& vehicle) {
    const UnitSums front = sumsOf(vehicle, VehicleUnit::tractor);
    const double nose_m = vehicle.frontOverhang.si();
    VehicleStatics statics;
    if (!vehicle.fifthWheel) {
        const double length_m = nose_m + front.last_m + vehicle.rearOverhang.si();
        statics.bodies.push_back(bodyOf(front.load_kg - front.unsprung_kg, front.sprungMoment_kg_m,
                                        front, vehicle.tractorCgHeight, length_m));
        statics.total = Mass{front.load_kg};
        return statics;
    }
    const UnitSums rear = sumsOf(vehicle, VehicleUnit::semitrailer);
    const double kingpin_kg = front.load_kg - vehicle.tractorKerb.si();
    const double kingpin_m = vehicle.fifthWheel->si();
    statics.bodies.push_back(bodyOf(vehicle.tractorKerb.si() - front.unsprung_kg,
                                    front.sprungMoment_kg_m - kingpin_kg * kingpin_m, front,
                                    vehicle.tractorCgHeight,
                                    nose_m + front.last_m + tractorTail.si()));
    statics.bodies.push_back(
        bodyOf(rear.load_kg + kingpin_kg - rear.unsprung_kg,
               rear.sprungMoment_kg_m + kingpin_kg * kingpin_m, rear, vehicle.trailerCgHeight,
               trailerNose.si() + rear.last_m - kingpin_m + vehicle.rearOverhang.si()));
    statics.kingpinLoad = Mass{kingpin_kg};
    statics.total = Mass{front.load_kg + rear.load_kg};
    return statics;
}

WindLoad sideWind(const VehicleModel& vehicle, Speed wind) {
    constexpr double airDensity = 1.225;  // kg/m3, 15 degC at sea level
    const double pressure_Pa = 0.5 * airDensity * wind.si() * wind.si();
    const WindArea& area = vehicle.wind;
    return {Force{pressure_Pa * area.liftCoefficient * area.reference.si()},
            Force{pressure_Pa * area.sideCoefficient * area.side.si()}, vehicle.height / 2.0};
}

}  // namespace jh
