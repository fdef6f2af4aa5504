// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/check_scenario.cpp, check_profile.cpp, describe_regulation.cpp: wrong runs
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using test::listing;

namespace {

/// Lines 1 and 2 are the header and the base; what is given begins in line 3.
std::string changed(const std::string& lines) {
    const auto read =
        parseScenario("jianheng: scenario\nextends: 100t-jjg539-initial.yaml\n" + lines, "x.yaml",
                      JH_SHIPPED "/verifications");
    return read ? "" : listing(read.error());
}

struct Wrong {
    const char *lines, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.lines; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(scenario_rules)

const Wrong runs[] = {
    {"seed: 18446744073709551615\n", ""},
    {"seed: -1\n", "3:7: seed: '-1' is not a whole number from 0 to 18446744073709551615\n"},
    {"seed: \"1\"\n", "3:7: seed: '1' is not a whole number from 0 to 18446744073709551615\n"},
    {"sede: 1\n", "3:1: sede: unknown key (did you mean 'seed'?)\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, blocks: 101}\n",
     "3:10: weights: 101000 kg of weights are beyond Max = 100000 kg\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, block: 500 kg, blocks: 1}\n",
     "3:10: weights: 500 kg of weights; the regulation asks for 1000 kg\n"},
    {"scale: {extends: scales/100t-18x3-8c.yaml, deck: {width: 3}}\n",
     "3:58: scale.deck.width: '3' has no unit; expected one of: m, mm\n"},
    {"expect: {verdict: fail, failing_tests: [eccentricty]}\n",
     "3:41: expect.failing_tests[0]: the regulation has no test 'eccentricty' (did you mean "
     "'eccentricity'?)\n"},
    {"expect: {verdict: fail}\n",
     "3:9: expect.failing_tests: verdict fail needs the tests that fail\n"},
    {"expect: {verdict: pas}\n",
     "3:19: expect.verdict: 'pas' is not known; expected one of: pass, fail, error, invalid "
     "(did "
     "you mean 'pass'?)\n"},
    {"faults: [{kind: cell_sensitivity, cell: 5L, change: 0.3 %}]\n",
     "3:41: faults[0].cell: the scale has no cell '5L'; it has 1L, 1R, 2L, 2R, 3L, 3R, 4L, 4R "
     "(did you mean '1L'?)\n"},
    {"faults: [{kind: cell_sensitivity, cell: 2L, change: 0.3}]\n",
     "3:53: faults[0].change: '0.3' has no unit; expected one of: %, ppm\n"},
    {"faults: [{kind: span_drift, cell: 2L, change: 0.3 %}]\n",
     "3:29: faults[0].cell: unknown key\n"},
    {"firmware: {board: {title: x, host: serial, uart: {baud: 9600}}}\n",
     "3:11: firmware: `host: serial` is a real board: say in `bench` at which port it is read and "
     "which `source` stands in place of its converter\n"},
    {"firmware: {board: {title: x, host: serial, uart: {baud: 9600}}}\n"
     "bench: {indicator: {rtu: /dev/ttyS0, baud: 19200, format: 8N1}}\n",
     "4:20: bench.indicator: 19200 Bd 8N1, but the board's `uart` has 9600 Bd 8N1\n"},
    {"firmware: {board: {title: x, host: serial, uart: {baud: 9600}}}\n"
     "bench: {indicator: {tcp: \"127.0.0.1:502\"}}\n",
     ""},
    {"firmware: {board: {title: x, host: native, uart: {baud: 9600}}}\n",
     "3:11: firmware.image: is missing\n"},
    {"faults: [{kind: cell_sensitvity, cell: 2L}]\n",
     "3:17: faults[0].kind: 'cell_sensitvity' is not known; expected one of 49 known names "
     "(did "
     "you mean 'cell_sensitivity'?)\n"},
    {"office: {owner: A, valid_months: 12}\n", ""},
    {"office: {valid_months: 12 d}\n",
     "3:24: office.valid_months: '12 d' is not a number without unit\n"},
    {"office: {ownr: A}\n", "3:10: office.ownr: unknown key (did you mean 'owner'?)\n"},
    {"faults: 3\n", "3:9: faults: expected a list\n"},
    {"settings: {conversion_rate: 20 Hz}\n",
     "3:29: settings.conversion_rate: expected 10 Hz or 80 Hz\n"},
    {"settings: {serial: SN-1}\n", "3:20: settings.serial: expected a number of 1 to 9 digits\n"},
    {"appearance: [{id: a, title: x}, {id: a, title: y}]\n",
     "3:38: appearance[1].id: stands in the list already\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, net_loads: [half]}\n",
     "3:73: regulation.net_loads[0]: expected Min, Max, a number of intervals (500 e), a "
     "share "
     "(1/2 Max, in whole thousandths), Max - tare, or weights (all that are at hand)\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, weighing_points: 5}\n",
     "3:78: regulation.weighing_points: stands beside `weighing_loads`; one of them "
     "decides\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, weighing_loads: []}\n",
     "3:77: regulation.weighing_loads: is missing or empty: test weighing needs loads\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, weighing_loads: [], "
     "weighing_points: 5, random_loads: 3}\n",
     ""},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, climate: {temperatures: [20 "
     "degC, "
     "22 degC]}}\n",
     "3:95: regulation.climate.temperatures[1]: must be 5 K away from the one before\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, climate: {temperatures: [20 "
     "degC]}}\n",
     "3:85: regulation.climate.temperatures: expected two temperatures at least\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, sense: {cable: 2}}\n",
     "3:76: regulation.sense.cable: '2' has no unit; expected one of: ohm, kohm, Mohm\n"},
    {"bench: {indicator: {tcp: \"127.0.0.1:502\"}}\n", ""},
    {"bench: {indicator: {rtu: /dev/ttyUSB0, tcp: \"127.0.0.1:502\"}}\n",
     "3:26: bench.indicator.rtu: expected either `rtu`, a serial device, or an address as `tcp` or "
     "`rtu_over_tcp`\n"},
    {"bench: {indicator: {rtu_over_tcp: \"gateway:70000\"}}\n",
     "3:35: bench.indicator.rtu_over_tcp: expected an address and a port, like "
     "192.168.0.100:502\n"},
    {"bench: {indicator: {tcp: \"127.0.0.1:502\"}, patience: 1 h}\n",
     "3:54: bench.patience: '1 h' is out of range; expected 0 s to 600 s\n"},
    {"bench: {indicator: {tcp: \"127.0.0.1:502\"}}\nsignal: {}\nsecond_display: {}\n"
     "uncertainty_visits: 2\nfaults: [{fault: display_old_value}]\n",
     "4:9: signal: happens to a simulated scale only; on this bench, without a `source`, the scale "
     "is real\n"
     "5:17: second_display: happens to a simulated scale only; on this bench, without a `source`, "
     "the scale is real\n"
     "6:21: uncertainty_visits: happens to a simulated scale only; on this bench, without a "
     "`source`, the scale is real\n"
     "7:9: faults: happens to a simulated scale only; on this bench, without a `source`, the scale "
     "is real\n"},
    {"signal: {span_drift: 2 ppm}\n",
     "3:22: signal.span_drift: unit 'ppm' is not known here; expected one of: ppm/K, %/K (did "
     "you "
     "mean 'ppm/K'?)\n"},
    {"second_display: {lag: 2 min}\n",
     "3:23: second_display.lag: '2 min' is out of range; expected 0 s to 60 s\n"},
    {"faults: [{fault: display_old_value}]\n",
     "3:18: faults[0].kind: the scenario has no `second_display`\n"},
    {"second_display: {}\nfaults: [{fault: display_old_value}]\n", ""},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, tare_load: 1/3 Max}\n",
     "3:72: regulation.tare_load: expected Min, Max, a number of intervals (500 e), a share "
     "(1/2 Max, in whole thousandths), Max - tare, or weights (all that are at hand)\n"},
    {"regulation: {extends: procedures/jjg-539-2016-initial.yaml, mpe_bands: [{up_to: 2000 e, "
     "mpe: 1 e}]}\n",
     "3:13: regulation: its mpe bands end at 2000 e, below Max = 100000 kg\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, fields: {gross: {address: 2}}}\n",
     // the second of the two in the order of their names
     "15:18: indicator.fields.net.address: register 3 belongs to 'gross' already\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, fields: {gross: {type: u32}}}\n",
     "3:68: indicator.fields.gross.type: can be negative: expected i16, i32, f32, or a status "
     "bit "
     "as "
     "`sign`\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, fields: {gros: {address: 99, type: u16}}}\n",
     "3:60: indicator.fields.gros: unknown name; what has no meaning here begins with other_ "
     "(did "
     "you "
     "mean 'gross'?)\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, status_bits: {stable: {bit: 1}}}\n",
     "37:16: indicator.status_bits.zero_centre: 1 is 'stable' already\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, status_bits: {stable: {bit: 16}}}\n",
     "3:67: indicator.status_bits.stable: lies beyond the last bit of 'status'\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, status_bits: {stable: {field: state, bit: 1}}}\n",
     "3:67: indicator.status_bits.stable: there is no field 'state' (did you mean 'status'?)\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, fields: {command_state: {values: {x: odd}}}}\n",
     "3:82: indicator.fields.command_state.values.x: a code is a number, 0 to 65535\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, fields: {serial: {type: u64}}}\n",
     "3:69: indicator.fields.serial.type: 'u64' is not known; expected one of: u16, i16, u32, i32, "
     "f32 (did you mean 'u16'?)\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, commands: {zero: {style: cod}}}\n",
     "3:70: indicator.commands.zero.style: there is no command style 'cod' (did you mean "
     "'code'?)\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, commands: {unlock: {first: [seal]}, seal: "
     "{first: "
     "[unlock]}}}\n",
     "54:16: indicator.commands.adjust_zero: comes before or after itself\n"
     "55:16: indicator.commands.adjust_span: comes before or after itself\n"
     "3:64: indicator.commands.unlock: comes before or after itself\n"
     "3:87: indicator.commands.seal: comes before or after itself\n"},
    {"indicator: {extends: indicators/dingsong-4821.yaml, functions: [3, 6]}\n",
     "44:16: indicator.commands.adjust_zero: two registers cannot be written without function 16\n"
     "45:16: indicator.commands.adjust_span: two registers cannot be written without function "
     "16\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, command_styles: {code: {result: status}}}\n",
     "3:77: indicator.command_styles.code.result: none of the field's `values` is `done`\n"},
    {"indicator: {extends: indicators/jh-r1.yaml, commands: {adjust_span: {source: hearsay}}}\n",
     "3:78: indicator.commands.adjust_span.source: there is no entry in `sources` 'hearsay'\n"},
};
BOOST_DATA_TEST_CASE(a_wrong_run_is_named_at_its_place, bdata::make(runs), c) {
    BOOST_TEST(changed(c.lines) == c.listing);
}

BOOST_AUTO_TEST_CASE(the_parts_that_a_run_needs_are_named) {
    const auto read = parseScenario("jianheng: scenario\ntitle: x\n", "x.yaml", JH_SHIPPED);
    BOOST_REQUIRE(!read.has_value());
    BOOST_TEST(listing(read.error()) ==
               "1:1: indicator: is missing\n1:1: regulation: is missing\n1:1: scale: is missing\n"
               "1:1: weights: is missing\n");
}

const Wrong trucks[] = {
    {"weights: weights/20x1t-m1-crane.yaml\ndate: 2026-08-14\n", ""},
    {"weights: weights/20x1t-m1-crane.yaml\ndate: 2027-03-10\n",
     "4:7: date: the weights' certificate LX-2026-0118 holds from 2026-03-10 to 2027-03-09\n"},
    {"date: 2026-02-29\n", "3:7: date: expected a date of the calendar, as 2026-03-10\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, certificate: {number: a, date: 10.3.2026}}\n",
     "3:74: weights.certificate.date: expected a date of the calendar, as 2026-03-10\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, test_truck: {title: bare}}\n",
     "3:55: weights.test_truck: has neither `crane` nor `cart`: nothing brings the weights to the "
     "deck\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, test_truck: {extends: "
     "test-trucks/crane-truck.yaml, crane: {load_chart: [{radius: 5 m, most: 1 t}, {radius: 4 m, "
     "most: 2 t}]}}}\n",
     "3:142: weights.test_truck.crane.load_chart[1]: further out it lifts no more: radius must "
     "rise "
     "and mass fall\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, test_truck: {extends: "
     "test-trucks/crane-truck.yaml, crane: {load_chart: [{radius: 5 m, most: 2 t}]}}}\n",
     "3:55: weights.test_truck: the far side of the deck is 5.80 m from the crane; its load chart "
     "allows 0 kg "
     "there, a block is 1000 kg\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, test_truck: {extends: "
     "test-trucks/crane-truck.yaml, crane: {beside: 3 m}}}\n",
     "3:55: weights.test_truck: an outrigger would stand 0.50 m from the deck's centre line; the "
     "deck reaches "
     "to 1.50 m and nothing may touch it\n"},
    {"weights: {extends: weights/20x1t-m1-cart.yaml, blocks: 23}\n",
     "3:10: weights: the cart takes 20 blocks and counts as 2; 23 are asked for\n"},
    {"weights: {extends: weights/20x1t-m1-cart.yaml, block: 1500 kg, blocks: 12}\n",
     "6:13: weights.test_truck: the cart of 2000 kg is not a whole number of blocks of 1500 kg\n"},
    {"weights: weights/20x1t-m1-cart.yaml\nfaults: [{fault: hook_carries}]\n",
     "4:10: faults[0]: cannot happen to weights that stand on a cart\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, condition: {lost_caps: 21}}\n",
     "3:66: weights.condition.lost_caps: there are only 20 blocks\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, substitution: [{kind: loose, leak: 2 kg/h}]}\n",
     "3:78: weights.substitution[0].leak: only a tank leaks\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, substitution: [{kind: truck}, {kind: loose}]}\n",
     "3:65: weights.substitution[0].kind: a truck, and only that, is a vehicle\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, substitution: [{kind: truck, vehicle: "
     "vehicles/china-3axle-25t.yaml}]}\n",
     "3:58: weights.substitution[0]: the last kind repeats, and a second truck has no room; add "
     "another kind behind it\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, substitution: [{kind: truck, vehicle: "
     "vehicles/china-6axle-49t.yaml}, {kind: loose}]}\n",
     "3:10: weights: beside the substitution truck 0.0 m of the deck are left: no room for 20 "
     "blocks in 2 layers\n"},
    {"weights: {extends: weights/20x1t-m1.yaml, substitution: [{kind: truck, vehicle: "
     "vehicles/china.yaml}, {kind: loose}]}\n",
     "3:81: weights.substitution[0].vehicle: no such file: neither " JH_SHIPPED
     "/verifications/vehicles/china.yaml nor " JH_SHIPPED "/vehicles/china.yaml\n"},
};
BOOST_DATA_TEST_CASE(wrong_test_truck, trucks, wrong) {
    BOOST_TEST(changed(wrong.lines) == wrong.listing);
}

BOOST_AUTO_TEST_SUITE_END()
