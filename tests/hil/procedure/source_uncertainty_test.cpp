// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/source_uncertainty.h and the source's part of hil/procedure/uncertainty.h
#include "hil/procedure/source_uncertainty.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/procedure/uncertainty.h"
#include "tests/hil/procedure/ideal_verification.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr double exact_kg = 1e-9;

void near(Mass found, double expected_kg) {
    BOOST_TEST(std::abs(found.si() - expected_kg) < exact_kg, found.si()
                                                                  << " is not " << expected_kg);
}

/// Steps of 1.2 kg; 10, 20 and 20 ppm: 30 ppm together.
SourceUncertainty source() {
    return {Mass{1.2}, 10e-6, 20e-6, 20e-6, 5.0};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source_uncertainty)

// By hand: 1.2 / sqrt 12 squared is 0.12; 30 ppm of 100 t are 3 kg.
BOOST_AUTO_TEST_CASE(parts_add_up_as_squares) {
    near(source().resolution(), 1.2 / std::sqrt(12.0));
    near(source().standardAt(Mass{}), std::sqrt(0.12));
    near(source().standardAt(Mass{100'000.0}), std::sqrt(0.12 + 9.0));
    near(source().expandedAt(Mass{100'000.0}), 2.0 * std::sqrt(9.12));
}

BOOST_AUTO_TEST_CASE(a_budget_holds_the_parts_of_a_source_only_with_one) {
    const WeightsModel weights = shipped("100t-jjg539-initial").weights;
    const ExactMass load = ExactMass::kg(20'000), step = ExactMass::kg(2);
    const UncertaintyBudget without = budgetAt(load, 0, step, step, {}, weights);
    const UncertaintyBudget with = budgetAt(load, 0, step, step, {}, weights, source());
    BOOST_TEST(without.parts().size() == 8u);
    BOOST_TEST(with.parts().size() == 12u);
    near(with.sourceResolution, 1.2 / std::sqrt(12.0));
    near(with.sourceGain, 0.2);
    near(with.sourceDrift, 0.4);
    near(with.sourceExcitation, 0.4);
    near(with.combined(),
         std::sqrt(without.combined().si() * without.combined().si() + 0.12 + 0.36));
}

BOOST_AUTO_TEST_CASE(every_judged_error_carries_the_source_of_its_run) {
    IdealVerification v;
    const VerificationResult without = v.run();
    VerificationResult with = without;
    with.source = source();
    addUncertainty(with, v.scenario.scale, v.scenario.regulation, v.scenario.weights);
    const auto before = of(resultOf(without, "weighing"), MeasurementKind::up);
    const auto after = of(resultOf(with, "weighing"), MeasurementKind::up);
    BOOST_TEST_REQUIRE(before.size() == after.size());
    BOOST_TEST_REQUIRE(!after.empty());
    for (std::size_t i = 0; i < after.size(); ++i) {
        const double u_kg = before[i].budget->combined().si();
        const double s_kg = source().standardAt(after[i].load->mass()).si();
        near(after[i].budget->combined(), std::hypot(u_kg, s_kg));
        BOOST_TEST((*after[i].uncertainty > *before[i].uncertainty));
    }
}

BOOST_AUTO_TEST_CASE(a_run_tells_the_source_it_was_planned_with) {
    IdealVerification v;
    v.only({"zero"});
    IdealScale& d = v.device;
    const VerificationResult result =
        runVerification({d, d, d, d, &d, &d},
                        {v.scenario.scale, v.scenario.regulation, v.scenario.weights,
                         v.scenario.appearance, 1, source()},
                        v.listener);
    BOOST_TEST_REQUIRE(result.source.has_value());
    BOOST_TEST(result.source->gain == 10e-6);
    BOOST_TEST(!v.run().source.has_value());
}

// e is 20 kg: 2 kg may come from the source. 19 ppm of 100 t are 1.9 kg, 21 ppm are 2.1 kg.
BOOST_AUTO_TEST_CASE(more_than_a_tenth_of_e_is_too_uncertain_to_judge_by) {
    const ScaleModel scale = shipped("100t-jjg539-initial").scale;
    const std::vector<ExactMass> loads{ExactMass::kg(400), ExactMass::kg(90'000),
                                       ExactMass::kg(100'000)};
    const auto withGain = [](double gain) {
        return SourceUncertainty{Mass{}, gain, 0.0, 0.0, 0.0};
    };
    BOOST_TEST(tooUncertain(withGain(20e-6), scale, loads) == "");
    BOOST_TEST(tooUncertain(withGain(21e-6), scale, loads) ==
               "the signal source is too uncertain: its standard uncertainty at 100000 kg is 2.10 "
               "kg, more than 0.1 e = 2.00 kg (resolution 0.00, gain 2.10, drift 0.00, excitation "
               "0.00 kg)");
    BOOST_TEST(tooUncertain(withGain(21e-6), scale, {loads[0], loads[1]}) == "");
}

// Partial ranges have their own e: what does at 100 t with 50 kg is too much below it with 20 kg.
BOOST_AUTO_TEST_CASE(each_load_is_held_against_its_own_interval) {
    ScaleModel scale = shipped("100t-jjg539-initial").scale;
    scale.ranges = {{ExactMass::kg(60'000), ExactMass::kg(20)},
                    {ExactMass::kg(100'000), ExactMass::kg(50)}};
    const SourceUncertainty source{Mass{}, 40e-6, 0.0, 0.0, 0.0};
    BOOST_TEST(tooUncertain(source, scale, {ExactMass::kg(100'000)}) == "");
    BOOST_TEST(tooUncertain(source, scale, {ExactMass::kg(60'000)}) != "");
}

BOOST_AUTO_TEST_SUITE_END()
