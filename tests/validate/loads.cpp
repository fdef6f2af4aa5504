// SPDX-License-Identifier: GPL-3.0-or-later
// Trucks at rest, cells that differ, and what carries beside the cells.
#include <array>

#include "sim/plant/plant.h"
#include "tests/validate/chapters.h"
#include "tests/validate/probing.h"

namespace jh::validate {

namespace {

using test::DeckRow;

struct Truck {
    const char *name, *title;
    double frontAxle_m;
    std::array<double, 4> perCell_kg;
};
constexpr Truck trucks[] = {
    {"china-6axle-49t", "49 t, front axle at 15.80 m", 15.80, {4620.00, 8017.50, 9270.75, 2591.75}},
    {"china-8x4-31t", "31 t, front axle at 12.30 m", 12.30, {225.00, 8827.08, 6285.42, 162.50}},
    {"us-3s2-36t", "36.28 t, front axle at 17.535 m", 17.535, {6328.62, 2001.39, 7072.70, 2737.29}},
    {"eu-5axle-40t", "40 t, front axle at 15.06 m", 15.06, {3208.33, 8378.33, 6628.33, 1785.00}}};

ProbeResult truckOn(const ScaleModel& scale, const Truck& truck, double frontAxle_m) {
    return probe(scale, standardSite(),
                 ProbeInput{{}, {{vehicleNamed(truck.name), {Length{frontAxle_m}, Length{}}}}, {}});
}

Table truckShares() {
    Table table{"Four trucks, per cell of each line",
                "四种车辆",
                "closed form: lever rule for each axle",
                {"kg", 2, within(0.01)},
                {},
                {},
                {}};
    const ScaleModel scale = scaleNamed(leverScale);
    for (const Truck& truck : trucks) {
        const ProbeResult result = truckOn(scale, truck, truck.frontAxle_m);
        for (std::size_t line = 0; line < 4; ++line) {
            Figure& figure = table.cell(truck.title, fmt::format("line {}", line + 1),
                                        truck.perCell_kg[line], result.cells[2 * line].live.si());
            if (&truck == trucks && line >= 2) {
                figure.deviates(
                    line == 3 ? "By hand: (7 t x 3.8 m + 9 t x 0.5 m) / 6 m / 2 = 2591.67 kg; "
                                "the printed figure is 0.08 kg too high."
                              : "By hand, from the sum of 49 t: 9270.83 kg; the printed figure "
                                "is 0.08 kg too low.");
            }
        }
    }
    Chart chart{"truck-shares",
                {"49 t truck creeps over the deck: load on each line of cells",
                 "front axle x, m",
                 "load, kg",
                 {},
                 {}}};
    for (int line = 1; line <= 4; ++line) {
        chart.plot.series.push_back({fmt::format("line {}", line), {}, false});
    }
    chart.plot.series.push_back({"all cells", {}, true});
    for (int i = 0; i <= 160; ++i) {
        const ProbeResult at = truckOn(scale, trucks[0], 0.2 * i);
        chart.plot.x.push_back(0.2 * i);
        double total_kg = 0.0;
        for (std::size_t line = 0; line < 4; ++line) {
            const double line_kg = at.cells[2 * line].live.si() + at.cells[2 * line + 1].live.si();
            chart.plot.series[line].y.push_back(line_kg);
            total_kg += line_kg;
        }
        chart.plot.series[4].y.push_back(total_kg);
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table truckTotal() {
    Table table{"Parked trucks, sum of the cells",
                "停车总重",
                "sum of the axle loads; 0.5 kg are asked for",
                {"kg", 0, within(0.5)},
                {},
                {},
                {}};
    const ScaleModel scale = scaleNamed(referenceScale);
    const auto sum_kg = [](const Plant& plant) {
        double sum_N = 0.0;
        for (const Force f : plant.cellForces()) sum_N += f.si();
        return sum_N / plant.parts().site.gravity.si();
    };
    for (const auto& [name, total_kg] : {std::pair{"china-6axle-49t", 49'000.0},
                                         {"china-6axle-49t-air", 49'000.0},
                                         {"china-8x4-31t", 31'000.0}}) {
        Plant plant{scale, standardSite(), 1};
        const double empty_kg = sum_kg(plant);
        plant.park(vehicleNamed(name), {Length{15.8}, Length{}});
        for (int i = 0; i < 400; ++i) plant.convert(100ms);
        table.add(name, total_kg, sum_kg(plant) - empty_kg);
    }
    table.note = "The whole plant: truck of rigid bodies on springs and tyres, deck, cells.";
    return table;
}

Table mismatch() {
    Table table{"Cell 3L reads 0.2 % high, 2R 0.1 % low",
                "传感器灵敏度不一致",
                "closed form: model A, error of 10 t at each place",
                {"kg", 3, within(0.0005)},
                {},
                {},
                {}};
    const ScaleModel right = scaleNamed(leverScale);
    ScaleModel wrong = right;
    for (CellPlace& cell : wrong.cells) {
        if (cell.id == "3L") cell.sensitivityError = 0.002;
        if (cell.id == "2R") cell.sensitivityError = -0.001;
    }
    const auto shown_kg = [](const ScaleModel& scale, const DeckRow& row) {
        const BridgeRatio change =
            probed(scale, {massAt(row.x_m, row.y_m, tenTonnes_kg)}).terminals -
            probed(scale, {}).terminals;
        return change / (scale.cellType.sensitivity / 8.0) * scale.cellType.capacity.si();
    };
    constexpr double error_kg[] = {-0.833, -2.500, -1.282, -5.000, 2.500, 0.192, 2.821};
    for (std::size_t p = 0; p < test::leverRule.size(); ++p) {
        const DeckRow& row = test::leverRule[p];
        table.add(placeName(row, p), error_kg[p], shown_kg(wrong, row) - shown_kg(right, row));
    }
    return table;
}

/// What contacts beside the cells take of a load.
double lost_kg(const Fault::What& contact, double x_m, double y_m, double mass_kg) {
    const ProbeResult result =
        probed(scaleNamed(referenceScale), {massAt(x_m, y_m, mass_kg)}, {fault(contact)});
    return mass_kg - sum(live_kg(result));
}

Table contacts() {
    Table table{"Weight that something beside the cells takes",
                "旁路承载",
                "beam on springs, calculated apart from this program, whole kilograms",
                {"kg", 0, within(0.5)},
                {},
                {},
                {}};
    struct Case {
        const char* name;
        double x_m, y_m, mass_kg, stiffness_N_m, gap_mm, lost_kg;
    };
    constexpr Case cases[] = {
        {"10 t on a stone at mid-span, 10⁶ N/m", 9.0, 0.0, 1e4, 1e6, 0.0, 226.0},
        {"the same, 10⁷ N/m", 9.0, 0.0, 1e4, 1e7, 0.0, 1876.0},
        {"the same, 10⁷ N/m, gap 1 mm", 9.0, 0.0, 1e4, 1e7, 1.0, 1048.0},
        {"40 t, 10⁷ N/m, gap 3 mm", 9.0, 0.0, 4e4, 1e7, 3.0, 5020.0},
        {"40 t, 10⁷ N/m, gap 5 mm", 9.0, 0.0, 4e4, 1e7, 5.0, 3363.0},
        {"10 t beside cell 2L, debris of 10⁶ N/m", 6.0, 1.3, 1e4, 1e6, 0.0, 24.0},
        {"the same, 10⁷ N/m", 6.0, 1.3, 1e4, 1e7, 0.0, 231.0},
        {"the same, 10⁸ N/m", 6.0, 1.3, 1e4, 1e8, 0.0, 1912.0},
        {"the same, 10⁷ N/m, gap 1 mm", 6.0, 1.3, 1e4, 1e7, 1.0, 0.0}};
    for (const Case& c : cases) {
        const DeckContactFault stone{
            Length{c.x_m}, Length{c.y_m}, Stiffness{c.stiffness_N_m}, Length{c.gap_mm * 1e-3}, {}};
        table.add(c.name, c.lost_kg, lost_kg(stone, c.x_m, c.y_m, c.mass_kg));
    }
    table.add("mud along both edges, 10⁴ N/m per m, 10 t at mid-span", 18.0,
              lost_kg(EdgeMudFault{1e4, 0.0}, 9.0, 0.0, 1e4));
    Chart chart{"stone",
                {"Load at mid-span on a stone of 10⁷ N/m: what it takes",
                 "load, kg",
                 "taken from the cells, kg",
                 {},
                 {}}};
    for (const double gap_mm : {0.0, 1.0, 3.0, 5.0}) {
        PlotSeries series{fmt::format("gap {:g} mm", gap_mm), {}, false};
        chart.plot.x.clear();
        for (int k = 0; k <= 40; ++k) {
            const double load_kg = 1.0 + 1000.0 * k;
            chart.plot.x.push_back(load_kg);
            series.y.push_back(lost_kg(
                DeckContactFault{Length{9.0}, {}, Stiffness{1e7}, Length{gap_mm * 1e-3}, {}}, 9.0,
                0.0, load_kg));
        }
        chart.plot.series.push_back(std::move(series));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

}  // namespace

Chapter loads() {
    return {"Trucks at rest, unlike cells, contacts",
            "静止车辆、灵敏度差异与旁路",
            "The reference deck under the shipped trucks, with faults of the catalogue.",
            {truckShares(), truckTotal(), mismatch(), contacts()},
            {}};
}

}  // namespace jh::validate
