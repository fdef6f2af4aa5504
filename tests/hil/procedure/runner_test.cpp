// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/runner.h
#include "hil/procedure/runner.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

/// A verification in which something breaks when this test begins, and is whole after it.
struct Breaking : IdealVerification {
    template <class Break>
    Breaking(const std::string& id, Break breakIt) {
        listener.onTestStart = [this, id, breakIt](const TestRule& rule) {
            if (rule.id == id) breakIt(device);
        };
        listener.onTestEnd = [this](const TestResult&) {
            device.neverStable = device.overloaded = device.faulty = false;
            device.repair();
        };
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(runner)

BOOST_AUTO_TEST_CASE(two_lost_answers_are_asked_for_again_and_counted) {
    for (const IoError::Kind kind : {IoError::Kind::timeout, IoError::Kind::protocol}) {
        Breaking v{"zero", [kind](IdealScale& device) { device.fail("read", kind, 2); }};
        const VerificationResult result = v.run();
        BOOST_TEST(result.verdict == Verdict::pass);
        BOOST_TEST(result.retries == 2);
    }
}

BOOST_AUTO_TEST_CASE(silence_ends_the_run_and_later_tests_are_not_run) {
    Breaking v{"eccentricity", [](IdealScale& d) { d.fail("read", IoError::Kind::timeout); }};
    const VerificationResult result = v.run();
    BOOST_TEST(result.verdict == Verdict::error);
    BOOST_TEST(result.cause == "read was made to fail");
    BOOST_TEST(result.retries == 2);
    BOOST_TEST(resultOf(result, "identity").verdict == Verdict::pass);
    BOOST_TEST(resultOf(result, "zero").verdict == Verdict::pass);
    BOOST_TEST(resultOf(result, "eccentricity").verdict == Verdict::error);
    BOOST_TEST(resultOf(result, "eccentricity").findings.at(0) == result.cause);
    for (const char* later :
         {"repeatability", "weighing", "tare", "discrimination", "zero_return"}) {
        BOOST_TEST(resultOf(result, later).verdict == Verdict::not_run, later);
        BOOST_TEST(resultOf(result, later).measurements.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_repeating_cannot_mend_is_not_repeated) {
    for (const IoError::Kind kind : {IoError::Kind::exception, IoError::Kind::disconnected}) {
        Breaking v{"zero", [kind](IdealScale& d) { d.fail("place", kind, 1); }};
        const VerificationResult result = v.run();
        BOOST_TEST(result.verdict == Verdict::error, kind);
        BOOST_TEST(result.retries == 0);
        BOOST_TEST(resultOf(result, "zero").verdict == Verdict::error);
    }
}

BOOST_AUTO_TEST_CASE(a_load_that_nobody_can_place_leaves_one_test_out) {
    Breaking v{"zero", [](IdealScale& d) { d.fail("place", IoError::Kind::refused, 1); }};
    const VerificationResult result = v.run();
    BOOST_TEST(result.verdict == Verdict::invalid);
    BOOST_TEST(result.retries == 0);
    BOOST_TEST(resultOf(result, "zero").verdict == Verdict::not_run);
    BOOST_TEST(resultOf(result, "weighing").verdict == Verdict::pass);
}

BOOST_AUTO_TEST_CASE(a_run_that_a_person_stops_is_interrupted) {
    Breaking v{"weighing", [](IdealScale& d) { d.fail("wait", IoError::Kind::interrupted); }};
    const VerificationResult result = v.run();
    BOOST_TEST(result.verdict == Verdict::interrupted);
    BOOST_TEST(resultOf(result, "weighing").verdict == Verdict::interrupted);
    BOOST_TEST(resultOf(result, "repeatability").verdict == Verdict::pass);
    BOOST_TEST(resultOf(result, "tare").verdict == Verdict::not_run);
}

BOOST_AUTO_TEST_CASE(a_scale_that_never_rests_fails_and_the_next_test_goes_on) {
    SimTime from{}, to{};
    Breaking v{"zero", [&](IdealScale& d) {
                   d.neverStable = true;
                   from = d.now();
               }};
    const VerificationResult result = v.run();
    const TestResult& zero = resultOf(result, "zero");
    to = zero.end;
    BOOST_TEST(zero.verdict == Verdict::fail);
    BOOST_TEST(zero.findings.at(0) == "the indication does not come to rest");
    constexpr SimTime patience = 120s;
    BOOST_CHECK(to - from >= patience);
    BOOST_TEST(resultOf(result, "eccentricity").verdict == Verdict::pass);
    BOOST_TEST(result.verdict == Verdict::fail);
}

BOOST_AUTO_TEST_CASE(a_blank_or_faulty_display_fails_with_its_reason) {
    Breaking blank{"zero", [](IdealScale& d) { d.overloaded = true; }};
    BOOST_TEST(resultOf(blank.run(), "zero").findings.at(0) == "no weight value: overload");
    Breaking faulty{"zero", [](IdealScale& d) { d.faulty = true; }};
    BOOST_TEST(resultOf(faulty.run(), "zero").findings.at(0) ==
               "the indicator reports a fault of its input");
}

BOOST_AUTO_TEST_CASE(a_display_that_blanks_below_max_fails_weighing) {
    // Drifted after the adjustment by 0.4 %: Max shows 400 kg too much, beyond Max + 9 e.
    IdealVerification v;
    v.enoughWeights();
    v.listener.afterAdjustment = [&] {
        v.device.response = [](const OnDeck& d) { return d.mass + d.mass.dividedBy(250); };
    };
    const VerificationResult result = v.run();
    const TestResult& weighing = resultOf(result, "weighing");
    BOOST_TEST(weighing.verdict == Verdict::fail);
    BOOST_TEST(weighing.findings.at(0) == "no weight value: overload");
    BOOST_TEST(weighing.measurements.size() > 3u);
    BOOST_TEST(resultOf(result, "tare").verdict == Verdict::pass);
    BOOST_TEST(v.device.deck.mass == ExactMass{});
}

BOOST_AUTO_TEST_CASE(a_fault_while_adjusting_is_an_error_of_no_test) {
    IdealVerification v;
    v.device.neverStable = true;
    const VerificationResult result = v.run();
    BOOST_TEST(result.verdict == Verdict::error);
    BOOST_TEST(result.cause == "adjustment: the indication does not come to rest");
    for (const TestResult& test : result.tests) BOOST_TEST(test.verdict == Verdict::not_run);

    IdealVerification sealed;
    sealed.device.fail("adjustSpan", IoError::Kind::refused);
    BOOST_TEST(sealed.run().cause == "adjustment: refused: adjustSpan was made to fail");
}

BOOST_AUTO_TEST_CASE(the_scale_is_adjusted_and_sealed_before_and_never_after) {
    IdealVerification v;
    std::map<std::string, int> before;
    v.listener.afterAdjustment = [&] { before = v.device.calls; };
    v.run();
    for (const char* sealed : {"adjustZero", "adjustSpan", "seal"}) {
        BOOST_TEST(before[sealed] > 0);
        BOOST_TEST(v.device.calls[sealed] == before[sealed], sealed);
    }
    BOOST_TEST(before["seal"] == 1);
}

BOOST_AUTO_TEST_CASE(every_second_belongs_to_a_named_step) {
    IdealVerification v;
    const VerificationResult result = v.run();
    SimTime end{};
    for (const WorkStep& step : result.steps) {
        BOOST_TEST_REQUIRE((step.start == end), step.name << " begins after a gap");
        BOOST_TEST_REQUIRE((step.end > step.start));
        BOOST_TEST_REQUIRE(!step.name.empty());
        end = step.end;
    }
    BOOST_CHECK(end == v.device.now());
}

BOOST_AUTO_TEST_CASE(listeners_hear_every_test_and_every_measurement_once) {
    IdealVerification v;
    std::vector<std::string> started, ended;
    std::size_t measurements = 0, steps = 0;
    v.listener.onTestStart = [&](const TestRule& rule) { started.push_back(rule.id); };
    v.listener.onTestEnd = [&](const TestResult& test) { ended.push_back(test.rule.id); };
    v.listener.onMeasurement = [&](const TestResult&) { ++measurements; };
    v.listener.onStep = [&](const WorkStep&) { ++steps; };
    const VerificationResult result = v.run();
    std::vector<std::string> ids;
    std::size_t recorded = 0;
    for (const TestResult& test : result.tests) {
        ids.push_back(test.rule.id);
        recorded += test.measurements.size();
    }
    BOOST_TEST(started == ids, boost::test_tools::per_element());
    BOOST_TEST(ended == ids, boost::test_tools::per_element());
    BOOST_TEST(measurements == recorded);
    BOOST_TEST(steps == result.steps.size());
}

BOOST_AUTO_TEST_SUITE_END()
