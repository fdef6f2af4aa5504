// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/site/deposits.h
#include "sim/site/deposits.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace jh;

namespace {

constexpr double deck_m2 = 54.0, onePercent = 0.01;

double onDeck_kg(const SiteModel& site, SimTime t = {}) {
    return deposits_kg_m2(site, t) * deck_m2;
}

bool near(double got, double expected) {
    return std::fabs(got / expected - 1.0) < onePercent;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deposits)

BOOST_AUTO_TEST_CASE(rain_of_20_mm_in_the_hour_brings_18_kg_a_minute_until_it_runs_off) {
    SiteModel site;
    site.rain.rate_mm_h = 20.0;
    site.rain.film = Length{5e-3};
    site.rain.duration = 1h;
    site.rain.drying_mm_h = 1.0;
    BOOST_TEST(near(onDeck_kg(site, 1min), 18.0));
    BOOST_TEST(near(onDeck_kg(site, 10min), 180.0));
    site.rain.film = Length{1e-3};
    BOOST_TEST(near(onDeck_kg(site, 10min), 54.0));
    // It dries afterwards, a millimetre in an hour.
    BOOST_TEST(near(onDeck_kg(site, 90min), 27.0));
    BOOST_TEST(onDeck_kg(site, 3h) == 0.0);
    site.rain.start = 10min;
    BOOST_TEST(onDeck_kg(site, 10min) == 0.0);
    BOOST_TEST(near(onDeck_kg(site, 11min), 18.0));
}

BOOST_AUTO_TEST_CASE(snow_ice_and_mud) {
    SiteModel site;
    BOOST_TEST(onDeck_kg(site) == 0.0);
    site.deposits.snow = Length{50e-3};
    BOOST_TEST(near(onDeck_kg(site), 270.0));
    site.deposits.snowDensity = Density{350.0};
    BOOST_TEST(near(onDeck_kg(site), 945.0));
    site.deposits.snow = {};
    site.deposits.ice = Length{3e-3};
    BOOST_TEST(near(onDeck_kg(site), 146.0));
    site.deposits.ice = {};
    site.deposits.mud = Length{2e-3};
    // 34.56 kg, printed as 35.
    BOOST_TEST(std::fabs(onDeck_kg(site) - 35.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(snow_falls_on) {
    SiteModel site;
    BOOST_TEST(!depositsChange(site));
    site.deposits.snowfall_mm_h = 10.0;
    BOOST_TEST(depositsChange(site));
    BOOST_TEST(near(onDeck_kg(site, 5h), 270.0));
}

BOOST_AUTO_TEST_SUITE_END()
