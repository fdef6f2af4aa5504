// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/load_plan.h and uncertainty.h
#include "hil/procedure/load_plan.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/procedure/uncertainty.h"
#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

LoadPlan planOf(const Scenario& s) {
    return planLoads(s.scale, s.regulation, s.weights);
}

struct NeedCase {
    int e_kg, range_g;
    std::int64_t weights_g;
    friend std::ostream& operator<<(std::ostream& os, const NeedCase& c) {
        return os << c.range_g << " g at e = " << c.e_kg << " kg";
    }
};
// R 76-1 3.7.3 for Max = 100 t, the edges inclusive.
const NeedCase needs[] = {
    {50, 10'000, 20'000'000}, {50, 10'100, 33'333'333}, {50, 15'000, 33'333'333},
    {50, 15'100, 50'000'000}, {20, 4000, 20'000'000},   {20, 4100, 33'333'333},
    {20, 6000, 33'333'333},   {20, 6100, 50'000'000},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(load_plan)

BOOST_AUTO_TEST_CASE(twenty_tonnes_reach_a_hundred_by_four_substitutions) {
    const Scenario s = shipped("100t-jjg539-initial");
    const LoadPlan plan = planOf(s);
    BOOST_TEST(plan.substitutions == 4);
    BOOST_TEST(plan.findings.empty());
    BOOST_TEST_REQUIRE(plan.loads.size() == 5);
    const int materials[] = {0, 0, 1, 2, 4};
    for (std::size_t i = 0; i < plan.loads.size(); ++i) {
        BOOST_TEST(plan.loads[i].pieces->material == materials[i]);
        BOOST_TEST(plan.loads[i].weightsDo());
    }
    // 100 blocks of M1 at 50 g each: 5 kg of the 10 that are a third of 30.
    BOOST_TEST((plan.loads.back().weightsMpe == ExactMass::kg(5)));
}

BOOST_DATA_TEST_CASE(repeatability_decides_how_many_weights_are_needed, bdata::make(needs), c) {
    Scenario s = shipped("100t-jjg539-initial");
    s.scale.ranges = {{ExactMass::kg(100'000), ExactMass::kg(c.e_kg)}};
    for (const NeededWeights& need : planOf(s).needs) {
        if (!need.isFor(ExactMass::g(c.range_g))) continue;
        BOOST_TEST((need.weights - ExactMass::g(c.weights_g)).abs() < ExactMass::g(1));
        return;
    }
    BOOST_ERROR("no rule");
}

BOOST_AUTO_TEST_CASE(the_last_rule_is_for_any_repeatability_and_each_says_its_share) {
    const auto needed = planOf(shipped("100t-jjg539-initial")).needs;
    BOOST_TEST_REQUIRE(needed.size() == 3u);
    BOOST_TEST((needed[0].repeatability == ExactMass::kg(4)));
    BOOST_TEST(!needed[2].repeatability.has_value());
    BOOST_TEST(needed[0].rule == "1/5 Max");
    BOOST_TEST(needed[2].rule == "1/2 Max");
    // A small scale: a tonne is more than a fifth of Max.
    Scenario small = shipped("100t-jjg539-initial");
    small.scale.ranges = {{ExactMass::kg(3000), ExactMass::kg(1)}};
    small.weights.blocks = 1;
    const LoadPlan plan = planOf(small);
    BOOST_TEST_REQUIRE(!plan.needs.empty());
    BOOST_TEST(plan.needs.front().rule == "the least");
    BOOST_TEST((plan.needs.front().weights == ExactMass::kg(1000)));
}

BOOST_AUTO_TEST_CASE(weights_must_be_three_times_better_than_the_mpe) {
    Scenario s = shipped("100t-jjg539-initial");
    s.weights.weightClass = WeightClass::M3;
    const LoadPlan plan = planOf(s);
    BOOST_TEST_REQUIRE(!plan.findings.empty());
    BOOST_TEST(plan.findings.front() ==
               "weights of class M3 may be 5 kg off at 10000 kg, a third of the mpe is 3.33 kg");
}

BOOST_AUTO_TEST_CASE(too_few_weights_are_told_with_what_is_missing) {
    Scenario s = shipped("100t-jjg539-initial");
    s.weights.blocks = 15;
    const LoadPlan plan = planOf(s);
    BOOST_TEST_REQUIRE(!plan.findings.empty());
    BOOST_TEST(plan.findings.back() ==
               "not enough weights: at least 20000 kg are asked for, at hand "
               "are 15000 kg, missing are 5000 kg");
}

BOOST_AUTO_TEST_CASE(handbook_44_allows_three_substitutions) {
    const Scenario s = shipped("200klb-hb44-acceptance");
    const LoadPlan plan = planOf(s);
    BOOST_TEST(plan.substitutions == 3);
    BOOST_TEST(plan.findings.empty());
    Scenario few = s;
    few.weights.blocks = 20;
    BOOST_TEST_REQUIRE(!planOf(few).findings.empty());
    BOOST_TEST(planOf(few).findings.front() ==
               "not enough weights: 4 substitutions would be needed, allowed are 3");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(uncertainty)

// By hand: steps of 2 kg; s = 1 kg; at 20 t an eccentric error of 10 kg at 14 t; M1.
BOOST_AUTO_TEST_CASE(a_budget_is_the_root_of_its_squares) {
    const WeightsModel weights = shipped("100t-jjg539-initial").weights;
    const ScaleSpread spread{Mass{1.0}, 10.0 / (2.0 * 14'000.0 * std::sqrt(3.0))};
    const ExactMass step = ExactMass::kg(2);
    const auto near = [](Mass found, double kg) { BOOST_TEST(std::abs(found.si() - kg) < 1e-9); };

    const UncertaintyBudget direct =
        budgetAt(ExactMass::kg(20'000), 0, step, step, spread, weights);
    near(direct.zero, 2.0 / std::sqrt(12.0));
    near(direct.eccentricity, 20.0 / 14.0 * 10.0 / 2.0 / std::sqrt(3.0));
    near(direct.weights, 1.0 / std::sqrt(3.0));  // 20 blocks of 50 g
    near(direct.buoyancy, 0.25 / std::sqrt(3.0));
    near(direct.drift, 1.0 / std::sqrt(3.0));
    near(direct.substitution, 0.0);
    // Four substitutions and twenty blocks: five times the weights, four comparisons of two.
    const UncertaintyBudget built =
        budgetAt(ExactMass::kg(100'000), 4, step, step, spread, weights);
    near(built.weights, 5.0 / std::sqrt(3.0));
    near(built.substitution, std::sqrt(2.0 * 4.0 * (1.0 + 4.0 / 12.0)));
    double squares = 0.0;
    for (const Mass part : {built.zero, built.indication, built.repeatability, built.eccentricity,
                            built.weights, built.buoyancy, built.drift, built.substitution}) {
        squares += part.si() * part.si();
    }
    near(built.expanded(), 2.0 * std::sqrt(squares));
}

BOOST_AUTO_TEST_CASE(every_judged_error_of_a_verification_has_its_uncertainty) {
    IdealVerification v;
    const VerificationResult result = v.run();
    BOOST_TEST(result.verdict == Verdict::pass);
    for (const Measurement& m : of(resultOf(result, "weighing"), MeasurementKind::up)) {
        BOOST_TEST_REQUIRE(m.uncertainty.has_value());
        BOOST_TEST((*m.uncertainty > ExactMass{}));
    }
}

BOOST_AUTO_TEST_CASE(a_guard_band_fails_what_is_too_near_to_its_limit) {
    for (const bool guarded : {false, true}) {
        IdealVerification v;
        v.scenario.regulation.guardBand = guarded;
        // 9 kg too much at 10 t, where 10 are allowed.
        v.device.response = [](const OnDeck& d) {
            return d.mass + (d.mass > ExactMass::kg(9000) ? ExactMass::kg(9) : ExactMass{});
        };
        const VerificationResult result = v.run();
        BOOST_TEST((resultOf(result, "weighing").verdict == Verdict::fail) == guarded);
    }
}

BOOST_AUTO_TEST_SUITE_END()
