// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/identity.cpp, zero.cpp, tare.cpp and repeatability.cpp
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

using namespace jh;
using namespace jh::test;

namespace {

struct One : IdealVerification {
    explicit One(const std::string& id) { only({id}); }
    TestResult result() { return run().tests.at(0); }
};

/// Verdict of one test on a scale that has been changed.
template <class Change>
Verdict verdictOf(const std::string& id, Change change) {
    One v{id};
    change(v);
    return v.result().verdict;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(identity)

BOOST_AUTO_TEST_CASE(a_nameplate_that_disagrees_fails) {
    One v{"identity"};
    IndicatorIdentity says;
    says.max = ExactMass::kg(60'000);
    says.firstInterval = ExactMass::kg(20);
    v.device.says = says;
    const TestResult test = v.result();
    BOOST_TEST(test.verdict == Verdict::fail);
    for (const Measurement& m : test.measurements) {
        BOOST_TEST(m.verdict == (m.detail == "Max" ? Verdict::fail : Verdict::pass), m.detail);
        if (m.detail != "Max") continue;
        BOOST_TEST(m.expected == "100000 kg");
        BOOST_TEST(m.found == "60000 kg");
    }
}

BOOST_AUTO_TEST_CASE(what_a_person_does_not_find_fails) {
    for (std::size_t i = 0; i < One{"identity"}.scenario.appearance.size(); ++i) {
        One v{"identity"};
        v.scenario.appearance[i].found = false;
        const TestResult test = v.result();
        BOOST_TEST(test.verdict == Verdict::fail);
        BOOST_TEST(test.measurements[i].verdict == Verdict::fail);
        BOOST_TEST(test.measurements[i].detail == v.scenario.appearance[i].title);
        BOOST_TEST(test.measurements[i].detailZh == v.scenario.appearance[i].titleZh);
    }
}

BOOST_AUTO_TEST_CASE(numbers_under_the_seal_are_recorded_and_not_judged) {
    One v{"identity"};
    v.device.says = IndicatorIdentity{
        7, 100, 20260001, 0xDEADBEEF, 12, ExactMass::kg(100'000), ExactMass::kg(20)};
    const TestResult test = v.result();
    BOOST_TEST(test.verdict == Verdict::pass);
    BOOST_TEST(test.measurements.back().found == "12");
    BOOST_TEST((test.measurements.end() - 2)->found == "3735928559");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(zero)

BOOST_AUTO_TEST_CASE(zero_may_be_off_by_a_quarter_of_e) {
    // e = 20 kg: 5 kg, on the grid of 2 kg that the method has.
    for (const auto& [off_kg, verdict] : {std::pair{4, Verdict::pass},
                                          {5, Verdict::pass},
                                          {6, Verdict::fail},
                                          {-4, Verdict::pass},
                                          {-6, Verdict::fail}}) {
        const auto off = ExactMass::kg(off_kg);
        BOOST_TEST(verdictOf("zero", [off](One& v) { v.device.zeroLeaves = off; }) == verdict, off);
    }
}

BOOST_AUTO_TEST_CASE(tracking_that_swallows_the_zero_load_is_found) {
    One v{"zero"};
    v.device.trackingSwallows = ExactMass::kg(300);  // 15 d
    const TestResult test = v.result();
    BOOST_TEST(test.verdict == Verdict::fail);
    BOOST_TEST(test.measurements.at(0).load == ExactMass::kg(200));
    BOOST_TEST(test.measurements.at(0).error == ExactMass::kg(-200));
}

BOOST_AUTO_TEST_CASE(tracking_within_half_d_does_no_harm) {
    One v{"zero"};
    v.device.trackingSwallows = ExactMass::kg(10);
    BOOST_TEST(v.result().verdict == Verdict::pass);
}

BOOST_AUTO_TEST_CASE(zero_must_return_to_half_an_e) {
    for (const auto& [off_kg, verdict] : {std::pair{10, Verdict::pass},
                                          {12, Verdict::fail},
                                          {-10, Verdict::pass},
                                          {-12, Verdict::fail}}) {
        IdealVerification v;
        v.only({"repeatability", "weighing", "zero_return"});
        bool beenToMax = false, series = false;
        v.listener.onTestStart = [&](const TestRule& rule) { series = rule.id == "weighing"; };
        const auto off = ExactMass::kg(off_kg);
        v.device.response = [&](const OnDeck& d) {
            beenToMax = beenToMax || (series && d.mass >= ExactMass::kg(100'000));
            return d.mass + (beenToMax && d.mass < ExactMass::kg(300) ? off : ExactMass{});
        };
        const TestResult test = resultOf(v.run(), "zero_return");
        BOOST_TEST(test.verdict == verdict, off);
        BOOST_TEST(test.measurements.at(0).correctedError == off);
        BOOST_TEST(test.measurements.at(0).load == ExactMass::kg(200));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(repeatability)

BOOST_AUTO_TEST_CASE(three_loadings_and_their_range) {
    One v{"repeatability"};
    v.countLoadingsAfterAdjustment();
    v.device.response = [](const OnDeck& d) {
        return d.mass +
               (d.of(LoadKind::block) > 0 ? d.blockLoadings * ExactMass::kg(2) : ExactMass{});
    };
    const TestResult test = v.result();
    const auto placements = of(test, MeasurementKind::placement);
    BOOST_REQUIRE_EQUAL(placements.size(), 3u);
    for (const Measurement& m : placements) BOOST_TEST(m.load == ExactMass::kg(20'200));
    const Measurement range = of(test, MeasurementKind::range).at(0);
    BOOST_TEST(range.error == ExactMass::kg(4));
    BOOST_TEST(range.limit == ExactMass::kg(20));
}

BOOST_AUTO_TEST_CASE(a_range_beyond_the_mpe_of_the_load_fails) {
    for (const auto& [off_kg, verdict] : {std::pair{10, Verdict::pass}, {11, Verdict::fail}}) {
        One v{"repeatability"};
        v.countLoadingsAfterAdjustment();
        // One loading too high, one too low: each within its own limit.
        const auto off = ExactMass::kg((off_kg + 1) / 2) * 2;
        v.device.response = [off](const OnDeck& d) {
            const int n = d.of(LoadKind::block) > 0 ? d.blockLoadings : 0;
            return d.mass + (n == 2 ? off : n == 3 ? -off : ExactMass{});
        };
        const TestResult test = v.result();
        BOOST_TEST(test.verdict == verdict, off);
        BOOST_TEST(of(test, MeasurementKind::range).at(0).verdict == verdict);
        for (const Measurement& m : of(test, MeasurementKind::placement)) {
            BOOST_TEST(m.verdict == Verdict::pass);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tare)

BOOST_AUTO_TEST_CASE(taring_may_be_off_by_a_quarter_of_e) {
    for (const auto& [off_kg, verdict] : {std::pair{4, Verdict::pass},
                                          {6, Verdict::fail},
                                          {-4, Verdict::pass},
                                          {-6, Verdict::fail}}) {
        const auto off = ExactMass::kg(off_kg);
        BOOST_TEST(verdictOf("tare", [off](One& v) { v.device.tareLeaves = off; }) == verdict, off);
    }
}

BOOST_AUTO_TEST_CASE(net_loads_have_the_limits_of_the_net_load) {
    One v{"net_weighing"};
    v.enoughWeights();
    const TestResult test = v.result();
    const auto nets = of(test, MeasurementKind::net);
    BOOST_REQUIRE_EQUAL(nets.size(), 4u);
    const int loads_kg[] = {400, 10'000, 40'000, 80'000}, limits_kg[] = {10, 10, 20, 30};
    for (std::size_t i = 0; i < nets.size(); ++i) {
        BOOST_TEST(nets[i].load == ExactMass::kg(loads_kg[i]));
        BOOST_TEST(nets[i].indication == ExactMass::kg(loads_kg[i]));
        BOOST_TEST(nets[i].limit == ExactMass::kg(limits_kg[i]));
    }
    BOOST_TEST(v.device.calls["tare"] == 1);
    BOOST_TEST(v.device.calls["clearTare"] == 1);
}

BOOST_AUTO_TEST_CASE(a_gain_error_shows_in_net_weighing_too) {
    const auto gain = [](One& v) {
        v.enoughWeights();
        v.device.response = [](const OnDeck& d) { return d.mass + d.mass.dividedBy(2000); };
    };
    // 40 kg at 80 t net; the tare accuracy does not see it.
    BOOST_TEST(verdictOf("net_weighing", gain) == Verdict::fail);
    BOOST_TEST(verdictOf("tare", gain) == Verdict::pass);
}

BOOST_AUTO_TEST_SUITE_END()
