// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/latency_watch.h
#include "hil/loop/latency_watch.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace jh;

namespace {

/// A signal that rises from 0 to 20 t in a second, from 1 s on, and stays; one point in 10 ms.
struct Ramp {
    LatencyWatch watch{ExactMass::kg(100)};
    Ramp() {
        for (SimTime at{}; at <= 3s; at += 10ms) watch.signal(at, loadAt(at));
    }
    static Mass loadAt(SimTime at) {
        return Mass{20'000.0 * std::clamp(seconds(at) - 1.0, 0.0, 1.0)};
    }
    void within(SimTime expected) const {
        // Bins are 4 % wide, points 10 ms apart.
        BOOST_TEST(seconds(watch.latency().most()) == seconds(expected),
                   boost::test_tools::tolerance(0.05));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(latency_watch)

// The middle of 0 and 10 t is gone through at 1.25 s.
BOOST_FIXTURE_TEST_CASE(a_step_of_the_register_is_late_by_the_way_from_its_middle, Ramp) {
    watch.seen(1600ms, ExactMass{});
    BOOST_TEST(watch.latency().count() == 0u);
    watch.seen(1650ms, ExactMass::kg(10'000));
    BOOST_TEST(watch.latency().count() == 1u);
    within(400ms);
}

BOOST_FIXTURE_TEST_CASE(the_last_time_counts_and_only_in_the_same_direction, Ramp) {
    // Off again: the middle of 20 t and 0 is gone through downwards at 4.5 s.
    for (SimTime at = 3010ms; at <= 6s; at += 10ms) {
        watch.signal(at, Mass{20'000.0 - loadAt(at - 3s).si()});
    }
    watch.seen(4800ms, ExactMass::kg(20'000));
    watch.seen(5100ms, ExactMass{});
    within(600ms);
}

BOOST_FIXTURE_TEST_CASE(noise_a_dark_display_and_what_no_signal_did_do_not_count, Ramp) {
    watch.seen(1s, ExactMass{});
    watch.seen(1300ms, ExactMass::kg(99));
    watch.seen(1400ms, std::nullopt);
    watch.seen(1500ms, ExactMass::kg(5'000));
    BOOST_TEST(watch.latency().count() == 0u);
    // Nothing ever went through 50 t.
    watch.seen(2500ms, ExactMass::kg(95'000));
    BOOST_TEST(watch.latency().count() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
