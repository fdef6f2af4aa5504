// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/describe_site.cpp, check_site.cpp and the wiring of describe_scale.cpp
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
namespace fs = std::filesystem;
using namespace jh;
using test::listing, test::replaced;

namespace {

const std::string right = R"(jianheng: site
title: a site
latitude: 39.9 deg
height: 44 m
temperature: 20 degC
day: {start: 8 h, amplitude: 6 K}
air: {pressure: 101 kPa, pressure_drift: 0.1 kPa/h}
wind: {speed: 8 m/s, turbulence: 20 %}
rain: {rate: 20 mm/h}
vibration: [{frequency: 10 Hz, speed: 0.5 mm/s}]
)";

std::string problemsOf(const std::string& text) {
    const test::Folder folder;
    return listing(checkFile(folder.write("site.yaml", text)));
}

Expected<Scenario, Diagnostics> runWith(const std::string& lines) {
    return parseScenario(
        "jianheng: scenario\nextends: verifications/100t-jjg539-initial.yaml\n" + lines, "x.yaml",
        JH_SHIPPED);
}

struct Wrong {
    const char *from, *to, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.to; }
};

const Wrong mistakes[] = {
    {"latitude: 39.9 deg", "gravity: 9.8 m/s^2\nlatitude: 39.9 deg",
     "3:10: gravity: follows from latitude and height; give the one or the others\n"},
    {"latitude: 39.9 deg\n", "", "1:1: latitude: is missing\n"},
    {"39.9 deg", "139.9 deg",
     "3:11: latitude: '139.9 deg' is out of range; expected -90 deg to 90 deg\n"},
    {"20 %", "120 %", "8:34: wind.turbulence: '120 %' is out of range; expected 0 % to 100 %\n"},
    {"20 mm/h", "-20 mm/h",
     "9:14: rain.rate: '-20 mm/h' is out of range; expected 0 mm/h to 500 "
     "mm/h\n"},
    {"speed: 8 m/s, ", "", "8:7: wind.speed: is missing\n"},
    {"20 degC", "-10 degC", "9:7: rain: at -4 degC it falls as snow (deposits.snowfall)\n"},
    {"rain: {rate: 20 mm/h}", "deposits: {snowfall: 5 mm/h}",
     "9:22: deposits.snowfall: at 14 degC it falls as rain (rain.rate)\n"},
    {"0.5 mm/s", "0.5 mm",
     "10:39: vibration[0].speed: unit 'mm' is not known here; expected one of: m/s, km/h, mm/s "
     "(did "
     "you mean 'm/s'?)\n"},
    {"101 kPa", "101 bar",
     "7:17: air.pressure: unit 'bar' is not known here; expected one of: kPa, hPa, Pa (did you "
     "mean 'Pa'?)\n"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(site_rules)

BOOST_AUTO_TEST_CASE(the_text_they_start_from_is_right) {
    BOOST_TEST(problemsOf(right) == "");
}

BOOST_DATA_TEST_CASE(a_contradiction_or_a_wrong_value_is_named, bdata::make(mistakes), c) {
    BOOST_TEST(problemsOf(replaced(right, c.from, c.to)) == c.listing);
}

BOOST_AUTO_TEST_CASE(gravity_follows_from_the_place) {
    const auto run = runWith("site: {latitude: 52.3 deg, height: 80 m}\n");
    BOOST_REQUIRE(run.has_value());
    BOOST_TEST(std::fabs(run->site.gravity.si() - 9.812483709897048) < 1e-14);
    // Air as usual at that height, unless said otherwise.
    BOOST_TEST(std::fabs(run->site.air.pressure.si() - 100'386.0) < 20.0);
    const auto plain = runWith("site: {gravity: 9.8 m/s^2}\n");
    BOOST_TEST(plain->site.gravity.si() == 9.8);
    BOOST_TEST(plain->site.air.pressure.si() == 101'325.0);
}

BOOST_AUTO_TEST_CASE(every_shipped_site_survives_the_round_trip) {
    for (const char* name :
         {"reference", "windy", "hot-summer-day", "winter-inner-mongolia", "rain", "lhasa"}) {
        const auto run = runWith("site: sites/" + std::string{name} + ".yaml\n");
        BOOST_REQUIRE_MESSAGE(run.has_value(), listing(run ? Diagnostics{} : run.error()));
        BOOST_TEST(!run->site.title.empty());
        BOOST_TEST(!run->site.titleZh.empty());
        const auto again = parseScenario(run->resolvedYaml, "again.json", fs::path{"/nowhere"});
        BOOST_REQUIRE_MESSAGE(again.has_value(), listing(again ? Diagnostics{} : again.error()));
        BOOST_TEST(again->resolvedYaml == run->resolvedYaml);
        BOOST_TEST(again->site.gravity.si() == run->site.gravity.si());
        BOOST_TEST((again->site.wind == run->site.wind));
        BOOST_TEST((again->site.air == run->site.air));
        BOOST_TEST((again->site.day == run->site.day));
        BOOST_TEST((again->site.rain == run->site.rain));
        BOOST_TEST((again->site.deposits == run->site.deposits));
        BOOST_TEST((again->site.vibration == run->site.vibration));
    }
}

BOOST_AUTO_TEST_CASE(what_came_later_is_written_only_where_it_says_something) {
    const auto plain = runWith("");
    for (const char* key : {"wiring", "mount", "out_of_plumb_x", "day", "wind", "vibration"}) {
        BOOST_TEST(plain->resolvedYaml.find('"' + std::string{key} + '"') == std::string::npos);
    }
    const auto wired = runWith(
        "scale:\n  extends: scales/100t-18x3-8c.yaml\n"
        "  wiring: {wires: 4, trim: excitation, cable_length: 50 m, copper: 0.75 mm^2}\n"
        "  cells:\n    age: 3 years\n    mount: {tilt_share: 50 %}\n"
        "    each: {2L: {out_of_plumb_x: 3 mm, friction: 0.2 %, creep_factor: 5}}\n");
    BOOST_REQUIRE_MESSAGE(wired.has_value(), listing(wired ? Diagnostics{} : wired.error()));
    const ScaleModel& scale = wired->scale;
    BOOST_TEST((scale.wiring.wires == CableWires::four));
    BOOST_TEST((scale.wiring.trim == TrimPlace::excitation));
    BOOST_TEST(scale.wiring.copper.si() == 0.75e-6);
    BOOST_TEST(scale.cellType.ageInYears == 3.0);
    BOOST_TEST(scale.cellType.mount.tiltShare == 0.5);
    BOOST_TEST(scale.cells[2].id == "2L");
    BOOST_TEST(scale.cells[2].y.si() == 1.3);
    BOOST_TEST(scale.cells[2].outOfPlumbX.si() == 0.003);
    BOOST_TEST(scale.cells[2].frictionShare == 0.002);
    BOOST_TEST(scale.cells[2].creepFactor == 5.0);
    const auto again = parseScenario(wired->resolvedYaml, "again.json", fs::path{"/nowhere"});
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST(again->resolvedYaml == wired->resolvedYaml);
    BOOST_TEST((again->scale.wiring == scale.wiring));
}

BOOST_AUTO_TEST_CASE(a_scale_that_contradicts_itself) {
    const std::string scale = "jianheng: scale\nextends: scales/100t-18x3-8c.yaml\n";
    BOOST_TEST(problemsOf(scale + "cells: {mount: {height: 200 mm, ball_radius: 90 mm}}\n") ==
               "3:46: cells.mount.ball_radius: must be more than half the height, or the cells "
               "fall over\n");
    BOOST_TEST(problemsOf(scale + "wiring: {box: digital}\ncells: {each: {1L: {trim: 2 ohm}}}\n") ==
               "4:27: cells.each.1L.trim: a digital box has no trim resistors; it multiplies each "
               "cell's counts\n");
    BOOST_TEST(problemsOf(scale + "wiring: {wires: 5}\n") ==
               "3:17: wiring.wires: '5' is not known; expected one of: 4, 6\n");
}

BOOST_AUTO_TEST_SUITE_END()
