// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for junitXml in hil/report/text_table.h; report_files_test.py reads it with a real parser
#include <boost/test/unit_test.hpp>

#include "hil/report/text_table.h"
#include "tests/hil/report/sample_results.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A result with one test of this verdict and finding.
std::string xmlOf(Verdict verdict, const std::string& finding, const std::string& cause = "") {
    Scenario scenario;
    scenario.name = "s";
    VerificationResult result;
    result.cause = cause;
    TestResult test;
    test.rule.id = "zero";
    test.verdict = verdict;
    test.start = 1s;
    test.end = SimTime{3'250'000'000};
    if (!finding.empty()) test.findings.push_back(finding);
    result.tests.push_back(test);
    return junitXml(scenario, result);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(junit)

BOOST_AUTO_TEST_CASE(a_passed_test_is_a_bare_case_with_its_simulated_time) {
    const std::string xml = xmlOf(Verdict::pass, "");
    BOOST_TEST(has(xml, R"(<testsuite name="s" tests="1" failures="0" errors="0" skipped="0">)"));
    BOOST_TEST(has(xml, "<testcase classname=\"s\" name=\"zero\" time=\"2.250\">\n   </testcase>"));
}

BOOST_AUTO_TEST_CASE(each_verdict_has_its_element_and_count) {
    BOOST_TEST(has(xmlOf(Verdict::fail, "x"), "<failure message=\"x\""));
    BOOST_TEST(has(xmlOf(Verdict::fail, "x"), "failures=\"1\" errors=\"0\" skipped=\"0\""));
    BOOST_TEST(has(xmlOf(Verdict::not_run, "x"), "<skipped message=\"x\""));
    BOOST_TEST(has(xmlOf(Verdict::not_run, "x"), "failures=\"0\" errors=\"0\" skipped=\"1\""));
    for (const Verdict verdict : {Verdict::error, Verdict::interrupted, Verdict::invalid}) {
        BOOST_TEST(has(xmlOf(verdict, "x"), "<error message=\"x\""));
        BOOST_TEST(has(xmlOf(verdict, "x"), "failures=\"0\" errors=\"1\" skipped=\"0\""));
    }
}

BOOST_AUTO_TEST_CASE(markup_in_findings_is_escaped) {
    const std::string xml = xmlOf(Verdict::fail, "a <b> & \"c\" \x02");
    BOOST_TEST(has(xml, "message=\"a &lt;b&gt; &amp; &quot;c&quot; ?\""));
    BOOST_TEST(!has(xml, "<b>"));
}

BOOST_AUTO_TEST_CASE(a_test_that_never_began_tells_the_cause) {
    BOOST_TEST(has(xmlOf(Verdict::not_run, "", "no reply"), "message=\"no reply\""));
    BOOST_TEST(has(xmlOf(Verdict::not_run, ""), "message=\"not run\""));
}

BOOST_AUTO_TEST_CASE(the_message_is_the_first_line_of_the_text) {
    const std::string xml = xmlOf(Verdict::fail, "first\nsecond");
    BOOST_TEST(has(xml, "message=\"first\">first\nsecond"));
}

BOOST_AUTO_TEST_SUITE_END()
