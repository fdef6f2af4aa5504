// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/discrimination.cpp
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

using namespace jh;
using namespace jh::test;

namespace {

struct DiscriminationOnly : IdealVerification {
    DiscriminationOnly() {
        use(ExactMass::kg(50));
        enoughWeights();
        only({"discrimination"});
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(discrimination)

BOOST_AUTO_TEST_CASE(passes_wherever_between_two_change_over_points_the_scale_stands) {
    const ExactMass half = ExactMass::kg(25);
    for (ExactMass off = -half + ExactMass::kg(1); off < half; off += ExactMass::g(500)) {
        DiscriminationOnly v;
        v.device.zeroLeaves = off;
        const VerificationResult result = v.run();
        BOOST_TEST_REQUIRE(result.verdict == Verdict::pass,
                           "off by " << off << ": " << failures(result.tests[0]));
    }
}

BOOST_AUTO_TEST_CASE(goes_through_the_steps_of_r76_a_4_8_2) {
    DiscriminationOnly v;
    const VerificationResult result = v.run();
    const auto back = of(result.tests[0], MeasurementKind::putBack);
    const auto step = of(result.tests[0], MeasurementKind::oneInterval);
    BOOST_REQUIRE_EQUAL(back.size(), 3u);
    BOOST_REQUIRE_EQUAL(step.size(), 3u);
    const ExactMass loads[] = {ExactMass::kg(1000), ExactMass::kg(50'000), ExactMass::kg(100'000)};
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(back[i].load == loads[i]);
        // Ten weights of 5 kg are on: one interval more than the load.
        BOOST_TEST(back[i].indication == loads[i] + ExactMass::kg(50));
        BOOST_TEST(back[i].added == ExactMass::kg(5));
        BOOST_TEST(step[i].added == ExactMass::kg(70));
        BOOST_TEST(step[i].indication == loads[i] + ExactMass::kg(100));
        BOOST_TEST(step[i].error == ExactMass{});
    }
}

BOOST_AUTO_TEST_CASE(a_hidden_dead_band_of_60_kg_fails_at_e_50_kg) {
    DiscriminationOnly v;
    v.device.deadBand = ExactMass::kg(60);
    const VerificationResult result = v.run();
    BOOST_TEST(result.tests[0].verdict == Verdict::fail);
    BOOST_REQUIRE(!result.tests[0].findings.empty());
    BOOST_TEST(result.tests[0].findings[0] == "Min: taking off 1 d does not move the indication");
    BOOST_TEST(v.device.deck.mass == ExactMass{});
}

BOOST_AUTO_TEST_CASE(needing_three_weights_to_bring_the_indication_back_fails) {
    DiscriminationOnly v;
    v.device.deadBand = ExactMass::kg(14);  // three weights of 5 kg, not two
    v.device.zeroLeaves = ExactMass::kg(-1);
    const VerificationResult result = v.run();
    BOOST_TEST(result.tests[0].verdict == Verdict::fail);
    // Three searches at each of three loads, of which the last counts.
    const auto back = of(result.tests[0], MeasurementKind::putBack);
    BOOST_REQUIRE_EQUAL(back.size(), 9u);
    for (std::size_t i = 0; i < back.size(); ++i) {
        BOOST_TEST(back[i].added == ExactMass::kg(15));
        BOOST_TEST(back[i].limit.has_value() == (i % 3 == 2));
    }
}

BOOST_AUTO_TEST_CASE(what_a_gust_asked_for_is_searched_again) {
    DiscriminationOnly v;
    v.device.deadBand = ExactMass::kg(14);
    v.device.zeroLeaves = ExactMass::kg(-1);
    v.listener.onMeasurement = [&v](const TestResult&) { v.device.deadBand = {}; };
    const VerificationResult result = v.run();
    BOOST_TEST(result.tests[0].verdict == Verdict::pass, failures(result.tests[0]));
    const auto back = of(result.tests[0], MeasurementKind::putBack);
    BOOST_REQUIRE_EQUAL(back.size(), 4u);
    BOOST_TEST(back[0].added == ExactMass::kg(15));
    BOOST_TEST(!back[0].limit.has_value());
    BOOST_TEST(back[1].added == ExactMass::kg(5));
    BOOST_TEST((back[1].limit == ExactMass::kg(10)));
}

BOOST_AUTO_TEST_SUITE_END()
