// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/check_vehicle.cpp and describe_vehicle.cpp: a vehicle file that is wrong
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using test::listing, test::replaced;

namespace {

const std::string right = R"(jianheng: vehicle
title: a train
fifth_wheel: {position: 3.2 m, tractor_kerb: 7 t}
axles:
  - {position: 0 m, load: 7 t, unsprung: 700 kg, suspension: {kind: leaf, stiffness: 600 kN/m, damping: 5 kN s/m}}
  - {position: 3.7 m, load: 11 t, unsprung: 1.1 t, dual: true, suspension: {kind: leaf, stiffness: 1 MN/m, damping: 5 kN s/m}}
  - {position: 9.5 m, load: 8 t, unsprung: 750 kg, unit: semitrailer, suspension: {kind: air, stiffness: 500 kN/m, damping: 20 kN s/m}}
)";

std::string problemsOf(const std::string& text) {
    const test::Folder folder;
    return listing(checkFile(folder.write("vehicle.yaml", text)));
}

struct Wrong {
    const char *from, *to, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.to; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(vehicle_rules)

BOOST_AUTO_TEST_CASE(the_text_they_start_from_is_right) {
    BOOST_TEST(problemsOf(right) == "");
}

const Wrong wrongs[] = {
    {"stiffness: 600 kN/m", "stiffness: 0 kN/m",
     "5:86: axles[0].suspension.stiffness: '0 kN/m' is out of range; expected 10000 N/m to "
     "100000000 N/m\n"},
    {"load: 7 t,", "load: -7 t,",
     "5:27: axles[0].load: '-7 t' is out of range; expected 100 kg to 60000 kg\n"},
    {"damping: 5 kN s/m}}\n  - {position: 3.7", "damping: 5 kN/m}}\n  - {position: 3.7",
     "5:105: axles[0].suspension.damping: unit 'kN/m' is not known here; expected one of: N s/m, "
     "kN s/m (did you mean 'kN s/m'?)\n"},
    {"kind: air", "kind: steel",
     "7:90: axles[2].suspension.kind: 'steel' is not known; expected one of: leaf, air\n"},
    {"position: 0 m", "position: 0.5 m",
     "5:16: axles[0].position: must be 0 m: positions count from the front axle\n"},
    {"position: 3.7 m", "position: 0.2 m",
     "6:16: axles[1].position: must lie at least 0.5 m behind the axle before at 0 m\n"},
    {"unsprung: 700 kg", "unsprung: 7 t",
     "5:42: axles[0].unsprung: must be less than the axle's load of 7000 kg\n"},
    {"dual: true", "track: 3 m",
     "6:59: axles[1].track: must not be more than the vehicle's width of 2.5 m\n"},
    {"fifth_wheel: {position: 3.2 m, tractor_kerb: 7 t}\n", "",
     "1:1: fifth_wheel: is missing: there are axles of a semitrailer\n"},
    {"unit: semitrailer, ", "", "3:14: fifth_wheel: there is no axle of a semitrailer behind it\n"},
    {"{position: 3.2 m, tractor", "{position: 6 m, tractor",
     "3:25: fifth_wheel.position: expected a place behind the front axle and at most 1 m behind "
     "the tractor's last: above 0 m to 4.7 m\n"},
    {"{position: 3.2 m, tractor", "{position: 3.2 m, hight: 1 m, tractor",
     "3:32: fifth_wheel.hight: unknown key (did you mean 'height'?)\n"},
    {"tractor_kerb: 7 t", "tractor_kerb: 18 t",
     "3:46: fifth_wheel.tractor_kerb: leaves 0 kg on the kingpin; the tractor's axles must carry "
     "more than the tractor itself\n"},
    {"tractor_kerb: 7 t", "tractor_kerb: 1.5 t",
     "3:46: fifth_wheel.tractor_kerb: is not more than its axles' unsprung mass of 1800 kg\n"},
    {"{position: 3.2 m, tractor", "{position: 0.2 m, tractor",
     "3:25: fifth_wheel.position: the loads put the centre of gravity of the tractor 6.62 m behind "
     "the front axle; expected between 0 m and its last axle at 3.7 m\n"},
    {"position: 9.5 m", "position: 4 m",
     "7:16: axles[2].position: must lie at least 0.5 m behind the axle before at 3.7 m\n"},
    {"position: 9.5 m, load: 8 t, unsprung: 750 kg, unit: semitrailer",
     "position: 9.5 m, load: 8 t, unsprung: 750 kg, unit: tractor",
     "3:14: fifth_wheel: there is no axle of a semitrailer behind it\n"},
};
BOOST_DATA_TEST_CASE(a_wrong_vehicle_is_named_at_its_place, bdata::make(wrongs), c) {
    BOOST_TEST(problemsOf(replaced(right, c.from, c.to)) == c.listing);
}

BOOST_AUTO_TEST_CASE(a_semitrailer_stands_behind_its_fifth_wheel) {
    const std::string text = replaced(right, "position: 3.2 m", "position: 4.6 m");
    BOOST_TEST(problemsOf(replaced(text, "position: 9.5 m", "position: 4.3 m")) ==
               "7:16: axles[2].position: an axle of the semitrailer must stand behind the fifth "
               "wheel at 4.6 m\n");
}

BOOST_AUTO_TEST_CASE(all_problems_come_at_once) {
    std::string text = replaced(right, "unsprung: 700 kg", "unsprung: 8 t");
    text = replaced(text, "position: 3.7 m", "position: 0.2 m");
    BOOST_TEST(problemsOf(text) ==
               "5:42: axles[0].unsprung: must be less than the axle's load of 7000 kg\n"
               "6:16: axles[1].position: must lie at least 0.5 m behind the axle before at 0 m\n");
}

BOOST_AUTO_TEST_CASE(air_has_no_leaf_friction_unless_it_is_written) {
    const test::Folder folder;
    const auto vehicle = loadVehicle(folder.write("vehicle.yaml", right));
    BOOST_REQUIRE(vehicle.has_value());
    BOOST_TEST(vehicle->axles[0].suspension.frictionShare == 0.08);
    BOOST_TEST(vehicle->axles[2].suspension.frictionShare == 0.0);
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
    const test::Folder folder;
    const auto vehicle = loadVehicle(folder.write("vehicle.yaml", right));
    BOOST_REQUIRE(vehicle.has_value());
    const std::string text = vehicleText(*vehicle);
    const auto again = loadVehicle(folder.write("again.yaml", text));
    BOOST_REQUIRE_MESSAGE(again.has_value(), listing(again ? Diagnostics{} : again.error()));
    BOOST_TEST(vehicleText(*again) == text);
    BOOST_TEST(again->fifthWheel->si() == 3.2);
    BOOST_TEST(again->axles[2].suspension.damping.si() == 20e3);
}

BOOST_AUTO_TEST_SUITE_END()
