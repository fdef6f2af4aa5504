// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/: the 49 t truck drives on and stops, against an independent calculation
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "sim/vehicle/profile_road.h"
#include "tests/sim/vehicle/shipped_truck.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr double gross_kg = 49'000.0, oneE_kg = 20.0, halfE_kg = 10.0;
// The oracle is another model of the same truck; its figures are asked for within a fifth.
constexpr double oracle = 0.20;
// Where the oracle says 0.0 s: settled by the time it stands, to the width of its last digit.
constexpr double atOnce_s = 0.2;

/// 5 km/h, 3 mm edges, unevenness of slabs under which a straight edge of 2 m shows some 2 mm.
ProfileRoad yard(std::uint64_t seed) {
    RoadProfile profile;
    profile.unevenness = Length{1.2e-3};
    return ProfileRoad{profile, NoiseStream{seed, "road"}};
}

DrivePlan approach(double stop_m, Acceleration deceleration) {
    DrivePlan plan;
    plan.start = {Length{-6.0}, {}, Heading::alongX};
    plan.speed = Speed{5.0 / 3.6};
    plan.deceleration = deceleration;
    plan.stops = {{Length{stop_m}, 60s}};
    return plan;
}

struct Figures {
    double peak_kg{}, frequency_Hz{}, raw_s{}, meanToOneE_s{}, meanToHalfE_s{};
};

/// From then on it stays within the bound.
double settling_s(const std::vector<double>& rest_kg, double bound_kg) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < rest_kg.size(); ++i) {
        if (std::fabs(rest_kg[i]) > bound_kg) last = i + 1;
    }
    return static_cast<double>(last) * dt_s;
}

