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
    return planLoads(s.scale, s.regulation, s.weights, s.seed);
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

/// What R 76-1 A.4.4.1 asks of these ranges, with blocks of 1 t.
std::vector<ExactMass> generated(const std::vector<WeighingRange>& ranges, bool multipleRange,
                                 int points) {
    Scenario s = shipped("100t-jjg539-initial");
    s.scale.ranges = ranges;
    s.scale.multipleRange = multipleRange;
    s.regulation.weighingLoads.clear();
    s.regulation.weighingPoints = points;
    std::vector<ExactMass> loads;
    for (const PlannedLoad& load : planOf(s).loads) loads.push_back(load.load);
    return loads;
}
constexpr ExactMass kg(std::int64_t v) {
    return ExactMass::kg(v);
}
std::vector<ExactMass> kilograms(std::initializer_list<std::int64_t> loads) {
    std::vector<ExactMass> masses;
    for (const std::int64_t load : loads) masses.push_back(kg(load));
    return masses;
}

BOOST_AUTO_TEST_CASE(loads_follow_from_class_and_max) {
    const WeighingRange fine{kg(100'000), kg(20)}, coarse{kg(100'000), kg(50)};
    BOOST_TEST((generated({fine}, false, 5) == kilograms({400, 10'000, 40'000, 50'000, 100'000})));
    // 2000 e is Max: four loads, and the widest gap is halved.
    BOOST_TEST(
        (generated({coarse}, false, 5) == kilograms({1000, 25'000, 50'000, 75'000, 100'000})));
    BOOST_TEST((
        generated({fine}, false, 10) ==
        kilograms({400, 10'000, 17'000, 25'000, 40'000, 50'000, 62'000, 75'000, 87'000, 100'000})));
    BOOST_TEST((generated({coarse}, false, 1) == kilograms({1000, 25'000, 50'000, 100'000})));
}

BOOST_AUTO_TEST_CASE(loads_follow_from_the_ranges) {
    const std::vector<WeighingRange> ranges{{kg(60'000), kg(20)}, {kg(150'000), kg(50)}};
    // Multi-interval: above 60 t the mpe changes at 2000 e_2 only.
    BOOST_TEST((generated(ranges, false, 5) ==
                kilograms({400, 10'000, 40'000, 60'000, 75'000, 100'000, 150'000})));
    // Multiple range: the second range has a Min and a 500 e of its own.
    BOOST_TEST((generated(ranges, true, 5) ==
                kilograms({400, 1000, 10'000, 25'000, 40'000, 60'000, 75'000, 100'000, 150'000})));
}

BOOST_AUTO_TEST_CASE(min_depends_on_the_class) {
    Scenario s = shipped("100t-jjg539-initial");
    s.scale.ranges = {{kg(10'000), kg(20)}};
    s.scale.accuracyClass = AccuracyClass::IIII;
    BOOST_TEST((s.scale.min() == kg(200)));
    s.scale.accuracyClass = AccuracyClass::I;
    BOOST_TEST((s.scale.min() == kg(2000)));
    s.scale.accuracyClass = AccuracyClass::II;
    BOOST_TEST((s.scale.min() == kg(1000)));
    BOOST_TEST((s.scale.minOf(ExactMass::mg(50)) == ExactMass::g(1)));
}

BOOST_AUTO_TEST_CASE(drawn_loads_depend_on_the_seed_and_can_be_made_up) {
    Scenario s = shipped("100t-jjg539-initial");
    s.regulation.randomLoads = 3;
    const auto drawn = [](const LoadPlan& plan) {
        std::vector<ExactMass> loads;
        for (const PlannedLoad& load : plan.loads) {
            if (!load.random) continue;
            loads.push_back(load.load);
            BOOST_TEST((load.load > kg(400) && load.load < kg(100'000)));
            BOOST_TEST(load.pieces.has_value());
            BOOST_TEST(load.text == load.load.kgText() + " kg");
        }
        return loads;
    };
    const LoadPlan plan = planOf(s);
    BOOST_TEST(plan.loads.size() == 8);
    BOOST_TEST(plan.findings.empty());
    BOOST_TEST(drawn(plan).size() == 3);
    BOOST_TEST((drawn(plan) == drawn(planOf(s))));
    Scenario other = s;
    other.seed = 2;
    BOOST_TEST((drawn(plan) != drawn(planOf(other))));
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

// By hand: three visits find 3, 5 and 7 kg where 4 kg are true on the mean: 1, 1 and 3 kg off.
BOOST_AUTO_TEST_CASE(uncertainty_by_chance_is_how_far_errors_lie_from_what_is_true) {
    const auto visit = [](std::int64_t found_kg, std::int64_t true_kg) {
        Measurement zero;
        zero.kind = MeasurementKind::zeroError;
        // Two kilograms too much all along: the zero takes them off.
        zero.truth = TruthValue{ExactMass::kg(200), ExactMass::kg(202)};
        Measurement m;
        m.kind = MeasurementKind::up;
        m.detail = "Max";
        m.load = ExactMass::kg(1000);
        m.correctedError = ExactMass::kg(found_kg);
        m.uncertainty = ExactMass::kg(1);
        m.truth = TruthValue{ExactMass::kg(1000), ExactMass::kg(1002 + true_kg)};
        VerificationResult result;
        result.tests.emplace_back();
        result.tests[0].measurements = {zero, m};
        return result;
    };
    const auto simulated = [&](const std::vector<VerificationResult>& visits) {
        VerificationResult result = visit(0, 0);
        addSimulatedUncertainty(result, visits);
        return result.tests[0].measurements[1].simulatedUncertainty;
    };
    const auto same = simulated({visit(3, 4), visit(5, 4), visit(7, 4)});
    const auto spread = simulated({visit(3, 1), visit(5, 4), visit(7, 7)});
    BOOST_TEST_REQUIRE(same.has_value());
    BOOST_TEST(std::abs(same->mass().si() - 2.0 * std::sqrt(11.0 / 3.0)) < 1e-6);
    BOOST_TEST((spread == same));
    // One visit tells nothing, nor does one that measured something else, or knows no truth.
    BOOST_TEST(!simulated({visit(3, 4)}).has_value());
    VerificationResult other = visit(5, 4), blind = visit(5, 4);
    other.tests[0].measurements[1].detail = "Min";
    blind.tests[0].measurements[1].truth.reset();
    BOOST_TEST(!simulated({visit(3, 4), other, blind}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
