// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/vehicle.h: parked
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/sim/vehicle/shipped_truck.h"
#include "tests/support/drive_on.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

// Asked for are 0.5 kg; what is left is the rounding of sums of 1e5 N.
constexpr double exact_kg = 1e-3;

const std::string all[] = {"china-6axle-49t", "china-6axle-49t-air", "china-8x4-31t",
                           "china-2axle-18t", "china-3axle-25t",     "eu-5axle-40t",
                           "eu-6axle-44t",    "us-3s2-36t",          "us-5axle-80000lb"};

}  // namespace

BOOST_AUTO_TEST_SUITE(vehicle_statics)

BOOST_DATA_TEST_CASE(every_axle_carries_its_load, bdata::make(all), name) {
    const VehicleModel model = shipped(name);
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.park(model, {Length{15.0}, Length{0.1}});
    double total_kg = 0.0;
    for (const AxleModel& axle : model.axles) total_kg += axle.load.si();
    // From the first moment, and still after a while.
    for (int round = 0; round < 2; ++round) {
        BOOST_TEST(std::fabs(kg(truck.down()) - total_kg) < exact_kg);
        for (std::size_t i = 0; i < model.axles.size(); ++i) {
            BOOST_TEST(std::fabs(kg(truck.axleDown(i)) - model.axles[i].load.si()) < exact_kg);
        }
        BOOST_TEST(truck.atRest(weightOf(Mass{0.01}, standardGravity)));
        run(world, LevelRoad{}, 5.0);
    }
    BOOST_TEST(std::fabs(truck.frontAxle().si() - 15.0) < 1e-9);
}

BOOST_AUTO_TEST_CASE(the_six_axle_truck_weighs_49_tonnes) {
    VehicleWorld world{standardGravity};
    world.park(shipped("china-6axle-49t"), {Length{15.8}, {}});
    run(world, LevelRoad{}, 2.0);
    BOOST_TEST(std::fabs(kg(world.vehicle(0).down()) - 49'000.0) < exact_kg);
}

BOOST_DATA_TEST_CASE(driving_on_is_a_staircase, bdata::make(stairs), s) {
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.park(shipped("china-6axle-49t"), {Length{s.frontAxle_m}, {}});
    run(world, LevelRoad{}, 1.0);
    BOOST_TEST(std::fabs(pointsOnDeck_kg(truck, Length{18.0}) - s.total_kg) < exact_kg);
}

BOOST_AUTO_TEST_CASE(half_way_over_the_edge_half_of_an_axle_weighs) {
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.park(shipped("china-6axle-49t"), {Length{13.42}, {}});
    run(world, LevelRoad{}, 1.0);
    BOOST_TEST(std::fabs(onDeck_kg(truck, Length{18.0}) - 45'000.0) < exact_kg);
}

BOOST_AUTO_TEST_CASE(tyres_stand_where_the_file_puts_them) {
    VehicleWorld world{standardGravity};
    const VehicleModel model = shipped("china-6axle-49t");
    const Vehicle& truck = world.park(model, {Length{15.8}, Length{0.1}});
    BOOST_TEST(truck.wheels().size() == 22u);
    BOOST_TEST(std::fabs(truck.wheels()[0].x.si() - 15.8) < 1e-12);
    const double half_m = model.axles[1].track.si() / 2.0;
    BOOST_TEST(std::fabs(truck.wheels()[2].x.si() - 12.5) < 1e-12);
    BOOST_TEST(std::fabs(truck.wheels()[2].y.si() - (0.1 + half_m + 0.17)) < 1e-12);
    BOOST_TEST(std::fabs(truck.wheels()[3].y.si() - (0.1 + half_m - 0.17)) < 1e-12);
}

BOOST_AUTO_TEST_CASE(the_part_of_a_print_on_the_deck_counts) {
    const WheelForce wheel{Length{0.05}, {}, Length{0.2}, Force{1000.0}, {}, {}};
    const WheelForce part = within(wheel, Length{}, Length{18.0});
    BOOST_TEST(part.down.si() == 750.0, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(part.x.si() == 0.075, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(within(wheel, Length{1.0}, Length{18.0}).down.si() == 0.0);
}

BOOST_AUTO_TEST_CASE(side_wind_goes_from_one_side_to_the_other) {
    const VehicleModel model = shipped("china-6axle-49t");
    const WindLoad wind = sideWind(model, Speed{10.0});
    // docs/vehicles.md: 31 kg of lift and 2940 N aside at 10 m/s.
    BOOST_TEST(std::fabs(kg(wind.lift) - 31.2) < 0.1);
    BOOST_TEST(std::fabs(wind.side.si() - 2940.0) < 1.0);
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.park(model, {Length{15.8}, {}});
    // Rising slowly: rolling is hardly damped, and a gust would swing for minutes.
    for (int i = 1; i <= 60'000; ++i) {
        const double share = std::min(1.0, i / 20'000.0);
        truck.setWind({wind.lift * share, wind.side * share, wind.height});
        world.step(LevelRoad{}, dt_s);
    }
    BOOST_TEST(std::fabs(kg(truck.down()) - (49'000.0 - kg(wind.lift))) < 0.5);
    double moment_Nm = 0.0, side_N = 0.0;
    for (const WheelForce& wheel : truck.wheels()) {
        moment_Nm += wheel.down.si() * wheel.y.si();
        side_N += wheel.alongY.si();
    }
    BOOST_TEST(side_N == wind.side.si(), boost::test_tools::tolerance(1e-3));
    // Moments about the road below the centre line; the bodies lean out by some millimetres.
    double expected_Nm = wind.side.si() * wind.height.si();
    for (std::size_t b = 0; b < 2; ++b) {
        const Force weight = weightOf(truck.statics().bodies[b].mass, standardGravity);
        expected_Nm += weight.si() * truck.body(b).p_WB.y;
    }
    BOOST_TEST(moment_Nm == expected_Nm, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_SUITE_END()
