// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/load_scene.h: a scene that is wrong
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "hil/scenario/load_scene.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using test::listing, test::replaced;

namespace {

const std::string right = R"(jianheng: scene
title: a scene
scale: scales/100t-18x3-8c.yaml
duration: 60 s
vehicles:
  - vehicle: vehicles/china-2axle-18t.yaml
    park: {front_axle: 17 m}
  - vehicle: vehicles/china-2axle-18t.yaml
    drive: {from: -10 m, stops: [{at: -5 m, wait: 5 s}]}
weights:
  - {mass: 1 t, at: {x: 8 m, y: 0 m}, down: 5 s, up: 20 s}
  - {mass: 2 t, at: {x: 9 m, y: 0 m}, down: 5 s}
faults:
  - {kind: cell_tilt, cell: 1L, offset: 5 mm}
)";

std::string problemsOf(const std::string& text) {
    const test::Folder folder;
    return listing(checkFile(folder.write("scene.yaml", text)));
}

struct Wrong {
    const char *from, *to, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.to; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scene_rules)

BOOST_AUTO_TEST_CASE(the_text_they_start_from_is_right) {
    BOOST_TEST(problemsOf(right) == "");
}

const Wrong wrongs[] = {
    {"duration: 60 s", "duration: 25 h",
     "4:11: duration: '25 h' is out of range; expected 1 s to 86400 s\n"},
    {"duration: 60 s\n", "", "1:1: duration: is missing\n"},
    {"front_axle: 17 m", "front_axle: 19 m",
     "7:24: vehicles[0].park.front_axle: 1 of 2 axles would stand beside the deck, which ends at "
     "18 "
     "m; if that is meant, say `partly_off: yes`\n"},
    {"front_axle: 17 m", "front_axle: 19 m, partly_off: yes", ""},
    {"front_axle: 17 m", "front_axle: 17 m, lateral: 1 m",
     "7:39: vehicles[0].park.lateral: puts wheels beside the deck, whose edges are at +-1.5 m\n"},
    {"front_axle: 17 m", "front_axle: 17 m, heading: west",
     "7:39: vehicles[0].park.heading: 'west' is not known; expected one of: along_x, against_x\n"},
    {"    park: {front_axle: 17 m}\n", "", "6:5: vehicles[0]: has neither `park` nor `drive`\n"},
    {"at: -5 m,", "at: 49 m,",
     "9:39: vehicles[1].drive.stops[0].at: stops beyond the approaches: expected -30 m to 48 m\n"},
    {"from: -10 m", "from: -31 m",
     "9:19: vehicles[1].drive.from: begins beyond the approaches: expected -30 m to 48 m\n"},
    {"from: -10 m", "from: 15 m", "9:12: vehicles[1].drive: begins where vehicles[0] is\n"},
    {"at: -5 m,", "at: 16 m,",
     "9:12: vehicles[1].drive: would drive through vehicles[0], which stands there\n"},
    {"stops: [{at: -5 m, wait: 5 s}]", "stops: []",
     "9:33: vehicles[1].drive.stops: expected at least one: a driver drives towards a stop\n"},
    {"stops: [{at: -5 m, wait: 5 s}]", "stops: [{at: -5 m}], scater: yes",
     "9:47: vehicles[1].drive.scater: unknown key (did you mean 'scatter'?)\n"},
    {"vehicles/china-2axle-18t.yaml\n    drive", "vehicles/china-2axle-19t.yaml\n    drive",
     "8:14: vehicles[1].vehicle: no such file: "},
    {"x: 8 m, y: 0 m", "x: 8 m, y: 1.3 m",
     "11:21: weights[0].at: not on the deck with its 0.60 m: expected x from 0.30 to 17.70 m, y "
     "from -1.20 to 1.20 m\n"},
    {"x: 8 m, y: 0 m", "x: 8.4 m, y: 0 m",
     "12:21: weights[1].at: overlaps weights[0]: 0.75 and 0.60 m wide, 0.60 m apart\n"},
    {"down: 5 s, up: 20 s", "down: 5 s, up: 4 s",
     "11:54: weights[0].up: must be 8 s or later: down, the time that takes, and a second at "
     "rest\n"},
    {"down: 5 s, up: 20 s", "down: 70 s", "11:45: weights[0].down: comes after the scene's end\n"},
    {"cell: 1L", "cell: 5L",
     "14:29: faults[0].cell: the scale has no cell '5L'; it has 1L, 1R, 2L, 2R, 3L, 3R, 4L, 4R"},
    {"kind: cell_tilt, cell: 1L, offset: 5 mm",
     "kind: remote_offset, mass: 1 t, from: axle_on_deck", ""},
    {"{kind: cell_tilt, cell: 1L, offset: 5 mm}", "{kind: zero_tracking, band: 2 d, rate: 1 d/s}",
     "14:12: faults[0].kind: acts on verification weights or behind the terminals; a scene has "
     "neither\n"},
};
BOOST_DATA_TEST_CASE(a_wrong_scene_is_named_at_its_place, bdata::make(wrongs), c) {
    const std::string got = problemsOf(replaced(right, c.from, c.to)), wanted = c.listing;
    // A row without a line end gives the beginning only.
    if (wanted.empty() || wanted.back() == '\n') {
        BOOST_TEST(got == wanted);
    } else {
        BOOST_TEST(got.substr(0, wanted.size()) == wanted);
    }
}