/// The strongest one of the first 6 s.
double frequencyOf_Hz(const std::vector<double>& rest_kg) {
    double best = 0.0, best_Hz = 0.0;
    for (double f_Hz = 1.2; f_Hz < 3.5; f_Hz += 0.01) {
        double c = 0.0, s = 0.0;
        for (std::size_t i = 0; i < 6000; i += 20) {
            const double angle = 2.0 * std::numbers::pi * f_Hz * dt_s * static_cast<double>(i);
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

/// Sum of the wheels less the weight from the moment it stands, and its mean over the last second.
Figures afterStop(const std::string& truck, double deceleration_m_s2, std::uint64_t seed) {
    VehicleWorld world{standardGravity};
    const ProfileRoad road = yard(seed);
    world.drive(shipped(truck), approach(15.8, Acceleration{deceleration_m_s2}));
    constexpr std::size_t window = 1000, watched = 20'000;
    std::vector<double> all_kg, rest_kg, mean_kg;
    double sum_kg = 0.0;
    while (rest_kg.size() < watched) {
        world.step(road, dt_s);
        all_kg.push_back(kg(world.vehicle(0).down()) - gross_kg);
        sum_kg += all_kg.back();
        if (all_kg.size() > window) sum_kg -= all_kg[all_kg.size() - 1 - window];
        if (world.driver(0)->doing() != Driver::Doing::waiting) continue;
        rest_kg.push_back(all_kg.back());
        mean_kg.push_back(sum_kg / static_cast<double>(window));
    }
    BOOST_TEST(std::fabs(world.vehicle(0).frontAxle().si() - 15.8) < 0.05);
    Figures figures;
    for (const double rest : rest_kg) figures.peak_kg = std::max(figures.peak_kg, std::fabs(rest));
    figures.frequency_Hz = frequencyOf_Hz(rest_kg);
    figures.raw_s = settling_s(rest_kg, oneE_kg);
    figures.meanToOneE_s = settling_s(mean_kg, oneE_kg);
    figures.meanToHalfE_s = settling_s(mean_kg, halfE_kg);
    return figures;
}

struct Row {
    const char* truck;
    double deceleration_m_s2;
    Figures expected;
    const char*
        outside;  ///< figures known to miss the oracle by more than a fifth: docs/vehicles.md
    friend std::ostream& operator<<(std::ostream& os, const Row& row) {
        return os << row.truck << " at " << row.deceleration_m_s2 << " m/s2";
    }
};
const char *leaf = "china-6axle-49t", *air = "china-6axle-49t-air";
const Row rows[] = {
    {leaf, 0.3, {404, 2.57, 7.9, 2.3, 4.4}, ""},
    {leaf, 0.6, {712, 2.53, 8.5, 3.9, 5.1}, ""},
    {leaf, 1.5, {2156, 2.53, 10.2, 4.6, 6.6}, ""},
    {air, 0.3, {121, 1.95, 2.1, 0.0, 0.5}, ""},
    {air, 0.6, {264, 1.89, 2.7, 0.0, 1.7}, "mean to 1 e, mean to 0.5 e"},
    {air, 1.5, {665, 2.04, 3.7, 1.9, 3.0}, "mean to 1 e"},
};

void compare(const Row& row, const char* what, double found, double expected) {
    const bool within =
        expected > 0.0 ? std::fabs(found / expected - 1.0) <= oracle : std::fabs(found) <= atOnce_s;
    const bool known = std::string{row.outside}.find(what) != std::string::npos;
    BOOST_TEST_MESSAGE(row << ": " << what << " " << found << ", oracle " << expected
                           << (within ? "" : " OUTSIDE"));
    BOOST_TEST(within != known, row << ": " << what << " " << found << ", oracle " << expected);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(drive_on)

BOOST_DATA_TEST_CASE(it_swings_and_settles_as_calculated_elsewhere, bdata::make(rows), row) {
    const Figures found = afterStop(row.truck, row.deceleration_m_s2, 1);
    compare(row, "peak", found.peak_kg, row.expected.peak_kg);
    compare(row, "frequency", found.frequency_Hz, row.expected.frequency_Hz);
    compare(row, "raw", found.raw_s, row.expected.raw_s);
    compare(row, "mean to 1 e", found.meanToOneE_s, row.expected.meanToOneE_s);
    compare(row, "mean to 0.5 e", found.meanToHalfE_s, row.expected.meanToHalfE_s);
}

BOOST_AUTO_TEST_CASE(rolling_fully_on_the_deck_it_varies_by_1_to_3_percent) {
    VehicleWorld world{standardGravity};
    const ProfileRoad road = yard(1);
    const Vehicle& truck =
        world.drive(shipped("china-6axle-49t"), approach(40.0, Acceleration{0.6}));
    // All prints behind the first edge, none beyond the second, and a step to spare.
    constexpr double from_m = 13.42 + 0.12, to_m = 18.0 - 0.12;
    double sum_kg = 0.0, squares = 0.0, count = 0.0;
    while (truck.frontAxle().si() < to_m) {
        world.step(road, dt_s);
        if (truck.frontAxle().si() < from_m) continue;
        const double down_kg = kg(truck.down());
        BOOST_TEST(std::fabs(onDeck_kg(truck, Length{18.0}) - down_kg) < 1e-6);
        sum_kg += down_kg;
        squares += (down_kg - gross_kg) * (down_kg - gross_kg);
        count += 1.0;
    }
    const double deviation = std::sqrt(squares / count) / gross_kg;
    BOOST_TEST_MESSAGE("mean " << sum_kg / count << " kg, deviation " << 100.0 * deviation << " %");
    BOOST_TEST(std::fabs(sum_kg / count - gross_kg) < 0.01 * gross_kg);
    BOOST_TEST(deviation > 0.01);
    BOOST_TEST(deviation < 0.03);
}

BOOST_AUTO_TEST_CASE(driving_on_slowly_is_a_staircase) {
    // Creeping over a flat road, so that each stair is level between its risers.
    VehicleWorld world{standardGravity};
    DrivePlan plan = approach(40.0, Acceleration{0.6});
    plan.start.frontAxle = Length{-1.0};
    plan.speed = Speed{0.5};
    const Vehicle& truck = world.drive(shipped("china-6axle-49t"), plan);
    const double stairs[][2] = {{0.5, 7000},   {4.0, 16000},  {5.0, 25000}, {11.5, 33000},
                                {12.5, 41000}, {13.5, 49000}, {18.5, 42000}};
    for (const auto& [front_m, total_kg] : stairs) {
        while (truck.frontAxle().si() < front_m) world.step(LevelRoad{}, dt_s);
        BOOST_TEST(std::fabs(pointsOnDeck_kg(truck, Length{18.0}) - total_kg) < 5.0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
