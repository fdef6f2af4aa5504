// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/signal_load_source.h
#include "hil/driver/signal_load_source.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr double resolution = 1e-9;  // V/V, the source's smallest step

/// 5000 e of 1 uV at 5 V above 0.2 mV/V, for eight bridges of 775 ohm.
struct Source {
    Scenario scenario{shipped("indicator-alone-r76")};
    VirtualBench bench{simulatedBench(scenario)};
    SignalLoadSource source;

    explicit Source(CableWires wires = CableWires::six)
        : source{bench, *scenario.signal, wired(scenario, wires)} {}
    static const ScaleModel& wired(Scenario& s, CableWires wires) {
        s.scale.wiring.wires = wires;
        return s.scale;
    }
    void full() {
        BOOST_TEST_REQUIRE(
            source.place(LoadKind::block, 100, ExactMass::kg(1000), std::nullopt).has_value());
    }
    double signal() const { return bench.signal->si(); }
};

void near(double found, double expected) {
    BOOST_TEST(std::abs(found - expected) <= resolution / 2, found << " is not " << expected);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signal_load_source)

BOOST_AUTO_TEST_CASE(a_load_becomes_its_ratio) {
    Source s;
    near(s.signal(), 2e-4);
    s.full();
    near(s.signal(), 2e-4 + 1e-3);
}

BOOST_AUTO_TEST_CASE(six_wires_sense_a_cable_away_and_four_do_not) {
    for (const auto& [wires, factor] :
         {std::pair{CableWires::six, 1.0 + 2.0 / 100e3},
          std::pair{CableWires::four, 1.0 / (1.0 + 2.0 * 8.0 / 775.0)}}) {
        Source s{wires};
        s.full();
        BOOST_TEST_REQUIRE(s.source.insertCable(Resistance{2.0}).has_value());
        near(s.signal(), 1.2e-3 * factor);
        BOOST_TEST_REQUIRE(s.source.insertCable({}).has_value());
        near(s.signal(), 1.2e-3);
    }
}

BOOST_AUTO_TEST_CASE(zero_and_span_follow_the_chamber) {
    Source s;
    s.full();
    BOOST_TEST_REQUIRE(s.source.setTemperature(Temperature{40.0}).has_value());
    BOOST_TEST((s.source.temperature() == Temperature{40.0}));
    // 20 K: 10 nV/K at 5 V, 2.5 ppm/K.
    near(s.signal(), 1.2e-3 * (1.0 + 50e-6) + 200e-9 / 5.0);
}

BOOST_AUTO_TEST_CASE(a_scale_in_the_open_has_no_chamber) {
    Source s;
    BOOST_TEST(!s.bench.setTemperature(Temperature{40.0}).has_value());
    BOOST_TEST(!s.source.trimCell(0, 0.1).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
