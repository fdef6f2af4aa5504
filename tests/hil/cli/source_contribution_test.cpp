// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/cli/source_contribution.h
#include "hil/cli/source_contribution.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr double exact = 1e-12;

SourceProfile source() {
    SourceProfile profile;
    profile.step = BridgeRatio{2e-10};
    profile.gainUncertainty = 10e-6;
    profile.gainDrift_per_K = 3e-6;
    profile.excitationDrift_per_K = 25e-6;
    profile.temperatureSpan_K = 4.0;
    return profile;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source_contribution)

// By hand: eight cells of 30 t and 2 mV/V give 2 mV/V at 240 t, so a kilogram is 8.33 nV/V; what
// the box and the deck do to it is less than a percent.
BOOST_AUTO_TEST_CASE(a_kilogram_is_its_share_of_all_cells) {
    const Scenario s = shipped("100t-jjg539-initial");
    const BridgeRatio perKg = signalPerKg(s.scale, s.site);
    BOOST_TEST(perKg.si() == 2e-3 / 240'000.0, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(drifts_are_bounds_over_the_stated_span) {
    const SourceUncertainty u = contributionOf(source(), BridgeRatio{8e-9}, SiteModel{});
    BOOST_TEST(u.step.si() == 0.025, boost::test_tools::tolerance(exact));
    BOOST_TEST(u.gain == 10e-6);
    BOOST_TEST(u.temperatureSpan_K == 4.0);
    BOOST_TEST(u.drift == 12e-6 / std::sqrt(3.0), boost::test_tools::tolerance(exact));
    BOOST_TEST(u.excitation == 0.0);  // it follows
    SourceProfile fixed = source();
    fixed.ratiometric = false;
    BOOST_TEST(
        contributionOf(fixed, BridgeRatio{8e-9}, SiteModel{}).excitation == 100e-6 / std::sqrt(3.0),
        boost::test_tools::tolerance(exact));
}

// 6 K up and down, and half a kelvin an hour for eight hours.
BOOST_AUTO_TEST_CASE(without_one_the_site_has_the_span) {
    SiteModel site;
    BOOST_TEST(temperatureSpan_K(site) == 0.0);
    site.day.amplitude_K = 6.0;
    site.temperatureDrift_K_h = -0.5;
    BOOST_TEST(temperatureSpan_K(site) == 16.0);
    SourceProfile profile = source();
    profile.temperatureSpan_K = 0.0;
    BOOST_TEST(contributionOf(profile, BridgeRatio{8e-9}, site).drift == 48e-6 / std::sqrt(3.0),
               boost::test_tools::tolerance(exact));
}

BOOST_AUTO_TEST_SUITE_END()
