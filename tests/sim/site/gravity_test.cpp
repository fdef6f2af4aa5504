// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/site/gravity.h
#include "sim/site/gravity.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace jh;

BOOST_AUTO_TEST_SUITE(gravity)

BOOST_AUTO_TEST_CASE(the_worked_value_of_welmec_to_its_last_digit) {
    const double g = normalGravity(52.3, Length{80.0}).si();
    BOOST_TEST_MESSAGE("g(52.3 deg, 80 m) off by " << g - 9.812483709897048);
    BOOST_TEST(std::fabs(g - 9.812483709897048) < 2e-15);
    BOOST_TEST(normalGravity(-52.3, Length{80.0}).si() == g);
}

BOOST_AUTO_TEST_CASE(the_earth_s_figure_within_the_older_formula) {
    // Somigliana (WGS 84): equator, 45 degrees, pole; WELMEC's formula is the older one.
    BOOST_TEST(std::fabs(normalGravity(0.0, {}).si() - 9.7803253359) < 2e-5);
    BOOST_TEST(std::fabs(normalGravity(45.0, {}).si() - 9.8061977694) < 2e-5);
    BOOST_TEST(std::fabs(normalGravity(90.0, {}).si() - 9.8321849379) < 2e-5);
}

BOOST_AUTO_TEST_CASE(a_scale_adjusted_in_beijing_and_used_elsewhere) {
    const Acceleration beijing = normalGravity(39.9, Length{44.0});
    struct City {
        const char* name;
        double latitude_deg, height_m, error_kg;
    };
    // Shown minus true at 50 t, whole kilograms.
    for (const City& city : {City{"Haikou", 20.03, 15, -77}, City{"Guangzhou", 23.13, 20, -68},
                             City{"Shanghai", 31.23, 4, -37}, City{"Harbin", 45.80, 120, 26},
                             City{"Kunming", 25.04, 1892, -91}, City{"Lhasa", 29.65, 3650, -101}}) {
        const Acceleration there = normalGravity(city.latitude_deg, Length{city.height_m});
        const double error_kg = (there / beijing - 1.0) * 50'000;
        BOOST_TEST_MESSAGE(city.name << ": " << error_kg << " kg");
        BOOST_TEST(std::fabs(error_kg / city.error_kg - 1.0) < 0.01);
    }
}

BOOST_AUTO_TEST_SUITE_END()
