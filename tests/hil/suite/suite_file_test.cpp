// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/suite_file.h and quarantine.h, and of the shipped suites
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "hil/suite/suite_file.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
namespace fs = std::filesystem;
using namespace jh;
using test::Folder;
using test::listing;

namespace {

const std::string base = JH_SHIPPED "/verifications/30t-jjg539-initial.yaml";

std::string scenarioText(const std::string& more) {
    return "jianheng: scenario\nextends: " + base + "\n" + more;
}

/// A folder with scenarios a, b and c.
struct Suites : Folder {
    Suites() {
        write("a.yaml", scenarioText("title: A\ntags: [healthy]\n"));
        write("b.yaml", scenarioText("title: B\nseed: 7\n"));
        fs::create_directory(path() / "deeper");
        write("deeper/c.yaml", scenarioText("title: C\n"));
    }
    /// Lines 1 and 2 are the header; what is given begins in line 3.
    std::string problems(const std::string& lines) const {
        const auto suite = loadSuite(write("suite.yaml", "jianheng: suite\ntitle: T\n" + lines));
        return suite ? "" : listing(suite.error());
    }
    LoadedSuite load(const std::string& lines) const {
        auto suite = loadSuite(write("suite.yaml", "jianheng: suite\ntitle: T\n" + lines));
        if (!suite) throw std::runtime_error{listing(suite.error())};
        return std::move(*suite);
    }
};

std::string idsOf(const LoadedSuite& suite) {
    std::string ids;
    for (const PlannedScenario& planned : suite.plan.scenarios) ids += planned.id + "\n";
    return ids;
}

struct Wrong {
    const char *lines, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.lines; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(suite_file)

BOOST_AUTO_TEST_CASE(patterns_seeds_and_labels_make_ids) {
    const Suites folder;
    const LoadedSuite suite = folder.load(
        "tags: [all]\n"
        "scenarios:\n"
        "  - {scenario: '?.yaml'}\n"
        "  - {scenario: deeper/c.yaml, seeds: 9..11, tags: [many]}\n"
        "  - {scenario: a.yaml, seeds: [4], label: dusk, with: {title: Dusk}}\n"
        "  - {scenario: verifications/30t-jjg539-initial.yaml}\n");
    BOOST_TEST(idsOf(suite) ==
               "a@seed1\na~dusk@seed4\nb@seed7\ndeeper/c@seed10\ndeeper/c@seed11\ndeeper/c@seed9\n"
               "verifications/30t-jjg539-initial@seed1\n");
    BOOST_TEST(suite.plan.suite == "suite");
    BOOST_TEST(suite.jobs.size() == suite.plan.scenarios.size());
    BOOST_TEST(suite.jobs[1].scenario->title == "Dusk");
    BOOST_TEST(suite.jobs[1].toRun().seed == 4U);
    BOOST_TEST(suite.jobs[2].toRun().seed == 7U);
    BOOST_TEST(suite.plan.scenarios[0].tags == (std::vector<std::string>{"all", "healthy"}),
               boost::test_tools::per_element());
    BOOST_TEST(suite.plan.scenarios[3].tags == (std::vector<std::string>{"all", "many"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hash_tells_scenarios_and_seeds_apart) {
    const Suites folder;
    const std::string lines = "scenarios: [{scenario: a.yaml, seeds: [1, 2]}]\n";
    const LoadedSuite before = folder.load(lines), same = folder.load(lines);
    BOOST_TEST((before.plan == same.plan));
    BOOST_TEST(before.plan.scenarios[0].hash != before.plan.scenarios[1].hash);
    folder.write("a.yaml", scenarioText("title: A\ntags: [healthy]\nsite: sites/lhasa.yaml\n"));
    BOOST_TEST(folder.load(lines).plan.scenarios[0].hash != before.plan.scenarios[0].hash);
}

BOOST_AUTO_TEST_CASE(tags_are_in_the_written_out_scenario_where_there_are_any) {
    const Suites folder;
    const LoadedSuite suite = folder.load("scenarios: [{scenario: '?.yaml'}]\n");
    const std::string &tagged = suite.jobs[0].scenario->resolvedYaml,
                      &plain = suite.jobs[1].scenario->resolvedYaml;
    BOOST_TEST(plain.find("tags") == std::string::npos);
    const auto again = parseScenario(tagged, "record.json", folder.path());
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST(again->tags == std::vector<std::string>{"healthy"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_folder_is_a_suite_of_all_below_it) {
    const Suites folder;
    folder.write("site.yaml", "jianheng: site\n");
    const auto suite = loadSuite(folder.path());
    BOOST_REQUIRE(suite.has_value());
    BOOST_TEST(idsOf(*suite) == "a@seed1\nb@seed7\ndeeper/c@seed1\n");
    const Folder empty;
    BOOST_TEST(loadSuite(empty.path()).error().front().message == "the folder holds no scenario");
}

const Wrong wrongs[] = {
    {"scenarios: []\n", "3:12: scenarios: the suite names no scenario\n"},
    {"", "1:1: scenarios: is missing\n"},
    {"scenarios: [{scenario: b.yaml}, {scenario: b.yaml}]\n",
     "3:44: scenarios: two scenarios with one id, b@seed7: 'b.yaml' names it as well; give one of "
     "them a `label`\n"},
    {"scenarios: [{scenario: a.yaml, seeds: 2..1}]\n",
     "3:39: scenarios[0].seeds: expected a list of seeds, or a range of at most 100000 of them, as "
     "1..20\n"},
    {"scenarios: [{scenario: a.yaml, seed: 2}]\n",
     "3:32: scenarios[0].seed: unknown key (did you mean 'seeds'?)\n"},
    {"scenarios: [{scenario: a.yaml, label: a/b}]\n",
     "3:39: scenarios[0].label: expected a word without '/', '@', '~' and blanks\n"},
    // What is laid over a scenario is told where it stands: in the suite.
    {"scenarios: [{scenario: a.yaml, with: {sede: 2}}]\n",
     "3:39: sede: unknown key (did you mean 'seed'?)\n"},
    {"scenarios: [{scenario: a.yaml, with: 2}]\n",
     "3:38: scenarios[0].with: expected a map (key: value)\n"},
    {"scenarios: [{scenario: a.yaml}]\nbaseline: none.json\n",
     "4:11: baseline: no such file: 'none.json'\n"},
    {"scenarios: [{scenario: a.yaml}]\n"
     "quarantine: {entries: [{scenario: a@seed2, reason: x, until: 2026-12-31}]}\n",
     "4:35: quarantine: 'a@seed2' means no scenario of the suite (did you mean 'a@seed1'?)\n"},
    {"scenarios: [{scenario: a.yaml}]\n"
     "quarantine: {entries: [{scenario: a@seed1, reason: x, until: 2026-02-30}]}\n",
     "4:62: quarantine.entries[0].until: expected a date of the calendar, as 2026-03-10\n"},
    {"scenarios: [{scenario: a.yaml}]\n"
     "quarantine: {entries: [{scenario: a@seed1}]}\n",
     "4:24: quarantine.entries[0].reason: is missing\n"
     "4:24: quarantine.entries[0].until: is missing\n"},
    {"scenarios: [{scenario: a.yaml}]\nquarantin: x\n",
     "4:1: quarantin: unknown key (did you mean 'quarantine'?)\n"},
};
BOOST_DATA_TEST_CASE(a_wrong_suite_is_told_with_its_place, bdata::make(wrongs), c) {
    BOOST_TEST(Suites{}.problems(c.lines) == c.listing);
}

BOOST_AUTO_TEST_CASE(a_pattern_without_a_file_is_told) {
    const std::string text = Suites{}.problems("scenarios: [{scenario: x*.yaml}]\n");
    BOOST_TEST(text.starts_with("3:24: scenarios: 'x*.yaml' names no file, neither in "), text);
}

BOOST_AUTO_TEST_CASE(all_problems_of_all_files_come_at_once) {
    const Suites folder;
    folder.write("b.yaml", scenarioText("seeed: 1\n"));
    folder.write("deeper/c.yaml", scenarioText("scale: none.yaml\n"));
    const auto suite = loadSuite(folder.write(
        "suite.yaml",
        "jianheng: suite\ntitle: T\nscenarios: [{scenario: b.yaml}, {scenario: deeper/c.yaml},\n"
        " {scenario: d.yaml}]\n"));
    BOOST_REQUIRE(!suite.has_value());
    std::string files;
    for (const Diagnostic& d : suite.error()) files += fs::path{d.file}.filename().string() + " ";
    BOOST_TEST(files == "b.yaml c.yaml suite.yaml ");
}

BOOST_AUTO_TEST_CASE(quarantine_may_be_a_file_and_holds_to_its_last_day) {
    const Suites folder;
    folder.write("q.yaml",
                 "jianheng: quarantine\nentries:\n"
                 "  - {scenario: 'deeper/*', reason: known, until: 2026-12-31}\n");
    const LoadedSuite suite = folder.load(
        "scenarios: [{scenario: a.yaml}, {scenario: deeper/c.yaml}]\nquarantine: q.yaml\n");
    BOOST_TEST(!suite.plan.scenarios[0].quarantine.has_value());
    BOOST_REQUIRE(suite.plan.scenarios[1].quarantine.has_value());
    const Quarantined& quarantine = *suite.plan.scenarios[1].quarantine;
    BOOST_TEST(quarantine.reason == "known");
    using std::chrono::year;
    BOOST_TEST(holds(quarantine, year{2026} / 12 / 31));
    BOOST_TEST(!holds(quarantine, year{2027} / 1 / 1));
    BOOST_TEST(checkSuiteFile(folder / "q.yaml", "quarantine").empty());
}

BOOST_AUTO_TEST_CASE(a_filter_keeps_jobs_and_plan_together) {
    const Suites folder;
    const LoadedSuite suite =
        selected(folder.load("scenarios: [{scenario: '?.yaml'}, {scenario: deeper/c.yaml}]\n"),
                 {{}, {"b@", "deeper"}});
    BOOST_TEST(idsOf(suite) == "b@seed7\ndeeper/c@seed1\n");
    BOOST_REQUIRE(suite.jobs.size() == 2U);
    BOOST_TEST(suite.jobs[0].scenario->title == "B");
    BOOST_TEST(suite.jobs[1].scenario->title == "C");
}

BOOST_AUTO_TEST_CASE(shipped_suites_are_right) {
    int suites = 0;
    for (const auto& file : fs::directory_iterator{JH_SHIPPED "/suites"}) {
        BOOST_TEST(listing(checkSuiteFile(file.path(), "suite")) == "");
        ++suites;
    }
    BOOST_TEST(suites >= 2);
    // None of the shipped verifications is forgotten.
    const auto named = loadSuite(JH_SHIPPED "/suites/verifications.yaml");
    const auto all = loadSuite(JH_SHIPPED "/verifications");
    BOOST_TEST(idsOf(named.value()) == idsOf(all.value()));
}

BOOST_AUTO_TEST_SUITE_END()
