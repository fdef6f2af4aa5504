// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/merge.h and plan.h
#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>

#include "hil/suite/merge.h"
#include "hil/suite/whole_file.h"
#include "tests/hil/suite/sample_suite.h"
#include "tests/support/temporary_folder.h"

using namespace jh;
using namespace jh::test;

namespace {

std::string bytesOf(const Merged& merged) {
    const TemporaryFolder folder;
    BOOST_TEST(writeMerged(folder / "m.json", merged) == "");
    return readWhole(folder / "m.json").value();
}

Merged part(const Merged& whole, const std::vector<int>& members) {
    Merged merged{whole.plan, {}};
    for (const int i : members) merged.results.emplace(sampleId(i), whole.results.at(sampleId(i)));
    return merged;
}

Merged together(Merged a, Merged b) {
    const MergeReport report = mergeInto(a, "a", std::move(b), "b");
    RC_ASSERT(report.problems.empty());
    return a;
}

/// Results as files of a suite's folder.
void saveResults(const std::filesystem::path& folder, const Merged& merged) {
    BOOST_TEST(writeWhole(planFile(folder), planText(merged.plan)) == "");
    for (const auto& [id, result] : merged.results) {
        BOOST_TEST(writeWhole(resultFile(folder, id), resultText(result)) == "");
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merging)

BOOST_AUTO_TEST_CASE(parts_in_any_order_and_grouping_give_the_same_bytes) {
    const bool held = rc::check("merged = whole", [] {
        const int scenarios = *rc::gen::inRange(1, 30);
        const Merged whole = sampleMerged(scenarios);
        const int shards = *rc::gen::inRange(1, 8);
        std::vector<std::vector<int>> members(static_cast<std::size_t>(shards));
        for (int i = 0; i < scenarios; ++i) {
            members[static_cast<std::size_t>(shardOf(sampleId(i), shards) - 1)].push_back(i);
        }
        std::vector<Merged> parts;
        for (const auto& ids : members) parts.push_back(part(whole, ids));
        // Any two are put together, in either order, until one is left.
        while (parts.size() > 1) {
            const auto a = *rc::gen::inRange<std::size_t>(0, parts.size());
            Merged first = std::move(parts[a]);
            parts.erase(parts.begin() + static_cast<long>(a));
            const auto b = *rc::gen::inRange<std::size_t>(0, parts.size());
            parts[b] = together(std::move(first), std::move(parts[b]));
        }
        RC_ASSERT(bytesOf(parts.front()) == bytesOf(whole));
    });
    BOOST_TEST(held);
}

BOOST_AUTO_TEST_CASE(a_merged_file_is_read_as_it_was_written) {
    const TemporaryFolder folder;
    Merged merged = part(sampleMerged(5), {1, 3});
    merged.plan.titleZh = "样本";
    merged.plan.scenarios[2].quarantine =
        Quarantined{"broken \"cell\"", std::chrono::year{2026} / 12 / 31};
    merged.plan.scenarios[2].tags = {"a", "b"};
    BOOST_TEST(writeMerged(folder / "m.json", merged) == "");
    const auto read = readMerged(folder / "m.json");
    BOOST_REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error()));
    BOOST_TEST((read->plan == merged.plan));
    BOOST_TEST((read->results == merged.results));
    BOOST_TEST(bytesOf(*read) == bytesOf(merged));
}

