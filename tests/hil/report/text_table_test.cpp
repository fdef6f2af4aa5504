// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/text_table.h
#include "hil/report/text_table.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "tests/hil/report/sample_results.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// What stands right of the last gap of two blanks, and the terminal column where it begins.
std::pair<std::size_t, std::string> lastWord(const std::string& line) {
    const std::size_t gap = line.rfind("  ");
    if (gap == std::string::npos) return {0, line};
    return {displayWidth(line.substr(0, gap + 2)), line.substr(gap + 2)};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

struct Table {
    explicit Table(Language language, Verdict verdict = Verdict::pass) {
        sample.prepareFor(verdict);
        result = sample.run();
        text = textTable(sample.scenario, result, language);
    }
    SampleRun sample;
    VerificationResult result;
    std::string text;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(text_table)

BOOST_DATA_TEST_CASE(every_verdict_stands_in_the_same_column,
                     bdata::make({Language::en, Language::zh}), language) {
    const Table table{language};
    std::size_t rows = 0, column = 0;
    for (const std::string& line : linesOf(table.text)) {
        const auto [at, word] = lastWord(line);
        if (word != phrase("pass", language) && word != "-") continue;
        if (contains(line, ": ")) continue;  // the verdict of the whole
        column = column == 0 ? at : column;
        BOOST_TEST(at == column, line);
        ++rows;
    }
    std::size_t expected = table.result.tests.size();
    for (const TestResult& test : table.result.tests) expected += test.measurements.size();
    BOOST_TEST(rows == expected);
}

BOOST_AUTO_TEST_CASE(numbers_end_in_the_same_columns_in_both_languages) {
    const auto en = linesOf(Table{Language::en}.text), zh = linesOf(Table{Language::zh}.text);
    BOOST_REQUIRE_EQUAL(en.size(), zh.size());
    std::size_t compared = 0;
    for (std::size_t i = 0; i < en.size(); ++i) {
        const std::size_t a = en[i].find(" 14200 "), b = zh[i].find(" 14200 ");
        if (a == std::string::npos) continue;
        BOOST_REQUIRE(b != std::string::npos);
        BOOST_TEST(displayWidth(en[i].substr(0, a)) == displayWidth(zh[i].substr(0, b)));
        ++compared;
    }
    BOOST_TEST(compared == 8u);
}

BOOST_AUTO_TEST_CASE(the_chinese_table_is_chinese) {
    const Table table{Language::zh};
    BOOST_TEST(contains(table.text, table.sample.scenario.titleZh));
    for (const TestRule& rule : table.sample.scenario.regulation.tests)
        BOOST_TEST(contains(table.text, rule.titleZh));
    for (const AppearanceItem& item : table.sample.scenario.appearance) {
        BOOST_TEST(contains(table.text, item.titleZh), item.titleZh);
    }
    BOOST_TEST(contains(table.text, "结论: 合格"));
    BOOST_TEST(!contains(table.text, "pass"));
}

BOOST_AUTO_TEST_CASE(only_a_value_under_a_limit_passes_or_fails) {
    for (const std::string& line : linesOf(Table{Language::en}.text)) {
        if (contains(line, "E0 before")) BOOST_TEST(lastWord(line).second == "-", line);
    }
}

BOOST_AUTO_TEST_CASE(findings_and_causes_are_told) {
    const Table failed{Language::en, Verdict::fail}, broken{Language::en, Verdict::error},
        invalid{Language::en, Verdict::invalid};
    BOOST_TEST(contains(failed.text, "verdict: fail"));
    BOOST_TEST(contains(failed.text, "no (expected yes)"));
    BOOST_TEST(contains(broken.text, "wait was made to fail"));
    BOOST_TEST(contains(invalid.text, "! not enough weights"));
}

BOOST_AUTO_TEST_CASE(a_pass_tells_which_weights_the_repeatability_asked_for) {
    BOOST_TEST(contains(Table{Language::en}.text,
                        "  repeatability 0 kg: 1/5 Max = 20000 kg of weights are asked for, at "
                        "hand are 20000 kg\n"));
}

BOOST_DATA_TEST_CASE(the_last_rule_of_a_plan_takes_any_repeatability_within_the_mpe,
                     bdata::make({Language::en, Language::zh}), language) {
    for (const char* name : {"100t-jjg539-initial", "200klb-hb44-acceptance"}) {
        const Scenario s = shipped(name);
        const std::string text =
            planText(s, planLoads(s.scale, s.regulation, s.weights, s.seed), language);
        BOOST_TEST(contains(text, phrase("any within the mpe", language)), text);
        BOOST_TEST(!contains(text, "<= 20000"), text);
    }
}

BOOST_AUTO_TEST_CASE(what_stands_against_a_plan_is_told_in_chinese) {
    Scenario s = shipped("100t-jjg539-initial");
    s.weights.blocks = 15;
    const std::string text =
        planText(s, planLoads(s.scale, s.regulation, s.weights, s.seed), Language::zh);
    BOOST_TEST(contains(text, "! 砝码不足："), text);
}

BOOST_AUTO_TEST_CASE(a_finding_says_what_failed_and_by_how_much) {
    TestResult test;
    Measurement m;
    m.kind = MeasurementKind::support;
    m.detail = "2L";
    m.correctedError = ExactMass::g(22'500);
    m.limit = ExactMass::kg(20);
    m.verdict = Verdict::fail;
    test.measurements.push_back(m);
    test.findings.emplace_back("beyond all words");
    BOOST_TEST(findingText(test, Language::en) ==
               "support 2L: 22.5 kg, limit 20 kg\nbeyond all words\n");
}

BOOST_AUTO_TEST_CASE(a_table_fits_a_terminal_of_a_hundred_columns) {
    constexpr std::size_t terminal = 100;
    for (const std::string& line : linesOf(Table{Language::en}.text)) {
        BOOST_TEST(displayWidth(line) <= terminal, line);
    }
}

BOOST_AUTO_TEST_SUITE_END()
