// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/judgement.h
#include <boost/test/unit_test.hpp>

#include "hil/suite/judgement.h"
#include "tests/hil/suite/sample_suite.h"

using namespace jh;
using namespace jh::test;
using std::chrono::year;

namespace {

constexpr std::chrono::year_month_day lastDay{year{2026}, std::chrono::month{11},
                                              std::chrono::day{30}};

/// Good, bad, bad in quarantine, missing.
Merged mixed() {
    Merged merged = sampleMerged(4);
    merged.results.at("s01") = failedResult(merged.plan, 1);
    merged.results.at("s02") = failedResult(merged.plan, 2);
    merged.plan.scenarios[2].quarantine = Quarantined{"known", lastDay};
    merged.results.erase("s03");
    return merged;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judgement)

BOOST_AUTO_TEST_CASE(every_scenario_of_the_plan_has_its_standing) {
    const Merged merged = mixed();
    const std::vector<Judged> judged = judge(merged, nullptr, lastDay);
    BOOST_REQUIRE(judged.size() == 4U);
    BOOST_TEST((judged[0].standing == Standing::good));
    BOOST_TEST((judged[1].standing == Standing::bad));
    BOOST_TEST((judged[2].standing == Standing::quarantined));
    BOOST_TEST((judged[3].standing == Standing::missing));
    const Tally tally = tallyOf(judged);
    BOOST_TEST(tally.good == 1);
    BOOST_TEST(tally.bad == 1);
    BOOST_TEST(tally.quarantined == 1);
    BOOST_TEST(tally.missing == 1);
}

BOOST_AUTO_TEST_CASE(a_quarantine_ends_by_itself) {
    const Merged merged = mixed();
    const auto judged = judge(merged, nullptr, year{2026} / 12 / 1);
    BOOST_TEST((judged[2].standing == Standing::bad));
    BOOST_TEST(judged[2].quarantineOver);
}

BOOST_AUTO_TEST_CASE(what_is_good_needs_no_quarantine) {
    Merged merged = mixed();
    merged.results.at("s02") = sampleResult(merged.plan, 2);
    BOOST_TEST((judge(merged, nullptr, lastDay)[2].standing == Standing::good));
}

BOOST_AUTO_TEST_CASE(a_moved_number_is_not_good) {
    const Merged merged = mixed();
    Baseline baseline;
    baseline.scenarios["s00"] = {"", {{"zero/zero return", ExactMass::kg(5)}}};
    const auto judged = judge(merged, &baseline, lastDay);
    BOOST_TEST((judged[0].standing == Standing::bad));
    BOOST_TEST(judged[0].asExpected());
    BOOST_TEST(judged[0].inBaseline);
    BOOST_TEST(!judged[1].inBaseline);
    BOOST_TEST(tallyOf(judged).changed == 1);
}

BOOST_AUTO_TEST_SUITE_END()
