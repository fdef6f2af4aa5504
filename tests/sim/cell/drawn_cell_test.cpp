// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/load_cell.h: drawn cells keep to their class
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>

#include "sim/cell/load_cell.h"

using namespace jh;

namespace {

constexpr int cellsDrawn = 100;

LoadCellModel drawn(const CellType& type, int number) {
    NoiseStream luck{7, "cell " + std::to_string(number)};
    return drawLoadCell(type, luck);
}

Force loadOf(const LoadCellModel& m, double fraction) {
    return weightOf(m.capacity * fraction, m.gravityAtCalibration);
}

double output_V_V(const LoadCellModel& m, const LoadCellState& s, double q) {
    return output(m, s, loadOf(m, q), {}).si();
}

// OIML R 60-1:2021, p_LC = 0.7, in kg for E_max = 30 t and n_LC = 3000.
double limitC3_kg(double load_kg) {
    if (load_kg <= 5000) return 3.5;
    return load_kg <= 20000 ? 7.0 : 10.5;
}

// Load test up and down without waiting; the reference line goes through the outputs at zero and
// at 75 % on the way up. Returns the largest error as a part of its limit.
double worstPartOfLimit(LoadCellModel m, double intervals) {
    // Up first for the line.
    LoadCellState up;
    followForce(m, up, loadOf(m, 0.75));
    const double zero_V_V = output_V_V(m, {}, 0.0);
    const double perFraction_V_V = (output_V_V(m, up, 0.75) - zero_V_V) / 0.75;

    LoadCellState s;
    double worst = 0.0;
    const auto visit = [&](double q) {
        followForce(m, s, loadOf(m, q));
        const double load_kg = q * m.capacity.si();
        const double shown_kg =
            (output_V_V(m, s, q) - zero_V_V) / perFraction_V_V * m.capacity.si();
        // Steps of the envelope lie at 500 v and 2000 v, heights scale with v.
        const double v = 3000.0 / intervals;
        worst = std::max(worst, std::fabs(shown_kg - load_kg) / (v * limitC3_kg(load_kg / v)));
    };
    for (int i = 0; i <= 120; ++i) visit(i / 120.0);
    for (int i = 119; i >= 0; --i) visit(i / 120.0);
    return worst;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(drawn_cell)

BOOST_AUTO_TEST_CASE(a_hundred_c3_cells_stay_inside_the_r60_envelope) {
    double worst = 0.0;
    for (int i = 0; i < cellsDrawn; ++i)
        worst = std::max(worst, worstPartOfLimit(drawn({}, i), 3000));
    BOOST_TEST_MESSAGE("worst C3 error is " << worst << " of its limit");
    BOOST_TEST(worst < 1.0);
    BOOST_TEST(worst > 0.5);  // they are real parts, not ideal ones
}

BOOST_AUTO_TEST_CASE(c5_cells_stay_inside_their_tighter_envelope) {
    CellType c5;
    c5.maxIntervals = 5000;
    double worst = 0.0;
    for (int i = 0; i < cellsDrawn; ++i)
        worst = std::max(worst, worstPartOfLimit(drawn(c5, i), 5000));
    BOOST_TEST_MESSAGE("worst C5 error is " << worst << " of its limit");
    BOOST_TEST(worst < 1.0);
}

BOOST_AUTO_TEST_CASE(creep_and_zero_return_stay_inside_r60) {
    constexpr double creepLimit_kg = 7.35, lastTenMinutesLimit_kg = 1.575, returnLimit_kg = 5.0;
    for (int i = 0; i < cellsDrawn; ++i) {
        LoadCellModel m = drawn({}, i);
        m.sensitivityError = 0.0;
        const auto creep_kg = [&](const LoadCellState& s) {
            return (s.creep[0] + s.creep[1] + s.creep[2]) * m.capacity.si();  // upper bound
        };
        LoadCellState s;
        relax(m, s, loadOf(m, 1.0), Temperature{20}, 20min);
        const double after20_kg = creep_kg(s);
        relax(m, s, loadOf(m, 1.0), Temperature{20}, 10min);
        BOOST_TEST(creep_kg(s) < creepLimit_kg);
        BOOST_TEST(creep_kg(s) - after20_kg < lastTenMinutesLimit_kg);
        relax(m, s, Force{}, Temperature{20}, 50s);  // time R 60 allows for unloading
        BOOST_TEST(creep_kg(s) < returnLimit_kg);
    }
}

BOOST_AUTO_TEST_CASE(temperature_coefficients_stay_inside_the_class) {
    const CellType type;
    const double limit_per_K = 0.7 / type.minDeadLoadOutput_Y / 5.0;
    for (int i = 0; i < cellsDrawn; ++i) {
        const LoadCellModel m = drawn(type, i);
        BOOST_TEST(std::fabs(m.zeroTemperature_per_K) <= limit_per_K);
        BOOST_TEST(std::fabs(m.spanTemperature_per_K) <= 1e-5);
        BOOST_TEST(std::fabs(m.sensitivityError) <= type.sensitivitySpread);
    }
}

BOOST_AUTO_TEST_CASE(noise_of_eight_cells_in_parallel_is_3_8_nV_at_5_V) {
    const double atTerminals_V = drawn({}, 0).noise_V_V / std::sqrt(8.0) * 5.0;
    BOOST_TEST(std::fabs(atTerminals_V - 3.8e-9) < 0.05e-9);
}

BOOST_AUTO_TEST_CASE(the_same_luck_draws_the_same_cell) {
    BOOST_TEST(drawn({}, 3).bow == drawn({}, 3).bow);
    BOOST_TEST(drawn({}, 3).bow != drawn({}, 4).bow);
}

BOOST_AUTO_TEST_SUITE_END()
