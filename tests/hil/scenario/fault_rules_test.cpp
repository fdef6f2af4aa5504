// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/describe_fault.cpp, fault_reference.cpp and check_faults.cpp
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "hil/scenario/describe.h"
#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using test::listing;

namespace {

Expected<Scenario, Diagnostics> run(const std::string& lines) {
    return parseScenario("jianheng: scenario\nextends: 100t-jjg539-initial.yaml\n" + lines,
                         "x.yaml", JH_SHIPPED "/verifications");
}

std::string problems(const std::string& lines) {
    const auto read = run(lines);
    return read ? "" : listing(read.error());
}

struct Wrong {
    const char *lines, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.lines; }
};

/// Another folder of data for as long as this lives.
class OtherData {
public:
    explicit OtherData(const std::string& folder) { setenv("JIANHENG_DATA", folder.c_str(), 1); }
    ~OtherData() { setenv("JIANHENG_DATA", JH_SHIPPED, 1); }
    OtherData(const OtherData&) = delete;
    OtherData& operator=(const OtherData&) = delete;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fault_rules)

BOOST_AUTO_TEST_CASE(a_fault_of_the_catalogue_has_its_typical_size_but_for_what_is_said) {
    const auto read = run("faults: [{fault: stone_under_girder, gap: 5 mm, after: 10 min}]\n");
    BOOST_REQUIRE_MESSAGE(read.has_value(), listing(read ? Diagnostics{} : read.error()));
    const Fault& fault = read->faults.at(0);
    BOOST_TEST(fault.id == "stone_under_girder");
    const auto& stone = std::get<DeckContactFault>(fault.what);
    BOOST_TEST(stone.gap.si() == 5e-3);
    BOOST_TEST(stone.x.si() == 9.0);
    BOOST_TEST(stone.stiffness.si() == 1e7);
    BOOST_CHECK((fault.from == FaultStart::after_adjustment));
    BOOST_CHECK((fault.after == 10min));
    BOOST_TEST(!fault.lasting.has_value());
}

BOOST_AUTO_TEST_CASE(a_resolved_fault_needs_no_catalogue) {
    const auto read =
        run("faults: [{fault: jack_at_edge, force: -20 kN}, {fault: box_moisture}]\n");
    BOOST_REQUIRE(read.has_value());
    const std::string text = read->resolvedYaml;
    BOOST_TEST(text.find("\"fault\": \"jack_at_edge\", \"kind\": \"edge_force\"") != text.npos);
    const test::Folder nothing;
    const OtherData without{nothing.path().string()};
    const auto again = parseScenario(text, "record.json", nothing.path());
    BOOST_REQUIRE_MESSAGE(again.has_value(), listing(again ? Diagnostics{} : again.error()));
    BOOST_TEST(again->resolvedYaml == text);
    BOOST_TEST(again->faults.at(0).id == "jack_at_edge");
    BOOST_TEST(std::get<EdgeForceFault>(again->faults.at(0).what).force.si() == -2e4);
    BOOST_CHECK((again->faults.at(0).lasting == SimTime{10min}));
}

