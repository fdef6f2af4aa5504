// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/tests.h
#include "hil/procedure/tests.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

Verdict judged(Measurement m, std::optional<ExactMass> limit) {
    TestResult test;
    Results{test, {}}.record(std::move(m), limit);
    return test.measurements.front().verdict;
}

Measurement withError(ExactMass error) {
    Measurement m;
    m.correctedError = error;
    return m;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(results)

BOOST_AUTO_TEST_CASE(a_limit_is_inclusive_to_the_milligram) {
    const ExactMass mpe = ExactMass::kg(30), more = mpe + ExactMass::mg(1);
    BOOST_TEST(judged(withError(mpe), mpe) == Verdict::pass);
    BOOST_TEST(judged(withError(-mpe), mpe) == Verdict::pass);
    BOOST_TEST(judged(withError(more), mpe) == Verdict::fail);
    BOOST_TEST(judged(withError(-more), mpe) == Verdict::fail);
}

BOOST_AUTO_TEST_CASE(without_a_limit_nothing_fails) {
    BOOST_TEST(judged(withError(ExactMass::kg(5000)), std::nullopt) == Verdict::pass);
}

BOOST_AUTO_TEST_CASE(the_corrected_error_is_judged_when_there_is_one) {
    Measurement m;
    m.error = ExactMass::kg(24);
    BOOST_TEST(judged(m, ExactMass::kg(20)) == Verdict::fail);
    m.correctedError = ExactMass::kg(19);
    BOOST_TEST(judged(m, ExactMass::kg(20)) == Verdict::pass);
    // The reading alone would pass, the value does not: I = 40 020, E = 24, E0 = 2.
    m.correctedError = ExactMass::kg(22);
    BOOST_TEST(judged(m, ExactMass::kg(20)) == Verdict::fail);
}

BOOST_AUTO_TEST_CASE(a_value_that_could_not_be_found_fails_under_a_limit) {
    Measurement m = withError({});
    m.finding = "no change-over within 2 e";
    BOOST_TEST(judged(m, ExactMass::kg(20)) == Verdict::fail);
    BOOST_TEST(judged(m, std::nullopt) == Verdict::pass);
}

BOOST_AUTO_TEST_CASE(found_must_be_what_was_expected) {
    Measurement m;
    m.expected = "100000 kg";
    m.found = "60000 kg";
    BOOST_TEST(judged(m, std::nullopt) == Verdict::fail);
    m.found = m.expected;
    BOOST_TEST(judged(m, std::nullopt) == Verdict::pass);
}

BOOST_AUTO_TEST_CASE(every_test_of_the_regulation_has_a_body) {
    for (const TestRule& rule : shipped("100t-jjg539-initial").regulation.tests) {
        BOOST_TEST((testBody(rule.id) != nullptr), rule.id);
    }
    BOOST_TEST((testBody("no_such_test") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(verification)

BOOST_DATA_TEST_CASE(an_ideal_scale_passes_without_an_error, bdata::make(shippedHealthy), name) {
    IdealVerification v{name};
    const VerificationResult result = v.run();
    for (const TestResult& test : result.tests) {
        BOOST_TEST(test.verdict == Verdict::pass, test.rule.id << ": " << failures(test));
        for (const Measurement& m : test.measurements) {
            if (!m.judged() || m.kind == MeasurementKind::putBack) continue;
            // Half of 50 kg is no whole number of the 2 kg weights used at the top of 60 t.
            const ExactMass grid = ExactMass::kg(v.scenario.scale.ranges.size() > 1 ? 1 : 0);
            BOOST_TEST(m.judged()->abs() <= grid, m.detail << ": " << *m.judged());
        }
    }
    BOOST_TEST(result.verdict == Verdict::pass);
    BOOST_TEST(result.cause == "");
    BOOST_TEST(v.device.deck.mass == ExactMass{});
}

BOOST_DATA_TEST_CASE(the_nominal_load_never_exceeds_max, bdata::make(shippedHealthy), name) {
    IdealVerification v{name};
    v.run();
    ExactMass most;
    for (const IdealScale::Move& move : v.device.moves) most = std::max(most, move.nominal);
    BOOST_TEST(most == v.scenario.scale.max());
}

BOOST_AUTO_TEST_CASE(no_test_looks_at_the_truth) {
    // A real scale has no truth to tell; every other number is the same.
    IdealVerification simulated, real;
    const auto off = [](const OnDeck& d) { return d.mass + ExactMass::mg(d.mass.inMg() / 9000); };
    simulated.device.response = real.device.response = off;
    const VerificationResult a = simulated.run();
    const VerificationResult b =
        runVerification({real.device, real.device, real.device, real.device, nullptr},
                        {real.scenario.scale, real.scenario.regulation, real.scenario.weights,
                         real.scenario.appearance},
                        {});
    BOOST_TEST(a.verdict == b.verdict);
    for (std::size_t t = 0; t < a.tests.size(); ++t) {
        BOOST_REQUIRE_EQUAL(a.tests[t].measurements.size(), b.tests[t].measurements.size());
        BOOST_TEST(a.tests[t].verdict == b.tests[t].verdict);
        for (std::size_t i = 0; i < a.tests[t].measurements.size(); ++i) {
            BOOST_TEST(a.tests[t].measurements[i].value == b.tests[t].measurements[i].value);
            BOOST_TEST(!b.tests[t].measurements[i].truth.has_value());
        }
    }
    BOOST_TEST(simulated.device.moves.size() == real.device.moves.size());
}

BOOST_AUTO_TEST_SUITE_END()
