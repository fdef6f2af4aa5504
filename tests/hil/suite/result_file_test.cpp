// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/result_file.h
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "hil/suite/result_file.h"
#include "tests/hil/suite/sample_suite.h"
#include "tests/support/verdict_printer.h"

using namespace jh;
using namespace jh::test;

namespace {

ScenarioResult fullResult() {
    const Plan plan = samplePlan(1);
    ScenarioResult result = sampleResult(plan, 0);
    result.expected = {"fail", {"zero", "weighing"}};
    result.attempts.insert(result.attempts.begin(),
                           {Verdict::error, false, "ended by \"signal\" 9\n", {}});
    result.attempts.push_back({Verdict::fail,
                               true,
                               "",
                               {{"zero", Verdict::fail, SimTime{1}, "E0: 检 <3> kg\n"},
                                {"weighing", Verdict::not_run, {}, ""}}});
    return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(result_file)

BOOST_AUTO_TEST_CASE(a_result_comes_back_as_it_was) {
    const ScenarioResult result = fullResult();
    const std::string text = resultText(result);
    const auto read = parseResult(text);
    BOOST_REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error()));
    BOOST_TEST((*read == result));
    BOOST_TEST(resultText(*read) == text);
    BOOST_TEST(read->attempts.size() == 3U);
    BOOST_TEST(read->last().verdict == Verdict::fail);
}

BOOST_AUTO_TEST_CASE(no_damage_goes_unseen) {
    const ScenarioResult result = fullResult();
    const std::string text = resultText(result);
    int refused = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char other : {'0', 'x', ' '}) {
            std::string damaged = text;
            damaged[i] = other;
            const auto read = parseResult(damaged);
            if (!read) ++refused;
            // A blank for a line end changes nothing.
            BOOST_TEST((!read || *read == result), "byte " << i << " became '" << other << "'");
        }
        BOOST_TEST((i + 1 == text.size() || !parseResult(text.substr(0, i)).has_value()),
                   "cut after " << i);
    }
    BOOST_TEST(refused > 1000);
    for (const char* other : {"", "{}", "[]", "null", "1", "{\"format\": \"jianheng record 1\"}"}) {
        BOOST_TEST(!parseResult(std::string{other}).has_value(), other);
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_check_sum_says_so) {
    nlohmann::ordered_json json = resultJson(fullResult());
    json["e_kg"] = "20";
    BOOST_TEST(resultOf(json).error() == "damaged: its check sum is wrong");
}

BOOST_AUTO_TEST_CASE(numbers_are_errors_with_names_of_their_own) {
    VerificationResult verification;
    TestResult test;
    test.rule.id = "weighing";
    Measurement m;
    m.kind = MeasurementKind::up;
    m.detail = "Max";
    m.error = ExactMass::kg(3);
    test.measurements.push_back(m);
    m.correctedError = ExactMass::kg(4);
    test.measurements.push_back(m);
    m.error.reset();
    m.correctedError.reset();
    test.measurements.push_back(m);
    verification.tests.push_back(test);
    const std::vector<Number> numbers = numbersOf(verification);
    BOOST_TEST(numbers.size() == 2U);
    BOOST_TEST((numbers[0] == Number{"weighing/up Max", ExactMass::kg(3)}));
    BOOST_TEST((numbers[1] == Number{"weighing/up Max #2", ExactMass::kg(4)}));
}

BOOST_AUTO_TEST_CASE(findings_are_kept_of_what_did_not_pass) {
    VerificationResult verification;
    verification.verdict = Verdict::invalid;
    TestResult test;
    test.rule.id = "weighing";
    test.verdict = Verdict::invalid;
    test.findings = {"not enough weights"};
    test.start = 1s;
    test.end = 3s;
    verification.tests.push_back(test);
    const Attempt attempt = attemptOf(verification, false);
    BOOST_TEST(attempt.tests.size() == 1U);
    BOOST_TEST(attempt.tests[0].finding == "not enough weights\n");
    BOOST_TEST((attempt.tests[0].took == 2s));
}

BOOST_AUTO_TEST_CASE(a_result_lies_where_its_id_says) {
    BOOST_TEST(resultFile("out", "verifications/a@seed1").string() ==
               "out/results/verifications/a@seed1.json");
}

BOOST_AUTO_TEST_SUITE_END()
