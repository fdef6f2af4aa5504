// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/vehicle/profile_road.h"
#include "sim/vehicle/vehicle_world.h"

namespace jh::test {

inline constexpr double gross_kg = 49'000.0, oneE_kg = 20.0, halfE_kg = 10.0;
inline constexpr double driveStep_s = 1e-3;
/// How close another model of the same truck is asked to come.
inline constexpr double driveOracle = 0.20;
/// Where that one says 0.0 s: settled by the time it stands, to the width of its last digit.
inline constexpr double atOnce_s = 0.2;

/// 5 km/h, 3 mm edges, unevenness of slabs under which a straight edge of 2 m shows some 2 mm.
inline ProfileRoad yard(std::uint64_t seed) {
    RoadProfile profile;
    profile.unevenness = Length{1.2e-3};
    return ProfileRoad{profile, NoiseStream{seed, "road"}};
}

inline DrivePlan approach(double stop_m, Acceleration deceleration) {
    DrivePlan plan;
    plan.start = {Length{-6.0}, {}, Heading::alongX};
    plan.speed = Speed{5.0 / 3.6};
    plan.deceleration = deceleration;
    plan.stops = {{Length{stop_m}, 60s}};
    return plan;
}

/// Sum of the wheels less the weight, from the moment the truck stands, and its mean over the last
/// second.
struct AfterStop {
    std::vector<double> rest_kg, mean_kg;
    double frontAxle_m{};
};
inline AfterStop driveOnAndStop(const VehicleModel& truck, double deceleration_m_s2,
                                std::uint64_t seed) {
    VehicleWorld world{standardGravity};
    const ProfileRoad road = yard(seed);
    world.drive(truck, approach(15.8, Acceleration{deceleration_m_s2}));
    constexpr std::size_t window = 1000, watched = 20'000;
    AfterStop after;
    std::vector<double> all_kg;
    double sum_kg = 0.0;
    while (after.rest_kg.size() < watched) {
        world.step(road, driveStep_s);
        all_kg.push_back(massOf(world.vehicle(0).down(), standardGravity).si() - gross_kg);
        sum_kg += all_kg.back();
        if (all_kg.size() > window) sum_kg -= all_kg[all_kg.size() - 1 - window];
        if (world.driver(0)->doing() != Driver::Doing::waiting) continue;
        after.rest_kg.push_back(all_kg.back());
        after.mean_kg.push_back(sum_kg / static_cast<double>(window));
    }
    after.frontAxle_m = world.vehicle(0).frontAxle().si();
    return after;
}

/// From then on it stays within the bound.
inline double settling_s(const std::vector<double>& rest_kg, double bound_kg) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < rest_kg.size(); ++i) {
        if (std::fabs(rest_kg[i]) > bound_kg) last = i + 1;
    }
    return static_cast<double>(last) * driveStep_s;
}

/// The strongest one of the first 6 s.
inline double strongest_Hz(const std::vector<double>& rest_kg) {
    double best = 0.0, best_Hz = 0.0;
    for (int k = 120; k < 350; ++k) {
        const double f_Hz = k * 0.01;
        double c = 0.0, s = 0.0;
        for (std::size_t i = 0; i < 6000; i += 20) {
            const double angle =
                2.0 * std::numbers::pi * f_Hz * driveStep_s * static_cast<double>(i);
            c += rest_kg[i] * std::cos(angle);
            s += rest_kg[i] * std::sin(angle);
        }
        if (c * c + s * s > best) {
            best = c * c + s * s;
            best_Hz = f_Hz;
        }
    }
    return best_Hz;
}

