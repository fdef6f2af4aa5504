// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/cell/wiring.h
#include "sim/cell/wiring.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <utility>

#include "tests/support/eight_cells.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr double oracle_kg = 0.1;  // printed digits of the tables

}  // namespace

BOOST_FIXTURE_TEST_SUITE(wiring, EightCells)

BOOST_AUTO_TEST_CASE(signal_trim_lowers_its_own_cell_and_lifts_the_others) {
    for (const auto& [trim_ohm, own_kg, other_kg] : {std::tuple{0.0, 10000.0, 10000.0},
                                                     {1.0, 9987.5, 10001.8},
                                                     {7.0, 9913.3, 10012.4},
                                                     {20.0, 9756.1, 10034.8}}) {
        places[0].trim = Resistance{trim_ohm};
        BOOST_TEST_MESSAGE(trim_ohm << " ohm: " << reading_kg(only(0, 10000)) << ", "
                                    << reading_kg(only(5, 10000)));
        BOOST_TEST(std::fabs(reading_kg(only(0, 10000)) - own_kg) < oracle_kg);
        BOOST_TEST(std::fabs(reading_kg(only(5, 10000)) - other_kg) < oracle_kg);
    }
}

BOOST_AUTO_TEST_CASE(a_bad_contact_and_another_output_resistance_are_trim_too) {
    now.cells[0].signalSeries = Resistance{7.0};
    BOOST_TEST(std::fabs(reading_kg(only(0, 10000)) - 9913.3) < oracle_kg);
    now.cells[0] = {};
    output[0] = Resistance{720.0};
    BOOST_TEST(std::fabs(reading_kg(only(3, 10000)) - 10034.8) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(an_open_signal_wire_hides_behind_an_even_load) {
    now.cells[0].signalSeries = openWire;
    BOOST_TEST(reading_kg(only(0, 10000)) == 0.0);
    BOOST_TEST(std::fabs(reading_kg(only(3, 10000)) - 10000 * 8.0 / 7.0) < oracle_kg);
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 50000) < oracle_kg);
    // Zero moves by +557 kg when an end cell goes, by -557 kg when an inner one does.
    BOOST_TEST(std::fabs(reading_kg(dead_kg) - 12257) < 0.5);
    BOOST_TEST(std::fabs(reading_kg(dead_kg) - 11700 - 557) < 0.5);
    now.cells[0] = {};
    now.cells[2].signalSeries = openWire;
    BOOST_TEST(std::fabs(reading_kg(dead_kg) - 11143) < 0.5);
    BOOST_TEST(std::fabs(reading_kg(dead_kg) - 11700 + 557) < 0.5);
}

BOOST_AUTO_TEST_CASE(a_cell_without_excitation_is_dead_but_connected) {
    now.cells[0].excitationSeries = openWire;
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 43750) < oracle_kg);
    BOOST_TEST(std::fabs(reading_kg(dead_kg) - 11700 + 975) < oracle_kg);
    now.cells[0] = {};
    now.cells[3].excitationSeries = openWire;
    BOOST_TEST(std::fabs(reading_kg(dead_kg) - 11700 + 1950) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(a_short_takes_the_others_with_it) {
    now.cells[0].signalShunt = Resistance{0.0};
    BOOST_TEST(std::fabs(reading_kg(even(50000))) < 1.0);
    // With trim resistors the short is at their far end.
    places[0].trim = Resistance{20.0};
    BOOST_TEST(reading_kg(even(50000)) > 5000);
    // As good as nothing when its resistance is high.
    places[0].trim = {};
    now.cells[0].signalShunt = Resistance{1e9};
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 50000) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(excitation_trim_takes_a_thousandth_per_milli_of_the_input) {
    model.trim = TrimPlace::excitation;
    // Input of 350 and of 775 ohm: 0.1 % per 0.35 and 0.78 ohm; the other cells do not feel it.
    for (const auto& [input_ohm, trim_ohm] : {std::pair{350.0, 0.35}, {775.0, 0.78}}) {
        model.cellInput = Resistance{input_ohm};
        places[0].trim = Resistance{trim_ohm};
        BOOST_TEST(std::fabs(reading_kg(only(0, 10000)) - 9990) < oracle_kg);
        BOOST_TEST(std::fabs(reading_kg(only(5, 10000)) - 10000) < 1e-6);
    }
}

BOOST_AUTO_TEST_CASE(four_wires_lose_span_and_drift_with_the_cable) {
    model.wires = CableWires::four;
    struct Row {
        double length_m, loss_pct, lossPrint_pct, drift_pct, driftPrint_pct;
    };
    for (const Row& row : {Row{30, -2.09, 0.005, -0.082, 0.0005},
                           {50, -3.43, 0.005, -0.135, 0.0005},
                           {100, -6.6, 0.05, -0.26, 0.005}}) {
        model.cableLength = Length{row.length_m};
        state.cable = Temperature{20.0};
        const double cold_kg = reading_kg(even(50000));
        state.cable = Temperature{30.0};
        const double warm_kg = reading_kg(even(50000));
        const double loss_pct = (cold_kg / 50000 - 1.0) * 100;
        const double drift_pct = (warm_kg / cold_kg - 1.0) * 100;
        BOOST_TEST_MESSAGE(row.length_m << " m: " << loss_pct << " %, " << drift_pct << " %/10 K");
        BOOST_TEST(std::fabs(loss_pct - row.loss_pct) < row.lossPrint_pct);
        BOOST_TEST(std::fabs(drift_pct - row.drift_pct) < row.driftPrint_pct);
        // An adjusted scale of 50 t: -41 kg with 30 m, -130 kg with 100 m.
        if (row.length_m == 30) BOOST_TEST(std::fabs(drift_pct * 500 + 41) < 0.5);
        if (row.length_m == 100) BOOST_TEST(std::fabs(drift_pct * 500 + 130) < 0.5);
    }
}

BOOST_AUTO_TEST_CASE(six_wires_bring_the_cable_to_nothing_until_sense_opens) {
    model.cableLength = Length{100.0};
    state.cable = Temperature{45.0};
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 50000) < 1e-6);
    state.cable = Temperature{20.0};
    now.senseOpen = true;
    BOOST_TEST(std::fabs(reading_kg(even(50000)) / 50000 - 1.0 + 0.0663) < 0.0001);
}

