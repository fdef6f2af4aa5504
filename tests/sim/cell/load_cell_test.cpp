// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/load_cell.h
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "sim/cell/load_cell.h"

using namespace jh;

namespace {

LoadCellModel plainCell() {
    return {};
}

LoadCellModel creepingCell() {
    LoadCellModel m;
    m.creep = {{{4.0e-5, 20.0}, {5.0e-5, 240.0}, {1.15e-4, 2500.0}}};
    return m;
}

LoadCellModel hystereticCell() {
    LoadCellModel m;
    m.hysteresis = 1.2e-4;
    return m;
}

Force loadOf(const LoadCellModel& m, double fraction) {
    return weightOf(m.capacity * fraction, m.gravityAtCalibration);
}

double shown_kg(const LoadCellModel& m, const LoadCellState& s, double fraction) {
    return output(m, s, loadOf(m, fraction), {}) / m.sensitivity * m.capacity.si();
}

double creepShown_kg(const LoadCellModel& m, SimTime after) {
    LoadCellState s;
    relax(m, s, loadOf(m, 1.0), Temperature{20}, after);
    return shown_kg(m, s, 1.0) - m.capacity.si();
}

// Goes to `to` in small steps as a real load does; returns the deviation from the straight line.
double goTo(const LoadCellModel& m, LoadCellState& s, double from, double to) {
    constexpr int steps = 100;
    for (int i = 1; i <= steps; ++i) {
        followForce(m, s, loadOf(m, from + (to - from) * i / steps));
    }
    return shown_kg(m, s, to) - to * m.capacity.si();
}

constexpr double oraclePrint_kg = 0.006;  // oracles have two digits

}  // namespace

BOOST_AUTO_TEST_SUITE(load_cell)

BOOST_AUTO_TEST_CASE(rated_load_gives_rated_output) {
    const LoadCellModel m = plainCell();
    BOOST_TEST(std::fabs(output(m, {}, loadOf(m, 1.0), {}).si() - 2e-3) < 1e-15);
    // Less gravity, less force, less output: the cell knows newtons only.
    const Force inLhasa = weightOf(m.capacity, Acceleration{9.7799});
    BOOST_TEST(std::fabs(output(m, {}, inLhasa, {}).si() / 2e-3 - 9.7799 / 9.80665) < 1e-12);
}

BOOST_AUTO_TEST_CASE(creep_has_the_sizes_of_the_reference_cell) {
    const LoadCellModel m = creepingCell();
    const double after20_kg = creepShown_kg(m, 20min), after30_kg = creepShown_kg(m, 30min);
    BOOST_TEST_MESSAGE("creep " << after30_kg << " kg, last ten minutes " << after30_kg - after20_kg
                                << " kg");
    BOOST_TEST(std::fabs(after30_kg - 4.47) < oraclePrint_kg);
    BOOST_TEST(std::fabs(after30_kg - after20_kg - 0.465) < 0.001);
    BOOST_TEST(std::fabs(after30_kg / creepShown_kg(m, 60min) - 0.838) < 0.001);
}

BOOST_AUTO_TEST_CASE(zero_returns_slowly_after_half_an_hour) {
    const LoadCellModel m = creepingCell();
    LoadCellState s;
    relax(m, s, loadOf(m, 1.0), Temperature{20}, 30min);
    struct Point {
        SimTime wait;
        double expected_kg;
    };
    SimTime passed{};
    for (const Point& p : {Point{0s, 3.84}, Point{60s, 2.54}, Point{180s, 2.03}}) {
        relax(m, s, Force{}, Temperature{20}, p.wait - passed);
        passed = p.wait;
        BOOST_TEST_MESSAGE(seconds(p.wait) << " s: " << shown_kg(m, s, 0.0) << " kg");
        BOOST_TEST(std::fabs(shown_kg(m, s, 0.0) - p.expected_kg) < oraclePrint_kg);
    }
}

BOOST_AUTO_TEST_CASE(many_short_steps_equal_one_long_one) {
    const LoadCellModel m = creepingCell();
    LoadCellState once, often;
    relax(m, once, loadOf(m, 0.8), Temperature{35}, 20min);
    const RelaxFactors factors = relaxFactors(m, 100ms);
    for (int i = 0; i < 12000; ++i) relax(m, often, loadOf(m, 0.8), Temperature{35}, factors);
    constexpr double rounding = 1e-12;
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(std::fabs(once.creep[i] - often.creep[i]) < rounding);
    }
    BOOST_TEST(std::fabs((once.temperature - often.temperature).si()) < 1e-9);
    // Weeks are no problem either.
    relax(m, once, Force{}, Temperature{20}, 1000h);
    BOOST_TEST(std::fabs(once.creep[2]) < rounding);
}

