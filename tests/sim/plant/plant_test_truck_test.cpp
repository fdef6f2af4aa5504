// SPDX-License-Identifier: GPL-3.0-or-later
// Hook loads and carts on the plant: docs/test-weight-truck.md.
#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

#include "tests/sim/plant/reference_scale.h"
#include "tests/sim/plant/run_plant.h"
#include "tests/sim/plant/six_axles.h"

namespace jh::test {

namespace {

HookPlan hookAt(HookTask task, double x_m, double y_m) {
    HookPlan plan;
    plan.task = task;
    plan.crane.chart = {{Length{9.5}, Mass{1000.0}}};
    plan.mass = Mass{1000.0};
    plan.size = blockSize(plan.mass);
    plan.x = Length{x_m};
    plan.y = Length{y_m};
    return plan;
}

/// Two axles under a stiff frame.
VehicleModel cart() {
    VehicleModel v = sixAxles();
    v.axles.resize(2);
    v.fifthWheel.reset();
    v.width = Length{1.4};
    v.height = Length{1.2};
    for (AxleModel& axle : v.axles) {
        axle.load = Mass{6000.0};
        axle.unsprung = Mass{250.0};
        axle.track = Length{1.1};
        axle.dual = false;
        axle.suspension.stiffness = Stiffness{1e7};
        axle.suspension.damping = Damping{4e4};
        axle.tyre.stiffness = Stiffness{4e6};
        axle.tyre.damping = Damping{2e4};
    }
    v.axles[1].position = Length{1.8};
    return v;
}

DrivePlan to(double from_m, double stop_m) {
    DrivePlan plan;
    plan.start = {Length{from_m}, Length{0.2}};
    plan.speed = Speed{0.4};
    plan.deceleration = Acceleration{0.3};
    plan.stops = {{Length{stop_m}, SimTime{}}};
    return plan;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plant_test_truck)

BOOST_AUTO_TEST_CASE(a_weight_from_the_hook_weighs_what_one_by_hand_does) {
    Plant byHand{referenceScale(), {}, 3}, byHook{referenceScale(), {}, 3};
    const std::array<Weight, 1> weight{{{Length{4.5}, Length{0.5}, Mass{1000.0}}}};
    byHand.setDown(weight, SimTime{}, 2s);
    const int id = byHook.lower(weight.front(), hookAt(HookTask::lowering, 4.5, 0.5));
    BOOST_TEST(byHook.hook() != nullptr);
    run(byHook, 1s);
    BOOST_TEST(byHook.massOnDeck().si() == 0.0);
    run(byHand, 20s);
    run(byHook, 19s);
    BOOST_TEST(byHook.hook() == nullptr);
    BOOST_TEST(byHook.resting());
    BOOST_TEST(byHook.massOnDeck().si() == 1000.0);
    for (std::size_t c = 0; c < 8; ++c) {
        const double off_N = (byHook.cellForces()[c] - byHand.cellForces()[c]).si();
        BOOST_TEST(std::abs(off_N) < 0.1, "cell " << c << " is off by " << off_N << " N");
    }
    byHook.hoist(id, hookAt(HookTask::lifting, 4.5, 0.5));
    run(byHook, 20s);
    BOOST_TEST(byHook.resting());
    BOOST_TEST(byHook.massOnDeck().si() == 0.0);
    BOOST_TEST(std::abs(sum_kg(byHook) - 11'700.0) < 0.1);
}

BOOST_AUTO_TEST_CASE(a_second_layer_comes_down_on_the_first) {
    Plant plant{referenceScale(), {}, 3};
    HookPlan plan = hookAt(HookTask::lowering, 9.0, 0.0);
    const Weight weight{plan.x, plan.y, plan.mass};
    plant.lower(weight, plan);
    run(plant, 10s);
    plan.base = plan.size.height;
    plan.swingX = Length{0.03};
    plant.lower(weight, plan);
    run(plant, 2s);
    BOOST_TEST(plant.hook()->height().si() > 0.1);
    run(plant, 20s);
    BOOST_TEST(std::abs(sum_kg(plant) - 13'700.0) < 0.1);
}

BOOST_AUTO_TEST_CASE(while_it_hangs_the_deck_feels_nothing_and_then_a_bump) {
    Plant plant{referenceScale(), {}, 3};
    plant.lower({Length{9.0}, Length{}, Mass{1000.0}}, hookAt(HookTask::lowering, 9.0, 0.0));
    const double empty_kg = sum_kg(plant);
    run(plant, 3s);
    BOOST_TEST(std::abs(sum_kg(plant) - empty_kg) < 0.01);
    double peak_kg = 0.0;
    plant.onStep = [&](SimTime) { peak_kg = std::max(peak_kg, sum_kg(plant) - empty_kg); };
    run(plant, 2s);
    BOOST_TEST(peak_kg > 1100.0);
    BOOST_TEST(peak_kg < 2600.0);
}

BOOST_AUTO_TEST_CASE(a_cart_drives_on_comes_to_rest_and_leaves) {
    Plant plant{referenceScale(), {}, 3};
    const double empty_kg = sum_kg(plant);
    const std::size_t cartNumber = plant.drive(cart(), to(-4.0, 9.9));
    run(plant, 60s);
    BOOST_TEST(plant.resting());
    BOOST_TEST(plant.traffic()->vehicle(cartNumber).frontAxle().si() == 9.9,
               boost::test_tools::tolerance(0.005));
    BOOST_TEST(plant.massOnDeck().si() == 12'000.0);
    BOOST_TEST(std::abs(sum_kg(plant) - empty_kg - 12'000.0) < 0.1);
    plant.send(cartNumber, to(0.0, -4.0));
    run(plant, 60s);
    BOOST_TEST(plant.massOnDeck().si() == 0.0);
    BOOST_TEST(std::abs(sum_kg(plant) - empty_kg) < 0.1);
    plant.remove(cartNumber);
    BOOST_TEST(plant.traffic()->retired(cartNumber));
}

BOOST_AUTO_TEST_CASE(a_standing_cart_takes_on_blocks) {
    Plant plant{referenceScale(), {}, 3};
    const double empty_kg = sum_kg(plant);
    const std::size_t cartNumber = plant.drive(cart(), to(-4.0, 9.9));
    run(plant, 60s);
    for (const double change_kg : {1000.25, 2000.0, -3000.0}) {
        const double before_kg = plant.massOnDeck().si();
        plant.load(cartNumber, Mass{change_kg}, plant.now(), 2s);
        double least_kg = 1e9, most_kg = 0.0;
        plant.onStep = [&](SimTime) {
            least_kg = std::min(least_kg, sum_kg(plant) - empty_kg);
            most_kg = std::max(most_kg, sum_kg(plant) - empty_kg);
        };
        run(plant, 30s);
        BOOST_TEST(plant.resting());
        BOOST_TEST(plant.massOnDeck().si() == before_kg + change_kg,
                   boost::test_tools::tolerance(1e-9));
        // What rest may leave: 0.01 e.
        BOOST_TEST(std::abs(sum_kg(plant) - empty_kg - before_kg - change_kg) < 0.2);
        // Never less than the smaller and never much more than the larger of both.
        BOOST_TEST(least_kg > std::min(before_kg, before_kg + change_kg) - 30.0);
        BOOST_TEST(most_kg < std::max(before_kg, before_kg + change_kg) + 30.0);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test
