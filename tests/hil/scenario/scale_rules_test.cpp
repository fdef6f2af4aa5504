// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/check_scale.cpp and describe_scale.cpp: a scale file that is wrong
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using test::listing, test::replaced;

namespace {

const std::string right = R"(jianheng: scale
title: a scale
ranges:
  - {max: 100 t, e: 20 kg}
deck:
  modules: [6 m, 6 m, 6 m]
  support_lines: [0 m, 6 m, 12 m, 18 m]
  joint: hinged
cells:
  capacity: 30 t
  max_intervals: 5000
  each: {2L: {settlement: 1 mm}}
)";

std::string problemsOf(const std::string& text) {
    const test::Folder folder;
    return listing(checkFile(folder.write("scale.yaml", text)));
}

struct Wrong {
    const char *from, *to, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.to; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scale_rules)

BOOST_AUTO_TEST_CASE(the_text_they_start_from_is_right) {
    BOOST_TEST(problemsOf(right) == "");
}

const Wrong values[] = {
    {"capacity: 30 t", "capacity: 30",
     "10:13: cells.capacity: '30' has no unit; expected one of: kg, t, g\n"},
    {"capacity: 30 t", "capacity: 30 kgs",
     "10:13: cells.capacity: unit 'kgs' is not known here; expected one of: kg, t, g "
     "(did you mean 'kg'?)\n"},
    {"capacity: 30 t", "capacity: heavy",
     "10:13: cells.capacity: 'heavy' is not a number with a unit (kg, t, g)\n"},
    {"capacity: 30 t", "capacity: [30 t]",
     "10:13: cells.capacity: expected a number with a unit (kg, t, g)\n"},
    {"capacity: 30 t", "capcity: 30 t",
     "10:3: cells.capacity: is missing\n"
     "10:3: cells.capcity: unknown key (did you mean 'capacity'?)\n"},
    {"capacity: 30 t", "capacity: -30 t",
     "10:13: cells.capacity: '-30 t' is out of range; expected 100 kg to 1000000 kg\n"},
    {"e: 20 kg", "e: 0.000000001 kg",
     "4:21: ranges[0].e: '0.000000001 kg' is finer than the smallest step, 1e-8 kg\n"},
    {"max_intervals: 5000", "max_intervals: many",
     "11:18: cells.max_intervals: 'many' is not a number without unit\n"},
    {"joint: hinged", "joint: hingd",
     "8:10: deck.joint: 'hingd' is not known; expected one of: hinged, lapped, bolted "
     "(did you mean 'hinged'?)\n"},
    {"joint: hinged", "bending_stiffness: 0 N m^2",
     "8:22: deck.bending_stiffness: '0 N m^2' is out of range; expected 100000 N m^2 to "
     "1000000000000 N m^2\n"},
    {"joint: hinged", "torsion_stiffness: -1 N m^2",
     "8:22: deck.torsion_stiffness: '-1 N m^2' is out of range; expected 0 N m^2 to "
     "1000000000000 N m^2\n"},
    {"2L: {settlement", "9L: {settlement",
     "12:14: cells.each.9L: the scale has no such cell (did you mean '1L'?)\n"},
    {"settlement: 1 mm", "settlement: 1 m",
     "12:27: cells.each.2L.settlement: '1 m' is out of range; expected -0.1 m to 0.1 m\n"},
    {"title: a scale", "title: \"two\\nlines\"",
     "2:8: title: a text is one line without control characters\n"},
};
BOOST_DATA_TEST_CASE(a_wrong_value_is_named_at_its_place, bdata::make(values), c) {
    BOOST_TEST(problemsOf(replaced(right, c.from, c.to)) == c.listing);
}