struct StopFigures {
    double peak_kg{}, frequency_Hz{}, raw_s{}, meanToOneE_s{}, meanToHalfE_s{};
};
inline StopFigures figuresOf(const AfterStop& after) {
    StopFigures figures;
    for (const double kg : after.rest_kg)
        figures.peak_kg = std::max(figures.peak_kg, std::fabs(kg));
    figures.frequency_Hz = strongest_Hz(after.rest_kg);
    figures.raw_s = settling_s(after.rest_kg, oneE_kg);
    figures.meanToOneE_s = settling_s(after.mean_kg, oneE_kg);
    figures.meanToHalfE_s = settling_s(after.mean_kg, halfE_kg);
    return figures;
}

/// What another model of the 49 t truck gives, stopping with its front axle at 15.8 m.
struct StopRow {
    const char* truck;
    double deceleration_m_s2;
    StopFigures expected;
    const char* outside;  ///< figures known to miss it by more than a fifth: docs/vehicles.md
    friend std::ostream& operator<<(std::ostream& os, const StopRow& row) {
        return os << row.truck << " at " << row.deceleration_m_s2 << " m/s2";
    }
};
inline constexpr const char* leafTruck = "china-6axle-49t";
inline constexpr const char* airTruck = "china-6axle-49t-air";
inline constexpr StopRow stopRows[] = {
    {leafTruck, 0.3, {404, 2.57, 7.9, 2.3, 4.4}, ""},
    {leafTruck, 0.6, {712, 2.53, 8.5, 3.9, 5.1}, ""},
    {leafTruck, 1.5, {2156, 2.53, 10.2, 4.6, 6.6}, ""},
    {airTruck, 0.3, {121, 1.95, 2.1, 0.0, 0.5}, ""},
    {airTruck, 0.6, {264, 1.89, 2.7, 0.0, 1.7}, "mean to 1 e, mean to 0.5 e"},
    {airTruck, 1.5, {665, 2.04, 3.7, 1.9, 3.0}, "mean to 1 e"},
};

/// Weight of the wheels while all of them roll on the deck.
struct RollingFigures {
    double mean_kg{}, deviation_kg{}, least_kg{}, most_kg{};
};
inline RollingFigures rollOver(const VehicleModel& truckModel, std::uint64_t seed) {
    VehicleWorld world{standardGravity};
    const ProfileRoad road = yard(seed);
    const Vehicle& truck = world.drive(truckModel, approach(40.0, Acceleration{0.6}));
    // All prints behind the first edge, none beyond the second, and a step to spare.
    constexpr double from_m = 13.42 + 0.12, to_m = 18.0 - 0.12;
    RollingFigures out{0.0, 0.0, 1e9, 0.0};
    double squares = 0.0, count = 0.0;
    while (truck.frontAxle().si() < to_m) {
        world.step(road, driveStep_s);
        if (truck.frontAxle().si() < from_m) continue;
        const double down_kg = massOf(truck.down(), standardGravity).si();
        out.least_kg = std::min(out.least_kg, down_kg);
        out.most_kg = std::max(out.most_kg, down_kg);
        out.mean_kg += down_kg;
        squares += (down_kg - gross_kg) * (down_kg - gross_kg);
        count += 1.0;
    }
    out.mean_kg /= count;
    out.deviation_kg = std::sqrt(squares / count);
    return out;
}

/// What stands on a deck from 0 to `length`, each wheel as a point, as calculations by hand have
/// it.
inline double pointsOnDeck_kg(const Vehicle& vehicle, Length length) {
    Force sum;
    for (const WheelForce& wheel : vehicle.wheels()) {
        if (wheel.x >= Length{} && wheel.x <= length) sum = sum + wheel.down;
    }
    return massOf(sum, standardGravity).si();
}

/// Axles between 0 and 18 m, with the front axle at these places.
struct Stair {
    double frontAxle_m, total_kg;
    friend std::ostream& operator<<(std::ostream& os, const Stair& s) {
        return os << s.frontAxle_m << " m";
    }
};
inline constexpr Stair stairs[] = {{0.5, 7000},   {4.0, 16000},  {5.0, 25000}, {11.5, 33000},
                                   {12.5, 41000}, {13.5, 49000}, {18.5, 42000}};

}  // namespace jh::test
