// Tests for firmware-bridge/adc/ads1232.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/ads1232.h"

#include <cmath>

#include <boost/test/unit_test.hpp>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {
namespace {

// 8 cells of 30 t, 2 mV/V: 2/240000 mV/V per kg.
constexpr BridgeRatio ratioOf_kg(double kg) {
    return BridgeRatio{kg * 2e-3 / 240'000.0};
}

BOOST_AUTO_TEST_SUITE(ads1232)

BOOST_AUTO_TEST_CASE(one_code_is_2_33_nanovolts) {
    const Ads1232Model m;
    const double lsb_V = 2.5 / 128 / 8'388'608.0;
    BOOST_TEST(std::abs(lsb_V - 2.33e-9) < 0.005e-9);
    BOOST_TEST(convert(m, BridgeRatio{lsb_V / 5.0 * 0.49}, 0) == 0);
    BOOST_TEST(convert(m, BridgeRatio{lsb_V / 5.0 * 0.51}, 0) == 1);
    BOOST_TEST(convert(m, BridgeRatio{lsb_V / 5.0 * -0.51}, 0) == -1);
}

BOOST_AUTO_TEST_CASE(an_interval_of_20_kg_is_358_codes) {
    const Ads1232Model m;
    BOOST_TEST(20.0 * 2e-3 / 240'000.0 * 5.0 == 0.833e-6, boost::test_tools::tolerance(1e-3));
    BOOST_TEST(convert(m, ratioOf_kg(20), 0) == 358);
    BOOST_TEST(convert(m, ratioOf_kg(100'000), 0) == 1'789'570);
}

BOOST_AUTO_TEST_CASE(saturates_at_both_ends) {
    const Ads1232Model m;
    const double end = 2.5 / 128 / 5.0;  // 19.5 mV
    BOOST_TEST(limited(convert(m, BridgeRatio{end * 0.999'999}, 0)) < 0x7FFFFF);
    BOOST_TEST(limited(convert(m, BridgeRatio{end}, 0)) == 0x7FFFFF);
    BOOST_TEST(limited(convert(m, BridgeRatio{1.0}, 0)) == 0x7FFFFF);
    BOOST_TEST(limited(convert(m, BridgeRatio{-end * 0.999'999}, 0)) > -0x800000);
    BOOST_TEST(limited(convert(m, BridgeRatio{-end}, 0)) == -0x800000);
    BOOST_TEST(limited(convert(m, BridgeRatio{-1.0}, 0)) == -0x800000);
}

BOOST_AUTO_TEST_CASE(noise_is_a_fiftieth_of_an_interval_at_ten_per_second) {
    Ads1232Model m;
    const double perSigma_e = limited(convert(m, BridgeRatio{}, 100)) / 100.0 / 357.9;
    BOOST_TEST(perSigma_e == 0.0204, boost::test_tools::tolerance(0.01));
    m.rate_Hz = 80;
    const double fast_e = limited(convert(m, BridgeRatio{}, 100)) / 100.0 / 357.9;
    BOOST_TEST(fast_e == 0.0528, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(a_common_supply_cancels_and_a_drifting_reference_does_not) {
    Ads1232Model m;
    m.excitation = m.reference = Voltage{4.5};
    BOOST_TEST(convert(m, ratioOf_kg(100'000), 0) == 1'789'570);
    m.reference = Voltage{4.5 * 1.001};
    BOOST_TEST(std::abs(convert(m, ratioOf_kg(100'000), 0) - 1'787'782) <= 1);
}

BOOST_AUTO_TEST_CASE(period_is_whole_nanoseconds) {
    Ads1232Model m;
    BOOST_TEST(m.period().count() == 100'000'000);
    m.rate_Hz = 80;
    BOOST_TEST(m.period().count() == 12'500'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
