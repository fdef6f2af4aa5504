// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for scenarios/ and the round trip of hil/scenario/load.h
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/catalogue.h"
#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
namespace fs = std::filesystem;
using namespace jh;

namespace {

std::vector<std::string> filesBelow(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator{fs::path{JH_SHIPPED} / folder}) {
        // Suites are tested with their reader, which stands above this folder.
        if (entry.path().parent_path().filename() == "suites") continue;
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shipped)

BOOST_DATA_TEST_CASE(every_file_is_right, bdata::make(filesBelow("")), file) {
    BOOST_TEST(test::listing(checkFile(file)) == "");
    BOOST_TEST(test::readAll(file).starts_with("# SPDX-License-Identifier: GPL-3.0-or-later\n"));
    BOOST_TEST(describeFile(file).has_value());
}

BOOST_DATA_TEST_CASE(a_resolved_scenario_is_the_same_scenario,
                     bdata::make(filesBelow("verifications")), file) {
    const auto scenario = loadScenario(file);
    BOOST_REQUIRE(scenario.has_value());
    // From a folder without any file: it needs none.
    const test::Folder elsewhere;
    const auto again = parseScenario(scenario->resolvedYaml, "record.json", elsewhere.path());
    BOOST_REQUIRE_MESSAGE(again.has_value(), test::listing(again ? Diagnostics{} : again.error()));
    BOOST_TEST(again->resolvedYaml == scenario->resolvedYaml);
    BOOST_TEST(again->name == scenario->name);
}

BOOST_AUTO_TEST_CASE(the_example_of_the_manual_is_right) {
    const std::string manual = test::readAll(fs::path{JH_SHIPPED} / "../docs/scenario-format.md");
    const std::string fence = "```yaml\n";
    const std::size_t from = manual.find(fence) + fence.size();
    const std::string example = manual.substr(from, manual.find("```", from) - from);
    const auto read = parseScenario(example, "example.yaml", JH_SHIPPED);
    BOOST_TEST(test::listing(read ? Diagnostics{} : read.error()) == "");
}

BOOST_AUTO_TEST_CASE(keys_may_come_in_any_order) {
    const std::string text =
        "seed: 3\nextends: verifications/100t-jjg539-initial.yaml\njianheng: scenario\n";
    BOOST_TEST(parseScenario(text, "x.yaml", JH_SHIPPED).has_value());
}

BOOST_AUTO_TEST_CASE(the_reference_scale_has_the_values_of_its_file) {
    const auto read = loadScenario(fs::path{JH_SHIPPED} / "verifications/100t-jjg539-initial.yaml");
    BOOST_REQUIRE(read.has_value());
    const ScaleModel& scale = read->scale;
    BOOST_TEST(read->name == "100t-jjg539-initial");
    BOOST_CHECK(scale.max() == ExactMass::kg(100'000));
    BOOST_CHECK(scale.firstInterval() == ExactMass::kg(20));
    BOOST_TEST(scale.cells.size() == 8u);
    BOOST_TEST(scale.cells[3].id == "2R");
    BOOST_TEST(scale.cells[3].x.si() == 6.0);
    BOOST_TEST(scale.cells[3].y.si() == -1.3);
    BOOST_TEST(scale.deck.bendingStiffness.si() == 2.0e8);
    BOOST_TEST(scale.deck.torsionStiffness.si() == 6.4e7);
    BOOST_TEST(scale.deck.mass().si() == 11'700.0);
    BOOST_TEST(scale.cellType.stiffness.si() == 4.2e8);
    BOOST_TEST(scale.cellType.sensitivity.si() == 2e-3);
    BOOST_TEST(scale.cellType.maxIntervals == 5000);
    BOOST_CHECK(read->weights.blocksTotal() == ExactMass::kg(20'000));
    BOOST_CHECK(read->weights.setUp == 20min);
    BOOST_CHECK(read->regulation.leastWeights == ExactMass::kg(1000));
    BOOST_TEST(read->regulation.tests.size() == 9u);
    BOOST_TEST(read->regulation.discrimination.value == 1400);
    BOOST_TEST(read->regulation.substitution[1].shareDenominator == 3);
    BOOST_CHECK(read->regulation.netLoads[3].kind == LoadRule::Kind::maxLessTare);
    BOOST_TEST(read->indicator.fields.at("max_1").address == 41);
    BOOST_TEST(read->indicator.fields.at("command_state").values.at(5) == "sealed");
    BOOST_TEST(read->indicator.blank.value() == -2147483648LL);
    BOOST_TEST(read->expect->verdict == "pass");
}

BOOST_AUTO_TEST_CASE(the_oracle_scales_differ_as_their_names_say) {
    const fs::path scales = fs::path{JH_SHIPPED} / "scales";
    const auto free = loadScale(scales / "100t-18x3-8c-torsion-free.yaml");
    const auto lapped = loadScale(scales / "100t-18x3-8c-lapped.yaml");
    const auto bolted = loadScale(scales / "100t-18x3-8c-bolted.yaml");
    BOOST_REQUIRE((free && lapped && bolted));
    BOOST_TEST(free->deck.torsionStiffness.si() == 0.0);
    BOOST_TEST(free->deck.bendingStiffness.si() == 2.0e8);
    BOOST_CHECK(lapped->deck.joint == JointKind::lapped);
    BOOST_TEST(lapped->cells[2].x.si() == 6.15);
    BOOST_CHECK(bolted->deck.joint == JointKind::bolted);
    BOOST_TEST(bolted->deck.torsionStiffness.si() == 6.4e7);
}

BOOST_AUTO_TEST_CASE(the_sick_scales_carry_their_fault) {
    const fs::path runs = fs::path{JH_SHIPPED} / "verifications";
    const auto drift = loadScenario(runs / "100t-sick-2-span-drift.yaml");
    BOOST_REQUIRE((drift && drift->faults.size() == 1));
    BOOST_TEST(std::get<SpanDriftFault>(drift->faults[0].what).change == 0.0012);
    BOOST_CHECK(drift->faults[0].from == FaultStart::after_adjustment);
    BOOST_TEST(drift->expect->verdict == "fail");
    const auto rounding = loadScenario(runs / "100t-sick-5-rounding.yaml");
    BOOST_REQUIRE(rounding.has_value());
    BOOST_CHECK(std::get<RoundingHysteresisFault>(rounding->faults[0].what).width ==
                ExactMass::kg(8));
}

BOOST_AUTO_TEST_SUITE_END()
