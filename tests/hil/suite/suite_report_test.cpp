// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/suite_report.h; tests/hil/cli/suite_test.py reads JUnit files with real
// readers
#include <boost/test/unit_test.hpp>

#include "hil/suite/suite_report.h"
#include "tests/hil/suite/sample_suite.h"

using namespace jh;
using namespace jh::test;
using std::chrono::year;

namespace {

const std::chrono::year_month_day today = year{2026} / 11 / 27;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

std::string junitOf(const Merged& merged, const Baseline* baseline = nullptr) {
    return suiteJunit(judge(merged, baseline, today));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(suite_report)

BOOST_AUTO_TEST_CASE(a_failure_nobody_expects_is_a_failure_with_its_finding) {
    Merged merged = sampleMerged(1);
    merged.results.at("s00") = failedResult(merged.plan, 0);
    const std::string xml = junitOf(merged);
    BOOST_TEST(has(xml, "<testsuite name=\"s00\" tests=\"1\" failures=\"1\" errors=\"0\""));
    BOOST_TEST(has(xml, "<failure message=\"E0: 3 kg, limit 2.5 kg\">"));
}

BOOST_AUTO_TEST_CASE(an_expected_failure_is_a_passed_case_that_tells_it) {
    Merged merged = sampleMerged(1);
    ScenarioResult result = failedResult(merged.plan, 0);
    result.expected = {"fail", {"zero"}};
    result.attempts[0].asExpected = true;
    merged.results.at("s00") = result;
    const std::string xml = junitOf(merged);
    BOOST_TEST(has(xml, "failures=\"0\" errors=\"0\" skipped=\"0\""));
    BOOST_TEST(has(xml, "<system-out>as the scenario expects: E0: 3 kg"));
}

BOOST_AUTO_TEST_CASE(a_pass_where_a_failure_is_expected_is_a_failure) {
    Merged merged = sampleMerged(1);
    ScenarioResult& result = merged.results.at("s00");
    result.expected = {"fail", {"zero"}};
    result.attempts[0].asExpected = false;
    BOOST_TEST(has(junitOf(merged), "passed, but the scenario expects it to fail"));
}

BOOST_AUTO_TEST_CASE(a_crash_is_an_error_and_earlier_attempts_are_properties) {
    Merged merged = sampleMerged(1);
    ScenarioResult& result = merged.results.at("s00");
    const Attempt crash{Verdict::error, false, "ended by signal 11", {}};
    result.attempts = {crash};
    BOOST_TEST(has(junitOf(merged), "<error message=\"error; the scenario expects pass\">"));
    result.attempts = {crash, sampleResult(merged.plan, 0).last()};
    const std::string xml = junitOf(merged);
    BOOST_TEST(has(xml, "<property name=\"attempt 1\" value=\"error; ended by signal 11\"/>"));
    BOOST_TEST(!has(xml, "<error"));
}

BOOST_AUTO_TEST_CASE(quarantine_skips_and_tells_why) {
    Merged merged = sampleMerged(1);
    merged.results.at("s00") = failedResult(merged.plan, 0);
    merged.plan.scenarios[0].quarantine = Quarantined{"issue <7>", today};
    const std::string xml = junitOf(merged);
    BOOST_TEST(has(xml, "failures=\"0\" errors=\"0\" skipped=\"1\""));
    BOOST_TEST(has(xml, "<skipped message=\"quarantined until 2026-11-27: issue &lt;7&gt;\">"));
    BOOST_TEST(has(xml, "E0: 3 kg"));
}

BOOST_AUTO_TEST_CASE(a_moved_number_is_a_failed_case_of_its_own) {
    Baseline baseline;
    baseline.scenarios["s00"] = {"", {{"zero/zero return", ExactMass::kg(5)}}};
    const std::string xml = junitOf(sampleMerged(1), &baseline);
    BOOST_TEST(has(xml, "name=\"baseline\""));
    BOOST_TEST(has(xml, "zero/zero return: 5 kg -&gt; 0.5 kg (-0.450 e)"));
}

BOOST_AUTO_TEST_CASE(a_missing_result_is_an_error) {
    Merged merged = sampleMerged(2);
    merged.results.erase("s01");
    BOOST_TEST(has(junitOf(merged), "<error message=\"no result\">"));
}

BOOST_AUTO_TEST_CASE(markdown_tells_all_of_it_in_both_languages) {
    Merged merged = sampleMerged(4);
    merged.plan.titleZh = "样本";
    merged.results.at("s01") = failedResult(merged.plan, 1);
    merged.results.at("s01").attempts[0].tests[0].finding = "a|b <c>\nd\n";
    merged.results.at("s02") = failedResult(merged.plan, 2);
    merged.plan.scenarios[2].quarantine = Quarantined{"issue 7", today};
    merged.results.erase("s03");
    const std::vector<Judged> judged = judge(merged, nullptr, today);
    const std::vector<TrendRow> trend{{{"1.0.0", "abc"}, 3, 1, 0, "s00", "zero/zero return", 0.25}};
    const std::string md = suiteMarkdown(merged.plan, judged, trend, Language::en);
    for (const char* part :
         {"# Sample\n", "| 4 | 1 | 1 | 1 | 1 | 0 |",
          "| s01 | fail; failing tests: zero | pass | zero: a\\|b &lt;c><br>d |",
          "| s02 | fail; failing tests: zero | issue 7 | 2026-11-27 |", "## Missing", "| s03 |",
          "| 1.0.0 (abc) | 3 | 1 | 0 | +0.250 e, s00, zero/zero return |"}) {
        BOOST_TEST(has(md, part), part << " is not in\n" << md);
    }
    const std::string zh = suiteMarkdown(merged.plan, judged, trend, Language::zh);
    for (const char* part :
         {"# 样本\n", "## 不符合预期", "不合格", "## 隔离", "## 缺失", "## 趋势"}) {
        BOOST_TEST(has(zh, part), part << " is not in\n" << zh);
    }
    BOOST_TEST(!has(zh, "expected"));
}

BOOST_AUTO_TEST_CASE(a_long_list_is_cut_in_markdown) {
    Merged merged = sampleMerged(80);
    for (int i = 0; i < 80; ++i) merged.results.at(sampleId(i)) = failedResult(merged.plan, i);
    const std::string md =
        suiteMarkdown(merged.plan, judge(merged, nullptr, today), {}, Language::en);
    BOOST_TEST(has(md, "| s49 |"));
    BOOST_TEST(!has(md, "| s50 |"));
    BOOST_TEST(has(md, "rows not shown: 30"));
}

BOOST_AUTO_TEST_CASE(the_terminal_gets_what_is_not_good_and_the_counts) {
    Merged merged = sampleMerged(2);
    merged.results.at("s01") = failedResult(merged.plan, 1);
    BOOST_TEST(
        suiteTable(judge(merged, nullptr, today), Language::en) ==
        "s01: fail; failing tests: zero; expected: pass\n"
        "scenarios: 2   as expected: 1   not as expected: 1   quarantined: 0   missing: 0\n");
}

BOOST_AUTO_TEST_SUITE_END()
