// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/model/weights_model.h
#include "sim/model/weights_model.h"

#include <array>
#include <boost/test/unit_test.hpp>

using namespace jh;

namespace {

struct Row {
    int nominal_kg;
    std::array<int, 5> mpe_g;  // M1, M1-2, M2, M2-3, M3
};

// OIML R 111-1:2004, Table 1.
constexpr std::array<Row, 7> table{{{50, {0, 5, 8, 16, 25}},  // M1 is 2.5 g, below
                                    {100, {5, 10, 16, 30, 50}},
                                    {200, {10, 20, 30, 60, 100}},
                                    {500, {25, 50, 80, 160, 250}},
                                    {1000, {50, 100, 160, 300, 500}},
                                    {2000, {100, 200, 300, 600, 1000}},
                                    {5000, {250, 500, 800, 1600, 2500}}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(weights_model)

BOOST_AUTO_TEST_CASE(limits_are_those_of_the_table) {
    for (const Row& row : table) {
        for (std::size_t c = 0; c < 5; ++c) {
            if (row.mpe_g[c] == 0) continue;
            BOOST_TEST_CONTEXT(row.nominal_kg << " kg, class " << c) {
                const ExactMass mpe =
                    weightMpe(static_cast<WeightClass>(c), ExactMass::kg(row.nominal_kg));
                BOOST_TEST(mpe.kgText() == ExactMass::g(row.mpe_g[c]).kgText());
            }
        }
    }
    BOOST_TEST(weightMpe(WeightClass::M1, ExactMass::kg(50)).inMg() == 2500);
    BOOST_TEST(weightMpe(WeightClass::M1, ExactMass::kg(20)).inMg() == 1000);
    BOOST_TEST(weightMpe(WeightClass::M2, ExactMass::kg(20)).inMg() == 3000);
    BOOST_TEST(weightMpe(WeightClass::M3, ExactMass::kg(20)).inMg() == 10000);
}

BOOST_AUTO_TEST_CASE(between_rows_the_limit_grows_with_the_weight) {
    BOOST_TEST(weightMpe(WeightClass::M1, ExactMass::kg(25)).inMg() == 1250);
    BOOST_TEST(weightMpe(WeightClass::M1, ExactMass::kg(1500)).inMg() == 75000);
}

BOOST_AUTO_TEST_SUITE_END()
