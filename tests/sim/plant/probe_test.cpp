// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/plant/probe.h
#include <boost/test/unit_test.hpp>

#include "sim/plant/probe.h"
#include "tests/sim/plant/reference_scale.h"

using namespace jh;
using namespace jh::test;

BOOST_AUTO_TEST_SUITE(probe_at_rest)

BOOST_AUTO_TEST_CASE(terminals_see_the_mean_of_the_cells) {
    // 100 t on 240 t of cells at 2 mV/V: 0.8333 mV/V; the deck of 11.7 t: 0.0975 mV/V.
    const PointMass load{Length{9.0}, Length{}, Mass{100000.0}};
    const SiteModel site{standardGravity, Temperature{20.0}, 0.0};
    const ProbeResult result = probe(referenceScale(), site, std::span{&load, 1});
    constexpr double relative = 1e-9;
    BOOST_TEST(result.terminals.si() == 2e-3 * 111700.0 / 240000.0,
               boost::test_tools::tolerance(relative));
    BOOST_TEST(result.cells.front().dead.si() == 975.0, boost::test_tools::tolerance(relative));
    BOOST_TEST(result.cells.front().id == "1L");
}

BOOST_AUTO_TEST_CASE(modes_know_the_loads_on_the_deck) {
    const std::vector<double> empty = probe(referenceScale(), {}, ProbeInput{}).modes_Hz;
    const PointMass load{Length{9.0}, Length{}, Mass{20000.0}};
    const std::vector<double> loaded = probe(referenceScale(), {}, std::span{&load, 1}).modes_Hz;
    BOOST_TEST(loaded.front() < empty.front() / 2.0);
}

BOOST_AUTO_TEST_SUITE_END()
