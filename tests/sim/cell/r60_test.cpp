// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/load_cell.h: the tests of OIML R 60-1:2021 on cells as they read, C3 and C5
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "sim/cell/load_cell.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

namespace {

// p_LC = 0.7, E_max = 30 t. Envelope, creep in 30 min and from 20 to 30 min, return of zero (0.5
// v).
struct Class {
    const char* name;
    int intervals;
    double half_kg, full_kg, more_kg;  ///< up to 500 v, 2000 v, E_max
    double creep_kg, lastCreep_kg, zeroReturn_kg;
    friend std::ostream& operator<<(std::ostream& os, const Class& c) { return os << c.name; }
};
const Class classes[]{{"C3", 3000, 3.5, 7.0, 10.5, 7.35, 1.575, 5.0},
                      {"C5", 5000, 2.1, 4.2, 6.3, 4.41, 0.945, 3.0}};

constexpr int cellsDrawn = 60;

Force loadOf(const LoadCellModel& m, double fraction) {
    return weightOf(m.capacity * fraction, m.gravityAtCalibration);
}

double read_kg(const LoadCellModel& m, const LoadCellState& s, double q) {
    return output(m, s, loadOf(m, q), {}) / m.sensitivity * m.capacity.si();
}

CellType typeOf(const Class& c) {
    CellType type;
    type.maxIntervals = c.intervals;
    return type;
}

/// The cell of the data sheet with its bow either way, then drawn ones.
LoadCellModel cell(const Class& c, int number) {
    if (number < 2) {
        LoadCellModel m = typicalLoadCell(typeOf(c));
        if (number == 1) m.bow = -m.bow;
        return m;
    }
    NoiseStream luck{60, "cell " + std::to_string(number)};
    return drawLoadCell(typeOf(c), luck);
}

double limit_kg(const Class& c, double load_kg) {
    const double v_kg = 30000.0 / c.intervals;
    return load_kg <= 500 * v_kg ? c.half_kg : load_kg <= 2000 * v_kg ? c.full_kg : c.more_kg;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(r60)

BOOST_DATA_TEST_CASE(errors_up_and_down_stay_inside_the_envelope, bdata::make(classes), c) {
    double worst = 0.0, worstTypical = 0.0;
    for (int i = 0; i < cellsDrawn; ++i) {
        const LoadCellModel m = cell(c, i);
        LoadCellState up;
        followForce(m, up, loadOf(m, 0.75));
        const double zero_kg = read_kg(m, {}, 0.0);
        const double scale = 0.75 * 30000.0 / (read_kg(m, up, 0.75) - zero_kg);
        LoadCellState s;
        for (int step = -100; step <= 100; ++step) {
            const double q = 1.0 - std::abs(step) / 100.0, load_kg = q * 30000.0;
            followForce(m, s, loadOf(m, q));
            const double error_kg = (read_kg(m, s, q) - zero_kg) * scale - load_kg;
            worst = std::max(worst, std::fabs(error_kg) / limit_kg(c, load_kg));
        }
        if (i == 1) worstTypical = worst;
    }
    BOOST_TEST_MESSAGE(c.name << ": typical " << worstTypical << ", worst " << worst
                              << " of the envelope");
    BOOST_TEST(worst < 1.0);
    BOOST_TEST(worstTypical > 0.3);  // a real part, not an ideal one
}

BOOST_DATA_TEST_CASE(creep_and_return_of_zero_stay_inside, bdata::make(classes), c) {
    for (int i = 0; i < cellsDrawn; ++i) {
        const LoadCellModel m = cell(c, i);
        LoadCellState s;
        followForce(m, s, loadOf(m, 1.0));
        relax(m, s, loadOf(m, 1.0), Temperature{20}, 50s);  // time R 60 allows for loading
        const double first_kg = read_kg(m, s, 1.0);
        relax(m, s, loadOf(m, 1.0), Temperature{20}, 20min);
        const double after20_kg = read_kg(m, s, 1.0);
        relax(m, s, loadOf(m, 1.0), Temperature{20}, 10min);
        const double after30_kg = read_kg(m, s, 1.0);
        BOOST_TEST(after30_kg - first_kg < c.creep_kg);
        BOOST_TEST(after30_kg - after20_kg < c.lastCreep_kg);
        BOOST_TEST(after30_kg - after20_kg > 0.0);
        followForce(m, s, Force{});
        relax(m, s, Force{}, Temperature{20}, 50s);
        BOOST_TEST(std::fabs(read_kg(m, s, 0.0) - read_kg(m, {}, 0.0)) < c.zeroReturn_kg);
    }
}

BOOST_AUTO_TEST_CASE(the_typical_c3_cell_has_the_sizes_of_the_reference) {
    const LoadCellModel m = typicalLoadCell({});
    const auto crept_kg = [&](SimTime after) {
        LoadCellState s;
        followForce(m, s, loadOf(m, 1.0));
        relax(m, s, loadOf(m, 1.0), Temperature{20}, after);
        return read_kg(m, s, 1.0) - 30000.0;
    };
    BOOST_TEST(std::fabs(crept_kg(30min) - 4.47) < 0.005);
    BOOST_TEST(std::fabs(crept_kg(30min) - crept_kg(20min) - 0.465) < 0.0005);
    BOOST_TEST(std::fabs(crept_kg(30min) / crept_kg(60min) - 0.838) < 0.0005);
    LoadCellState s;
    followForce(m, s, loadOf(m, 1.0));
    relax(m, s, loadOf(m, 1.0), Temperature{20}, 30min);
    followForce(m, s, Force{});
    BOOST_TEST(std::fabs(read_kg(m, s, 0.0) - 3.84) < 0.006);
    relax(m, s, Force{}, Temperature{20}, 60s);
    BOOST_TEST(std::fabs(read_kg(m, s, 0.0) - 2.54) < 0.006);
    relax(m, s, Force{}, Temperature{20}, 2min);
    BOOST_TEST(std::fabs(read_kg(m, s, 0.0) - 2.03) < 0.006);
}

BOOST_AUTO_TEST_CASE(creep_at_the_limit_of_the_class) {
    // 1.64 times the typical creep reaches the limit of 7.35 kg.
    LoadCellModel m = typicalLoadCell({});
    for (CreepTerm& term : m.creep) term.amplitude *= 1.64;
    LoadCellState s;
    followForce(m, s, loadOf(m, 1.0));
    relax(m, s, loadOf(m, 1.0), Temperature{20}, 30min);
    BOOST_TEST(std::fabs(read_kg(m, s, 1.0) - 30000.0 - 7.35) < 0.03);
}

BOOST_AUTO_TEST_CASE(a_scale_of_eight_needs_c5_cells_for_5000_intervals) {
    // 100 t on eight cells: creep in 30 min and return of zero.
    for (const auto& [intervals, creep_kg, zero_kg] :
         {std::tuple{3000, 14.9, 12.8}, {5000, 8.9, 7.7}}) {
        CellType type;
        type.maxIntervals = intervals;
        const LoadCellModel m = typicalLoadCell(type);
        const double q = 100.0 / 240.0;
        LoadCellState s;
        relax(m, s, loadOf(m, q), Temperature{20}, 30min);
        double crept_kg = 0.0;
        for (const double part : s.creep) crept_kg += 8.0 * 30000.0 * part;
        BOOST_TEST(std::fabs(crept_kg - creep_kg) < 0.06);
        BOOST_TEST(std::fabs(8.0 * read_kg(m, s, 0.0) - zero_kg) < 0.06);
    }
}

BOOST_AUTO_TEST_SUITE_END()
