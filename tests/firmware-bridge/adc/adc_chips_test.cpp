// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/adc_chips.h and adc_chip.h
#include "firmware-bridge/adc/adc_chips.h"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace jh;

BOOST_AUTO_TEST_SUITE(adc_chips)

BOOST_AUTO_TEST_CASE(every_kind_is_made_and_no_other) {
    for (const auto kind : adcChipKinds) {
        const auto chip = makeAdcChip(kind, 10);
        BOOST_REQUIRE(chip);
        std::set<std::string_view> names;
        bool output = false;
        for (std::size_t i = 0; i < chip->pins().size(); ++i) {
            const auto& pin = chip->pins()[i];
            names.insert(pin.name);
            output = output || pin.drivenByChip;
            if (pin.drivenByChip) BOOST_TEST(chip->level(i) == pin.level);
        }
        BOOST_TEST(names.size() == chip->pins().size());
        BOOST_TEST(output);
    }
    for (const char* wrong : {"", "HX711", "hx710", "cs553"}) BOOST_TEST(!makeAdcChip(wrong, 10));
    BOOST_TEST(makeAdcChip("cs5530", 10)->pins().size() == 4U);
}

BOOST_AUTO_TEST_CASE(scaling_rounds_halves_away_from_zero) {
    BOOST_TEST(scaled(5, 1, 2) == 3);
    BOOST_TEST(scaled(-5, 1, 2) == -3);
    BOOST_TEST(scaled(5, 1, 3) == 2);
    BOOST_TEST(scaled(4, 1, 3) == 1);
    BOOST_TEST(scaled(-4, 1, 3) == -1);
    BOOST_TEST(scaled(0, 7, 2) == 0);
    BOOST_TEST(scaled(1'000'000'000'000'000, 1, 128) == (std::int64_t{1} << 25));
    BOOST_TEST(limited(0x800000) == 0x7FFFFF);
    BOOST_TEST(limited(-0x800001) == -0x800000);
}

BOOST_AUTO_TEST_SUITE_END()
