// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/junction_box.h
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "sim/cell/junction_box.h"

using namespace jh;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double oracle_kg = 0.1;  // printed digits of the table

JunctionBoxModel boxWithTrim(double firstTrim_ohm) {
    JunctionBoxModel box;
    box.sourceResistance.assign(8, Resistance{700.0});
    box.sourceResistance[0] = Resistance{700.0 + firstTrim_ohm};
    return box;
}

// Reading in kg of a scale adjusted with an even box: kg per cell in, kg out.
double reading_kg(const JunctionBoxModel& box, const std::array<double, 8>& loads_kg) {
    std::array<BridgeRatio, 8> cells;
    for (std::size_t j = 0; j < 8; ++j) cells[j] = BridgeRatio{loads_kg[j] * 2e-3 / 30000};
    return terminals(box, cells).si() * 8 * 30000 / 2e-3;
}

std::array<double, 8> only(std::size_t cell, double load_kg) {
    std::array<double, 8> loads_kg{};
    loads_kg[cell] = load_kg;
    return loads_kg;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(junction_box)

BOOST_AUTO_TEST_CASE(trim_lowers_its_own_cell_and_lifts_the_others) {
    struct Row {
        double trim_ohm, own_kg, other_kg;
    };
    for (const Row& row : {Row{0, 10000, 10000}, Row{1, 9987.5, 10001.8}, Row{7, 9913.3, 10012.4},
                           Row{20, 9756.1, 10034.8}}) {
        const auto box = boxWithTrim(row.trim_ohm);
        BOOST_TEST(std::fabs(reading_kg(box, only(0, 10000)) - row.own_kg) < oracle_kg);
        BOOST_TEST(std::fabs(reading_kg(box, only(5, 10000)) - row.other_kg) < oracle_kg);
    }
}

BOOST_AUTO_TEST_CASE(an_open_wire_hides_behind_an_even_load) {
    const auto box = boxWithTrim(infinite);
    BOOST_TEST(reading_kg(box, only(0, 10000)) == 0.0);
    BOOST_TEST(std::fabs(reading_kg(box, only(3, 10000)) - 10000 * 8.0 / 7.0) < oracle_kg);
    std::array<double, 8> even_kg{};
    even_kg.fill(6250);
    BOOST_TEST(std::fabs(reading_kg(box, even_kg) - 50000) < oracle_kg);
    // Dead load of the hinged reference deck: an end cell gone shifts zero by +557 kg.
    constexpr std::array<double, 8> dead_kg{975, 975, 1950, 1950, 1950, 1950, 975, 975};
    BOOST_TEST(std::fabs(reading_kg(box, dead_kg) - 12257.1) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(all_wires_open_read_zero) {
    JunctionBoxModel box;
    box.sourceResistance.assign(2, Resistance{infinite});
    const std::array<BridgeRatio, 2> cells{BridgeRatio{1e-3}, BridgeRatio{1e-3}};
    BOOST_TEST(terminals(box, cells).si() == 0.0);
}

BOOST_AUTO_TEST_CASE(gain_mismatch_shows_where_the_load_stands) {
    // Cell 3L +0.2 %, 2R -0.1 %; 10 t shared by the lever rule.
    struct Row {
        std::array<double, 8> loads_kg;
        double error_kg;
    };
    const std::array<Row, 7> rows{{
        {{4166.67, 4166.67, 833.33, 833.33, 0, 0, 0, 0}, -0.833},
        {{2500, 2500, 2500, 2500, 0, 0, 0, 0}, -2.5},
        {{1410.26, 256.41, 7051.28, 1282.05, 0, 0, 0, 0}, -1.282},
        {{0, 0, 5000, 5000, 0, 0, 0, 0}, -5.0},
        {{0, 0, 2500, 2500, 2500, 2500, 0, 0}, 2.5},
        {{0, 0, 384.62, 2115.38, 1153.85, 6346.15, 0, 0}, 0.192},
        {{0, 0, 0, 0, 1410.26, 256.41, 7051.28, 1282.05}, 2.821},
    }};
    constexpr double printed_kg = 0.001;
    const auto box = boxWithTrim(0);
    for (const Row& row : rows) {
        std::array<double, 8> felt_kg = row.loads_kg;
        felt_kg[4] *= 1.002;
        felt_kg[3] *= 0.999;
        const double error_kg = reading_kg(box, felt_kg) - reading_kg(box, row.loads_kg);
        BOOST_TEST(std::fabs(error_kg - row.error_kg) < printed_kg);
    }
}

BOOST_AUTO_TEST_SUITE_END()
