// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/wall_clock.h
#include "hil/loop/wall_clock.h"

#include <boost/test/unit_test.hpp>

using namespace jh;

BOOST_AUTO_TEST_SUITE(wall_clock)

BOOST_AUTO_TEST_CASE(waits_until_it_is_that_late_and_not_for_what_is_past) {
    const std::atomic<bool> stop{};
    WallClock clock{stop};
    const SimTime due = clock.now() + 5ms;
    BOOST_TEST(clock.waitUntil(due).has_value());
    BOOST_TEST((clock.now() >= due));
    BOOST_TEST(clock.waitUntil(SimTime{}).has_value());
}

BOOST_AUTO_TEST_CASE(stops_when_somebody_asks) {
    const std::atomic<bool> stop{true};
    WallClock clock{stop};
    const auto waited = clock.waitUntil(clock.now() + 1h);
    BOOST_REQUIRE(!waited.has_value());
    BOOST_TEST((waited.error().kind == IoError::Kind::interrupted));
}

BOOST_AUTO_TEST_SUITE_END()
