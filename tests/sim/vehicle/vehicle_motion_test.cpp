// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/vehicle_world.h: laws of motion
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "sim/vehicle/profile_road.h"
#include "tests/sim/vehicle/shipped_truck.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A road that has fallen away.
class DeepRoad : public RoadSurface {
public:
    void survey(std::span<RoadPoint> points) const override {
        for (RoadPoint& point : points) {
            point.up_m = -1000.0;
            point.up_m_s = 0.0;
        }
    }
};

DrivePlan stopAt(double frontAxle_m, double start_m = -6.0) {
    DrivePlan plan;
    plan.start = {Length{start_m}, {}, Heading::alongX};
    plan.stops = {{Length{frontAxle_m}, 60s}};
    return plan;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vehicle_motion)

BOOST_AUTO_TEST_CASE(without_a_road_all_of_it_falls_freely) {
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.park(shipped("china-6axle-49t"), {});
    const double start_m = truck.body(1).p_WB.z;
    run(world, DeepRoad{}, 1.0);
    const VehicleStatics statics = truck.statics();
    // Springs still push between the parts, but cannot move their common centre of gravity.
    double momentum = 0.0, moved = 0.0;
    for (std::size_t b = 0; b < 2; ++b) {
        momentum += statics.bodies[b].mass.si() * truck.body(b).v_WB.z;
        moved +=
            statics.bodies[b].mass.si() * (truck.body(b).p_WB.z - statics.bodies[b].cgHeight.si());
    }
    for (std::size_t i = 0; i < 6; ++i) {
        momentum += truck.model().axles[i].unsprung.si() * truck.axle(i).heave_m_s;
        moved += truck.model().axles[i].unsprung.si() * truck.axle(i).heave_m;
    }
    BOOST_TEST(momentum / 49'000.0 == -standardGravity.si(), boost::test_tools::tolerance(1e-7));
    // Velocity first, then place: g t (t + dt) / 2.
    BOOST_TEST(moved / 49'000.0 == -standardGravity.si() * (1.0 + dt_s) / 2.0,
               boost::test_tools::tolerance(1e-6));
    BOOST_TEST(truck.body(1).p_WB.z < start_m - 4.0);
    BOOST_TEST(kg(truck.down()) == 0.0);
}

BOOST_AUTO_TEST_CASE(braking_takes_all_of_the_momentum) {
    VehicleWorld world{standardGravity};
    DrivePlan plan = stopAt(3.0);
    Vehicle& truck = world.drive(shipped("china-6axle-49t"), plan);
    const double before = 49'000.0 * truck.speed().si();
    double impulse_N_s = 0.0;
    while (world.driver(0)->stopsMade() == 0) {
        world.step(LevelRoad{}, dt_s);
        for (const WheelForce& wheel : truck.wheels()) impulse_N_s += wheel.alongX.si() * dt_s;
    }
    for (int i = 0; i < 40'000; ++i) {
        world.step(LevelRoad{}, dt_s);
        for (const WheelForce& wheel : truck.wheels()) impulse_N_s += wheel.alongX.si() * dt_s;
    }
    BOOST_TEST(impulse_N_s == before, boost::test_tools::tolerance(1e-4));
    BOOST_TEST(std::fabs(truck.speed().si()) < 1e-5);
    BOOST_TEST(std::fabs(truck.frontAxle().si() - 3.0) < 0.02);
    BOOST_TEST(std::fabs(kg(truck.down()) - 49'000.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(brakes_hold_without_drift) {
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.drive(shipped("china-6axle-49t"), stopAt(3.0));
    run(world, LevelRoad{}, 30.0);
    const double place_m = truck.frontAxle().si();
    run(world, LevelRoad{}, 60.0);
    BOOST_TEST(std::fabs(truck.frontAxle().si() - place_m) < 1e-6);
}

BOOST_AUTO_TEST_CASE(leaf_friction_holds_a_band) {
    // Up and down again slowly: the axles keep carrying the sum, each by another share.
    VehicleWorld world{standardGravity};
    VehicleModel model = shipped("china-6axle-49t");
    Vehicle& truck = world.park(model, {});
    // A load of 2 t set on the frame and taken off leaves the leaves short by friction.
    WindLoad load;
    for (int i = 0; i <= 40'000; ++i) {
        const double t = i * dt_s;
        const double share = t < 5.0 ? t / 5.0 : t < 10.0 ? 2.0 - t / 5.0 : 0.0;
        load.lift = weightOf(Mass{-20'000.0 * share}, standardGravity);
        truck.setWind(load);
        world.step(LevelRoad{}, dt_s);
    }
    double held_N = 0.0, most_N = 0.0;
    for (std::size_t i = 0; i < 6; ++i) {
        const Axle axle{model.axles[i], standardGravity};
        for (const double friction_N : truck.axle(i).friction_N) {
            held_N -= friction_N;
            BOOST_TEST(std::fabs(friction_N) <= axle.mostFriction().si());
            most_N += axle.mostFriction().si();
        }
    }
    BOOST_TEST_MESSAGE("friction held after unloading: " << held_N << " of " << most_N << " N");
    BOOST_TEST(held_N > 0.2 * most_N);
    BOOST_TEST(std::fabs(kg(truck.down()) - 49'000.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(left_is_as_right) {
    VehicleWorld world{standardGravity};
    const Vehicle& truck = world.drive(shipped("china-6axle-49t"), stopAt(3.0));
    double worst_N = 0.0;
    for (int i = 0; i < 12'000; ++i) {
        world.step(LevelRoad{}, dt_s);
        std::size_t wheel = 0;
        for (const AxleModel& axle : truck.model().axles) {
            const auto tyres = static_cast<std::size_t>(axle.tyres());
            for (std::size_t t = 0; t < tyres / 2; ++t) {
                const Force left = truck.wheels()[wheel + t].down;
                const Force right = truck.wheels()[wheel + tyres - 1 - t].down;
                worst_N = std::max(worst_N, std::fabs((left - right).si()));
            }
            wheel += tyres;
        }
    }
    BOOST_TEST(worst_N < 1e-6);
}

BOOST_AUTO_TEST_CASE(from_the_other_end_it_is_the_mirror_image) {
    const VehicleModel model = shipped("china-6axle-49t");
    VehicleWorld along{standardGravity}, against{standardGravity};
    DrivePlan plan = stopAt(3.0);
    const Vehicle& one = along.drive(model, plan);
    plan.start = {Length{18.0 - plan.start.frontAxle.si()}, {}, Heading::againstX};
    plan.stops[0].frontAxle = Length{18.0 - 3.0};
    const Vehicle& two = against.drive(model, plan);
    double worst_N = 0.0;
    for (int i = 0; i < 12'000; ++i) {
        along.step(LevelRoad{}, dt_s);
        against.step(LevelRoad{}, dt_s);
        for (std::size_t w = 0; w < one.wheels().size(); ++w) {
            worst_N =
                std::max(worst_N, std::fabs((one.wheels()[w].down - two.wheels()[w].down).si()));
        }
    }
    // Positions differ in their last bits, and with them the step at which the brakes come on.
    BOOST_TEST(worst_N < 60.0);
    BOOST_TEST(std::fabs(two.frontAxle().si() + one.frontAxle().si() - 18.0) < 2e-3);
}

BOOST_AUTO_TEST_CASE(it_drives_backwards_and_forwards_to_its_stops) {
    VehicleWorld world{standardGravity};
    DrivePlan plan = stopAt(3.0);
    plan.stops = {{Length{3.0}, 2s}, {Length{5.5}, 2s}, {Length{1.0}, 2s}};
    plan.leaveTo = Length{-9.0};
    const Vehicle& truck = world.drive(shipped("china-8x4-31t"), plan);
    std::size_t made = 0;
    const double stops_m[] = {3.0, 5.5, 1.0};
    for (int i = 0; i < 60'000 && world.driver(0)->doing() != Driver::Doing::gone; ++i) {
        world.step(LevelRoad{}, dt_s);
        if (world.driver(0)->stopsMade() == made) continue;
        BOOST_TEST(std::fabs(truck.frontAxle().si() - stops_m[made]) < 0.02);
        ++made;
    }
    BOOST_TEST(made == 3u);
    BOOST_CHECK(world.driver(0)->doing() == Driver::Doing::gone);
    BOOST_TEST(truck.speed().si() < -1.0);
}

BOOST_AUTO_TEST_CASE(half_the_step_gives_the_same_motion) {
    const RoadProfile profile;
    const ProfileRoad road{profile, NoiseStream{1, "road"}};
    double after_kg[2] = {}, peak_kg[2] = {};
    for (int k = 0; k < 2; ++k) {
        VehicleWorld world{standardGravity};
        const Vehicle& truck = world.drive(shipped("china-6axle-49t"), stopAt(15.8));
        const double step_s = k == 0 ? 1e-3 : 0.5e-3;
        while (world.driver(0)->stopsMade() == 0) world.step(road, step_s);
        for (int i = 0; i < static_cast<int>(10.0 / step_s); ++i) {
            world.step(road, step_s);
            after_kg[k] = kg(truck.down());
            peak_kg[k] = std::max(peak_kg[k], std::fabs(after_kg[k] - 49'000.0));
        }
    }
    BOOST_TEST(std::fabs(after_kg[0] - after_kg[1]) < 5.0);
    BOOST_TEST(peak_kg[0] == peak_kg[1], boost::test_tools::tolerance(0.05));
}

BOOST_AUTO_TEST_CASE(an_idling_engine_shakes_below_a_thousandth) {
    VehicleWorld world{standardGravity};
    Vehicle& truck = world.park(shipped("china-6axle-49t"), {});
    truck.setIdle(Force{60.0});
    run(world, LevelRoad{}, 2.0);
    double most_kg = 0.0;
    for (int i = 0; i < 1000; ++i) {
        world.step(LevelRoad{}, dt_s);
        most_kg = std::max(most_kg, std::fabs(kg(truck.down()) - 49'000.0));
    }
    BOOST_TEST(most_kg > 0.05);
    BOOST_TEST(most_kg < 49.0);
}

BOOST_AUTO_TEST_CASE(chance_comes_from_the_named_stream_alone) {
    DrivePlan plan = stopAt(15.8);
    NoiseStream one{7, "driver"}, same{7, "driver"}, other{8, "driver"};
    const DrivePlan first = withScatter(plan, {}, one), again = withScatter(plan, {}, same),
                    third = withScatter(plan, {}, other);
    BOOST_CHECK(first.stops[0].frontAxle == again.stops[0].frontAxle);
    BOOST_CHECK(first.start.lateral == again.start.lateral);
    BOOST_CHECK(first.stops[0].frontAxle != third.stops[0].frontAxle);
    BOOST_TEST(std::fabs(first.stops[0].frontAxle.si() - 15.8) <= 0.3);
    BOOST_TEST(std::fabs(first.start.lateral.si()) <= 0.15);
}

BOOST_AUTO_TEST_SUITE_END()
