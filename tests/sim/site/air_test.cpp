// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/site/air.h
#include "sim/site/air.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace jh;

BOOST_AUTO_TEST_SUITE(air)

BOOST_AUTO_TEST_CASE(density_of_usual_air) {
    // CIPM-2007: 20 degC, 101325 Pa, 50 %: 1.1992 kg/m3; dry at 0 degC: 1.2931 kg/m3.
    BOOST_TEST(std::fabs(airDensity(Temperature{20}, Pressure{101325}, 0.5).si() - 1.1992) < 3e-4);
    BOOST_TEST(std::fabs(airDensity(Temperature{0}, Pressure{101325}, 0.0).si() - 1.2931) < 5e-4);
}

BOOST_AUTO_TEST_CASE(pressure_falls_with_height) {
    BOOST_TEST(usualPressure({}).si() == 101'325.0);
    // 1.2 exp(-(1.2/101325) 9.8 H): the same law for density.
    BOOST_TEST(std::fabs(usualPressure(Length{3650}).si() / 101'325.0 -
                         std::exp(-1.2 / 101'325.0 * 9.8 * 3650)) < 1e-12);
}

BOOST_AUTO_TEST_CASE(goods_weigh_less_in_air_than_weights_do) {
    // Goods of 1000 kg/m3 against steel weights: -0.105 %.
    const double factor = buoyancyFactor(Density{1.2}, Density{1000});
    BOOST_TEST(std::fabs((factor - 1.0) * 100 + 0.105) < 0.0005);
    BOOST_TEST(buoyancyFactor(Density{1.1}, Density{8000}) == 1.0);
    // From 1.2 to 1.15 kg/m3 the reading of water changes by +4.4e-5, 0.9 kg in 20 t.
    const double change = buoyancyFactor(Density{1.15}, Density{1000}) - factor;
    BOOST_TEST(std::fabs(change - 4.4e-5) < 0.05e-5);
    BOOST_TEST(std::fabs(change * 20'000 - 0.9) < 0.05);
    // Iron weights where the air has 1.0 kg/m3: 2.8e-6.
    const double iron =
        buoyancyFactor(Density{1.0}, Density{7200}) - buoyancyFactor(Density{1.2}, Density{7200});
    BOOST_TEST(std::fabs(iron - 2.8e-6) < 0.05e-6);
}

BOOST_AUTO_TEST_SUITE_END()
