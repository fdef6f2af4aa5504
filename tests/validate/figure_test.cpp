// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for tests/validate/figure.h and report.h: what counts as met, known and wrong
#include "tests/validate/figure.h"

#include <boost/test/unit_test.hpp>

#include "tests/validate/report.h"

namespace jh::validate {

namespace {

Chapter chapterOf(const Table& table) {
    return {"Title", "标题", "Words.", {table}, {}};
}

Table kilograms() {
    return {"Table", "表", "somewhere", {"kg", 1, within(0.5)}, {}, {}, {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(figures)

BOOST_AUTO_TEST_CASE(tolerances_are_inclusive_and_absolute_or_relative) {
    Table table = kilograms();
    BOOST_TEST(table.add("at the edge", 10.0, 10.5).met());
    BOOST_TEST(!table.add("beyond", 10.0, 10.51).met());
    BOOST_TEST(table.add("a negative one", -200.0, -202.0, {"kg", 0, share(0.01)}).met());
    BOOST_TEST(!table.add("a negative one", -200.0, -202.1, {"kg", 0, share(0.01)}).met());
    BOOST_TEST(table.between("inside", 1.0, 3.0, 3.0).met());
    BOOST_TEST(!table.between("outside", 1.0, 3.0, 0.9).met());
    BOOST_TEST(!table.atMost("too much", 3.0, 3.1).met());
}

BOOST_AUTO_TEST_CASE(outside_is_wrong_unless_it_is_said_and_then_inside_is_wrong) {
    Table table = kilograms();
    table.add("right", 10.0, 10.0);
    table.add("wrong", 10.0, 11.0);
    table.add("known", 10.0, 11.0).deviates("Because.");
    table.add("vanished", 10.0, 10.0).deviates("Because.");
    const Chapter chapter = chapterOf(table);
    BOOST_TEST(chapter.figures() == 4u);
    BOOST_TEST(chapter.met() == 2u);
    BOOST_TEST(chapter.deviations() == 1u);
    BOOST_TEST(chapter.wrong() == 2u);
    const std::string text = consoleText(chapter, false);
    BOOST_TEST(text.find("NOT MET") != std::string::npos);
    BOOST_TEST(text.find("DEVIATION HAS VANISHED") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(not_a_number_is_never_met) {
    Table table = kilograms();
    BOOST_TEST(!table.add("nan", 10.0, std::numeric_limits<double>::quiet_NaN()).met());
}

BOOST_AUTO_TEST_CASE(a_reason_stands_once_below_the_figures_it_explains) {
    Table table = kilograms();
    table.add("one", 10.0, 11.0).deviates("Because.");
    table.add("two", 10.0, 12.0).deviates("Because.");
    const std::string text = chapterText(chapterOf(table));
    BOOST_TEST(text.find("one: 11.00 for 10.0 kg; two: 12.00 for 10.0 kg. *Because.*") !=
               std::string::npos);
    BOOST_TEST(text.find("Because.") == text.rfind("Because."));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::validate
