// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/site/wind_force.h, gust_spectrum.h and the gusts of weather.h
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <tuple>

#include "sim/site/gust_spectrum.h"
#include "sim/site/weather.h"
#include "sim/site/wind_force.h"
#include "tests/support/gusts.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr Area deck{54.0};

double weight_kg(Force force) {
    return massOf(force, standardGravity).si();
}

WindModel windOf(double speed_m_s, GustSpectrum spectrum = GustSpectrum::davenport) {
    WindModel wind;
    wind.speed = Speed{speed_m_s};
    wind.spectrum = spectrum;
    return wind;
}

/// Of the energy of the lines, the share above a frequency and the sum, in (m/s)2.
std::pair<double, double> energyOf(const std::vector<Harmonic>& lines, double above_Hz) {
    double above = 0.0, all = 0.0;
    for (const Harmonic& line : lines) {
        const double energy = 0.5 * line.amplitude * line.amplitude;
        all += energy;
        if (line.frequency_Hz > above_Hz) above += energy;
    }
    return {above / all, all};
}

const GustSpectrum spectra[]{GustSpectrum::kaimal, GustSpectrum::davenport,
                             GustSpectrum::vonKarman};

}  // namespace

namespace jh {
std::ostream& operator<<(std::ostream& os, GustSpectrum spectrum) {
    return os << static_cast<int>(spectrum);
}
}  // namespace jh

BOOST_AUTO_TEST_SUITE(wind)

BOOST_AUTO_TEST_CASE(forces_on_deck_and_truck_are_those_of_the_table) {
    for (const auto& [speed_m_s, deck_kg] :
         {std::pair{5.0, 17.0}, {10.0, 67.0}, {15.0, 152.0}, {20.0, 270.0}}) {
        const Force press = windForce(standardAir, Speed{speed_m_s}, deckCoefficient, deck);
        BOOST_TEST_MESSAGE(speed_m_s << " m/s on the deck: " << weight_kg(press) << " kg");
        BOOST_TEST(std::fabs(weight_kg(press) / deck_kg - 1.0) < 0.01);
    }
    for (const auto& [speed_m_s, gentle_kg, worst_kg, side_N] : {std::tuple{5.0, 7.8, 29.0, 735.0},
                                                                 {10.0, 31.0, 116.0, 2940.0},
                                                                 {15.0, 70.0, 261.0, 6615.0}}) {
        const Speed speed{speed_m_s};
        const auto lift_kg = [&](double c) {
            return weight_kg(windForce(standardAir, speed, c, truckReference));
        };
        BOOST_TEST(std::fabs(lift_kg(0.5) / gentle_kg - 1.0) < 0.01);
        BOOST_TEST(std::fabs(lift_kg(truckLiftCoefficient(30.0)) / worst_kg - 1.0) < 0.01);
        const Force side = windForce(standardAir, speed, truckSideCoefficient, truckSide);
        BOOST_TEST(std::fabs(side.si() - side_N) < 0.5);
    }
    const Force side = windForce(standardAir, Speed{10}, truckSideCoefficient, truckSide);
    BOOST_TEST(std::fabs(weight_kg(movedAcross(side, truckSideHeight, Length{2.6})) - 254) < 0.5);
    // Against the wind is against the wind.
    BOOST_TEST(windForce(standardAir, Speed{-10}, 1.2, truckSide).si() == -side.si());
}

BOOST_AUTO_TEST_CASE(coefficients_of_a_lorry) {
    BOOST_TEST(std::fabs(truckLiftCoefficient(30.0) - 1.86) < 1e-12);
    BOOST_TEST(std::fabs(truckLiftCoefficient(0.0) - 0.93) < 1e-12);
    BOOST_TEST(truckSideForceCoefficient(0.0) == 0.0);
    BOOST_TEST(std::fabs(truckSideForceCoefficient(90.0) - 5.2 * std::pow(std::acos(0.0), 0.382)) <
               1e-12);
}

