// SPDX-License-Identifier: GPL-3.0-or-later
// docs/physics.md, "Sideways": pendulum, bumpers, check rods, friction that carries weight.
#include "sim/deck/sideways.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/swing.h"

namespace jh::test {

BOOST_AUTO_TEST_SUITE(sideways)

BOOST_AUTO_TEST_CASE(pendulum_has_the_frequency_of_its_rockers_whatever_the_load) {
    struct Row {
        double height_mm, radius_mm, pendulum_Hz, restoring_pct_mm;
    };
    for (const Row& row :
         {Row{150, 180, 1.52, 0.93}, {150, 150, 1.29, 0.67}, {178, 150, 0.98, 0.385}}) {
        for (const double load_kg : {0.0, 49'000.0}) {
            Swing swing{load_kg};
            swing.mount.height = Length{row.height_mm * 1e-3};
            swing.mount.ballRadius = Length{row.radius_mm * 1e-3};
            swing.deck.sideways.dampingRatio = 0.002;
            const DeckSideways sideways = swing.sideways();
            SidewaysState state = sideways.atRest();
            state.x_m = 1e-3;
            BOOST_TEST(std::abs(frequency_Hz(swing, sideways, state) - row.pendulum_Hz) < 0.006);

            // Held at 1 mm it takes this share of the weight.
            SidewaysState held = sideways.atRest();
            swing.deck.sideways.dampingRatio = 1.0;
            swing.run(swing.sideways(), held, swing.forceAlong_N(row.restoring_pct_mm * 1e-2), 8.0);
            BOOST_TEST(std::abs(held.x_m * 1e3 - 1.0) < 0.006);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_comes_to_stand_on_a_moving_deck_leaves_its_momentum) {
    Swing swing;
    const DeckSideways sideways = swing.sideways();
    SidewaysState state = sideways.atRest();
    state.speedX_m_s = 0.1;
    state.moving = true;
    constexpr double instant_s = 1e-9;
    sideways.step(state, swing.forces, {}, Mass{49'000.0}, instant_s);
    BOOST_TEST(state.speedX_m_s == 0.1 * 11'700.0 / 60'700.0, boost::test_tools::tolerance(1e-6));
    // It goes with the deck when it leaves.
    sideways.step(state, swing.forces, {}, Mass{}, instant_s);
    BOOST_TEST(state.speedX_m_s == 0.1 * 11'700.0 / 60'700.0, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(braking_reaches_the_stop) {
    // 49 t brake on the 11.7 t deck: mass that swings is the deck alone, weight is that of both.
    // A step reaches twice its static deflection.
    struct Row {
        double gap_mm, deceleration_g;
    };
    for (const Row& row : {Row{2, 0.023}, {3, 0.035}, {5, 0.058}}) {
        Swing swing{49'000.0};
        const double brake_N = weightOf(Mass{49'000}, standardGravity).si() * row.deceleration_g;
        const double static_m = brake_N / swing.forceAlong_N(0.93e-2 / 1e-3);
        BOOST_TEST(static_m * 1e3 == row.gap_mm, boost::test_tools::tolerance(0.02));
        SidewaysState state = swing.sideways().atRest();
        swing.run(swing.sideways(), state, brake_N, 20.0);
        BOOST_TEST(state.x_m * 1e3 == row.gap_mm, boost::test_tools::tolerance(0.02));

        // With a stop there it is the stop that holds the deck.
        swing.setStops(row.gap_mm * 0.5e-3);
        const DeckSideways stopped = swing.sideways();
        state = stopped.atRest();
        swing.run(stopped, state, brake_N, 20.0);
        double press_N = 0.0;
        for (std::size_t i = 0; i < 8; ++i) press_N += stopped.pressOn(state, i).si();
        BOOST_TEST(press_N + state.x_m * swing.forceAlong_N(9.333) == brake_N,
                   boost::test_tools::tolerance(1e-3));
        BOOST_TEST(state.x_m * 1e3 < row.gap_mm * 0.53);
    }
}

BOOST_AUTO_TEST_CASE(a_stop_gives_back_part_of_the_speed) {
    Swing swing;
    swing.deck.sideways.stopStiffness = Stiffness{2.5e7};  // two stops share the blow
    swing.setStops(1e-3);
    const DeckSideways sideways = swing.sideways();
    SidewaysState state = sideways.atRest();
    state.x_m = 0.9e-3;
    state.speedX_m_s = 0.05;
    state.moving = true;
    double speed_m_s = 0.05;
    for (int i = 0; i < 200 && state.speedX_m_s > -1e-3; ++i) {
        sideways.step(state, swing.forces, {}, {}, 1e-4);
    }
    for (int i = 0; i < 2000 && sideways.pressOn(state, 2).si() > 0.0; ++i) {
        sideways.step(state, swing.forces, {}, {}, 1e-4);
        speed_m_s = -state.speedX_m_s;
    }
    BOOST_TEST(speed_m_s / 0.05 > 0.3);
    BOOST_TEST(speed_m_s / 0.05 < 0.5);
}

BOOST_AUTO_TEST_CASE(heat_closes_the_end_gaps) {
    // 18 m over 40 K: 8.6 mm in all, half at either end.
    Swing swing;
    swing.setStops(4.32e-3);
    const DeckSideways just = swing.sideways(60.0);
    BOOST_TEST(just.pressOn(just.atRest(), 0).si() < 1.0);
    swing.setStops(3.32e-3);
    const DeckSideways pressed = swing.sideways(60.0);
    SidewaysState state = pressed.atRest();
    for (const std::size_t end : {0u, 1u, 2u, 3u}) {
        BOOST_TEST(pressed.pressOn(state, end).si() == 5e4, boost::test_tools::tolerance(1e-6));
    }
    for (const std::size_t side : {4u, 5u, 6u, 7u}) {
        BOOST_TEST(pressed.pressOn(state, side).si() == 0.0);
    }
}

BOOST_AUTO_TEST_CASE(a_pressed_stop_holds_weight_up_to_its_friction) {
    // 1 mm of interference at 5e7 N/m and mu 0.3: 1530 kg.
    Swing swing;
    swing.setStops(-1e-3);
    const DeckSideways sideways = swing.sideways();
    SidewaysState state = sideways.atRest();
    const auto held_kg = [&](double sunk_m) {
        return massOf(sideways.hold(state, 0, sunk_m), standardGravity).si();
    };
    BOOST_TEST(held_kg(0.0) == 0.0);
    BOOST_TEST(held_kg(1e-4) == 1e7 * 1e-4 / 9.80665, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(held_kg(5e-3) == 1530.0, boost::test_tools::tolerance(1e-3));
    // It comes back with the deck still hung up by friction, the other way round.
    BOOST_TEST(held_kg(0.0) == -1530.0, boost::test_tools::tolerance(1e-3));
    // Apart it holds nothing.
    swing.setStops(1e-3);
    const DeckSideways apart = swing.sideways();
    state = apart.atRest();
    BOOST_TEST(apart.hold(state, 0, 5e-3).si() == 0.0);
}

BOOST_AUTO_TEST_CASE(a_sloping_check_rod_carries_tension_times_slope) {
    struct Row {
        double tension_N, slope, mass_kg;
    };
    for (const Row& row : {Row{10'000, 1e-3, 1.0}, {20'000, 5e-3, 10.0}}) {
        Swing swing;
        swing.deck.sideways.rods = {
            {Length{0.0}, Length{}, true, Force{row.tension_N}, row.slope, {}, {}}};
        const DeckSideways sideways = swing.sideways();
        SidewaysState state = sideways.atRest();
        BOOST_TEST(massOf(sideways.hold(state, 0, 0.0), standardGravity).si() == row.mass_kg,
                   boost::test_tools::tolerance(0.03));
    }
}

BOOST_AUTO_TEST_CASE(off_centre_braking_turns_the_deck_and_leans_its_cells_unlike) {
    Swing swing;
    const DeckSideways sideways = swing.sideways();
    SidewaysState state = sideways.atRest();
    const SidewaysForce push{Length{18.0}, Length{}, Force{}, Force{2000.0}};
    for (int i = 0; i < 20'000; ++i)
        sideways.step(state, swing.forces, {&push, 1}, {}, swingStep_s);
    BOOST_TEST(state.yaw_rad > 0.0);
    BOOST_TEST(sideways.lean(state, 6).y_rad > 2.0 * sideways.lean(state, 2).y_rad);
    // Balance of forces and moments at rest about the middle.
    double alongY_N = 0.0, moment_Nm = 0.0;
    for (std::size_t j = 0; j < 8; ++j) {
        const double arm_m = swing.cells[j].x.si() - 9.0, lever_m = swing.cells[j].y.si();
        const double back_N = swing.forces[j].si() * 28.0 / 3.0;
        alongY_N += back_N * (state.y_m + arm_m * state.yaw_rad);
        moment_Nm += back_N * (arm_m * (state.y_m + arm_m * state.yaw_rad) +
                               lever_m * (lever_m * state.yaw_rad - state.x_m));
    }
    BOOST_TEST(alongY_N == 2000.0, boost::test_tools::tolerance(1e-3));
    BOOST_TEST(moment_Nm == 18'000.0, boost::test_tools::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(dry_pins_leave_the_deck_where_it_was_pushed) {
    Swing swing;
    swing.deck.sideways.pinFriction = 0.02;
    const DeckSideways sideways = swing.sideways();
    SidewaysState state = sideways.atRest();
    swing.run(sideways, state, swing.forceAlong_N(0.05), 10.0);
    const double pushed_m = state.x_m;
    // It swings beyond 5 % and sticks where the pins hold the difference.
    BOOST_TEST(std::abs(pushed_m * 9.333 - 0.05) < 0.02);
    BOOST_TEST(!state.moving);
    swing.run(sideways, state, 0.0, 20.0);
    // The pendulum comes back until the pins hold what is left.
    BOOST_TEST(!state.moving);
    BOOST_TEST(std::abs(state.x_m) * 9.333 <= 0.0201);
    BOOST_TEST(std::abs(state.x_m) > 1e-4);
    // Moist ones do not.
    swing.deck.sideways.pinFriction = 0.0;
    SidewaysState free = swing.sideways().atRest();
    swing.run(swing.sideways(), free, swing.forceAlong_N(0.05), 10.0);
    swing.run(swing.sideways(), free, 0.0, 60.0);
    BOOST_TEST(!free.moving);
    BOOST_TEST(std::abs(free.x_m) < 3e-5);
}

BOOST_AUTO_TEST_CASE(at_rest_a_step_does_nothing) {
    Swing swing;
    swing.setStops(3e-3);
    const DeckSideways sideways = swing.sideways();
    SidewaysState state = sideways.atRest();
    swing.run(sideways, state, 0.0, 1.0);
    BOOST_TEST(state.x_m == 0.0);
    BOOST_TEST(!state.moving);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test