BOOST_AUTO_TEST_CASE(a_settled_cell_does_not_move) {
    const LoadCellModel m = creepingCell();
    LoadCellState s = settledUnder(m, loadOf(m, 0.3), Temperature{12});
    const double before_kg = shown_kg(m, s, 0.3);
    relax(m, s, loadOf(m, 0.3), Temperature{12}, 5h);
    followForce(m, s, loadOf(m, 0.3));
    BOOST_TEST(std::fabs(shown_kg(m, s, 0.3) - before_kg) < 1e-9);
}

BOOST_AUTO_TEST_CASE(major_loop_has_the_given_shape) {
    const LoadCellModel m = hystereticCell();
    const double loop_kg = m.hysteresis * m.capacity.si();
    constexpr double ofLoop = 0.05;  // eight plays make a polygon of the parabola
    LoadCellState s;
    for (int cycle = 0; cycle < 2; ++cycle) {
        double q = 0.0;
        for (int i = 1; i <= 10; ++i, q += 0.1) {
            BOOST_TEST(std::fabs(goTo(m, s, q, 0.1 * i)) < ofLoop * loop_kg);
        }
        for (int i = 9; i >= 0; --i, q -= 0.1) {
            const double to = 0.1 * i, down_kg = goTo(m, s, q, to);
            BOOST_TEST(std::fabs(down_kg - loop_kg * 4 * to * (1 - to)) < ofLoop * loop_kg);
            if (i == 5) BOOST_TEST(std::fabs(down_kg - 3.6) < 1e-6);
        }
    }
}

BOOST_AUTO_TEST_CASE(output_is_continuous_wherever_the_load_turns) {
    LoadCellModel m = hystereticCell();
    m.hysteresis = 2e-3;  // a bad cell: 60 kg
    constexpr double step = 1e-4;
    // Loop slopes are at most 4 h at the ends of the range.
    const double largest_kg = m.capacity.si() * step * (1.0 + 4.0 * m.hysteresis) * 1.01;
    for (const double turn : {0.05, 0.23, 0.47, 0.5, 0.81, 1.0}) {
        LoadCellState s;
        goTo(m, s, 0.0, turn);
        double before_kg = shown_kg(m, s, turn);
        for (int n = 1; n * step < turn; ++n) {
            const double q = turn - n * step;
            followForce(m, s, loadOf(m, q));
            const double now_kg = shown_kg(m, s, q);
            BOOST_TEST_REQUIRE(std::fabs(now_kg - before_kg) < largest_kg);
            before_kg = now_kg;
        }
    }
}

BOOST_AUTO_TEST_CASE(a_small_loop_closes_and_is_forgotten) {
    const LoadCellModel m = hystereticCell();
    LoadCellState s;
    goTo(m, s, 0.0, 0.8);
    goTo(m, s, 0.8, 0.4);
    const LoadCellState before = s;
    goTo(m, s, 0.4, 0.6);
    goTo(m, s, 0.6, 0.4);
    constexpr double rounding = 1e-14;
    for (std::size_t i = 0; i < hysteresisPlays; ++i) {
        BOOST_TEST(std::fabs(s.play[i] - before.play[i]) < rounding);
    }
}

BOOST_AUTO_TEST_CASE(temperature_moves_zero_and_span) {
    LoadCellModel m = plainCell();
    m.zeroTemperature_per_K = 1e-5;
    m.spanTemperature_per_K = 2e-5;
    LoadCellState s;
    s.temperature = Temperature{30};
    constexpr double rounding_kg = 1e-8;
    BOOST_TEST(std::fabs(shown_kg(m, s, 0.0) - 3.0) < rounding_kg);
    BOOST_TEST(std::fabs(shown_kg(m, s, 0.5) - 15000 - 3.0 - 3.0) < rounding_kg);
}

BOOST_AUTO_TEST_CASE(bow_is_the_deviation_at_half_load) {
    LoadCellModel m = plainCell();
    m.bow = 1e-4;
    BOOST_TEST(std::fabs(shown_kg(m, {}, 0.5) - 15003) < 1e-8);
    BOOST_TEST(std::fabs(shown_kg(m, {}, 1.0) - 30000) < 1e-8);
}

BOOST_AUTO_TEST_SUITE_END()
