// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/order_words.h
#include "hil/report/order_words.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/shipped.h"

using namespace jh;

namespace {

struct Yard {
    ScaleModel scale = test::shipped("100t-jjg539-initial").scale;
    LoadOrder order;
    std::string en() const { return orderText(order, scale, Language::en); }
    std::string zh() const { return orderText(order, scale, Language::zh); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(order_words)

BOOST_FIXTURE_TEST_CASE(weights_are_named_with_mass_place_and_what_then_lies_there, Yard) {
    order = {LoadOrder::Act::put, LoadKind::block, 6, 14, ExactMass::kg(1000), {}, 0, 0.0};
    BOOST_TEST(en() ==
               "put 6 x 1000 kg (standard weights) on the scale, evenly along the deck; then 14 x "
               "1000 kg lie there");
    BOOST_TEST(zh() ==
               "将 6 × 1000 kg（标准砝码）放上秤台，沿秤台均匀布置；此后台上为 14 × 1000 kg");
    order.support = 3;
    BOOST_TEST(en() == "put 6 x 1000 kg (standard weights) on the scale, over cell " +
                           scale.cells[3].id + "; then 14 x 1000 kg lie there");
    order.act = LoadOrder::Act::take;
    order.stay = 0;
    BOOST_TEST(en() == "take 6 x 1000 kg (standard weights) off the scale; none of them stays");
    BOOST_TEST(zh() == "从秤台取下 6 × 1000 kg（标准砝码）；此类全部取下");
}

BOOST_FIXTURE_TEST_CASE(the_deck_shows_every_cell_and_brackets_the_one_to_be_loaded, Yard) {
    order.act = LoadOrder::Act::put;
    order.support = 3;
    const std::string sketch = deckSketch(order, scale);
    for (const CellPlace& cell : scale.cells) {
        const bool here = &cell == &scale.cells[3];
        BOOST_TEST((sketch.find("[" + cell.id + "]") != std::string::npos) == here);
        BOOST_TEST((sketch.find(cell.id) != std::string::npos));
    }
    order.act = LoadOrder::Act::supplyOff;
    BOOST_TEST(deckSketch(order, scale).empty());
}

BOOST_FIXTURE_TEST_CASE(every_act_has_its_words_in_both_languages, Yard) {
    std::vector<std::string> said;
    for (int act = 0; act <= static_cast<int>(LoadOrder::Act::seal); ++act) {
        order.act = static_cast<LoadOrder::Act>(act);
        for (const std::string& text : {en(), zh()}) {
            BOOST_TEST(!text.empty());
            BOOST_TEST((std::find(said.begin(), said.end(), text) == said.end()), text);
            said.push_back(text);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
