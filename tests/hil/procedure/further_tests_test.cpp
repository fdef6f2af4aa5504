// SPDX-License-Identifier: GPL-3.0-or-later
// Tests that type evaluation and Handbook 44 add, on a scale that is nothing but arithmetic: a
// healthy one passes, and each passes or fails at its own limit and nowhere else.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr ExactMass kg(std::int64_t v) {
    return ExactMass::kg(v);
}

/// Only this test, with weights enough to need no material but where the test wants it.
TestResult outcome(IdealVerification& v, const std::string& id) {
    v.only({id});
    BOOST_TEST_REQUIRE(v.scenario.regulation.tests.size() == 1);
    return v.run().tests.front();
}

struct Healthy {
    const char *scenario, *test;
    friend std::ostream& operator<<(std::ostream& os, const Healthy& h) {
        return os << h.scenario << " " << h.test;
    }
};
const Healthy healthy[] = {
    {"100t-r76-type", "rolling"},
    {"100t-r76-type", "repeatability"},
    {"100t-r76-type", "creep"},
    {"100t-r76-type", "equilibrium"},
    {"100t-r76-type", "zero_range"},
    {"100t-r76-type", "zero_tracking"},
    {"100t-r76-type", "tare_range"},
    {"100t-r76-type", "overload"},
    {"100t-r76-type", "agreement"},
    {"100t-r76-type", "warm_up"},
    {"100t-r76-days", "span_stability"},
    {"200klb-hb44-acceptance", "section"},
    {"200klb-hb44-acceptance", "radio"},
    {"200klb-hb44-acceptance", "strain_load"},
    {"200klb-hb44-acceptance", "decreasing"},
    {"200klb-hb44-acceptance", "zero_balance"},
    {"indicator-alone-r76", "sense"},
    {"indicator-alone-r76", "temperature"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(further_tests)

BOOST_DATA_TEST_CASE(a_healthy_scale_passes, bdata::make(healthy), h) {
    IdealVerification v{h.scenario};
    const TestResult test = outcome(v, h.test);
    BOOST_TEST(test.verdict == Verdict::pass, failures(test));
    BOOST_TEST(!test.measurements.empty());
    BOOST_TEST(v.device.deck.mass == ExactMass{});
}

BOOST_AUTO_TEST_CASE(a_rolling_load_is_judged_at_every_stop_in_both_directions) {
    // 15 t at e = 20 kg: 20 kg are allowed, at one stop in one direction there are 22.
    for (const int error_kg : {20, 22}) {
        IdealVerification v{"100t-r76-initial"};
        v.device.response = [error_kg](const OnDeck& d) {
            const bool there = d.rolling && d.rolling->reverse && d.rolling->share > 0.9;
            return d.mass + (there ? kg(error_kg) : ExactMass{});
        };
        const TestResult test = outcome(v, "rolling");
        const auto stops = of(test, MeasurementKind::rolling);
        BOOST_TEST(stops.size() == 10);  // 5 stops of 3 modules, two directions
        BOOST_TEST((test.verdict == Verdict::fail) == (error_kg == 22));
        for (const Measurement& m : stops) {
            BOOST_TEST((*m.limit == kg(20)));
            if (m.verdict == Verdict::fail) BOOST_TEST(m.detail == "0 %, reverse");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_rolling_load_above_four_fifths_of_max_does_not_count) {
    IdealVerification v{"100t-r76-initial"};
    v.device.rollingMass = kg(80'100);
    const TestResult test = outcome(v, "rolling");
    BOOST_TEST(test.verdict == Verdict::not_run);
    BOOST_TEST(test.findings.front() == "a rolling load of 80100 kg is more than 80000 kg");
}

BOOST_AUTO_TEST_CASE(sections_must_be_right_and_alike) {
    // 24 000 lb are 1200 d: 3 d maintenance, 1.5 d acceptance; the range may be 3 d.
    const ExactMass d = ExactMass::lb(20);
    for (const auto& [up, down, passes] :
         {std::tuple{d, -d, true}, std::tuple{2 * d, ExactMass{}, false}}) {
        IdealVerification v{"200klb-hb44-acceptance"};
        v.device.response = [up = up, down = down](const OnDeck& deck) {
            if (deck.of(LoadKind::block) < 20) return deck.mass;
            return deck.mass + (deck.support == 1 ? up : deck.support == 3 ? down : ExactMass{});
        };
        const TestResult test = outcome(v, "section");
        BOOST_TEST((test.verdict == Verdict::pass) == passes, failures(test));
        const auto range = of(test, MeasurementKind::range);
        BOOST_TEST_REQUIRE(range.size() == 1);
        BOOST_TEST((*range[0].error == up - down));
        BOOST_TEST((*range[0].limit == 3 * d));
        BOOST_TEST(of(test, MeasurementKind::section).size() == 4);
    }
}

// R 76-1 3.9.4.1 with the example of e = 50 kg: 80 000, 79 992 and 79 988 pass at once; 79 975 and
// 79 964 leave it to four hours.
BOOST_AUTO_TEST_CASE(creep_is_judged_after_half_an_hour_or_after_four) {
    struct Row {
        int at15_kg, at30_kg, at4h_kg;
        std::size_t measured;
        bool passes;
    };
    for (const Row& row :
         {Row{-8, -12, -12, 2, true}, Row{-25, -36, -40, 6, true}, Row{-25, -36, -60, 6, false}}) {
        IdealVerification v{"100t-r76-type"};
        v.use(kg(50));
        v.enoughWeights();
        std::optional<SimTime> loaded;
        v.device.response = [&](const OnDeck& d) {
            if (d.of(LoadKind::block) < 50) {
                loaded.reset();
                return d.mass;
            }
            if (!loaded) loaded = v.device.now();
            const SimTime since = v.device.now() - *loaded;
            const int crept = since < 14min   ? 0
                              : since < 29min ? row.at15_kg
                              : since < 59min ? row.at30_kg
                                              : row.at4h_kg;
            return d.mass + kg(crept);
        };
        const TestResult test = outcome(v, "creep");
        BOOST_TEST(of(test, MeasurementKind::creep).size() == row.measured);
        BOOST_TEST((test.verdict == Verdict::pass) == row.passes, failures(test));
        BOOST_TEST(of(test, MeasurementKind::zeroReturn).size() == 1);
    }
}

BOOST_AUTO_TEST_CASE(a_value_printed_too_early_fails) {
    for (const int off_kg : {20, 40}) {
        IdealVerification v{"100t-r76-type"};
        v.device.swing = kg(off_kg);
        const TestResult test = outcome(v, "equilibrium");
        BOOST_TEST(of(test, MeasurementKind::equilibrium).size() == 15);
        const Measurement print = of(test, MeasurementKind::equilibrium).front();
        BOOST_TEST((print.verdict == Verdict::fail) == (off_kg == 40));
    }
}

BOOST_AUTO_TEST_CASE(zero_may_be_set_within_four_percent_and_at_start_within_twenty) {
    for (const auto& [key_kg, start_kg, passes] :
         {std::tuple{4000, 20'000, true}, std::tuple{4500, 20'000, false},
          std::tuple{2000, 24'000, false}}) {
        IdealVerification v{"100t-r76-type"};
        v.device.zeroKeyTakes = kg(key_kg);
        v.device.startTakes = kg(start_kg);
        const TestResult test = outcome(v, "zero_range");
        BOOST_TEST((test.verdict == Verdict::pass) == passes, failures(test));
        const auto ranges = of(test, MeasurementKind::zeroRange);
        BOOST_TEST_REQUIRE(ranges.size() == 2);
        BOOST_TEST((*ranges[0].error == kg(key_kg)));
        BOOST_TEST((*ranges[1].error == kg(start_kg)));
    }
}

BOOST_AUTO_TEST_CASE(the_state_of_zero_tracking_is_told) {
    IdealVerification off{"100t-r76-type"};
    BOOST_TEST(outcome(off, "zero_tracking").measurements.front().found ==
               "non-existent or not in operation");
    IdealVerification on{"100t-r76-type"};
    on.device.trackingSwallows = kg(4);
    const TestResult tracking = outcome(on, "zero_tracking");
    BOOST_TEST(tracking.measurements.front().found ==
               "in operation; out of its working range at the zero load");
    BOOST_TEST(tracking.verdict == Verdict::pass, failures(tracking));
    IdealVerification hungry{"100t-r76-type"};
    hungry.device.trackingSwallows = kg(400);
    BOOST_TEST(outcome(hungry, "zero_tracking").verdict == Verdict::fail);
}

BOOST_AUTO_TEST_CASE(the_display_is_dark_above_max_and_nine_intervals) {
    for (const int above_kg : {180, 260}) {
        IdealVerification v{"100t-r76-type"};
        v.device.shownAboveMax = kg(above_kg);
        const TestResult test = outcome(v, "overload");
        BOOST_TEST((test.verdict == Verdict::pass) == (above_kg == 180), failures(test));
        BOOST_TEST((*test.measurements.front().limit == kg(180)));
    }
}

BOOST_AUTO_TEST_CASE(handbook_44_lets_the_display_go_on_to_105_percent) {
    for (const int above_lb : {10'000, 10'400}) {
        IdealVerification v{"200klb-hb44-acceptance"};
        v.device.shownAboveMax = ExactMass::lb(above_lb);
        const TestResult test = outcome(v, "overload");
        BOOST_TEST((test.verdict == Verdict::pass) == (above_lb == 10'000), failures(test));
    }
}

BOOST_AUTO_TEST_CASE(the_first_indication_after_start_is_right) {
    IdealVerification v{"100t-r76-type"};
    std::optional<SimTime> on;
    v.device.response = [&](const OnDeck& d) {
        const bool cold = v.device.calls["switchSupply"] == 2 && d.of(LoadKind::block) > 10 &&
                          (!on || v.device.now() - *on < 4min);
        if (cold && !on) on = v.device.now();
        return d.mass + (cold ? kg(50) : ExactMass{});
    };
    const TestResult test = outcome(v, "warm_up");
    BOOST_TEST(test.verdict == Verdict::fail);
    BOOST_TEST(of(test, MeasurementKind::warmUp).front().verdict == Verdict::fail);
    BOOST_TEST(of(test, MeasurementKind::warmUp).back().verdict == Verdict::pass);
}

BOOST_AUTO_TEST_CASE(drift_without_load_counts_for_five_kelvin) {
    // 2 K per hour; zero moves by so many kg per K.
    for (const auto& [kg_K, passes] : {std::pair{3, true}, std::pair{5, false}}) {
        IdealVerification v{"100t-r76-days"};
        v.device.thermometer = [](SimTime t) {
            return std::optional{Temperature{10.0 + 2.0 * static_cast<double>(t / 1h)}};
        };
        v.device.response = [&, kg_K = kg_K](const OnDeck& d) {
            return d.mass + kg(2 * kg_K * (v.device.now() / 1h));
        };
        const TestResult test = outcome(v, "no_load_drift");
        BOOST_TEST((test.verdict == Verdict::pass) == passes, failures(test));
        BOOST_TEST(of(test, MeasurementKind::noLoadDrift).size() == 8);
    }
    IdealVerification steady{"100t-r76-days"};
    const TestResult test = outcome(steady, "no_load_drift");
    BOOST_TEST(test.verdict == Verdict::not_run);
    BOOST_TEST(test.findings.front() == "the temperature changed by 0.0 K only; 5 K are asked for");
}

BOOST_AUTO_TEST_CASE(span_may_wander_by_half_an_interval_or_half_the_mpe) {
    for (const auto& [kg_day, passes] : {std::pair{1, true}, std::pair{2, false}}) {
        IdealVerification v{"100t-r76-days"};
        v.device.response = [&, kg_day = kg_day](const OnDeck& d) {
            const bool loaded = d.of(LoadKind::block) >= 20;
            return d.mass + (loaded ? kg(kg_day * (v.device.now() / 24h)) : ExactMass{});
        };
        const TestResult test = outcome(v, "span_stability");
        const auto range = of(test, MeasurementKind::range);
        BOOST_TEST_REQUIRE(range.size() == 1);
        // Each value is found to 0.1 e.
        BOOST_TEST(((*range[0].error - kg(7 * kg_day)).abs() <= kg(2)));
        BOOST_TEST((*range[0].limit == kg(10)));
        BOOST_TEST((test.verdict == Verdict::pass) == passes);
    }
}

BOOST_AUTO_TEST_CASE(a_strain_load_judges_the_known_part) {
    // 25 000 lb known are 1250 d: 1.5 d. An error that grows with the whole load: the unknown part
    // does not count.
    for (const auto& [ppm, passes] : {std::pair{1000, true}, std::pair{1400, false}}) {
        IdealVerification v{"200klb-hb44-acceptance"};
        v.device.response = [ppm = ppm](const OnDeck& d) {
            return d.mass - d.mass.times(ppm, 1'000'000);
        };
        const TestResult test = outcome(v, "strain_load");
        BOOST_TEST((test.verdict == Verdict::pass) == passes, failures(test));
        BOOST_TEST(of(test, MeasurementKind::strain).size() == 4);
    }
}

BOOST_AUTO_TEST_CASE(a_radio_may_move_the_indication_by_one_interval_or_darken_it) {
    for (const auto& [lb, passes] : {std::pair{20, true}, std::pair{60, false}}) {
        IdealVerification v{"200klb-hb44-acceptance"};
        v.device.radioAdds = ExactMass::lb(lb);
        BOOST_TEST((outcome(v, "radio").verdict == Verdict::pass) == passes);
    }
}

// Max is 5000 e: the mpe of the module is 0.75 e = 15 kg, and a third of it 4.995 kg. The change is
// found in steps of 0.1 e = 2 kg.
BOOST_AUTO_TEST_CASE(a_cable_may_change_the_span_by_a_third_of_the_mpe) {
    for (const auto& [change_kg, passes] : {std::pair{-4, true}, std::pair{-6, false}}) {
        IdealVerification v{"indicator-alone-r76"};
        v.device.response = [&, change_kg = change_kg](const OnDeck& d) {
            const bool shows = v.device.cable > Resistance{} && d.of(LoadKind::block) == 100;
            return d.mass + (shows ? kg(change_kg) : ExactMass{});
        };
        const TestResult test = outcome(v, "sense");
        BOOST_TEST((test.verdict == Verdict::pass) == passes, failures(test));
        const auto changes = of(test, MeasurementKind::sense);
        BOOST_TEST_REQUIRE(changes.size() == 1);
        BOOST_TEST((*changes[0].error == kg(change_kg)));
        BOOST_TEST((*changes[0].limit == ExactMass::g(4995)));
        BOOST_TEST((v.device.cable == Resistance{}));
    }
}

// No load: 1 e = 20 kg for 5 K. Load: 15 kg at Max, far from 20 degC by at most 30 K.
BOOST_AUTO_TEST_CASE(zero_and_span_follow_the_temperature_within_their_limits) {
    struct Row {
        int zero_kg_5K, span_kg_30K;
        bool passes;
    };
    for (const Row& row :
         {Row{20, 0, true}, Row{22, 0, false}, Row{0, 14, true}, Row{0, 18, false}}) {
        IdealVerification v{"indicator-alone-r76"};
        v.device.response = [&v, row](const OnDeck& d) {
            const auto warmer_K = static_cast<int>(v.device.chamber.si()) - 20;
            return d.mass + kg(row.zero_kg_5K).times(warmer_K, 5) +
                   kg(row.span_kg_30K).times(warmer_K * d.of(LoadKind::block), 30 * 100);
        };
        const TestResult test = outcome(v, "temperature");
        BOOST_TEST((test.verdict == Verdict::pass) == row.passes, failures(test));
        const auto drifts = of(test, MeasurementKind::noLoadDrift);
        BOOST_TEST_REQUIRE(drifts.size() == 4);
        for (const Measurement& m : drifts) {
            BOOST_TEST((m.error->abs() == kg(row.zero_kg_5K)));
            BOOST_TEST((*m.limit == kg(20)));
        }
        // Ten loads at each of five temperatures.
        BOOST_TEST(of(test, MeasurementKind::temperature).size() == 50);
        BOOST_TEST((v.device.chamber == Temperature{20.0}));
    }
}

BOOST_AUTO_TEST_CASE(without_a_laboratory_there_is_no_test_of_a_module) {
    for (const auto& [id, reason] : {std::pair{"sense", "there is no cable to insert"},
                                     std::pair{"temperature", "there is no climate chamber"}}) {
        IdealVerification v{"indicator-alone-r76"};
        v.device.laboratory = false;
        const TestResult test = outcome(v, id);
        BOOST_TEST(test.verdict == Verdict::not_run);
        BOOST_TEST(test.findings.front() == reason);
    }
}

BOOST_AUTO_TEST_CASE(a_test_that_ends_early_leaves_no_cable_and_no_heat) {
    for (const char* id : {"sense", "temperature"}) {
        IdealVerification v{"indicator-alone-r76"};
        v.device.response = [&v](const OnDeck& d) {
            v.device.neverStable =
                v.device.cable > Resistance{} || v.device.chamber > Temperature{20.0};
            return d.mass;
        };
        BOOST_TEST(outcome(v, id).verdict == Verdict::fail);
        BOOST_TEST((v.device.cable == Resistance{}));
        BOOST_TEST((v.device.chamber == Temperature{20.0}));
    }
}

// Up to 60 t by 20 kg, then by 50 kg: on the way down 40 t are 800 e_2, where 50 kg are allowed.
// Among the loads that are drawn is one with hand weights: changing them for blocks may not lead
// beyond 60 t.
BOOST_AUTO_TEST_CASE(a_multiple_range_scale_is_judged_by_the_range_in_use) {
    for (const auto& [error_kg, passes] : {std::pair{50, true}, std::pair{55, false}}) {
        IdealVerification v{"150t-60t-multiple-range-r76"};
        std::size_t highest = 0;
        v.device.response = [&, error_kg = error_kg](const OnDeck& d) {
            if (d.mass >= kg(150'000)) highest = v.device.moves.size();
            const bool back = highest > 0 && d.mass >= kg(40'000) && d.mass < kg(41'000);
            return d.mass + (back ? kg(error_kg) : ExactMass{});
        };
        v.only({"repeatability", "weighing"});
        v.listener.onTestStart = [&](const TestRule&) { highest = 0; };
        const VerificationResult result = v.run();
        const TestResult& test = resultOf(result, "weighing");
        BOOST_TEST((test.verdict == Verdict::pass) == passes, failures(test));
        for (const Measurement& m : of(test, MeasurementKind::up)) {
            if (*m.load == kg(60'000)) BOOST_TEST((*m.limit == kg(30)));
            if (*m.load == kg(40'000)) BOOST_TEST((*m.limit == kg(20)));
        }
        for (const Measurement& m : of(test, MeasurementKind::down)) {
            if (*m.load == kg(40'000)) BOOST_TEST((*m.limit == kg(50)));
            if (*m.load == kg(25'000)) BOOST_TEST((*m.limit == kg(25)));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_multiple_range_scale_stays_in_its_range_until_it_is_empty) {
    struct Row {
        bool stays, returns, passes;
    };
    for (const Row& row :
         {Row{true, true, true}, Row{false, true, false}, Row{true, false, false}}) {
        IdealVerification v{"150t-60t-multiple-range-r76"};
        v.scenario.weights.blocks = 150;
        v.device.staysInRange = row.stays;
        v.device.returnsToLowest = row.returns;
        const TestResult test = outcome(v, "intervals");
        BOOST_TEST((test.verdict == Verdict::pass) == row.passes, failures(test));
    }
}

// e_1 is 20 kg; the rule holds its edge.
BOOST_AUTO_TEST_CASE(near_zero_a_multiple_range_scale_stays_within_e_1_for_five_minutes) {
    for (const auto& [drift_kg, passes] : {std::pair{20, true}, std::pair{22, false}}) {
        IdealVerification v{"150t-60t-multiple-range-r76"};
        v.scenario.weights.blocks = 150;
        std::optional<SimTime> unloaded;
        bool loaded = false;
        v.device.response = [&, drift_kg = drift_kg](const OnDeck& d) {
            if (d.of(LoadKind::block) == 150) loaded = true, unloaded.reset();
            if (loaded && d.of(LoadKind::handWeight) > 0 && d.of(LoadKind::block) == 0 &&
                !unloaded) {
                unloaded = v.device.now();
            }
            const bool late = unloaded && v.device.now() - *unloaded > 4min;
            return d.mass + (late ? kg(drift_kg) : ExactMass{});
        };
        v.only({"weighing", "repeatability", "zero_return"});
        v.listener.onTestStart = [&](const TestRule&) { loaded = false, unloaded.reset(); };
        const VerificationResult result = v.run();
        const TestResult& test = resultOf(result, "zero_return");
        const auto drifts = of(test, MeasurementKind::rangeReturn);
        BOOST_TEST_REQUIRE(drifts.size() == 1);
        BOOST_TEST((*drifts[0].error == kg(drift_kg)));
        BOOST_TEST((*drifts[0].limit == kg(20)));
        BOOST_TEST((drifts[0].verdict == Verdict::pass) == passes);
        // From Max_2 zero comes back within 0.5 e_2.
        BOOST_TEST((*of(test, MeasurementKind::zeroReturn).front().limit == kg(25)));
    }
}

BOOST_AUTO_TEST_CASE(a_scale_that_never_returns_to_its_lowest_range_is_told_so) {
    IdealVerification v{"150t-60t-multiple-range-r76"};
    v.scenario.weights.blocks = 150;
    v.device.returnsToLowest = false;
    v.only({"weighing", "repeatability", "zero_return"});
    const VerificationResult result = v.run();
    const TestResult& test = resultOf(result, "zero_return");
    BOOST_TEST_REQUIRE(!test.findings.empty());
    BOOST_TEST(test.findings.front() == "without load the interval stays 50 kg");
}

/// A second display with an error of its own, read together with the first.
class OtherDisplay final : public Indicator {
public:
    OtherDisplay(Indicator& first, ExactMass grossOff, ExactMass netOff)
        : first_{first}, grossOff_{grossOff}, netOff_{netOff} {}
    Expected<Reading, IoError> read() override {
        auto r = first_.read();
        if (r && r->gross) r->gross = *r->gross + grossOff_;
        if (r && r->net && r->tare) r->net = *r->net + netOff_;
        return r;
    }
    Expected<IndicatorIdentity, IoError> identify() override { return first_.identify(); }
    Expected<void, IoError> zero() override { return {}; }
    Expected<void, IoError> tare() override { return {}; }
    Expected<void, IoError> clearTare() override { return {}; }

private:
    Indicator& first_;
    ExactMass grossOff_, netOff_;
};

BOOST_AUTO_TEST_CASE(two_displays_agree_gross_and_net) {
    for (const auto& [gross_kg, net_kg] : {std::pair{0, 0}, std::pair{20, 0}, std::pair{0, 20}}) {
        IdealVerification v{"100t-r76-type"};
        v.enoughWeights();
        v.only({"agreement"});
        OtherDisplay second{v.device, kg(gross_kg), kg(net_kg)};
        const VerificationResult result = runVerification(
            {v.device, v.device, v.device, v.device, &v.device, &v.device, &second},
            {v.scenario.scale, v.scenario.regulation, v.scenario.weights, v.scenario.appearance},
            v.listener);
        const TestResult& test = result.tests.front();
        BOOST_TEST((test.verdict == Verdict::pass) == (gross_kg == 0 && net_kg == 0),
                   failures(test));
        const auto all = of(test, MeasurementKind::agreement);
        BOOST_TEST_REQUIRE(all.size() == 5);
        BOOST_TEST((*all[0].error == kg(gross_kg)));
        BOOST_TEST((*all[4].error == kg(net_kg)));
    }
}

BOOST_AUTO_TEST_CASE(a_tare_that_leaves_a_net_value_fails) {
    IdealVerification v{"100t-r76-type"};
    v.device.tareLeaves = kg(8);
    BOOST_TEST(outcome(v, "tare_range").verdict == Verdict::fail);
}

BOOST_AUTO_TEST_SUITE_END()
