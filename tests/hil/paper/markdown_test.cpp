// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/paper/markdown.h
#include "hil/paper/markdown.h"

#include <boost/test/unit_test.hpp>

#include "tests/hil/paper/stored_sample.h"

using namespace jh;
using namespace jh::test;

BOOST_AUTO_TEST_SUITE(markdown)

BOOST_AUTO_TEST_CASE(each_record_has_a_line_and_a_fail_its_findings) {
    const StoredRecord fail = storedSample(Verdict::fail);
    const std::string text = markdownSummary({storedSample(Verdict::pass), fail}, Language::en);
    BOOST_TEST(holds(text, "### Records: 1 pass / 2\n"));
    BOOST_TEST(count(text, "\n| ✓ pass | 100t-jjg539-initial |") == 1u);
    BOOST_TEST(count(text, "\n| ✗ fail | 100t-jjg539-initial |") == 1u);
    std::size_t findings = 0;
    for (const TestResult& test : fail.result.tests) {
        findings += test.findings.size();
        for (const Measurement& m : test.measurements) findings += m.verdict == Verdict::fail;
    }
    BOOST_TEST(count(text, "\n- ") == findings);
    BOOST_TEST(findings > 0u);
}

BOOST_AUTO_TEST_CASE(text_of_a_record_cannot_break_the_table) {
    StoredRecord record = storedSample(Verdict::pass);
    record.scenario.name = "a|b <img> `c`\nd";
    const std::string text = markdownSummary({record}, Language::zh);
    BOOST_TEST(holds(text, "| a\\|b \\<img\\> \\`c\\` d |"));
    BOOST_TEST(holds(text, "✓ 合格"));
}

BOOST_AUTO_TEST_SUITE_END()
