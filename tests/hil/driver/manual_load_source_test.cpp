// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/manual_load_source.h
#include "hil/driver/manual_load_source.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/printers.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A person who does what is asked, or does not.
struct Person {
    Scenario scenario{shipped("100t-jjg539-initial")};
    std::vector<std::string> asked;
    bool willing{true};
    ManualLoadSource source{scenario.scale, [this](const std::string& what) {
                                asked.push_back(what);
                                return willing;
                            }};
};

constexpr ExactMass tonne = ExactMass::kg(1000), kilo = ExactMass::kg(2);

}  // namespace

BOOST_AUTO_TEST_SUITE(manual_load_source)

BOOST_AUTO_TEST_CASE(a_person_is_told_what_to_put_where_and_what_then_lies_there) {
    Person p;
    BOOST_TEST(p.source.place(LoadKind::block, 20, tonne, std::nullopt).has_value());
    BOOST_TEST(p.source.place(LoadKind::block, 14, tonne, std::nullopt).has_value());
    BOOST_TEST(p.source.place(LoadKind::block, 0, tonne, std::nullopt).has_value());
    BOOST_TEST(p.source.place(LoadKind::smallWeight, 3, kilo, std::size_t{1}).has_value());
    BOOST_TEST(p.asked == (std::vector<std::string>{
                              "put 20 x 1000 kg (standard weights) on the scale, evenly along the "
                              "deck; then 20 x 1000 kg lie there",
                              "take 6 x 1000 kg (standard weights) off the scale; then 14 x 1000 "
                              "kg lie there",
                              "take 14 x 1000 kg (standard weights) off the scale; none of them "
                              "stays",
                              "put 3 x 2 kg (small weights) on the scale, over the 2 pair of cells "
                              "of 4, evenly to both sides; then 3 x 2 kg lie there"}),
               boost::test_tools::per_element());
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
    BOOST_TEST(done.error().kind == IoError::Kind::refused);
    p.willing = true;
    BOOST_TEST(p.source.place(LoadKind::block, 5, tonne, std::nullopt).has_value());
    BOOST_TEST(p.asked.size() == 2u);
    BOOST_TEST(!p.source.roll({}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