BOOST_DATA_TEST_CASE(a_spectrum_holds_all_the_energy, bdata::make(spectra), spectrum) {
    const WindModel wind = windOf(10.0, spectrum);
    double sum = 0.0;
    constexpr int steps = 23'026;  // of a thousandth in ln n: 1e-6 to 1e4 Hz
    for (int i = 0; i < steps; ++i) {
        sum += gustEnergy(wind, 1e-6 * std::exp(i * 1e-3)) * 1e-3;
    }
    BOOST_TEST(std::fabs(sum - 1.0) < 0.01);
}

BOOST_DATA_TEST_CASE(the_lines_have_the_energy_of_the_formula, bdata::make(spectra), spectrum) {
    for (const double speed_m_s : {5.0, 10.0, 15.0}) {
        WindModel wind = windOf(speed_m_s, spectrum);
        for (const bool averaged : {false, true}) {
            wind.gustSize = Length{averaged ? 7.35 : 0.0};
            // At the border between two lines, so that no line is torn.
            const double border_Hz = 1e-3 * std::pow(1e4, 27.0 / 40.0);
            BOOST_TEST_REQUIRE(std::fabs(border_Hz - 0.5) < 0.01);
            const auto [above, variance] = energyOf(gustLines(wind, 1), border_Hz);
            const double formula = shareOfFormula(wind, border_Hz, averaged);
            BOOST_TEST(std::fabs(above / formula - 1.0) < 0.01);
            BOOST_TEST_MESSAGE(spectrum << ", " << speed_m_s << " m/s, "
                                        << (averaged ? "deck: " : "point: ") << 100 * above
                                        << " % above 0.5 Hz");
            // What a point feels has the variance (I U)^2 but for the ends of the band.
            const double ideal = std::pow(wind.turbulence * speed_m_s, 2);
            if (!averaged) {
                BOOST_TEST(variance < ideal);
                BOOST_TEST(variance > 0.9 * ideal);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(above_half_a_hertz_a_deck_feels_two_percent) {
    // Strong wind on 54 m2; the figure of the handbooks leaves the wind speed open.
    const double share = shareOfFormula(windOf(15.0), 0.5, true);
    BOOST_TEST(std::fabs(share - 0.02) < 0.003);
}

BOOST_AUTO_TEST_CASE(gusts_in_time_have_variance_and_effect_of_the_formula) {
    SiteModel site;
    site.wind = windOf(10.0);
    Weather weather{site, 3};
    BOOST_TEST(!weather.still());
    double mean = 0.0, squares = 0.0, force_kg = 0.0, forceSquares = 0.0;
    constexpr int samples = 200'000;  // every 100 ms for five and a half hours
    for (int i = 0; i < samples; ++i) {
        weather.advanceTo(100ms * i);
        const Speed speed = weather.windSpeed();
        mean += speed.si() / samples;
        squares += speed.si() * speed.si() / samples;
        const double f_kg = weight_kg(windForce(standardAir, speed, deckCoefficient, deck));
        force_kg += f_kg / samples;
        forceSquares += f_kg * f_kg / samples;
    }
    const double variance = energyOf(gustLines(site.wind, 3), 0.0).second;
    BOOST_TEST(std::fabs(mean - 10.0) < 0.1);
    BOOST_TEST(std::fabs((squares - mean * mean) / variance - 1.0) < 0.05);
    // 2 I times the mean effect, some +-25 kg.
    const double rms_kg = std::sqrt(forceSquares - force_kg * force_kg);
    const double felt = std::sqrt(variance) / 10.0;
    BOOST_TEST_MESSAGE("deck at 10 m/s: " << force_kg << " +- " << rms_kg << " kg, I felt "
                                          << felt);
    BOOST_TEST(std::fabs(rms_kg / (2.0 * felt * 67.4) - 1.0) < 0.05);
    BOOST_TEST(std::fabs(rms_kg - 25.0) < 2.0);
}

BOOST_AUTO_TEST_SUITE_END()
