// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/eccentricity.cpp
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

struct EccentricityOnly : IdealVerification {
    explicit EccentricityOnly(const std::string& name = "100t-jjg539-initial")
        : IdealVerification{name} {
        only({"eccentricity"});
    }
};

struct LoadCase {
    const char* scenario;
    std::size_t supports;
    int blocks;
    friend std::ostream& operator<<(std::ostream& os, const LoadCase& c) {
        return os << c.scenario << ", " << c.blocks << " t";
    }
};
// Max/(N-1) for N > 4 supports, Max/3 for four, in whole tonnes (R 76-1 3.6.2.2).
const LoadCase loadCases[] = {{"100t-jjg539-initial", 8, 14},
                              {"60t-jjg539-initial", 6, 12},
                              {"30t-jjg539-initial", 4, 10},
                              {"150t-jjg539-initial", 10, 16}};

}  // namespace

BOOST_AUTO_TEST_SUITE(eccentricity)

BOOST_DATA_TEST_CASE(the_load_is_max_by_supports_less_one, bdata::make(loadCases), c) {
    EccentricityOnly v{c.scenario};
    const TestResult test = v.run().tests[0];
    const auto places = of(test, MeasurementKind::support);
    BOOST_REQUIRE_EQUAL(places.size(), c.supports);
    const ExactMass zeroLoad = 10 * v.scenario.scale.firstInterval();
    for (const Measurement& m : places) {
        BOOST_TEST(m.load == c.blocks * ExactMass::kg(1000) + zeroLoad);
        BOOST_TEST(m.limit == maxPermissibleError(v.scenario.regulation, *m.load,
                                                  v.scenario.scale.intervalAt(*m.load)));
    }
    // Only the adjustment loads evenly; every support gets its blocks once.
    std::vector<int> times(c.supports);
    for (const IdealScale::Move& move : v.device.moves) {
        if (move.kind != LoadKind::block || !move.deck.support) continue;
        ++times.at(*move.deck.support);
        BOOST_TEST(move.deck.of(LoadKind::block) == c.blocks);
    }
    BOOST_CHECK(times == std::vector<int>(c.supports, 1));
}

BOOST_AUTO_TEST_CASE(each_place_in_turn_with_its_zero_before_it) {
    EccentricityOnly v;
    const TestResult test = v.run().tests[0];
    BOOST_REQUIRE_EQUAL(test.measurements.size(), 16u);
    for (std::size_t i = 0; i < 8; ++i) {
        const Measurement &zero = test.measurements[2 * i], &place = test.measurements[2 * i + 1];
        BOOST_CHECK(zero.kind == MeasurementKind::zeroError);
        BOOST_CHECK(place.kind == MeasurementKind::support);
        BOOST_TEST(zero.load == ExactMass::kg(200));
        BOOST_TEST(zero.detail == v.scenario.scale.cells[i].id);
        BOOST_TEST(place.detail == v.scenario.scale.cells[i].id);
        BOOST_TEST(place.zeroError == zero.error);
    }
}

BOOST_AUTO_TEST_CASE(a_wandering_zero_does_not_add_up) {
    EccentricityOnly v;
    // 4 kg more with every loading: 32 kg by the last place, beyond any limit.
    v.device.response = [](const OnDeck& d) { return d.mass + d.blockLoadings * ExactMass::kg(4); };
    const VerificationResult result = v.run();
    BOOST_TEST(result.verdict == Verdict::pass);
    for (const Measurement& m : of(result.tests[0], MeasurementKind::support)) {
        BOOST_TEST(m.correctedError == ExactMass::kg(4));
    }
}

BOOST_AUTO_TEST_CASE(one_wrong_corner_fails_there_and_only_there) {
    for (const auto& [error_kg, verdict] : {std::pair{20, Verdict::pass}, {22, Verdict::fail}}) {
        EccentricityOnly v;
        const ExactMass error = ExactMass::kg(error_kg);
        v.device.response = [error](const OnDeck& d) {
            return d.mass + (d.support == 2u ? error : ExactMass{});
        };
        const TestResult test = v.run().tests[0];
        BOOST_TEST(test.verdict == verdict, "off by " << error);
        for (const Measurement& m : of(test, MeasurementKind::support)) {
            BOOST_TEST(m.correctedError == (m.detail == "2L" ? error : ExactMass{}));
            BOOST_TEST(m.verdict == (m.detail == "2L" ? verdict : Verdict::pass));
        }
    }
}

BOOST_AUTO_TEST_CASE(without_the_weights_for_one_support_it_is_not_run) {
    EccentricityOnly v;
    v.scenario.weights.blocks = 13;
    const VerificationResult result = v.run();
    BOOST_TEST(result.tests[0].verdict == Verdict::not_run);
    BOOST_TEST(result.tests[0].findings.at(0) ==
               "not enough weights: 14 pieces of 1000 kg are needed at one support");
    BOOST_TEST(result.verdict == Verdict::invalid);
}

BOOST_AUTO_TEST_SUITE_END()
