// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

std::string placeOf(std::size_t axle, const char* key) {
    return fmt::format("axles[{}].{}", axle, key);
}

bool sound(const Fields& fields, std::size_t axle, const char* key) {
    return fields.sound({placeOf(axle, key).c_str()});
}

std::size_t axlesOf(const VehicleModel& vehicle, VehicleUnit unit) {
    std::size_t count = 0;
    for (const AxleModel& axle : vehicle.axles) count += axle.unit == unit ? 1 : 0;
    return count;
}

/// Position and loads of one axle, given the one before it.
void checkAxle(const Fields& fields, const VehicleModel& vehicle, std::size_t i) {
    const AxleModel& axle = vehicle.axles[i];
    if (sound(fields, i, "load") && sound(fields, i, "unsprung") && axle.unsprung >= axle.load) {
        fields.problem(placeOf(i, "unsprung"),
                       fmt::format("must be less than the axle's load of {} kg", axle.load.si()));
    }
    if (sound(fields, i, "track") && fields.sound({"width"}) && axle.track > vehicle.width) {
        fields.problem(
            placeOf(i, "track"),
            fmt::format("must not be more than the vehicle's width of {} m", vehicle.width.si()));
    }
    if (i == 0) {
        if (sound(fields, i, "position") && axle.position != Length{}) {
            fields.problem(placeOf(i, "position"),
                           "must be 0 m: positions count from the front axle");
        }
        return;
    }
    constexpr double closest_m = 0.5;
    const AxleModel& before = vehicle.axles[i - 1];
    if (sound(fields, i, "position") && sound(fields, i - 1, "position") &&
        (axle.position - before.position).si() < closest_m) {
        fields.problem(placeOf(i, "position"),
                       fmt::format("must lie at least {} m behind the axle before at {} m",
                                   closest_m, before.position.si()));
    }
    if (axle.unit == VehicleUnit::tractor && before.unit == VehicleUnit::semitrailer) {
        fields.problem(placeOf(i, "unit"), "a tractor's axle cannot stand behind a semitrailer's");
    }
}

/// Which units there are and where they meet.
bool checkUnits(const Fields& fields, const VehicleModel& vehicle) {
    const std::size_t front = axlesOf(vehicle, VehicleUnit::tractor);
    const std::size_t rear = axlesOf(vehicle, VehicleUnit::semitrailer);
    if (front < 2) {
        fields.problem("axles", "expected at least two axles of the tractor or truck itself");
        return false;
    }
    if (!vehicle.fifthWheel) {
        if (rear == 0) return true;
        fields.problem("fifth_wheel", "is missing: there are axles of a semitrailer");
        return false;
    }
    if (rear == 0) {
        fields.problem("fifth_wheel", "there is no axle of a semitrailer behind it");
        return false;
    }
    const Length last = vehicle.axles[front - 1].position;
    const double place_m = vehicle.fifthWheel->si(), reach_m = last.si() + 1.0;
    bool right = true;
    if (place_m <= 0.0 || place_m > reach_m) {
        fields.problem("fifth_wheel.position",
                       fmt::format("expected a place behind the front axle and at most 1 m behind "
                                   "the tractor's last: above 0 m to {} m",
                                   reach_m));
        right = false;
    }
    for (std::size_t i = front; i < vehicle.axles.size(); ++i) {
        if (vehicle.axles[i].unit != VehicleUnit::semitrailer) return false;
        if (vehicle.axles[i].position > *vehicle.fifthWheel) continue;
        fields.problem(placeOf(i, "position"),
                       fmt::format("an axle of the semitrailer must stand behind the fifth wheel "
                                   "at {} m",
                                   place_m));
        right = false;
    }
    return right;
}

/// The bodies that the static loads ask for must be such as can be built.
void checkBodies(const Fields& fields, const VehicleModel& vehicle) {
    const VehicleStatics statics = staticsOf(vehicle);
    const std::size_t front = axlesOf(vehicle, VehicleUnit::tractor);
    if (vehicle.fifthWheel) {
        if (statics.kingpinLoad <= Mass{}) {
            fields.problem("fifth_wheel.tractor_kerb",
                           fmt::format("leaves {:.0f} kg on the kingpin; the tractor's axles must "
                                       "carry more than the tractor itself",
                                       statics.kingpinLoad.si()));
            return;
        }
        if (statics.bodies[0].mass <= Mass{}) {
            fields.problem("fifth_wheel.tractor_kerb",
                           fmt::format("is not more than its axles' unsprung mass of {:.0f} kg",
                                       statics.bodies[0].unsprung.si()));
            return;
        }
    }
    const double last_m = vehicle.axles[front - 1].position.si();
    const double cg_m = statics.bodies[0].cgBehind.si();
    if (cg_m <= 0.0 || cg_m >= last_m) {
        const char* place = vehicle.fifthWheel ? "fifth_wheel.position" : "axles";
        fields.problem(place, fmt::format("the loads put the centre of gravity of the {} {:.2f} m "
                                          "behind the front axle; expected between 0 m and its "
                                          "last axle at {} m",
                                          vehicle.fifthWheel ? "tractor" : "truck", cg_m, last_m));
    }
}

}  // namespace

void checkVehicle(const Fields& fields, const VehicleModel& vehicle) {
    if (!fields.sound({"axles"}) && vehicle.axles.empty()) return;
    constexpr std::size_t mostAxles = 12;
    if (vehicle.axles.size() < 2 || vehicle.axles.size() > mostAxles) {
        return fields.problem("axles", fmt::format("expected 2 to {} axles", mostAxles));
    }
    for (std::size_t i = 0; i < vehicle.axles.size(); ++i) checkAxle(fields, vehicle, i);
    if (!fields.sound({"axles", "fifth_wheel"})) return;
    if (checkUnits(fields, vehicle)) checkBodies(fields, vehicle);
}

}  // namespace jh
