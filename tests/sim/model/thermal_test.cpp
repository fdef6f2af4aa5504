// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/model/thermal.h
#include "sim/model/thermal.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace jh;

BOOST_AUTO_TEST_SUITE(thermal)

BOOST_AUTO_TEST_CASE(a_deck_of_18_m_grows_8_6_mm_in_40_K) {
    BOOST_TEST(std::fabs(thermalGrowth(Length{18.0}, 40.0).si() - 8.6e-3) < 0.05e-3);
}

BOOST_AUTO_TEST_CASE(a_span_of_6_m_bows_1_35_mm_under_10_K_over_0_4_m) {
    BOOST_TEST(std::fabs(thermalBow(Length{6.0}, Length{0.4}, 10.0).si() - 1.35e-3) < 0.005e-3);
}

BOOST_AUTO_TEST_SUITE_END()