BOOST_AUTO_TEST_CASE(series_resistance_in_the_sense_line_makes_the_scale_read_high) {
    now.senseSeries = Resistance{1000.0};  // of 100 kohm
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 50500) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(an_excitation_that_the_reference_does_not_follow_scales_everything) {
    now.excitationFactor = 0.9;
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 45000) < oracle_kg);
    now.excitationFactor = 1.0;
    now.offset = BridgeRatio{100 * 2e-3 / 240000};
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 50100) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(moisture_in_the_box_shifts_like_moisture_in_one_cell) {
    // 10 Mohm on the summed wires: the same current into an eighth of the resistance, and an
    // eighth of the signal per kg.
    now.boxLeakage = Resistance{10e6};
    BOOST_TEST(std::fabs(reading_kg(even(0)) - 262.5) < oracle_kg);
    BOOST_TEST(std::fabs(reading_kg(even(50000)) - 50262.5) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(a_corroded_excitation_terminal_costs_span_of_its_cell) {
    now.cells[2].excitationSeries = Resistance{3.0};
    BOOST_TEST(std::fabs(reading_kg(only(2, 10000)) - 10000 * 775.0 / 778.0) < oracle_kg);
}

BOOST_AUTO_TEST_CASE(the_cable_follows_the_air) {
    model.cableTimeConstant = 20min;
    relax(model, state, Temperature{30.0}, 20min);
    BOOST_TEST(std::fabs(state.cable.si() - 30.0 + 10.0 * std::exp(-1.0)) < 1e-12);
    relax(model, state, Temperature{30.0}, 1000h);
    BOOST_TEST(state.cable.si() == 30.0);
}

BOOST_AUTO_TEST_CASE(all_wires_open_read_nothing) {
    for (CellWires& wires : now.cells) wires.signalSeries = openWire;
    BOOST_TEST(reading_kg(even(50000)) == 0.0);
}

BOOST_AUTO_TEST_CASE(volts_at_the_terminals_of_the_reference_scale) {
    // 5, 10, 12 V: mV at 100 t, microvolts per 20 kg.
    for (const auto& [excitation_V, full_mV, perE_uV] :
         {std::tuple{5.0, 4.167, 0.833}, {10.0, 8.333, 1.667}, {12.0, 10.0, 2.0}}) {
        const BridgeRatio full{100000 * 2e-3 / 240000}, e{20 * 2e-3 / 240000};
        const Voltage excitation{excitation_V};
        BOOST_TEST(std::fabs(signalVoltage(full, excitation).si() * 1e3 / full_mV - 1) < 1e-3);
        BOOST_TEST(std::fabs(signalVoltage(e, excitation).si() * 1e6 / perE_uV - 1) < 1e-3);
    }
}

BOOST_AUTO_TEST_SUITE_END()
