// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/load_cell.h: tilt, side load, air pressure, moisture, ageing, friction, sun
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <utility>

#include "sim/cell/load_cell.h"

using namespace jh;

namespace {

Force loadOf(const LoadCellModel& m, double fraction) {
    return weightOf(m.capacity * fraction, m.gravityAtCalibration);
}

double shown_kg(const LoadCellModel& m, const LoadCellState& s, double fraction,
                const CellConditions& now = {}) {
    return output(m, s, loadOf(m, fraction), {}, now) / m.sensitivity * m.capacity.si();
}

LoadCellModel bareColumn() {
    LoadCellModel m;
    m.mount.tiltShare = 1.0;
    return m;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cell_conditions)

BOOST_AUTO_TEST_CASE(a_bare_column_reads_low_when_its_head_stands_aside) {
    const LoadCellModel m = bareColumn();
    // Head aside in mm, error in %; H = 150 mm, R = 180 mm.
    for (const auto& [aside_mm, error_pct, print_pct] : {std::tuple{1.0, -0.008, 0.0005},
                                                         {2.0, -0.034, 0.0005},
                                                         {3.0, -0.076, 0.0005},
                                                         {5.0, -0.21, 0.005},
                                                         {8.0, -0.54, 0.005}}) {
        const double tilt_rad = aside_mm / 150.0;
        BOOST_TEST_MESSAGE(aside_mm << " mm: " << 100.0 * tiltError(m.mount, tilt_rad) << " %");
        BOOST_TEST(std::fabs(100.0 * tiltError(m.mount, tilt_rad) - error_pct) < print_pct);
    }
    BOOST_TEST(std::fabs(shown_kg(m, {}, 1.0, {.tiltY_rad = 3.0 / 150.0}) - 30000.0 + 23.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(tilt_follows_its_formula_also_when_large) {
    // cos a / cos b - 1 by the geometry of two spheres, with the library's functions.
    const CellMount mount{Length{0.178}, Length{0.150}, 0.3, 0.0};
    for (const double tilt_rad : {1e-4, 0.01, 0.05, 0.2}) {
        const double apart_m = 2.0 * 0.150 - 0.178;
        const double b =
            std::atan(apart_m * std::sin(tilt_rad) / (2.0 * 0.150 - apart_m * std::cos(tilt_rad)));
        const double exact = 0.3 * (std::cos(tilt_rad + b) / std::cos(b) - 1.0);
        BOOST_TEST(std::fabs(tiltError(mount, tilt_rad) - exact) < 1e-8 * std::fabs(exact) + 1e-15);
    }
    BOOST_TEST(tiltError(mount, 0.0) == 0.0);
}

BOOST_AUTO_TEST_CASE(fixed_tilt_and_movement_add_as_directions) {
    LoadCellModel m = bareColumn();
    m.outOfPlumbX_rad = 0.012;
    const double together = shown_kg(m, {}, 1.0, {.tiltY_rad = 0.016});
    BOOST_TEST(std::fabs(together - 30000.0 * (1.0 + tiltError(m.mount, 0.020))) < 1e-6);
    // Pushed back upright.
    BOOST_TEST(std::fabs(shown_kg(m, {}, 1.0, {.tiltX_rad = -0.012}) - 30000.0) < 1e-9);
    // The loss grows with the load, so at zero there is none.
    BOOST_TEST(shown_kg(m, {}, 0.0) == 0.0);
}

BOOST_AUTO_TEST_CASE(side_force_counts_by_its_share) {
    LoadCellModel m;
    m.sideLoad = 0.03;  // 0.03 % per 1 %
    BOOST_TEST(std::fabs(shown_kg(m, {}, 0.5, {.sideForce = 0.01}) - 15000.0 - 4.5) < 1e-8);
}

BOOST_AUTO_TEST_CASE(parasitic_forces_weigh) {
    const LoadCellModel m;
    // Check rod: 20 kN at a slope of 5 mm/m gives 10 kg.
    const double read_kg = shown_kg(m, {}, 0.0, {.parasitic = Force{20e3 * 5e-3}});
    BOOST_TEST(std::fabs(read_kg - 10.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(leakage_has_the_sizes_of_the_table) {
    LoadCellModel m;
    for (const auto& [leakage_ohm, shift_kg, print_kg] : {std::tuple{1e6, 2624.0, 0.5},
                                                          {5e6, 525.0, 0.5},
                                                          {10e6, 262.0, 0.5},
                                                          {50e6, 52.0, 0.5},
                                                          {100e6, 26.0, 0.5},
                                                          {1e9, 2.6, 0.05},
                                                          {5e9, 0.5, 0.05}}) {
        m.leakage = Resistance{leakage_ohm};
        BOOST_TEST_MESSAGE(leakage_ohm << " ohm: " << shown_kg(m, {}, 0.0) << " kg");
        BOOST_TEST(std::fabs(shown_kg(m, {}, 0.0) - shift_kg) < print_kg);
        // It does not depend on the load.
        BOOST_TEST(std::fabs(shown_kg(m, {}, 0.7) - 21000.0 - shown_kg(m, {}, 0.0)) < 1e-8);
    }
}

BOOST_AUTO_TEST_CASE(a_moist_cell_is_restless_and_a_dry_one_is_not) {
    LoadCellModel m;
    m.noise_V_V = 2e-9;
    BOOST_TEST(outputNoise(m).si() == 2e-9);
    m.leakage = Resistance{10e6};
    m.leakageNoise = 0.02;
    BOOST_TEST(std::fabs(outputNoise(m) / m.sensitivity * 30000.0 - 0.02 * 262.5) < 0.1);
}

BOOST_AUTO_TEST_CASE(air_pressure_moves_the_zero_within_the_class) {
    // v_min = 2 and 3 kg: eight cells at the limit of one v_min per kPa shift 16 and 24 kg; sealed
    // columns 0.1 to 0.3 of it, all the same way.
    for (const auto& [y, limit_kg] : {std::pair{15000.0, 16.0}, {10000.0, 24.0}}) {
        CellType type;
        type.minDeadLoadOutput_Y = y;
        double sum_kg = 0.0;
        for (int i = 0; i < 8; ++i) {
            NoiseStream luck{11, "cell " + std::to_string(i)};
            LoadCellModel m = drawLoadCell(type, luck);
            const CellConditions high{.pressureDeviation = Pressure{1000.0}};
            const double shift_kg =
                (output(m, {}, {}, {}, high) - output(m, {}, {}, {})) / m.sensitivity * 30000.0;
            BOOST_TEST(shift_kg >= 0.1 * 30000.0 / y - 1e-6);
            BOOST_TEST(shift_kg <= 0.3 * 30000.0 / y + 1e-6);
            sum_kg += shift_kg;
        }
        BOOST_TEST_MESSAGE("Y = " << y << ": " << sum_kg << " kg per kPa, limit " << limit_kg);
        BOOST_TEST(std::fabs(8.0 * 30000.0 / y - limit_kg) < 1e-9);
        BOOST_TEST(sum_kg <= 0.3 * limit_kg);
        BOOST_TEST(sum_kg >= 0.1 * limit_kg);
    }
}

BOOST_AUTO_TEST_CASE(zero_temperature_of_eight_cells_at_the_limit) {
    // +10 K on eight 30 t cells at the limit of 0.7 v_min per 5 K: all alike, and as root of
    // squares.
    for (const auto& [y, rss_kg, equal_kg] :
         {std::tuple{6000.0, 19.8, 56.0}, {10000.0, 11.9, 33.6}, {15000.0, 7.9, 22.4}}) {
        LoadCellModel m;
        m.zeroTemperature_per_K = 0.7 / y / 5.0;
        LoadCellState s;
        s.temperature = Temperature{30.0};
        const double one_kg = shown_kg(m, s, 0.0);
        BOOST_TEST(std::fabs(8.0 * one_kg - equal_kg) < 0.05);
        BOOST_TEST(std::fabs(std::sqrt(8.0) * one_kg - rss_kg) < 0.05);
    }
}

BOOST_AUTO_TEST_CASE(years_lower_the_span_and_move_the_zero) {
    CellType type;
    type.ageInYears = 2.0;
    for (int i = 0; i < 50; ++i) {
        NoiseStream luck{5, "cell " + std::to_string(i)};
        const LoadCellModel m = drawLoadCell(type, luck);
        BOOST_TEST(m.spanAgeing >= -6e-4);
        BOOST_TEST(m.spanAgeing <= -2e-4);
        BOOST_TEST(std::fabs(m.zeroShift) <= 4e-4);
    }
    LoadCellModel m;
    m.spanAgeing = -1e-3;
    m.zeroShift = 5e-4;
    BOOST_TEST(std::fabs(shown_kg(m, {}, 1.0) - 30000.0 + 30.0 - 15.0) < 1e-8);
}

BOOST_AUTO_TEST_CASE(swapped_or_dead_wires) {
    LoadCellModel m;
    m.zeroShift = 1e-3;
    m.polarity = -1.0;
    BOOST_TEST(std::fabs(shown_kg(m, {}, 0.5) + 15030.0) < 1e-8);
    m.polarity = 0.0;
    BOOST_TEST(shown_kg(m, {}, 0.5) == 0.0);
}

BOOST_AUTO_TEST_CASE(a_dry_rocker_reads_low_going_up_and_high_going_down) {
    LoadCellModel m;
    m.frictionShare = 0.002;
    LoadCellState s;
    const auto goTo_kg = [&](double q) {
        followForce(m, s, loadOf(m, q));
        return shown_kg(m, s, q) - q * 30000.0;
    };
    BOOST_TEST(std::fabs(goTo_kg(0.3) + 18.0) < 1e-8);
    BOOST_TEST(std::fabs(goTo_kg(0.5) + 30.0) < 1e-8);
    // Turned back it sticks first: what is carried stays.
    BOOST_TEST(std::fabs(goTo_kg(0.499) - 0.0) < 1e-8);
    BOOST_TEST(std::fabs(goTo_kg(0.3) - 18.0) < 1e-8);
    BOOST_TEST(std::fabs(goTo_kg(0.0)) < 1e-8);
    // The lag lasts while nothing moves.
    goTo_kg(0.4);
    relax(m, s, loadOf(m, 0.4), Temperature{20}, 1h);
    BOOST_TEST(std::fabs(shown_kg(m, s, 0.4) - 12000.0 + 24.0) < 1e-8);
}

BOOST_AUTO_TEST_CASE(the_sun_warms_the_body_above_the_air) {
    const LoadCellModel m;
    LoadCellState s;
    const CellConditions sunny{.sunHeating_K = 12.0};
    relax(m, s, {}, Temperature{20}, 5400s, sunny);
    BOOST_TEST(std::fabs(s.temperature.si() - 20.0 - 12.0 * (1.0 - std::exp(-1.0))) < 1e-9);
    relax(m, s, {}, Temperature{20}, 100h, sunny);
    BOOST_TEST(std::fabs(s.temperature.si() - 32.0) < 1e-9);
}

BOOST_AUTO_TEST_CASE(a_place_makes_its_cell_special) {
    const CellType type;
    CellPlace place;
    place.sensitivityError = 0.003;
    place.outOfPlumbX = Length{0.003};
    place.zeroShift = 0.001;
    place.creepFactor = 5.0;
    place.hysteresisFactor = 10.0;
    NoiseStream luck{3, "cell"}, again{3, "cell"};
    const LoadCellModel plain = drawLoadCell(type, luck),
                        special = drawLoadCell(type, place, again);
    BOOST_TEST(special.sensitivityError == plain.sensitivityError + 0.003);
    BOOST_TEST(special.outOfPlumbX_rad == 0.02);
    BOOST_TEST(special.zeroShift == 0.001);
    BOOST_TEST(special.creep[1].amplitude == 5.0 * plain.creep[1].amplitude);
    BOOST_TEST(special.hysteresis == 10.0 * plain.hysteresis);
    BOOST_TEST(special.bow == plain.bow);
}

BOOST_AUTO_TEST_SUITE_END()
