// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/manual_load_source.h
#include "hil/driver/manual_load_source.h"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace jh;

namespace {

/// A person who does what is asked, or does not.
struct Person {
    std::vector<LoadOrder> asked;
    bool willing{true};
    ManualLoadSource source{[this](const LoadOrder& order) -> Expected<void, IoError> {
        asked.push_back(order);
        if (willing) return {};
        return Unexpected<IoError>{{IoError::Kind::refused, "no crane today"}};
    }};
};

constexpr ExactMass tonne = ExactMass::kg(1000), kilo = ExactMass::kg(2);

}  // namespace

BOOST_AUTO_TEST_SUITE(manual_load_source)

BOOST_AUTO_TEST_CASE(a_person_is_told_what_to_move_where_and_what_then_lies_there) {
    Person p;
    BOOST_TEST(p.source.place(LoadKind::block, 20, tonne, std::nullopt).has_value());
    BOOST_TEST(p.source.place(LoadKind::block, 14, tonne, std::nullopt).has_value());
    BOOST_TEST(p.source.place(LoadKind::smallWeight, 3, kilo, std::size_t{1}).has_value());
    BOOST_TEST(p.source.place(LoadKind::block, 0, tonne, std::nullopt).has_value());
    BOOST_REQUIRE(p.asked.size() == 4u);
    BOOST_TEST((p.asked[0].act == LoadOrder::Act::put));
    BOOST_TEST(p.asked[0].pieces == 20);
    BOOST_TEST((p.asked[1].act == LoadOrder::Act::take));
    BOOST_TEST(p.asked[1].pieces == 6);
    BOOST_TEST(p.asked[1].stay == 14);
    BOOST_TEST((p.asked[2].kind == LoadKind::smallWeight));
    BOOST_TEST(p.asked[2].support.value() == 1u);
    BOOST_TEST((p.asked[2].mass == kilo));
    BOOST_TEST((p.asked[3].act == LoadOrder::Act::take));
    BOOST_TEST((p.asked[3].kind == LoadKind::block));
    BOOST_TEST(p.asked[3].pieces == 14);
    BOOST_TEST(p.asked[3].stay == 0);
}

BOOST_AUTO_TEST_CASE(an_indicator_without_a_command_is_adjusted_at_its_keys) {
    Person p;
    BOOST_TEST(p.source.adjustZero().has_value());
    BOOST_TEST(p.source.adjustSpan(20 * tonne).has_value());
    BOOST_REQUIRE(p.asked.size() == 2u);
    BOOST_TEST((p.asked[1].act == LoadOrder::Act::adjustSpan));
    BOOST_TEST((p.asked[1].mass == 20 * tonne));
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_for_what_lies_there_already) {
    Person p;
    BOOST_TEST(p.source.place(LoadKind::block, 5, tonne, std::nullopt).has_value());
    BOOST_TEST(p.source.place(LoadKind::block, 5, tonne, std::nullopt).has_value());
    BOOST_TEST(p.asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_not_done_is_refused_and_asked_for_again) {
    Person p;
    p.willing = false;
    const auto done = p.source.place(LoadKind::block, 5, tonne, std::nullopt);
    BOOST_REQUIRE(!done.has_value());
    BOOST_TEST((done.error().kind == IoError::Kind::refused));
    p.willing = true;
    BOOST_TEST(p.source.place(LoadKind::block, 5, tonne, std::nullopt).has_value());
    BOOST_TEST(p.asked.size() == 2u);
    BOOST_TEST(!p.source.roll({}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
