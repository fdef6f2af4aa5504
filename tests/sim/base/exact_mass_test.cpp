// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/base/exact_mass.h
#include "sim/base/exact_mass.h"

#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace jh;

namespace {

// rapidcheck seeds itself from the clock unless told otherwise; a caller may say more.
bool holds(const char* law, auto property) {
    setenv("RC_PARAMS", "seed=20240229", 0);
    return rc::check(law, property);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exact_mass)

BOOST_AUTO_TEST_CASE(text_and_mass_are_two_ways_to_write_the_same) {
    BOOST_TEST(holds("parseKg undoes kgText", [] {
        const auto mg = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
        RC_ASSERT(ExactMass::parseKg(ExactMass::mg(mg).kgText()) == ExactMass::mg(mg));
    }));
    BOOST_TEST(holds("nearest undoes mass", [] {
        const auto mg = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
        RC_ASSERT(ExactMass::nearest(ExactMass::mg(mg).mass()) == ExactMass::mg(mg));
    }));
}

BOOST_AUTO_TEST_CASE(plain_decimals_are_read) {
    BOOST_TEST((ExactMass::parseKg("100000") == ExactMass::kg(100000)));
    BOOST_TEST((ExactMass::parseKg("-2.5") == ExactMass::g(-2500)));
    BOOST_TEST((ExactMass::parseKg("0.000001") == ExactMass::mg(1)));
    for (const char* wrong : {"", "-", ".", "1.", ".5", "1e3", "+1", "1,5", "0.000000001", " 1",
                              "1 kg", "--1", "1.2.3", "12345678901"}) {
        BOOST_TEST_CONTEXT("\"" << wrong << "\"") {
            BOOST_TEST(!ExactMass::parseKg(wrong).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(shortest_text_is_written) {
    BOOST_TEST(ExactMass::kg(20).kgText() == "20");
    BOOST_TEST(ExactMass::g(-2500).kgText() == "-2.5");
    BOOST_TEST(ExactMass::g(1).kgText() == "0.001");
    BOOST_TEST(ExactMass{}.kgText() == "0");
}

BOOST_AUTO_TEST_CASE(rounding_goes_to_the_nearest_and_ties_away_from_zero) {
    BOOST_TEST(ExactMass::g(12345).kgText(2) == "12.35");
    BOOST_TEST(ExactMass::g(-12345).kgText(2) == "-12.35");
    BOOST_TEST(ExactMass::g(12344).kgText(2) == "12.34");
    BOOST_TEST(ExactMass::g(500).kgText(0) == "1");
    BOOST_TEST(ExactMass::g(499).kgText(0) == "0");
    BOOST_TEST(ExactMass::kg(3).kgText(3) == "3.000");
}

BOOST_AUTO_TEST_CASE(sums_are_exact) {
    ExactMass total;
    for (int i = 0; i < 1000; ++i) total += ExactMass::g(100);
    BOOST_TEST((total == ExactMass::kg(100)));
    BOOST_TEST(((-total).abs() == total));
    BOOST_TEST(total.wholeParts(ExactMass::kg(7)) == 14);
    BOOST_TEST((ExactMass::kg(20).dividedBy(10) == ExactMass::kg(2)));
}

// A pound is 0.45359237 kg by definition.
BOOST_AUTO_TEST_CASE(pounds_are_exact) {
    BOOST_TEST(ExactMass::lb(1).kgText() == "0.45359237");
    BOOST_TEST((500 * ExactMass::lb(20) == ExactMass::lb(10'000)));
    BOOST_TEST(ExactMass::lb(200'000).wholeParts(ExactMass::lb(20)) == 10'000);
    BOOST_TEST((ExactMass::lb(20).times(1, 4) == ExactMass::lb(5)));
    BOOST_TEST(ExactMass::lb(-200'000).text(MassUnit::lb) == "-200000");
    BOOST_TEST(ExactMass::lb(1).times(1, 2).text(MassUnit::lb, 3) == "0.500");
    BOOST_TEST(ExactMass::kg(1).text(MassUnit::lb) == "2.204623");
    BOOST_TEST(ExactMass::kg(-1).text(MassUnit::lb, 2) == "-2.20");
    BOOST_TEST(ExactMass::kg(3).text(MassUnit::kg) == "3");
    BOOST_TEST((ExactMass::parse("-200000", MassUnit::lb) == ExactMass::lb(-200'000)));
    BOOST_TEST((ExactMass::parse("0.5", MassUnit::lb) == ExactMass::tenUg(22'679'619)));
    BOOST_TEST((ExactMass::parse("2.5", MassUnit::kg) == ExactMass::g(2500)));
}

BOOST_AUTO_TEST_SUITE_END()
