// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/second_display.h
#include "hil/driver/second_display.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/ideal_scale.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

/// 14 220 kg on an ideal scale, of which 4000 kg are tared.
struct Tared {
    Scenario scenario{shipped("100t-jjg539-initial")};
    IdealScale scale{scenario.scale};
    std::optional<SecondDisplayFault> wrong;
    SecondDisplay display{scale, scale, 2s, [this] { return wrong; }};

    Tared() {
        put(4000);
        BOOST_TEST_REQUIRE(scale.tare().has_value());
        put(14'220);
    }
    void put(std::int64_t kg) {
        for (const int count : {0, 1}) {
            BOOST_TEST_REQUIRE(
                scale.place(LoadKind::tareLoad, count, ExactMass::kg(kg), std::nullopt)
                    .has_value());
        }
        BOOST_TEST_REQUIRE(scale.read().has_value());
    }
    std::pair<ExactMass, ExactMass> shown() {
        const auto r = display.read();
        BOOST_TEST_REQUIRE(r.has_value());
        return {*r->gross, *r->net};
    }
};

using Masses = std::pair<ExactMass, ExactMass>;
constexpr ExactMass kg(std::int64_t v) {
    return ExactMass::kg(v);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(second_display)

BOOST_AUTO_TEST_CASE(it_shows_what_it_was_sent_some_time_ago) {
    Tared t;
    const SimTime before = t.scale.now();
    const auto r = t.display.read();
    BOOST_TEST_REQUIRE(r.has_value());
    BOOST_TEST((t.scale.now() - before >= 2s));
    BOOST_TEST((t.scale.now() - r->at == 2s));
    BOOST_TEST((t.shown() == Masses{kg(14'220), kg(10'220)}));
}

BOOST_AUTO_TEST_CASE(it_can_lose_its_last_digit) {
    Tared t;
    t.wrong = SecondDisplayFault{DisplayError::digitLost};
    BOOST_TEST((t.shown() == Masses{kg(1422), kg(1022)}));
    t.put(1000);
    BOOST_TEST((t.shown() == Masses{kg(100), kg(-300)}));
}

BOOST_AUTO_TEST_CASE(it_can_show_gross_for_net) {
    Tared t;
    t.wrong = SecondDisplayFault{DisplayError::grossForNet};
    BOOST_TEST((t.shown() == Masses{kg(14'220), kg(14'220)}));
}

BOOST_AUTO_TEST_CASE(it_can_hold_on_to_an_old_value) {
    Tared t;
    t.wrong = SecondDisplayFault{DisplayError::oldValue};
    BOOST_TEST((t.shown() == Masses{kg(14'220), kg(10'220)}));
    t.put(5000);
    BOOST_TEST((t.shown() == Masses{kg(14'220), kg(10'220)}));
}

BOOST_AUTO_TEST_CASE(it_has_no_keys_and_passes_silence_on) {
    Tared t;
    const auto refused = t.display.zero();
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().text == "a second display has no keys");
    t.scale.fail("read", IoError::Kind::timeout);
    BOOST_TEST(!t.display.read().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