const Wrong rules[] = {
    {"[0 m, 6 m, 12 m, 18 m]", "[0 m, 6 m, 18 m]",
     "7:18: deck.support_lines: no support under the joint at 12 m; a hinged or bolted joint needs "
     "a line below it\n"},
    {"[0 m, 6 m, 12 m, 18 m]", "[3 m, 6 m, 12 m, 18 m]",
     "7:18: deck.support_lines: no support within 1 m of the deck's end at 0 m\n"},
    {"[0 m, 6 m, 12 m, 18 m]", "[0 m, 12 m, 6 m, 18 m]",
     "7:30: deck.support_lines[2]: must lie further along the deck than the line before\n"},
    {"[0 m, 6 m, 12 m, 18 m]", "[0 m, 6 m, 12 m, 18 m, 19 m]",
     "7:41: deck.support_lines[4]: lies beyond the deck's end at 18 m\n"},
    {"18 m]\n  joint: hinged", "18 m]\n  joint: lapped", ""},
    {"[0 m, 6 m, 12 m, 18 m]\n  joint: hinged", "[0 m, 5.4 m, 12 m, 18 m]\n  joint: lapped",
     "7:18: deck.support_lines: no support under the joint at 6 m; a lapped joint needs a line "
     "within 0.5 m\n"},
    {"[6 m, 6 m, 6 m]\n  support_lines: [0 m, 6 m, 12 m, 18 m]\n  joint: hinged",
     "[6 m, 0.8 m, 6 m]\n  support_lines: [0 m, 6.4 m, 12.8 m]\n  joint: lapped",
     "7:18: deck.support_lines: too few supports: a module would fall at 6.8 m\n"},
    {"joint: hinged", "cell_spacing: 3 m",
     "8:17: deck.cell_spacing: must be less than the deck's width\n"},
    {"e: 20 kg", "e: 25 kg",
     "4:21: ranges[0].e: e = 25 kg is not 1, 2 or 5 times a power of ten\n"},
    {"max: 100 t", "max: 100.01 t",
     "4:11: ranges[0].max: Max = 100010 kg is not a whole number of e = 20 kg\n"},
    {"e: 20 kg", "e: 5 kg",
     "4:5: ranges[0]: n = Max/e = 20000 is not allowed for class III: 500 to 10000 (R 76-1, Table "
     "3)\n"},
    {"e: 20 kg", "e: 500 kg",
     "4:5: ranges[0]: n = Max/e = 200 is not allowed for class III: 500 to 10000 (R 76-1, Table "
     "3)\n"},
    {"title: a scale", "accuracy_class: IIII\ntitle: a scale",
     "5:5: ranges[0]: n = Max/e = 5000 is not allowed for class IIII: 100 to 1000 (R 76-1, Table "
     "3)\n"},
    {"max_intervals: 5000", "max_intervals: 3000",
     "11:18: cells.max_intervals: cells with n_LC = 3000 do for n = Max/e = 5000 only up to that "
     "number (R 76-1, Annex F); cells of class C5 would do\n"},
    {"capacity: 30 t", "capacity: 15 t",
     "10:13: cells.capacity: 8 cells carry 120000 kg, less than the 131700 kg of Max, initial zero "
     "range and deck\n"},
    {"capacity: 30 t", "capacity: 30 t\n  min_dead_load_output_y: 3000",
     "11:27: cells.min_dead_load_output_y: v_min = capacity/Y = 10 kg is above e/sqrt(N) = 7.07 kg "
     "(R 76-1, Annex F); Y of 4243 would do\n"},
    {"- {max: 100 t, e: 20 kg}", "- {max: 20 t, e: 20 kg}\n  - {max: 100 t, e: 50 kg}",
     "5:21: ranges[1].e: Max_1/e_2 = 400 is below 500 for class III (R 76-1, Table 4)\n"},
    {"- {max: 100 t, e: 20 kg}", "- {max: 60 t, e: 20 kg}\n  - {max: 100 t, e: 20 kg}",
     "5:5: ranges[1]: Max and e of a range must be above those of the range before\n"},
    {"- {max: 100 t, e: 20 kg}",
     "- {max: 20 t, e: 20 kg}\n  - {max: 100 t, e: 50 kg}\nmultiple_range: true", ""},
    {"- {max: 100 t, e: 20 kg}", "- {max: 100 t, e: 20 kg}\nmultiple_range: true",
     "5:17: multiple_range: needs two ranges\n"},
    {"  - {max: 100 t, e: 20 kg}", "  []",
     "4:3: ranges: expected one weighing range or two (multi-interval)\n"},
};
BOOST_DATA_TEST_CASE(a_broken_rule_is_named_at_its_place, bdata::make(rules), c) {
    BOOST_TEST(problemsOf(replaced(right, c.from, c.to)) == c.listing);
}

BOOST_AUTO_TEST_CASE(all_problems_come_at_once) {
    std::string text = replaced(right, "e: 20 kg", "e: 20");
    text = replaced(text, "joint: hinged", "jiont: hinged");
    text = replaced(text, "12 m, 18 m]", "18 m]");
    text = replaced(text, "capacity: 30 t", "capacity: 30 kgs");
    text = replaced(text, "max_intervals: 5000", "max_intervals: 5");
    BOOST_TEST(problemsOf(text) ==
               "4:21: ranges[0].e: '20' has no unit; expected one of: kg, t, g, mg, lb\n"
               "7:18: deck.support_lines: no support under the joint at 12 m; a hinged or bolted "
               "joint needs a line below it\n"
               "8:3: deck.jiont: unknown key (did you mean 'joint'?)\n"
               "10:13: cells.capacity: unit 'kgs' is not known here; expected one of: kg, t, g "
               "(did you mean 'kg'?)\n"
               "11:18: cells.max_intervals: '5' is out of range; expected 100 to 100000\n");
}

BOOST_AUTO_TEST_SUITE_END()
