// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/: the 49 t truck drives on and stops, against an independent calculation
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/sim/vehicle/shipped_truck.h"
#include "tests/support/drive_on.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

void compare(const StopRow& row, const char* what, double found, double expected) {
    const bool within = expected > 0.0 ? std::fabs(found / expected - 1.0) <= driveOracle
                                       : std::fabs(found) <= atOnce_s;
    const bool known = std::string{row.outside}.find(what) != std::string::npos;
    BOOST_TEST_MESSAGE(row << ": " << what << " " << found << ", oracle " << expected
                           << (within ? "" : " OUTSIDE"));
    BOOST_TEST(within != known, row << ": " << what << " " << found << ", oracle " << expected);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(drive_on)

BOOST_DATA_TEST_CASE(it_swings_and_settles_as_calculated_elsewhere, bdata::make(stopRows), row) {
    const AfterStop after = driveOnAndStop(shipped(row.truck), row.deceleration_m_s2, 1);
    BOOST_TEST(std::fabs(after.frontAxle_m - 15.8) < 0.05);
    const StopFigures found = figuresOf(after);
    compare(row, "peak", found.peak_kg, row.expected.peak_kg);
    compare(row, "frequency", found.frequency_Hz, row.expected.frequency_Hz);
    compare(row, "raw", found.raw_s, row.expected.raw_s);
    compare(row, "mean to 1 e", found.meanToOneE_s, row.expected.meanToOneE_s);
    compare(row, "mean to 0.5 e", found.meanToHalfE_s, row.expected.meanToHalfE_s);
}

BOOST_AUTO_TEST_CASE(rolling_fully_on_the_deck_it_varies_by_1_to_3_percent) {
    const RollingFigures rolling = rollOver(shipped("china-6axle-49t"), 1);
    const double deviation = rolling.deviation_kg / gross_kg;
    BOOST_TEST_MESSAGE("mean " << rolling.mean_kg << " kg, deviation " << 100.0 * deviation
                               << " %");
    BOOST_TEST(std::fabs(rolling.mean_kg - gross_kg) < 0.01 * gross_kg);
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
    for (const auto& [front_m, total_kg] : stairs) {
        while (truck.frontAxle().si() < front_m) world.step(LevelRoad{}, dt_s);
        BOOST_TEST(std::fabs(pointsOnDeck_kg(truck, Length{18.0}) - total_kg) < 5.0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