/// Two trucks that drive, the second as said.
std::string twoTrucks(const std::string& second, const std::string& duration = "120 s") {
    return problemsOf(
        "jianheng: scene\ntitle: two trucks\nscale: scales/100t-18x3-8c.yaml\nduration: " +
        duration + R"(
vehicles:
  - vehicle: vehicles/china-2axle-18t.yaml
    drive: {from: -5 m, stops: [{at: 12 m, wait: 20 s}], leave_to: 40 m}
  - vehicle: vehicles/china-2axle-18t.yaml
    drive: )" +
        second + "\n");
}

BOOST_AUTO_TEST_CASE(drivers_do_not_hit_each_other) {
    // Behind the first, which waits for 20 s from about the 14th second on, 8.5 m long.
    BOOST_TEST(twoTrucks("{from: -28 m, stops: [{at: -5 m, wait: 60 s}]}") == "");
    BOOST_TEST(twoTrucks("{from: -28 m, stops: [{at: -5 m, wait: 60 s}, {at: 12 m}]}") == "");
    const std::string hits = twoTrucks("{from: -28 m, stops: [{at: 12 m}]}");
    BOOST_TEST(
        hits.find("vehicles[1].drive: comes within 1 m of vehicles[0] after ") != std::string::npos,
        hits);
    BOOST_TEST(twoTrucks("{from: -28 m, stops: [{at: 12 m}]}", "10 s") == "");
    // Towards it, nose to nose.
    BOOST_TEST(twoTrucks("{from: 40 m, heading: against_x, stops: [{at: 5 m}]}") != "");
    BOOST_TEST(twoTrucks("{from: 40 m, heading: against_x, stops: [{at: 20 m}]}", "20 s") == "");
}

BOOST_AUTO_TEST_CASE(a_fault_that_waits_for_an_axle_needs_a_vehicle) {
    const std::string empty =
        "jianheng: scene\ntitle: nobody\nscale: scales/100t-18x3-8c.yaml\nduration: 60 s\n"
        "faults:\n  - {kind: remote_offset, mass: 1 t, from: axle_on_deck}\n";
    BOOST_TEST(problemsOf(empty) ==
               "6:44: faults[0].from: no vehicle comes, so the fault would never begin\n");
}

BOOST_AUTO_TEST_CASE(all_problems_come_at_once) {
    std::string text = replaced(right, "front_axle: 17 m", "front_axle: 19 m");
    text = replaced(text, "x: 8 m, y: 0 m", "x: 18 m, y: 0 m");
    text = replaced(text, "cell: 1L", "cell: 1");
    const test::Folder folder;
    BOOST_TEST(checkFile(folder.write("scene.yaml", text)).size() == 3u);
}

BOOST_AUTO_TEST_CASE(weights_may_follow_each_other_on_one_place) {
    std::string text = replaced(right, "x: 9 m, y: 0 m}, down: 5 s", "x: 8 m, y: 0 m}, down: 22 s");
    BOOST_TEST(problemsOf(text) == "");
    text = replaced(text, "down: 22 s", "down: 21 s");
    BOOST_TEST(problemsOf(text) != "");
}

