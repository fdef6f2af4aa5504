// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/hook_load.h
#include "sim/vehicle/hook_load.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

namespace bdata = boost::unit_test::data;
using namespace jh;

namespace {

constexpr double dt_s = 1e-3, g_m_s2 = 9.80665;
constexpr Mass tonne{1000.0};

HookPlan planFor(HookTask task, Mass mass = tonne) {
    HookPlan plan;
    plan.task = task;
    plan.crane.chart = {{Length{6.0}, Mass{2000.0}}};
    plan.mass = mass;
    plan.size = blockSize(mass);
    plan.x = Length{9.0};
    plan.y = Length{-0.5};
    return plan;
}

/// On rigid level ground.
struct Yard {
    explicit Yard(const HookPlan& plan) : load{plan, standardGravity, Length{}} {}
    HookLoad load;
    double down_N() const {
        double sum_N = 0.0;
        for (const WheelForce& foot : load.footForces()) sum_N += foot.down.si();
        return sum_N;
    }
    void run(double time_s) {
        for (int i = 0; i < std::lround(time_s / dt_s); ++i) load.step({}, dt_s);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hook_load)

BOOST_DATA_TEST_CASE(swings_as_a_pendulum, bdata::make({3.0, 4.0, 6.0}), rope_m) {
    HookPlan plan = planFor(HookTask::lowering);
    plan.crane.rope = Length{rope_m};
    plan.crane.swingDamping = 0.0;
    plan.crane.touchDownSpeed = Speed{1e-9};
    plan.swingX = Length{0.05};
    Yard yard{plan};
    double last_m = 0.05, first_s = 0.0, crossings = 0.0, end_s = 0.0;
    for (int i = 1; i <= 60'000; ++i) {
        yard.load.step({}, dt_s);
        const double off_m = (yard.load.place().x - plan.x).si();
        if ((off_m < 0.0) != (last_m < 0.0)) {
            end_s = i * dt_s;
            if (crossings == 0.0) first_s = end_s;
            crossings += 1.0;
        }
        last_m = off_m;
    }
    const double found_Hz = (crossings - 1.0) / 2.0 / (end_s - first_s);
    // The rope gives by the weight over its stiffness; the block's centre hangs half a height
    // below.
    const double length_m = rope_m + tonne.si() * g_m_s2 / plan.crane.give.si() + 0.24;
    BOOST_TEST(found_Hz == std::sqrt(g_m_s2 / length_m) / (2.0 * M_PI),
               boost::test_tools::tolerance(0.005));
    BOOST_TEST(found_Hz > 0.19);
    BOOST_TEST(found_Hz < 0.29);
}

BOOST_AUTO_TEST_CASE(hands_calm_the_swing_as_they_are_told) {
    HookPlan plan = planFor(HookTask::lowering);
    plan.crane.swingDamping = 0.1;
    plan.crane.touchDownSpeed = Speed{1e-9};
    plan.swingX = Length{0.05};
    Yard yard{plan};
    // Two peaks on the same side are apart by the logarithmic decrement 2 pi D / sqrt(1 - D2).
    double peak_m = 0.0;
    yard.run(2.5);
    for (int i = 0; i < 3000; ++i) {
        yard.load.step({}, dt_s);
        peak_m = std::max(peak_m, (yard.load.place().x - plan.x).si());
    }
    const double decrement = 2.0 * M_PI * 0.1 / std::sqrt(1.0 - 0.01);
    BOOST_TEST(peak_m == 0.05 * std::exp(-decrement), boost::test_tools::tolerance(0.03));
}

BOOST_AUTO_TEST_CASE(hanging_the_rope_carries_it_all) {
    HookPlan plan = planFor(HookTask::lowering);
    plan.crane.touchDownSpeed = Speed{1e-9};
    Yard yard{plan};
    yard.run(5.0);
    BOOST_TEST(yard.load.rope().si() == tonne.si() * g_m_s2, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(yard.down_N() == 0.0);
    BOOST_TEST(yard.load.height().si() == 0.5, boost::test_tools::tolerance(1e-6));
}

BOOST_DATA_TEST_CASE(touches_down_and_the_rope_goes_slack, bdata::make({500.0, 1000.0, 2000.0}),
                     mass_kg) {
    const HookPlan plan = planFor(HookTask::lowering, Mass{mass_kg});
    Yard yard{plan};
    double peak_N = 0.0, touched_s = 0.0;
    const double time_s = seconds(hookTime(plan.crane));
    for (int i = 1; i <= std::lround(time_s / dt_s); ++i) {
        yard.load.step({}, dt_s);
        peak_N = std::max(peak_N, yard.down_N());
        if (touched_s == 0.0 && yard.down_N() > 0.0) touched_s = i * dt_s;
    }
    const double weight_N = mass_kg * g_m_s2, v_m_s = plan.crane.touchDownSpeed.si();
    BOOST_TEST(touched_s == 0.5 / v_m_s, boost::test_tools::tolerance(0.02));
    BOOST_TEST(yard.load.rope().si() == 0.0);
    BOOST_TEST(yard.down_N() == weight_N, boost::test_tools::tolerance(1e-4));
    // A mass on a spring cannot push with more than its weight and v sqrt(k m), and the rope still
    // takes part of the weight when it touches; k sinks by 1 mm under the weight.
    const double most_N = weight_N + v_m_s * std::sqrt(weight_N / 1e-3 * mass_kg);
    BOOST_TEST(peak_N > weight_N);
    BOOST_TEST(peak_N < most_N);
}

BOOST_AUTO_TEST_CASE(stays_where_a_swing_puts_it_down) {
    HookPlan plan = planFor(HookTask::lowering);
    plan.swingX = Length{0.04};
    plan.swingY = Length{-0.03};
    Yard yard{plan};
    yard.run(seconds(hookTime(plan.crane)));
    const PlanePoint first = yard.load.place();
    BOOST_TEST(std::fabs((first.x - plan.x).si()) < 0.04);
    BOOST_TEST(std::fabs((first.y - plan.y).si()) < 0.03);
    yard.run(3.0);
    BOOST_TEST((yard.load.place().x - first.x).si() == 0.0, boost::test_tools::tolerance(1e-6));
    BOOST_TEST((yard.load.place().y - first.y).si() == 0.0, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(lifting_takes_the_weight_off_without_a_jump) {
    const HookPlan plan = planFor(HookTask::lifting);
    Yard yard{plan};
    const double weight_N = tonne.si() * g_m_s2;
    BOOST_TEST(yard.down_N() == weight_N);
    double before_N = weight_N, jump_N = 0.0;
    for (int i = 0; i < std::lround(seconds(hookTime(plan.crane)) / dt_s); ++i) {
        yard.load.step({}, dt_s);
        jump_N = std::max(jump_N, std::fabs(yard.down_N() - before_N));
        before_N = yard.down_N();
    }
    // The rope draws at 0.15 m/s on a spring of 3e5 N/m: 45 N a millisecond, damper apart.
    BOOST_TEST(jump_N < 0.1 * weight_N);
    BOOST_TEST(yard.down_N() == 0.0);
    BOOST_TEST(yard.load.height().si() > 0.45);
    BOOST_TEST(yard.load.height().si() < 0.55);
}

BOOST_AUTO_TEST_CASE(wind_pushes_it_aside) {
    HookPlan plan = planFor(HookTask::lowering);
    plan.crane.touchDownSpeed = Speed{1e-9};
    plan.crane.swingDamping = 0.5;
    Yard yard{plan};
    constexpr Force wind{100.0};
    for (int i = 0; i < 20'000; ++i) yard.load.step(wind, dt_s);
    // tan of the rope's angle is wind over weight.
    const double length_m = 4.0 + tonne.si() * g_m_s2 / plan.crane.give.si() + 0.24;
    BOOST_TEST((yard.load.place().y - plan.y).si() == length_m * wind.si() / (tonne.si() * g_m_s2),
               boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_SUITE_END()
