// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/cli/reference_readings.h, source_keys.h
#include "hil/cli/reference_readings.h"

#include <boost/test/unit_test.hpp>

#include "hil/cli/source_keys.h"
#include "hil/scenario/load.h"

using namespace jh;

BOOST_AUTO_TEST_SUITE(reference_readings)

BOOST_AUTO_TEST_CASE(a_reading_is_in_millivolts_a_volt_unless_it_says_so) {
    BOOST_TEST(parseSignal("1.00002 mV/V").value().si() == 1.00002e-3);
    BOOST_TEST(parseSignal(" -0.5\r").value().si() == -0.5e-3);
    BOOST_TEST(parseSignal("1.00002e-3 V/V").value().si() == 1.00002e-3);
    for (const char* wrong : {"", "one", "1,00002", "1 mV", "1.0.0", "mV/V", "1 2"}) {
        BOOST_TEST(!parseSignal(wrong).has_value(), wrong);
    }
}

BOOST_AUTO_TEST_CASE(rows_have_what_was_asked_for_and_what_was_read) {
    const auto rows = parseReadings(
                          "asked,read\n# warm since 8:00\n0.5, 0.50001 # first\n\n"
                          "1 mV/V,0.00100003 V/V\r\n2,2.1",
                          "f")
                          .value();
    BOOST_TEST_REQUIRE(rows.size() == 3u);
    BOOST_TEST(rows[0].asked.si() == 0.5e-3);
    BOOST_TEST(rows[0].read.si() == 0.50001e-3);
    BOOST_TEST(rows[1].asked.si() == 1e-3);
    BOOST_TEST(rows[1].read.si() == 1.00003e-3);
    BOOST_TEST(rows[2].read.si() == 2.1e-3);
}

BOOST_AUTO_TEST_CASE(every_wrong_row_is_named) {
    const auto rows = parseReadings("1\n1;2\nabc\n2,\n", "sheet.csv");
    BOOST_TEST_REQUIRE(!rows.has_value());
    BOOST_TEST_REQUIRE(rows.error().size() == 4u);
    BOOST_TEST(rows.error()[2].text().find("sheet.csv:3:1: \"abc\"") == 0u);
    BOOST_TEST(parseReadings("# nothing\n", "f").error()[0].message == "holds no reading");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(source_keys)

namespace {

SourceCalibration sample() {
    SourceCalibration found;
    found.offset = BridgeRatio{-3.00000012e-10};
    found.gainError = 200.0004e-6;
    found.offsetUncertainty = BridgeRatio{1.21e-12};
    found.gainUncertainty = 10.05e-6;
    return found;
}

}  // namespace

// A step of 2e-7 mV/V: the offset to 2e-9, that is nine places.
BOOST_AUTO_TEST_CASE(keys_hold_what_a_profile_can_use) {
    const auto keys =
        calibrationKeys(sample(), BridgeRatio{2e-10}, {"2026-03-10", "our workshop", ""});
    BOOST_TEST(yamlText(keys) ==
               "offset: -0.0000003 mV/V\n"
               "gain_error: 200 ppm\n"
               "offset_uncertainty: 0.0000000013 mV/V\n"
               "gain_uncertainty: 11 ppm\n"
               "calibrated: 2026-03-10\n"
               "calibrated_by: \"our workshop\"\n");
}

BOOST_AUTO_TEST_CASE(uncertainties_are_rounded_up_and_whole_ones_stay) {
    SourceCalibration found = sample();
    for (const auto& [ppm, text] : {std::pair{10.0, "10 ppm"}, std::pair{0.0, "0 ppm"},
                                    std::pair{0.101, "0.11 ppm"}, std::pair{123.0, "130 ppm"}}) {
        found.gainUncertainty = ppm * 1e-6;
        BOOST_TEST(calibrationKeys(found, BridgeRatio{2e-10}, {}).at(3).value == text);
    }
}

BOOST_AUTO_TEST_CASE(a_profile_keeps_its_comments_and_gets_the_keys) {
    const std::string text =
        "# A source.\njianheng: signal_source\nextends: sources/bridge-simulator-24bit.yaml\n"
        "gain_error: 7 ppm  # last year\ncalibrated_by: \"somebody\"\nsettling: 30 ms # measured\n";
    const auto keys =
        calibrationKeys(sample(), BridgeRatio{2e-10}, {"2026-03-10", "", "meter \"7\" \\ 26-077"});
    const std::string changed = withKeys(text, keys);
    BOOST_TEST(changed.find("# A source.\njianheng: signal_source\n") == 0u);
    BOOST_TEST(changed.find("settling: 30 ms # measured\n") != std::string::npos);
    BOOST_TEST(changed.find("somebody") == std::string::npos);
    const auto profile = parseSignalSource(changed, "changed.yaml");
    BOOST_TEST_REQUIRE(profile.has_value());
    BOOST_TEST(profile->gainError == 200e-6);
    BOOST_TEST(profile->offset.si() == -3e-10);
    BOOST_TEST(profile->gainUncertainty == 11e-6);
    BOOST_TEST(profile->offsetUncertainty.si() == 1.3e-12);
    BOOST_TEST(profile->calibrated == "2026-03-10");
    BOOST_TEST(profile->calibratedBy == "");
    BOOST_TEST(profile->reference == "meter \"7\" \\ 26-077");
}

BOOST_AUTO_TEST_SUITE_END()