BOOST_AUTO_TEST_CASE(gaps_are_named) {
    const Merged merged = part(sampleMerged(4), {1, 3});
    BOOST_TEST(merged.missing() == (std::vector<std::string>{"s00", "s02"}),
               boost::test_tools::per_element());
    BOOST_TEST(bytesOf(merged).find("\"missing\": [\"s00\",\"s02\"]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_same_result_twice_is_told_and_another_one_refused) {
    const Merged whole = sampleMerged(3);
    Merged a = part(whole, {0, 1});
    MergeReport report = mergeInto(a, "A", part(whole, {1, 2}), "B");
    BOOST_TEST(report.problems.empty());
    BOOST_TEST(report.twice == std::vector<std::string>{"s01"}, boost::test_tools::per_element());
    BOOST_TEST(bytesOf(a) == bytesOf(whole));

    Merged other = part(whole, {1});
    other.results.at("s01") = failedResult(whole.plan, 1);
    report = mergeInto(a, "A", other, "C");
    BOOST_REQUIRE(report.problems.size() == 1U);
    BOOST_TEST(report.problems[0] == "'s01' has two different results, in A and in C");
    BOOST_TEST(bytesOf(a) == bytesOf(whole));
}

BOOST_AUTO_TEST_CASE(two_versions_are_refused_and_both_named) {
    Merged a = sampleMerged(2), b = sampleMerged(2);
    b.plan.program.commit = "def";
    BOOST_TEST(mergeInto(a, "A", b, "B").problems.front() ==
               "two program versions: A is of jianheng 1.0.0 (abc), B of jianheng 1.0.0 (def)");
}

BOOST_AUTO_TEST_CASE(two_plans_are_refused) {
    Merged a = sampleMerged(2);
    BOOST_TEST(mergeInto(a, "A", sampleMerged(3), "B").problems.front() ==
               "two plans: B has 's02', A has not");
    Merged changed = sampleMerged(2);
    changed.plan.scenarios[1].hash = "other";
    BOOST_TEST(mergeInto(a, "A", changed, "B").problems.front() ==
               "two plans: 's01' is not the same in A and B");
    Merged suite = sampleMerged(2);
    suite.plan.suite = "another";
    BOOST_TEST(mergeInto(a, "A", suite, "B").problems.front() ==
               "two suites: A is of 'sample', B of 'another'");
}

BOOST_AUTO_TEST_CASE(a_folder_gives_what_is_whole_and_names_the_rest) {
    const TemporaryFolder folder;
    const Merged merged = sampleMerged(6);
    saveResults(folder.path(), merged);
    BOOST_TEST(readPlan(folder.path()).value().scenarios.size() == 6U);
    BOOST_TEST((readResults(folder.path(), merged.plan).results == merged.results));

    std::string cut = resultText(merged.results.at("s01"));
    folder.write("results/s01.json", cut.substr(0, cut.size() / 2));
    ScenarioResult older = merged.results.at("s02");
    older.program.version = "0.9.0";
    folder.write("results/s02.json", resultText(older));
    ScenarioResult changed = merged.results.at("s03");
    changed.hash = "before";
    folder.write("results/s03.json", resultText(changed));
    folder.write("results/s04.json", resultText(merged.results.at("s05")));
    folder.write("results/s99.json", "not planned, not read");
    const FoundResults found = readResults(folder.path(), merged.plan);
    BOOST_TEST(found.results.size() == 2U);
    const std::string at = (folder / "results/").string();
    const std::vector<std::string> wrong{
        at + "s01.json: damaged: no JSON",
        at + "s02.json: made by jianheng 0.9.0 (abc), the plan is of 1.0.0 (abc)",
        at + "s03.json: made of another version of the scenario", at + "s04.json: holds 's05'"};
    BOOST_TEST(found.wrong == wrong, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_damaged_merged_file_or_plan_is_refused) {
    const TemporaryFolder folder;
    const std::string text = bytesOf(sampleMerged(2));
    const auto problem = [&](const std::string& damaged) {
        const auto read = readMerged(folder.write("m.json", damaged));
        return read ? std::string{} : read.error();
    };
    BOOST_TEST(problem(text).empty());
    BOOST_TEST(problem(text.substr(0, text.size() / 2)).find("m.json") != std::string::npos);
    std::string digit = text;
    digit.replace(digit.find("0.501"), 5, "0.601");
    BOOST_TEST(problem(digit).find("check sum") != std::string::npos);
    BOOST_TEST(!problem("{}").empty());
    BOOST_TEST(!problem("").empty());
    folder.write("plan.json", "{}");
    BOOST_TEST(readPlan(folder.path()).error().find("plan.json: damaged") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(filters_select_by_tag_and_name) {
    const PlannedScenario planned{"verifications/30t-a@seed1", "", {"fast", "crane"}, {}};
    BOOST_TEST(selects({}, planned));
    BOOST_TEST(selects({{"slow", "fast"}, {}}, planned));
    BOOST_TEST(!selects({{"slow"}, {}}, planned));
    BOOST_TEST(selects({{}, {"30t"}}, planned));
    BOOST_TEST(selects({{}, {"60t", "30t*seed1"}}, planned));
    BOOST_TEST(!selects({{"fast"}, {"60t"}}, planned));
}

BOOST_AUTO_TEST_SUITE_END()
