// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/baseline.h
#include <boost/test/unit_test.hpp>

#include "hil/suite/baseline.h"
#include "tests/hil/suite/sample_suite.h"
#include "tests/support/printers.h"
#include "tests/support/temporary_folder.h"

using namespace jh;
using namespace jh::test;

namespace {

Baseline baselineOf(const Merged& merged, Milli tolerance) {
    const TemporaryFolder folder;
    return readBaseline(folder.write("b.json", baselineText(merged, tolerance))).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(baselines)

BOOST_AUTO_TEST_CASE(a_baseline_comes_back_and_nothing_has_changed) {
    const Merged merged = sampleMerged(3);
    const Baseline baseline = baselineOf(merged, Milli{250});
    BOOST_TEST(baseline.tolerance.value == 250);
    BOOST_TEST(baseline.scenarios.size() == 3U);
    for (const auto& [id, result] : merged.results) {
        BOOST_TEST(changesOf(baseline, result).empty());
        BOOST_TEST(otherScale(baseline, id, result.scale) == "");
    }
}

BOOST_AUTO_TEST_CASE(a_change_by_the_tolerance_is_none) {
    const Merged merged = sampleMerged(1);
    const Baseline baseline = baselineOf(merged, Milli{100});
    ScenarioResult moved = merged.results.at("s00");
    const ExactMass was = moved.numbers[0].value, tenth = ExactMass::kg(1);  // e = 10 kg
    for (const ExactMass step : {tenth, -tenth}) {
        moved.numbers[0].value = was + step;
        BOOST_TEST(changesOf(baseline, moved).empty());
        moved.numbers[0].value =
            was + step + (step > ExactMass{} ? ExactMass::mg(1) : -ExactMass::mg(1));
        const std::vector<Change> changes = changesOf(baseline, moved);
        BOOST_REQUIRE(changes.size() == 1U);
        BOOST_TEST(changes[0].was == was);
        BOOST_TEST(changes[0].is == moved.numbers[0].value);
    }
}

BOOST_AUTO_TEST_CASE(numbers_that_come_and_go_are_changes) {
    const Merged merged = sampleMerged(1);
    const Baseline baseline = baselineOf(merged, Milli{100});
    ScenarioResult other = merged.results.at("s00");
    other.numbers[0].name = "zero/another";
    const std::vector<Change> changes = changesOf(baseline, other);
    BOOST_REQUIRE(changes.size() == 2U);
    BOOST_TEST(changes[0].number == "zero/another");
    BOOST_TEST(!changes[0].was.has_value());
    BOOST_TEST(!changes[1].is.has_value());
    other.id = "not in it";
    BOOST_TEST(changesOf(baseline, other).empty());
}

BOOST_AUTO_TEST_CASE(another_scale_is_named) {
    const Baseline baseline = baselineOf(sampleMerged(1), Milli{100});
    BOOST_TEST(otherScale(baseline, "s00", "Max 60000 kg, e 20 kg, 6 cells") ==
               "'s00': a baseline of another scale: it is of Max 30000 kg, e 10 kg, 4 cells; the "
               "scenario has Max 60000 kg, e 20 kg, 6 cells");
    BOOST_TEST(otherScale(baseline, "s77", "anything") == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_baseline_is_named) {
    const TemporaryFolder folder;
    for (const char* text : {"", "{}", "[1]", "{\"format\": \"jianheng baseline 1\"}",
                             "{\"format\": \"jianheng baseline 1\", \"tolerance_milli_e\": -1, "
                             "\"scenarios\": {}}",
                             "{\"format\": \"jianheng baseline 1\", \"tolerance_milli_e\": 1, "
                             "\"scenarios\": {\"a\": {\"scale\": \"x\", \"numbers_kg\": {\"n\": "
                             "\"1e3\"}}}}"}) {
        const auto read = readBaseline(folder.write("b.json", text));
        BOOST_TEST(!read.has_value(), text);
        BOOST_TEST((read || read.error().find("b.json: ") != std::string::npos));
    }
}

BOOST_AUTO_TEST_SUITE_END()