BOOST_AUTO_TEST_CASE(a_catalogue_that_is_not_there_is_missed_only_where_it_is_named) {
    const test::Folder nothing;
    const auto whole = run("faults: [{kind: span_drift, change: 0.1 %}]\n");
    const auto named = run("faults: [{kind: span_drift, fault: span_drift, change: 0.1 %}]\n");
    BOOST_REQUIRE((whole && named));
    std::string alone = whole->resolvedYaml;
    alone = test::replaced(alone, "\"kind\": \"span_drift\"", "\"fault\": \"span_drift\"");
    const OtherData without{nothing.path().string()};
    BOOST_TEST(parseScenario(named->resolvedYaml, "x.yaml", nothing.path()).has_value());
    const auto read = parseScenario(alone, "x.yaml", nothing.path());
    BOOST_REQUIRE(!read.has_value());
    BOOST_TEST(listing(read.error()).find("no such file") != std::string::npos);
    BOOST_TEST(listing(read.error()).find("the catalogue of faults cannot be read") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_unit_of_a_size_is_read) {
    const auto read =
        run("faults:\n"
            "  - {kind: edge_mud, stiffness: 30 kN/m per m, friction: 20 N/m}\n"
            "  - {kind: check_rod, x: 0 m, y: 0 m, tension: 20 kN, slope: 5 mm/m}\n"
            "  - {kind: rain, rate: 20 mm/h}\n"
            "  - {kind: vibration, velocity: 2 mm/s, frequency: 8 Hz}\n"
            "  - {kind: box_moisture, insulation: 10 Mohm}\n"
            "  - {kind: material_leak, rate: 0.12 t/h}\n"
            "  - {kind: uneven_heating, warmer: 15 K}\n"
            "  - {kind: cell_silent, cell: 2L}\n");
    BOOST_REQUIRE(!read.has_value());
    // All but the digital cell.
    BOOST_TEST(listing(read.error()) ==
               "11:12: faults[7].kind: only digital cells have an address; those of this scale are "
               "analog\n");
}

const Wrong faults[] = {
    // the catalogue
    {"faults: [{fault: stone_under_girders}]\n",
     "3:18: faults[0].fault: the catalogue has no fault 'stone_under_girders' (did you mean "
     "'stone_under_girder'?)\n"},
    {"faults: [{fault: warm_up_ignored}]\n",
     "3:18: faults[0].fault: 'warm_up_ignored' is declared, but no part of the bench can do it "
     "yet\n"},
    {"faults: [{fault: stone_under_girder, gapp: 3 mm}]\n",
     "3:38: faults[0].gapp: unknown key (did you mean 'gap'?)\n"},
    {"faults: [{fault: stone_under_girder, gap: 3}]\n",
     "3:43: faults[0].gap: '3' has no unit; expected one of: m, mm\n"},
    {"scale: {extends: scales/100t-18x3-8c.yaml, deck: {modules: [6 m], support_lines: [0 m, 6 "
     "m]}, cells: {capacity: 90 t, min_dead_load_output_y: 20000}}\n"
     "faults: [{fault: cell_creep}, {fault: grout_soft}, {fault: stone_under_girder}]\n",
     "4:39: faults[1].cell: the scale has no cell '3L'; it has 1L, 1R, 2L, 2R (did you mean "
     "'1L'?)\n4:60: faults[2].x: lies beyond the deck's end at 6 m\n"},
    // times
    {"faults: [{kind: span_drift, change: 0.1 %, from: adjusted}]\n",
     "3:50: faults[0].from: 'adjusted' is not known; expected one of: power_on, "
     "after_adjustment, reading, axle_on_deck, radio\n"},
    {"faults: [{kind: span_drift, change: 0.1 %, growing: 10 min, lasting: 5 min}]\n",
     "3:70: faults[0].lasting: is shorter than `growing`: it would end before it has its size\n"},
    {"faults: [{kind: span_drift, change: 0.1 %, lastin: 5 min}]\n",
     "3:44: faults[0].lastin: unknown key (did you mean 'lasting'?)\n"},
    {"faults: [{kind: zero_tracking, band: 15 d, rate: 5 d/s, from: axle_on_deck}]\n",
     "3:63: faults[0].from: the indicator's parameters are what they are from power_on on, until "
     "the end\n"},
    {"faults: [{kind: rounding_hysteresis, width: 8 kg, growing: 1 h}]\n",
     "3:17: faults[0].kind: the indicator's parameters stay as they are; `after`, `growing` and "
     "`lasting` say nothing about them\n"},
    {"faults: [{kind: remote_offset, mass: 500 kg, from: axle_on_deck}]\n",
     "3:52: faults[0].from: no vehicle comes, so the fault would never begin\n"},
    // parts that the scale does not have
    {"faults: [{kind: edge_force, x: 19 m, y: 1.6 m, force: 1 kN}]\n",
     "3:32: faults[0].x: lies beyond the deck's end at 18 m\n"
     "3:41: faults[0].y: lies beside the deck, whose edges are at +-1.5 m\n"},
    {"faults: [{kind: stop_gap, stops: end, gap: 1 mm}]\n",
     "3:34: faults[0].stops: the scale has no stop 'end'; it has ends, sides, all, end1L, end1R, "
     "end2L, end2R, side1L, side1R, side4L, side4R (did you mean 'ends'?)\n"},
    {"faults: [{kind: deck_shifts, by: 3 mm, line: 5}]\n",
     "3:46: faults[0].line: the scale has no line of cells '5'; it has 1, 2, 3, 4\n"},
    {"faults: [{kind: joint_seized, joint: 3}, {kind: girder_crack, module: 4, loss: 30 %}]\n",
     "3:38: faults[0].joint: the deck has no joint 3; the last is 2\n"
     "3:71: faults[1].module: the deck has no module 4; the last is 3\n"},
    {"scale: scales/100t-18x3-8c-bolted.yaml\nfaults: [{fault: joint_seized}]\n",
     "4:18: faults[0].kind: only a hinged joint can seize; bolted joints never turn\n"},
    {"faults: [{kind: addresses_swapped, cell: 2L, with: 2L}]\n",
     "3:17: faults[0].kind: only digital cells have an address; those of this scale are analog\n"
     "3:52: faults[0].with: is the same cell\n"},
    {"faults: [{kind: weights_wrong, missing: 21}]\n",
     "3:41: faults[0].missing: of 20 blocks only\n"},
    {"faults: [{kind: weights_wrong}]\n",
     "3:10: faults[0]: nothing is wrong with them; give `each`, `missing` or `carrier`\n"},
    {"faults: [{kind: intermittent_wire, cell: 2L, opens: 30 s}]\n",
     "3:53: faults[0].opens: must be less than the interval; a wire that never closes is a "
     "cell_wire with `state: open`\n"},
    {"faults: [{kind: cable, length: 50 m, wires: 5}]\n",
     "3:45: faults[0].wires: '5' is not known; expected one of: 4, 6\n"},
    // the converter
    {"faults: [{kind: converter, state: stuck}, {fault: converter_late, delay: 2 s, after: 1 h}]\n",
     "3:51: faults[1].kind: 'converter' cannot be together with 'converter' of faults[0]: both say "
     "what becomes of the codes of the converter\n"},
    {"faults: [{kind: converter, state: late, delay: 1 ms}]\n", ""},
    {"faults: [{kind: converter}]\n", "3:10: faults[0].state: is missing\n"},
    {"faults: [{kind: converter, state: late}]\n", "3:10: faults[0].delay: is missing\n"},
    {"faults: [{kind: converter, state: missing, delay: 1 s}]\n",
     "3:51: faults[0].delay: belongs to `state: late`; no other hands over anything later\n"},
    {"faults: [{kind: converter, state: late, delay: 11 s}]\n",
     "3:48: faults[0].delay: '11 s' is out of range; expected 0.001 s to 10 s\n"},
    {"faults: [{kind: converter, state: slow, delay: 1 s}]\n",
     "3:35: faults[0].state: 'slow' is not known; expected one of: saturated_high, saturated_low, "
     "stuck, missing, late\n"},
    {"scale: scales/100t-18x3-8c-digital.yaml\nfaults: [{fault: converter_missing}]\n",
     "4:18: faults[0].kind: digital cells have their own converters; see `cell_silent`\n"},
    // faults against each other
    {"faults: [{kind: cell_wire, cell: 2L, state: open}, {kind: cell_wire, cell: 2L, state: "
     "reversed}]\n",
     "3:59: faults[1].kind: 'cell_wire' cannot be together with 'cell_wire' of faults[0]: both "
     "say what becomes of the wires of cell 2L\n"},
    {"faults: [{kind: cell_wire, cell: 2L, state: open}, {kind: cell_wire, cell: 2R, state: "
     "reversed}]\n",
     ""},
    {"faults: [{kind: cell_wire, cell: 2L, state: open, lasting: 5 min}, {kind: cell_wire, cell: "
     "2L, state: reversed, after: 5 min}]\n",
     ""},
    {"faults: [{kind: support_settlement, cell: 2L, depth: 5 mm}, {kind: support_lost, cell: 2L, "
     "drop: 30 mm, from: after_adjustment}]\n",
     "3:68: faults[1].kind: 'support_lost' cannot be together with 'support_settlement' of "
     "faults[0]: both say what becomes of the support of cell 2L\n"},
    {"faults: [{kind: stop_gap, stops: ends, gap: 1 mm}, {kind: stop_gap, stops: end1L, gap: 2 "
     "mm}]\n",
     "3:59: faults[1].kind: 'stop_gap' cannot be together with 'stop_gap' of faults[0]: both say "
     "what becomes of the gap of stop end1L\n"},
    {"faults: [{kind: sense_open}, {kind: sense_resistance, resistance: 1 kohm}]\n",
     "3:37: faults[1].kind: 'sense_resistance' cannot be together with 'sense_open' of faults[0]: "
     "both say what becomes of the sense wires\n"},
    {"faults: [{kind: deck_deposit, mass: 10 kg}, {kind: deck_deposit, mass: 20 kg}]\n", ""},
};
BOOST_DATA_TEST_CASE(a_wrong_fault_is_named_at_its_place, bdata::make(faults), c) {
    BOOST_TEST(problems(c.lines) == c.listing);
}

BOOST_AUTO_TEST_CASE(the_manual_names_every_kind_and_its_example_is_right) {
    const std::string manual = test::readAll(JH_SHIPPED "/../docs/faults.md");
    for (const std::string& kind : faultKindNames()) {
        BOOST_TEST(manual.find("| `" + kind + "` |") != std::string::npos, kind);
    }
    const std::string fence = "```yaml\n";
    const std::size_t from = manual.find(fence) + fence.size();
    BOOST_TEST(problems(manual.substr(from, manual.find("```", from) - from)) == "");
}

BOOST_AUTO_TEST_CASE(no_problem_hides_another) {
    BOOST_TEST(problems("faults:\n"
                        "  - {kind: cell_trim, cell: 9L, resistance: 7 ohm}\n"
                        "  - {fault: stone}\n"
                        "  - {kind: rain, rate: 400 mm/h}\n"
                        "seed: x\n") ==
               "4:29: faults[0].cell: the scale has no cell '9L'; it has 1L, 1R, 2L, 2R, 3L, 3R, "
               "4L, 4R (did you mean '1L'?)\n"
               "5:13: faults[1].fault: the catalogue has no fault 'stone'\n"
               "6:24: faults[2].rate: '400 mm/h' is out of range; expected 0 mm/h to 300 mm/h\n"
               "7:7: seed: 'x' is not a whole number from 0 to 18446744073709551615\n");
}

BOOST_AUTO_TEST_SUITE_END()