BOOST_AUTO_TEST_CASE(footprints_are_those_of_the_blocks) {
    const auto side_m = [](double kg) {
        return SceneWeight{Mass{kg}, {}, {}, {}, {}}.footprint().si();
    };
    BOOST_TEST(side_m(500) == 0.40);
    BOOST_TEST(side_m(1000) == 0.60);
    BOOST_TEST(side_m(2000) == 0.75);
    BOOST_TEST(side_m(10000) == 1.116, boost::test_tools::tolerance(1e-3));
    BOOST_TEST(side_m(20) == 0.1406, boost::test_tools::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
    const test::Folder folder;
    const auto scene = loadScene(folder.write("scene.yaml", right));
    BOOST_REQUIRE(scene.has_value());
    const auto again = loadScene(folder.write("again.yaml", scene->resolvedYaml));
    BOOST_REQUIRE_MESSAGE(again.has_value(), listing(again ? Diagnostics{} : again.error()));
    BOOST_TEST(again->resolvedYaml == scene->resolvedYaml);
    BOOST_TEST(again->name == "scene");
    BOOST_TEST(again->weights[0].up->count() == SimTime{20s}.count());
    BOOST_TEST(withSeed(*scene, 7).resolvedYaml.find("\"seed\": 7") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(shipped_scenes_are_right) {
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator{dataFolder() / "scenes"}) {
        BOOST_TEST(listing(checkFile(file.path())) == "", file.path());
        ++count;
    }
    BOOST_TEST(count >= 7u);
}

const std::string crane = R"(jianheng: scene
title: a crane
scale: scales/100t-18x3-8c.yaml
duration: 60 s
test_truck: test-trucks/crane-truck.yaml
crane_at: {x: 9 m, y: -4.6 m}
weights:
  - {mass: 1 t, at: {x: 8 m, y: 0 m}, hook: yes, down: 5 s, up: 20 s}
  - {mass: 1 t, at: {x: 9 m, y: 0 m}, hook: yes, down: 30 s}
)";

const Wrong cranes[] = {
    {"duration: 60 s", "duration: 60 s", ""},
    {"x: 8 m, y: 0 m", "x: 0.5 m, y: 1 m",
     "8:21: weights[0].at: 10.18 m from the crane, which reaches 9.7 m\n"},
    {"{mass: 1 t, at: {x: 8 m", "{mass: 2 t, at: {x: 4 m",
     "8:12: weights[0].mass: 6.79 m from the crane its load chart allows 1400 kg\n"},
    {"down: 30 s", "down: 22 s",
     "9:56: weights[1].down: the hook is busy with weights[0].up from 20 s to 24.667 s\n"},
    {"x: 9 m, y: 0 m}, hook: yes, down: 30 s", "x: 8.4 m, y: 0 m}, hook: yes, down: 12 s",
     "9:21: weights[1].at: overlaps weights[0]: 0.60 and 0.60 m wide, 0.40 m apart\n"},
    {"up: 20 s", "up: 8 s",
     "8:65: weights[0].up: must be 10.667 s or later: down, the time that takes, and a second at "
     "rest\n"},
    {"crane_at: {x: 9 m, y: -4.6 m}\n", "",
     "1:1: crane_at: is missing: a weight on a hook hangs on a crane that stands somewhere\n"},
    {"test_truck: test-trucks/crane-truck.yaml\n", "",
     "1:1: test_truck: is missing: a weight on a hook hangs on a crane that stands somewhere\n"},
    {"crane-truck.yaml", "weight-cart.yaml", "5:13: test_truck: has no crane\n"},
    {"y: -4.6 m", "y: -3.9 m",
     "6:11: crane_at: an outrigger would stand 1.40 m from the deck's centre line; the deck "
     "reaches "
     "to 1.5 m and nothing may touch it\n"},
};
BOOST_DATA_TEST_CASE(wrong_crane, cranes, wrong) {
    BOOST_TEST(problemsOf(replaced(crane, wrong.from, wrong.to)) == wrong.listing);
}

BOOST_AUTO_TEST_SUITE_END()
