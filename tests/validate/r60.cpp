// SPDX-License-Identifier: GPL-3.0-or-later
// Load cells against the limits of OIML R 60.
#include "sim/cell/load_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/support/r60.h"
#include "tests/validate/chapters.h"

namespace jh::validate {

namespace {

using test::CellError;
using test::loadOf;
using test::R60Class;
using test::read_kg;

constexpr int cellsDrawn = 60;
constexpr Temperature room{20.0};
const R60Class &c3 = test::classes[0], &c5 = test::classes[1];

/// Cells that stay inside all of the envelope.
int insideEnvelope(const R60Class& c, Temperature at) {
    int inside = 0;
    for (int i = 0; i < cellsDrawn; ++i) {
        const auto errors = test::errorsUpAndDown(test::r60Cell(c, i), at);
        inside += std::all_of(errors.begin(), errors.end(),
                              [&](const CellError& e) {
                                  return std::fabs(e.error_kg) <= test::limit_kg(c, e.load_kg);
                              })
                      ? 1
                      : 0;
    }
    return inside;
}

/// Largest errors in the three steps of the envelope.
std::array<double, 3> worstErrors_kg(const R60Class& c, Temperature at) {
    std::array<double, 3> worst_kg{};
    for (int i = 0; i < cellsDrawn; ++i) {
        for (const CellError& e : test::errorsUpAndDown(test::r60Cell(c, i), at)) {
            const double limit_kg = test::limit_kg(c, e.load_kg);
            const std::size_t step = limit_kg == c.half_kg ? 0 : limit_kg == c.full_kg ? 1 : 2;
            worst_kg[step] = std::max(worst_kg[step], std::fabs(e.error_kg));
        }
    }
    return worst_kg;
}

void addEnvelope(Table& table, const R60Class& c, Temperature at, const std::string& where) {
    const auto worst_kg = worstErrors_kg(c, at);
    const double v_t = 30.0 / c.intervals;
    const double limits_kg[] = {c.half_kg, c.full_kg, c.more_kg};
    const double ends_t[] = {500 * v_t, 2000 * v_t, 30.0};
    for (std::size_t i = 0; i < 3; ++i) {
        table.atMost(fmt::format("{}{}, to {:g} t", c.name, where, ends_t[i]), limits_kg[i],
                     worst_kg[i]);
    }
}

Chart envelopeChart() {
    Chart chart{"r60-envelope",
                {"C3 cell of 30 t, up and down, in the envelope of OIML R 60",
                 "load, t",
                 "error, kg",
                 {},
                 {}}};
    const LoadCellModel cell = typicalLoadCell(test::typeOf(c3));
    const auto errors = test::errorsUpAndDown(cell);
    PlotSeries up{"way up", {}, true}, down{"way down", {}, false},
        most{"envelope, upper", {}, false}, least{"envelope, lower", {}, false};
    for (std::size_t i = 0; i <= 100; ++i) {
        chart.plot.x.push_back(errors[i].load_kg * 1e-3);
        up.y.push_back(errors[i].error_kg);
        down.y.push_back(errors[200 - i].error_kg);
        most.y.push_back(test::limit_kg(c3, errors[i].load_kg));
        least.y.push_back(-most.y.back());
    }
    chart.plot.series = {up, down, most, least};
    return chart;
}

Table envelope() {
    Table table{
        "Error envelope of OIML R 60",
        "R 60 误差包络",
        "OIML R 60-1:2021, p_LC = 0.7, in kg for E_max 30 t",
        {"kg", 1, {}},
        "Worst of 60 cells: that of the data sheet with its bow either way, and drawn ones.",
        {},
        {}};
    addEnvelope(table, c3, room, "");
    addEnvelope(table, c5, room, "");
    table.charts.push_back(envelopeChart());
    return table;
}

Table envelopeCold() {
    Table table{"The same at both ends of the temperature range",
                "温度范围两端的误差包络",
                "OIML R 60-1:2021: the envelope holds from -10 to +40 °C, with the effect of "
                "temperature on the span and without that on zero",
                {"kg", 1, {}},
                {},
                {},
                {}};
    for (const double degC : {-10.0, 40.0}) {
        const Temperature at{degC};
        for (const R60Class* c : {&c3, &c5}) {
            addEnvelope(table, *c, at, fmt::format(" at {:g} °C", degC));
            table.add(fmt::format("{} at {:g} °C, cells inside of {}", c->name, degC, cellsDrawn),
                      cellsDrawn, insideEnvelope(*c, at), {"cells", 0, within(0)});
        }
    }
    return table;
}

struct Crept {
    double after30_kg{}, last10_kg{}, zero_kg{};
};
/// With the times R 60 allows for loading and unloading 30 t.
Crept creepOf(const LoadCellModel& m) {
    LoadCellState s;
    followForce(m, s, loadOf(m, 1.0));
    relax(m, s, loadOf(m, 1.0), room, 50s);
    const double first_kg = read_kg(m, s, 1.0);
    relax(m, s, loadOf(m, 1.0), room, 20min);
    const double after20_kg = read_kg(m, s, 1.0);
    relax(m, s, loadOf(m, 1.0), room, 10min);
    const double after30_kg = read_kg(m, s, 1.0);
    followForce(m, s, Force{});
    relax(m, s, Force{}, room, 50s);
    return {after30_kg - first_kg, after30_kg - after20_kg,
            std::fabs(read_kg(m, s, 0.0) - read_kg(m, {}, 0.0))};
}

Table creepLimits() {
    Table table{"Creep and return of zero, limits",
                "蠕变与回零限值",
                "OIML R 60-1:2021; worst of the same 60 cells",
                {"kg", 2, {}},
                {},
                {},
                {}};
    for (const R60Class& c : test::classes) {
        Crept worst;
        for (int i = 0; i < cellsDrawn; ++i) {
            const Crept one = creepOf(test::r60Cell(c, i));
            worst = {std::max(worst.after30_kg, one.after30_kg),
                     std::max(worst.last10_kg, one.last10_kg),
                     std::max(worst.zero_kg, one.zero_kg)};
        }
        table.atMost(fmt::format("{}, creep in 30 min", c.name), c.creep_kg, worst.after30_kg);
        table.atMost(fmt::format("{}, from 20 to 30 min", c.name), c.lastCreep_kg, worst.last10_kg)
            .measure.digits = 3;
        table.atMost(fmt::format("{}, zero after 30 min", c.name), c.zeroReturn_kg, worst.zero_kg);
    }
    return table;
}

Table temperature() {
    Table table{"Zero of eight cells at the limit, + 10 K",
                "零点温度影响",
                "OIML R 60-1:2021: 0.7 v_min per 5 K",
                {"kg", 1, within(0.05)},
                {},
                {},
                {}};
    for (const auto& [y, pct, rss_kg, equal_kg] : {std::tuple{6000.0, 0.0233, 19.8, 56.0},
                                                   {10000.0, 0.0140, 11.9, 33.6},
                                                   {15000.0, 0.0093, 7.9, 22.4}}) {
        LoadCellModel m;
        m.zeroTemperature_per_K = 0.7 / y / 5.0;
        LoadCellState s;
        s.temperature = Temperature{30.0};
        const double one_kg = read_kg(m, s, 0.0);
        table.add(fmt::format("Y {:g}, one cell", y), pct, one_kg / 300.0,
                  {"%", 4, within(0.00005)});
        table.add(fmt::format("Y {:g}, root of squares", y), rss_kg, std::sqrt(8.0) * one_kg);
        table.add(fmt::format("Y {:g}, all alike", y), equal_kg, 8.0 * one_kg);
    }
    return table;
}

Table drawn() {
    Table table{"Drawn cells keep to their class",
                "抽样传感器的离散",
                "OIML R 60-1:2021 for limits; estimates for what real cells have of them",
                {"", 2, {}},
                {},
                {},
                {}};
    const CellType type;
    double zero = 0.0, span = 0.0, gain = 0.0, leastAge = 0.0, mostAge = -1.0;
    CellType old = type;
    old.ageInYears = 1.0;
    for (int i = 0; i < cellsDrawn; ++i) {
        NoiseStream luck{60, "cell " + std::to_string(i)}, again{60, "cell " + std::to_string(i)};
        const LoadCellModel m = drawLoadCell(type, luck), aged = drawLoadCell(old, again);
        zero = std::max(zero, std::fabs(m.zeroTemperature_per_K) * 1000.0);
        span = std::max(span, std::fabs(m.spanTemperature_per_K) * 1000.0);
        gain = std::max(gain, std::fabs(m.sensitivityError) * 100.0);
        leastAge = std::min(leastAge, aged.spanAgeing * 100.0);
        mostAge = std::max(mostAge, aged.spanAgeing * 100.0);
    }
    table.measure = {"% per 10 K", 4, {}};
    table.atMost("zero, largest of 60 (Y 10 000)", 0.0140, zero);
    table.between("span, largest of 60 (0.008 to 0.011)", 0.008, 0.011, span);
    table.measure = {"%", 3, {}};
    table.atMost("gain, matched cells", 0.1, gain);
    table.between("span in the first year, least", -0.03, -0.01, leastAge);
    table.between("span in the first year, most", -0.03, -0.01, mostAge);
    NoiseStream any{60, "noise"};
    const double noise_V = drawLoadCell(type, any).noise_V_V / std::sqrt(8.0) * 5.0;
    table.add("Johnson noise of eight cells of 700 ohm, 10 Hz, 5 V", 3.8, noise_V * 1e9,
              {"nV", 1, within(0.05)});
    for (const auto& [y, limit_kg] : {std::pair{15000.0, 16.0}, {10000.0, 24.0}}) {
        CellType other = type;
        other.minDeadLoadOutput_Y = y;
        double sum_kg = 0.0;
        for (int i = 0; i < 8; ++i) {
            NoiseStream luck{11, "cell " + std::to_string(i)};
            const LoadCellModel m = drawLoadCell(other, luck);
            const CellConditions high{.pressureDeviation = Pressure{1000.0}};
            sum_kg +=
                (output(m, {}, {}, {}, high) - output(m, {}, {}, {})) / m.sensitivity * 30000.0;
        }
        table.measure = {"kg/kPa", 0, {}};
        table
            .between(
                fmt::format("air pressure, eight drawn cells: 0.1 to 0.3 of {:g} kg/kPa", limit_kg),
                0.1 * limit_kg, 0.3 * limit_kg, sum_kg)
            .measure.digits = 1;
        table.add(fmt::format("limit of eight equal cells, Y {:g}", y), limit_kg, 8.0 * 30000.0 / y,
                  {"kg/kPa", 0, within(0.5)});
    }
    return table;
}

}  // namespace

Chapter r60() {
    return {"OIML R 60",
            "R 60 限值",
            "Cells of 30 t, 2 mV/V against the limits of their class.",
            {envelope(), envelopeCold(), creepLimits(), temperature(), drawn()},
            {{"Humidity cycle: zero shift up to 4 % of span, span shift up to v",
              "There is no humidity cycle; moisture is a leakage resistance (Wiring)."},
             {"Insulation of at least 2000 Mohm, excitation 10 to 12 V",
              "Limits of a data sheet. A dry cell here leaks nothing."},
             {"Time to load and settle: 10 s to 50 s",
              "A rule for the test; the creep tests here take its 50 s."}}};
}

}  // namespace jh::validate
