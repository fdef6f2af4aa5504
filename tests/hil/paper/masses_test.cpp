// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/paper/masses.h
#include "hil/paper/masses.h"

#include <boost/test/unit_test.hpp>

using namespace jh;

BOOST_AUTO_TEST_SUITE(masses)

BOOST_AUTO_TEST_CASE(kilograms_are_written_as_they_are) {
    const Masses kg{"kg"};
    BOOST_TEST(kg.text(ExactMass::kg(14200)) == "14200 kg");
    BOOST_TEST(kg.number(ExactMass::g(-2500)) == "−2.5");
    BOOST_TEST(kg.number(std::nullopt) == "");
    BOOST_TEST(kg.error(ExactMass::kg(4)) == "+4");
    BOOST_TEST(kg.error(ExactMass{}) == "0");
    BOOST_TEST(kg.error(ExactMass::g(-20)) == "−0.02");
}

BOOST_AUTO_TEST_CASE(pounds_come_out_whole_where_they_went_in_whole) {
    const Masses lb{"lb"};
    // 1 lb = 0.45359237 kg; the mass is whole milligrams.
    BOOST_TEST(lb.text(ExactMass::mg(9'071'847'400)) == "20000 lb");
    BOOST_TEST(lb.error(ExactMass::mg(-4'535'924)) == "−10");
    BOOST_TEST(lb.number(ExactMass::kg(1)) == "2.205");
}

BOOST_AUTO_TEST_CASE(intervals_have_a_sign) {
    BOOST_TEST(inIntervals(ExactMass::kg(5), ExactMass::kg(20)) == "+0.25");
    BOOST_TEST(inIntervals(ExactMass::kg(-2), ExactMass::kg(20)) == "−0.1");
    BOOST_TEST(inIntervals(ExactMass{}, ExactMass::kg(20)) == "0");
}

BOOST_AUTO_TEST_SUITE_END()
