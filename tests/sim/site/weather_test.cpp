// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/site/weather.h and harmonics.h
#include "sim/site/weather.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "sim/site/air.h"

using namespace jh;

namespace {

SiteModel windy() {
    SiteModel site;
    site.wind.speed = Speed{12.0};
    site.vibration = {{10.0, Speed{0.5e-3}, 0.2}};
    return site;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(weather)

BOOST_AUTO_TEST_CASE(a_site_without_weather_is_still) {
    Weather weather{SiteModel{}, 1};
    BOOST_TEST(weather.still());
    BOOST_TEST(weather.calm());
    weather.advanceTo(1000h);
    BOOST_TEST(weather.ambient().si() == 20.0);
    BOOST_TEST(weather.pressureDeviation().si() == 0.0);
    BOOST_TEST(weather.sunHeating_K(DeckSide::left) == 0.0);
    BOOST_TEST(weather.windSpeed().si() == 0.0);
    BOOST_TEST(weather.deposits_kg_m2() == 0.0);
    BOOST_TEST(weather.baseAcceleration().si() == 0.0);
    // Snow that lies and a steady wind change nothing either.
    SiteModel site;
    site.deposits.snow = Length{0.05};
    site.wind.speed = Speed{5.0};
    site.wind.turbulence = 0.0;
    Weather steady{site, 1};
    BOOST_TEST(steady.still());
    BOOST_TEST(std::fabs(steady.deposits_kg_m2() - 5.0) < 1e-12);
    BOOST_TEST(steady.windSpeed().si() == 5.0);
}

BOOST_AUTO_TEST_CASE(drift_alone_is_the_straight_line_it_was) {
    SiteModel site;
    site.temperature = Temperature{31.7};
    site.temperatureDrift_K_h = -1.3;
    Weather weather{site, 1};
    weather.advanceTo(12'345'678us);
    BOOST_TEST(weather.ambient().si() == 31.7 + -1.3 * seconds(12'345'678us) / 3600.0);
}

BOOST_AUTO_TEST_CASE(a_day_is_warmest_at_three_in_the_afternoon) {
    SiteModel site;
    site.day.amplitude_K = 8.0;
    site.day.start = 9h;
    Weather weather{site, 1};
    BOOST_TEST(std::fabs(weather.ambient().si() - 20.0) < 1e-9);
    weather.advanceTo(6h);
    BOOST_TEST(std::fabs(weather.ambient().si() - 28.0) < 1e-9);
    weather.advanceTo(18h);
    BOOST_TEST(std::fabs(weather.ambient().si() - 12.0) < 1e-9);
    weather.advanceTo(24h);
    BOOST_TEST(std::fabs(weather.ambient().si() - 20.0) < 1e-9);
}

BOOST_AUTO_TEST_CASE(the_sun_goes_from_one_side_to_the_other) {
    SiteModel site;
    site.day.sunHeating_K = 12.0;
    site.day.start = 0h;
    site.day.deckHeading_deg = 0.0;  // left is west
    Weather weather{site, 1};
    BOOST_TEST(weather.sunHeating_K(DeckSide::left) == 0.0);
    weather.advanceTo(9h);
    BOOST_TEST(weather.sunHeating_K(DeckSide::right) > weather.sunHeating_K(DeckSide::left) + 2.0);
    weather.advanceTo(15h);
    BOOST_TEST(weather.sunHeating_K(DeckSide::left) > weather.sunHeating_K(DeckSide::right) + 2.0);
    weather.advanceTo(22h);
    BOOST_TEST(weather.sunHeating_K(DeckSide::left) == 0.0);
    // A side that looks south has all of it at noon, its other side half; tomorrow again.
    site.day.deckHeading_deg = 270.0;
    Weather south{site, 1};
    south.advanceTo(36h);
    BOOST_TEST(std::fabs(south.sunHeating_K(DeckSide::left) - 12.0) < 1e-9);
    BOOST_TEST(std::fabs(south.sunHeating_K(DeckSide::right) - 6.0) < 1e-9);
}

BOOST_AUTO_TEST_CASE(air_pressure_drifts_and_swings) {
    SiteModel site;
    site.air.pressureDrift_Pa_h = 50.0;
    site.air.pressureSwing = Pressure{1000.0};
    site.air.swingPeriod = 96h;
    Weather weather{site, 1};
    BOOST_TEST(weather.pressureDeviation().si() == 0.0);
    weather.advanceTo(24h);
    BOOST_TEST(std::fabs(weather.pressureDeviation().si() - 1200.0 - 1000.0) < 1e-9);
}

BOOST_AUTO_TEST_CASE(wind_has_parts_along_and_across_the_deck) {
    SiteModel site;
    site.wind.speed = Speed{10.0};
    site.wind.turbulence = 0.0;
    site.wind.direction_deg = 90.0;  // from the east
    site.day.deckHeading_deg = 0.0;  // x to the north, y to the west
    const Weather east{site, 1};
    BOOST_TEST(std::fabs(east.windAcross().si() - 10.0) < 1e-12);
    BOOST_TEST(std::fabs(east.windAlong().si()) < 1e-12);
    site.wind.direction_deg = 0.0;
    const Weather north{site, 1};
    BOOST_TEST(std::fabs(north.windAlong().si() + 10.0) < 1e-12);
}

BOOST_AUTO_TEST_CASE(ten_hertz_at_half_a_millimetre_a_second_is_three_thousandths_of_g) {
    SiteModel site;
    site.vibration = {{10.0, Speed{0.5e-3}, 0.0}};
    Weather weather{site, 1};
    double most = 0.0, squares = 0.0;
    for (int i = 0; i < 10'000; ++i) {
        weather.advanceTo(1ms * i);
        most = std::max(most, std::fabs(weather.baseAcceleration().si()));
        squares += weather.baseAcceleration().si() * weather.baseAcceleration().si() / 10'000;
    }
    BOOST_TEST(std::fabs(most / 9.80665 - 0.0032) < 0.00005);
    // A band has the energy of the tone.
    site.vibration[0].relativeWidth = 0.3;
    double energy = 0.0;
    for (const Harmonic& line : shakingLines(site.vibration, 1)) {
        energy += 0.5 * line.amplitude * line.amplitude;
        BOOST_TEST(line.frequency_Hz >= 8.5);
        BOOST_TEST(line.frequency_Hz <= 11.5);
    }
    BOOST_TEST(std::fabs(energy / squares - 1.0) < 0.03);
}

BOOST_AUTO_TEST_CASE(air_grows_thinner_as_it_warms) {
    SiteModel site;
    site.temperatureDrift_K_h = 10.0;
    Weather weather{site, 1};
    BOOST_TEST(weather.air().si() ==
               airDensity(Temperature{20.0}, site.air.pressure, site.air.humidity).si());
    weather.advanceTo(1h + 400ms);
    // It follows once a second: to some millionths.
    const Density warmer = airDensity(Temperature{30.0}, site.air.pressure, site.air.humidity);
    BOOST_TEST(std::fabs(weather.air() / warmer - 1.0) < 1e-5);
}

BOOST_AUTO_TEST_CASE(weather_depends_on_the_time_and_not_on_the_way_there) {
    SiteModel site = windy();
    site.day.amplitude_K = 8.0;
    Weather often{site, 7}, seldom{site, 7}, other{site, 8};
    for (SimTime t{}; t <= 40s; t += 7ms) often.advanceTo(t);
    for (const SimTime t : {41s, 100s}) {
        for (Weather* w : {&often, &seldom, &other}) w->advanceTo(t);
        BOOST_TEST(often.windSpeed().si() == seldom.windSpeed().si());
        BOOST_TEST(often.air().si() == seldom.air().si());
        BOOST_TEST(often.baseAcceleration().si() == seldom.baseAcceleration().si());
        BOOST_TEST(often.windSpeed().si() != other.windSpeed().si());
    }
    Hash a, b;
    often.hashInto(a);
    seldom.hashInto(b);
    BOOST_TEST(a.value() == b.value());
}

BOOST_AUTO_TEST_CASE(turned_hands_keep_to_the_cosine) {
    const std::vector<Harmonic> lines{{0.013, 2.0, 0.1}, {0.7, 1.0, 0.6}, {9.7, 0.5, 0.9}};
    HarmonicSum sum{lines, 10ms};
    double worst = 0.0;
    for (int i = 0; i < 5000; ++i) {
        double exact = 0.0;
        for (const Harmonic& line : lines) {
            const double turns = line.frequency_Hz * 0.01 * i + line.phaseInTurns;
            exact += line.amplitude * std::cos(2.0 * std::acos(-1.0) * turns);
        }
        worst = std::max(worst, std::fabs(sum.at(10ms * i) - exact));
    }
    BOOST_TEST(worst < 1e-11);
}

BOOST_AUTO_TEST_SUITE_END()
