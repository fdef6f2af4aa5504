// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/load_cell.h: the tests of OIML R 60-1:2021 on cells as they read, C3 and C5
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/r60.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr int cellsDrawn = 60;

}  // namespace

BOOST_AUTO_TEST_SUITE(r60)

BOOST_DATA_TEST_CASE(errors_up_and_down_stay_inside_the_envelope, bdata::make(classes), c) {
    double worst = 0.0, worstTypical = 0.0;
    for (int i = 0; i < cellsDrawn; ++i) {
        const LoadCellModel m = r60Cell(c, i);
        for (const CellError& e : errorsUpAndDown(m)) {
            worst = std::max(worst, std::fabs(e.error_kg) / limit_kg(c, e.load_kg));
        }
        if (i == 1) worstTypical = worst;
    }
    BOOST_TEST_MESSAGE(c.name << ": typical " << worstTypical << ", worst " << worst
                              << " of the envelope");
    BOOST_TEST(worst < 1.0);
    BOOST_TEST(worstTypical > 0.3);  // a real part, not an ideal one
}

BOOST_DATA_TEST_CASE(errors_stay_inside_at_both_ends_of_the_temperature_range,
                     bdata::make(classes) * bdata::make({-10.0, 40.0}), c, degC) {
    double worst = 0.0;
    for (int i = 0; i < 10 * cellsDrawn; ++i) {
        for (const CellError& e : errorsUpAndDown(r60Cell(c, i), Temperature{degC})) {
            worst = std::max(worst, std::fabs(e.error_kg) / limit_kg(c, e.load_kg));
        }
    }
    BOOST_TEST(worst < 1.0);
    BOOST_TEST(worst > 0.8);  // of 600 cells some nearly fill it
}

BOOST_DATA_TEST_CASE(creep_and_return_of_zero_stay_inside, bdata::make(classes), c) {
    for (int i = 0; i < cellsDrawn; ++i) {
        const LoadCellModel m = r60Cell(c, i);
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
