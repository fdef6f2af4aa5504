// SPDX-License-Identifier: GPL-3.0-or-later
// From the cells to the indicator's terminals and the converter's codes.
#include "sim/cell/wiring.h"

#include <fmt/format.h>

#include <cmath>

#include "firmware-bridge/adc/ads1232.h"
#include "sim/cell/load_cell.h"
#include "tests/support/eight_cells.h"
#include "tests/validate/chapters.h"

namespace jh::validate {

namespace {

using test::EightCells;
using test::even;
using test::only;

constexpr double tenTonnes_kg = 10'000.0, fiftyTonnes_kg = 50'000.0;

double leakageShift_kg(double leakage_ohm) {
    LoadCellModel m;
    m.leakage = Resistance{leakage_ohm};
    return leakageShift(m) / m.sensitivity * m.capacity.si();
}

Table leakage() {
    Table table{"Moisture: leakage from a signal wire to the excitation",
                "受潮漏电",
                "closed form: 0.5 x 350 / (R_L + 350) V/V of a 30 t cell of 700 ohm",
                {"kg", 0, within(0.5)},
                {},
                {},
                {}};
    const Measure tenths{"kg", 1, within(0.05)};
    for (const auto& [mohm, shift_kg] : {std::pair{1.0, 2624.0},
                                         {5.0, 525.0},
                                         {10.0, 262.0},
                                         {50.0, 52.0},
                                         {100.0, 26.0},
                                         {1000.0, 2.6},
                                         {5000.0, 0.5}}) {
        table.add(fmt::format("{:g} Mohm", mohm), shift_kg, leakageShift_kg(mohm * 1e6),
                  mohm >= 1000.0 ? tenths : table.measure);
    }
    EightCells box;
    box.now.boxLeakage = Resistance{10e6};
    table.add("10 Mohm in the junction box, eight cells", 262.0, box.reading_kg(even(0.0)));
    Chart chart{"leakage",
                {"Shift of a 30 t cell by moisture",
                 "log10 of the leakage resistance in Mohm",
                 "log10 of the shift in kg",
                 {},
                 {{"cell of 700 ohm", {}, true}}}};
    for (int i = 0; i <= 80; ++i) {
        const double logMohm = -0.5 + 0.05 * i;
        chart.plot.x.push_back(logMohm);
        chart.plot.series[0].y.push_back(
            std::log10(leakageShift_kg(1e6 * std::pow(10.0, logMohm))));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table junctionBox() {
    Table table{"Junction box, eight cells of 700 ohm, 10 t on cell 1",
                "接线盒",
                "closed form: weighted mean sum(U/R) / sum(1/R)",
                {"kg", 1, within(0.1)},
                {},
                {},
                {}};
    for (const auto& [trim_ohm, own_kg, other_kg] :
         {std::tuple{1.0, 9987.5, 10001.8}, {7.0, 9913.3, 10012.4}, {20.0, 9756.1, 10034.8}}) {
        EightCells box;
        box.places[0].trim = Resistance{trim_ohm};
        table.add(fmt::format("trim of {:g} ohm in its signal lines", trim_ohm), own_kg,
                  box.reading_kg(only(0, tenTonnes_kg)));
        table.add(fmt::format("the same, 10 t on another cell", trim_ohm), other_kg,
                  box.reading_kg(only(5, tenTonnes_kg)));
    }
    EightCells other;
    other.output[0] = Resistance{720.0};
    table.add("output resistance of 720 ohm instead of trim", 9756.1,
              other.reading_kg(only(0, tenTonnes_kg)));
    const Measure whole{"kg", 0, within(0.5)};
    EightCells open;
    open.now.cells[0].signalSeries = openWire;
    table.add("its signal open", 0.0, open.reading_kg(only(0, tenTonnes_kg)));
    table.add("the same, 10 t on another cell: x 8/7", tenTonnes_kg * 8.0 / 7.0,
              open.reading_kg(only(3, tenTonnes_kg)));
    table.add("the same, 50 t on all cells", fiftyTonnes_kg, open.reading_kg(even(fiftyTonnes_kg)));
    table.add("signal of an end cell open, empty deck of 11 700 kg", 12'257.0,
              open.reading_kg(test::dead_kg), whole);
    EightCells inner;
    inner.now.cells[2].signalSeries = openWire;
    table.add("signal of an inner cell open, empty deck", 11'143.0, inner.reading_kg(test::dead_kg),
              whole);
    EightCells dead;
    dead.now.cells[0].excitationSeries = openWire;
    table.add("cell 1 gives nothing but stays connected, 50 t on all", 43'750.0,
              dead.reading_kg(even(fiftyTonnes_kg)));
    table.add("the same, zero of an end cell moves by", -975.0,
              dead.reading_kg(test::dead_kg) - 11'700.0, whole);
    EightCells deadInner;
    deadInner.now.cells[3].excitationSeries = openWire;
    table.add("zero of an inner cell moves by", -1950.0,
              deadInner.reading_kg(test::dead_kg) - 11'700.0, whole);
    Chart chart{"junction-box",
                {"Trim in the signal lines of cell 1: what 10 t read",
                 "trim, ohm",
                 "reading, kg",
                 {},
                 {{"on cell 1", {}, true}, {"on another cell", {}, false}}}};
    for (int i = 0; i <= 40; ++i) {
        EightCells box;
        box.places[0].trim = Resistance{0.5 * i};
        chart.plot.x.push_back(0.5 * i);
        chart.plot.series[0].y.push_back(box.reading_kg(only(0, tenTonnes_kg)));
        chart.plot.series[1].y.push_back(box.reading_kg(only(5, tenTonnes_kg)));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table excitationTrim() {
    Table table{"Excitation trim that takes 0.1 %",
                "激励端调整电阻",
                "closed form R_in / (R_in + r)",
                {"ohm", 2, within(0.005)},
                {},
                {},
                {}};
    for (const auto& [input_ohm, trim_ohm] : {std::pair{350.0, 0.35}, {775.0, 0.78}}) {
        EightCells box;
        box.model.trim = TrimPlace::excitation;
        box.model.cellInput = Resistance{input_ohm};
        box.places[0].trim = Resistance{trim_ohm};
        const double taken = 1.0 - box.reading_kg(only(0, tenTonnes_kg)) / tenTonnes_kg;
        table.add(fmt::format("input of {:g} ohm", input_ohm), trim_ohm, trim_ohm * 1e-3 / taken);
    }
    return table;
}

EightCells fourWires(double length_m, double degC) {
    EightCells box;
    box.model.wires = CableWires::four;
    box.model.cableLength = Length{length_m};
    box.state.cable = Temperature{degC};
    return box;
}

double loss_pct(double length_m, double degC) {
    return (fourWires(length_m, degC).reading_kg(even(fiftyTonnes_kg)) / fiftyTonnes_kg - 1.0) *
           100;
}

double drift_pct(double length_m) {
    return ((100.0 + loss_pct(length_m, 30.0)) / (100.0 + loss_pct(length_m, 20.0)) - 1.0) * 100;
}

Table cable() {
    Table table{"Four-wire cable of 0.5 mm², eight cells of 775 ohm input",
                "四线电缆",
                "closed form: 2 L rho / A (1 + 0.00393 (T - 20)) beside 97 ohm",
                {"%", 2, within(0.005)},
                {},
                {},
                {}};
    table.add("30 m, span", -2.09, loss_pct(30, 20.0));
    table.add("30 m, per 10 K", -0.082, drift_pct(30), {"%", 3, within(0.0005)});
    table.add("30 m, per 10 K at 50 t", -41.0, drift_pct(30) * 500.0, {"kg", 0, within(0.5)});
    table.add("50 m, span", -3.43, loss_pct(50, 20.0));
    table.add("50 m, per 10 K", -0.135, drift_pct(50), {"%", 3, within(0.0005)});
    table.add("100 m, span", -6.6, loss_pct(100, 20.0), {"%", 1, within(0.05)});
    table.add("100 m, per 10 K", -0.26, drift_pct(100));
    table.add("100 m, per 10 K at 50 t", -130.0, drift_pct(100) * 500.0, {"kg", 0, within(0.5)});
    EightCells six;
    six.model.cableLength = Length{100.0};
    six.state.cable = Temperature{45.0};
    table.add("100 m, six wires, 45 °C: 50 t read", fiftyTonnes_kg,
              six.reading_kg(even(fiftyTonnes_kg)), {"kg", 0, within(0.001)});
    six.now.senseOpen = true;
    six.state.cable = Temperature{20.0};
    table.add("the same at 20 °C, sense line open: span", -6.6,
              (six.reading_kg(even(fiftyTonnes_kg)) / fiftyTonnes_kg - 1.0) * 100.0,
              {"%", 1, within(0.05)});
    Chart chart{"cable",
                {"Span over the length of a four-wire cable",
                 "length, m",
                 "change of span, %",
                 {},
                 {{"at -10 °C", {}, false}, {"at 20 °C", {}, true}, {"at 40 °C", {}, false}}}};
    for (int i = 0; i <= 50; ++i) {
        chart.plot.x.push_back(2.0 * i);
        for (const auto& [series, degC] : {std::pair{0u, -10.0}, {1u, 20.0}, {2u, 40.0}}) {
            chart.plot.series[series].y.push_back(loss_pct(2.0 * i, degC));
        }
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table signal() {
    Table table{"Signal of 8 x 30 t, 2 mV/V",
                "信号电压",
                "closed form; 0.1 % are asked for",
                {"mV", 3, share(1e-3)},
                {},
                {},
                {}};
    const EightCells scale;
    // What the terminals see, in V/V, of this mass on all cells.
    const auto ratioOf = [&scale](double mass_kg) {
        return BridgeRatio{scale.reading_kg(even(mass_kg)) * 2e-3 / 240'000.0};
    };
    for (const auto& [excitation_V, all_mV, full_mV, perE_uV, perKg_nV] :
         {std::tuple{5.0, 10.0, 4.167, 0.833, 41.7},
          {10.0, 20.0, 8.333, 1.667, 83.3},
          {12.0, 24.0, 10.0, 2.0, 100.0}}) {
        const Voltage excitation{excitation_V};
        const auto of = [&](double mass_kg) {
            return signalVoltage(ratioOf(mass_kg), excitation).si();
        };
        const std::string at = fmt::format("{:g} V, ", excitation_V);
        table.add(at + "240 t", all_mV, of(240'000.0) * 1e3);
        table.add(at + "100 t", full_mV, of(100'000.0) * 1e3);
        table.add(at + "e = 20 kg", perE_uV, of(20.0) * 1e6, {"µV", 3, share(1e-3)});
        table.add(at + "1 kg", perKg_nV, of(1.0) * 1e9, {"nV", 1, share(1e-3)});
    }
    table.add("dead load of 11.7 t", 0.0975, ratioOf(11'700.0).si() * 1e3,
              {"mV/V", 4, share(1e-3)});
    return table;
}

Table converter() {
    Table table{"Codes of the converter, gain 128, 5 V",
                "模数转换",
                "closed form; noise of the ADS1232's data sheet, peak to peak as 6.6 sigma",
                {"codes", 0, within(0.5)},
                {},
                {},
                {}};
    const Ads1232Model slow;
    Ads1232Model fast;
    fast.rate_Hz = 80;
    const auto code = [&](double mass_kg) {
        return static_cast<double>(convert(slow, BridgeRatio{mass_kg * 2e-3 / 240'000.0}, 0.0));
    };
    const double perCode_kg = 100'000.0 / code(100'000.0), e_kg = 20.0;
    table.add("20 kg", 358.0, code(20.0));
    table.add("100 t", 1'789'570.0, code(100'000.0));
    table.add("one code", 2.33, perCode_kg * 2e-3 / 240'000.0 * 5.0 * 1e9,
              {"nV", 2, within(0.005)});
    // The last code that is not the end of the range, from both sides.
    double low_mV = 1.0, high_mV = 100.0;
    while (high_mV - low_mV > 1e-6) {
        const double middle_mV = 0.5 * (low_mV + high_mV);
        (convert(slow, BridgeRatio{middle_mV * 1e-3 / 5.0}, 0.0) < 0x7FFFFF ? low_mV : high_mV) =
            middle_mV;
    }
    table.add("end of the range", 19.5, high_mV, {"mV", 1, within(0.05)});
    constexpr double many = 100.0, peakToPeak = 6.6;
    const auto noise_kg = [&](const Ads1232Model& m) {
        return static_cast<double>(convert(m, BridgeRatio{}, many)) / many * perCode_kg;
    };
    table.add("noise at 10/s", 0.020, noise_kg(slow) / e_kg, {"e", 3, within(0.0005)});
    table.add("the same, peak to peak", 0.135, noise_kg(slow) * peakToPeak / e_kg,
              {"e", 3, within(0.0005)});
    table.add("the same in kg", 2.7, noise_kg(slow) * peakToPeak, {"kg", 1, within(0.05)});
    table.add("steps free of noise over 100 t", 37'000.0, 1e5 / (noise_kg(slow) * peakToPeak),
              {"steps", 0, within(500.0)});
    table.add("noise at 80/s, peak to peak", 0.35, noise_kg(fast) * peakToPeak / e_kg,
              {"e", 2, within(0.005)});
    table.add("the same in kg", 7.0, noise_kg(fast) * peakToPeak, {"kg", 1, within(0.05)});
    table.add("steps free of noise at 80/s", 14'300.0, 1e5 / (noise_kg(fast) * peakToPeak),
              {"steps", 0, within(50.0)});
    return table;
}

}  // namespace

Chapter wiring() {
    return {
        "Wiring, cable and converter",
        "接线、电缆与模数转换",
        "Eight cells of 30 t, 2 mV/V, in an analog junction box, six wires unless said otherwise.",
        {leakage(), junctionBox(), excitationTrim(), cable(), signal(), converter()},
        {{"Leakage falls as R_dry exp(-t / tau) over days, wetter in the morning",
          "No moisture grows by itself; a fault has its size and the time over which it grows."},
         {"More than 7 % of trim means another fault; trim down to the weakest cell",
          "Rules for the person at the box."},
         {"Digital cells: 19.2 to 115.2 kbit/s, 10 to 100 readings a second",
          "Ranges; the digital cells here give 50 readings a second."},
         {"The ADS1232 has 85 000 noise-free counts, 135 000 averaged; settles in 500 to 900 ms",
          "Figures of the chip beyond its noise; its own filter is not modelled."}}};
}

}  // namespace jh::validate
