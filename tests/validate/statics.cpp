// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells carry at rest: shares, trucks, settlement, contacts beside the cells.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/plant/plant.h"
#include "sim/plant/probe.h"
#include "tests/support/deck_oracles.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

using test::DeckRow;
using test::DeckTable;

constexpr const char *referenceScale = "100t-18x3-8c", *leverScale = "100t-18x3-8c-torsion-free",
                     *lappedScale = "100t-18x3-8c-lapped", *boltedScale = "100t-18x3-8c-bolted";
constexpr double tenTonnes_kg = 10'000.0;

/// The sources reckon with the conventional g.
SiteModel standardSite() {
    SiteModel site;
    site.gravity = standardGravity;
    return site;
}

PointMass massAt(double x_m, double y_m, double mass_kg) {
    return {Length{x_m}, Length{y_m}, Mass{mass_kg}};
}

ProbeResult probed(const ScaleModel& scale, const std::vector<PointMass>& loads,
                   const std::vector<Fault>& faults = {}) {
    return probe(scale, standardSite(), ProbeInput{loads, {}, faults});
}

std::vector<double> live_kg(const ProbeResult& result) {
    std::vector<double> out;
    for (const CellProbe& cell : result.cells) out.push_back(cell.live.si());
    return out;
}

Fault fault(Fault::What what) {
    Fault fault;
    fault.what = std::move(what);
    return fault;
}

double sum(const std::vector<double>& values) {
    double total = 0.0;
    for (const double value : values) total += value;
    return total;
}

std::string placeName(const DeckRow& row, std::size_t number) {
    return fmt::format("P{} {:g}, {:g} m", number + 1, row.x_m, row.y_m);
}

void compareShares(Table& table, const ScaleModel& scale, const DeckTable& expected) {
    for (std::size_t p = 0; p < expected.size(); ++p) {
        const DeckRow& row = expected[p];
        const auto cells = live_kg(probed(scale, {massAt(row.x_m, row.y_m, tenTonnes_kg)}));
        for (std::size_t j = 0; j < cells.size(); ++j) {
            table.cell(placeName(row, p), scale.cells[j].id, row.cells_kg[j], cells[j]);
        }
    }
}

/// Each cell's share while a load of 10 t rolls over the deck 0.9 m beside its centre line.
Chart influenceLines(const std::string& file, const std::string& title, const ScaleModel& scale) {
    Chart chart{file, {title, "place of the load x, m", "load on the cell, kg", {}, {}}};
    for (const std::size_t j : {0u, 1u, 2u, 3u})
        chart.plot.series.push_back({scale.cells[j].id, {}, false});
    for (int i = 0; i <= 72; ++i) {
        chart.plot.x.push_back(0.25 * i);
        const auto cells = live_kg(probed(scale, {massAt(0.25 * i, 0.9, tenTonnes_kg)}));
        for (std::size_t j = 0; j < 4; ++j) chart.plot.series[j].y.push_back(cells[j]);
    }
    return chart;
}

Table shares(const char* title, const char* titleZh, const char* source, const ScaleModel& scale,
             const DeckTable& expected, double tolerance_kg) {
    Table table{title, titleZh, source, {"kg", 2, within(tolerance_kg)}, {}, {}, {}};
    compareShares(table, scale, expected);
    return table;
}

std::vector<Table> allShares() {
    ScaleModel rigid = scaleNamed(referenceScale);
    // So stiff that one cell's give is as nothing beside it.
    rigid.deck.torsionStiffness = FlexuralRigidity{6.4e16};
    std::vector<Table> tables{
        shares("A: lever rule", "杠杆法则",
               "closed form: lever rule in each module, 1/2 ± y/s across", scaleNamed(leverScale),
               test::leverRule, 0.01),
        shares("AR: rigid in torsion", "抗扭刚性",
               "closed form for three rigid bodies; the limit of a very high torsional stiffness",
               rigid, test::rigidInTorsion, 0.01),
        shares("B: lap joints", "搭接", "closed form: joints levered over the cells",
               scaleNamed(lappedScale), test::lapJoints, 0.01),
        shares("B2: reference deck", "参考秤台",
               "two calculations apart from this program: chain with torsion springs, and a "
               "grillage of finite elements",
               scaleNamed(referenceScale), test::withTorsion, 0.01),
        shares("CC: bolted joints", "螺栓连接",
               "calculation apart from this program: continuous grillage of elements of 0.5 m",
               scaleNamed(boltedScale), test::continuous, 1.0)};
    ScaleModel finer = scaleNamed(boltedScale);
    // Bolted joints in mid-span change nothing but the elements, four in each module.
    finer.deck.moduleLengths.assign(6, Length{3.0});
    Table halved;
    compareShares(halved, finer, test::continuous);
    double worst_kg = 0.0;
    for (const Figure& f : halved.figures) {
        worst_kg = std::max(worst_kg, std::fabs(f.got - *f.expected));
    }
    tables.back().note = fmt::format(
        "Asked for was 1 % of the 10 t, 100 kg. What is left is warping between the nodes, which "
        "is "
        "no cubic: with elements half as long the worst cell is off by {:.2f} kg.",
        worst_kg);
    tables[3].charts.push_back(influenceLines("shares-hinged",
                                              "10 t at y = 0.9 m: four cells, hinged joints",
                                              scaleNamed(referenceScale)));
    tables[4].charts.push_back(influenceLines(
        "shares-bolted", "10 t at y = 0.9 m: four cells, bolted joints", scaleNamed(boltedScale)));
    return tables;
}

Table balance() {
    Table table{"Balance of forces and moments",
                "力与力矩平衡",
                "equilibrium; worst of the seven places, moments over 18 m and 1.3 m",
                {"10⁻⁶", 0, within(1.0)},
                {},
                {},
                {}};
    for (const char* name : {leverScale, lappedScale, referenceScale, boltedScale}) {
        const ScaleModel scale = scaleNamed(name);
        double worst = 0.0;
        for (const DeckRow& row : test::leverRule) {
            const auto cells = live_kg(probed(scale, {massAt(row.x_m, row.y_m, tenTonnes_kg)}));
            double along = 0.0, across = 0.0;
            for (std::size_t j = 0; j < cells.size(); ++j) {
                along += cells[j] * scale.cells[j].x.si();
                across += cells[j] * scale.cells[j].y.si();
            }
            worst = std::max({worst, std::fabs(sum(cells) / tenTonnes_kg - 1.0),
                              std::fabs(along / tenTonnes_kg - row.x_m) / 18.0,
                              std::fabs(across / tenTonnes_kg - row.y_m) / 1.3});
        }
        table.add(name, 0.0, worst * 1e6);
    }
    return table;
}

Table deadLoad() {
    Table table{"Dead load of a cell",
                "空秤各传感器载荷",
                "hinged: lever rule; bolted: continuous grillage",
                {"kg", 1, within(0.05)},
                {},
                {},
                {}};
    const ProbeResult hinged = probed(scaleNamed(referenceScale), {}),
                      bolted = probed(scaleNamed(boltedScale), {});
    table.add("hinged, end cell", 975.0, hinged.cells[0].dead.si());
    table.add("hinged, inner cell", 1950.0, hinged.cells[2].dead.si());
    constexpr const char* lumped =
        "The grillage lumps the deck's mass every 0.5 m; its ends lack a moment of 13.5 kg m, "
        "which "
        "is 1.4 kg on each end cell. Here the mass is a line load.";
    table.add("bolted, end cell", 783.2, bolted.cells[0].dead.si()).deviates(lumped);
    table.add("bolted, inner cell", 2141.8, bolted.cells[2].dead.si()).deviates(lumped);
    return table;
}

double sag_mm(const ScaleModel& scale, double x_m, double mass_kg) {
    return probed(scale, {massAt(x_m, 0.0, mass_kg)}).deflections[0].si() * 1e3;
}

Table deflections() {
    Table table{"Deflection under 10 t on the centre line",
                "10 t 居中加载时的挠度",
                "beam theory on springs, three digits",
                {"mm", 3, within(0.0005)},
                {},
                {},
                {}};
    const ScaleModel hinged = scaleNamed(referenceScale), bolted = scaleNamed(boltedScale);
    ScaleModel fine = hinged;
    fine.deck.fineBending = true;
    constexpr const char* sine =
        "One half sine per module has 98.6 % of the bending at mid-span. It changes no cell's "
        "load; "
        "decks with anything beside the cells are computed with beams (the rows called fine).";
    table.add("hinged, x = 0 m", 0.117, sag_mm(hinged, 0.0, tenTonnes_kg));
    table.add("hinged, x = 3 m", 2.265, sag_mm(hinged, 3.0, tenTonnes_kg)).deviates(sine);
    table.add("hinged, x = 6 m", 0.117, sag_mm(hinged, 6.0, tenTonnes_kg));
    table.add("hinged, x = 9 m", 2.265, sag_mm(hinged, 9.0, tenTonnes_kg)).deviates(sine);
    table.add("hinged, fine, x = 3 m", 2.265, sag_mm(fine, 3.0, tenTonnes_kg));
    table.add("hinged, fine, x = 9 m", 2.265, sag_mm(fine, 9.0, tenTonnes_kg));
    table.add("hinged, fine, 40 t at x = 9 m", 9.06, sag_mm(fine, 9.0, 4.0 * tenTonnes_kg),
              {"mm", 2, within(0.005)});
    table.add("bolted, x = 3 m", 1.627, sag_mm(bolted, 3.0, tenTonnes_kg));
    table.add("bolted, x = 9 m", 1.292, sag_mm(bolted, 9.0, tenTonnes_kg));
    return table;
}

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

struct Sinking {
    const char *name, *scale;
    std::vector<std::string> cells;
    std::array<double, 8> change_kg;
};

void addSinking(Table& table, const Sinking& c) {
    const ScaleModel level = scaleNamed(c.scale);
    std::vector<Fault> sunk;
    for (const std::string& cell : c.cells) {
        sunk.push_back(fault(SupportSettlementFault{cell, Length{1e-3}}));
    }
    const ProbeResult before = probed(level, {}), after = probed(level, {}, sunk);
    for (std::size_t j = 0; j < 8; ++j) {
        table.cell(c.name, level.cells[j].id, c.change_kg[j],
                   (after.cells[j].dead - before.cells[j].dead).si());
    }
}

Table settlement() {
    Table table{"A foundation sinks by 1 mm: change of each cell",
                "基础下沉 1 mm",
                "chain with torsion springs (hinged), continuous grillage (bolted)",
                {"kg", 1, within(0.05)},
                {},
                {},
                {}};
    addSinking(table, {"hinged, line 2", referenceScale, {"2L", "2R"}, {0, 0, 0, 0, 0, 0, 0, 0}});
    addSinking(table, {"hinged, cell 2L",
                       referenceScale,
                       {"2L"},
                       {157.4, -157.4, -314.7, 314.7, 156.2, -156.2, 1.2, -1.2}});
    addSinking(table, {"bolted, line 2",
                       boltedScale,
                       {"2L", "2R"},
                       {166.8, 166.8, -444.0, -444.0, 387.5, 387.5, -110.3, -110.3}});
    return table;
}

Table twistedSettlement() {
    Table table{
        "The same where it twists the bolted deck",
        "螺栓连接秤台受扭",
        "continuous grillage; tolerance as for CC",
        {"kg", 1, within(1.0)},
        "Both calculations leave the sum as it was. Elements half as long change these figures "
        "by less than 0.1 kg, so most of the difference, 0.1 % of the largest, is the "
        "grillage's.",
        {},
        {}};
    addSinking(table, {"bolted, cell 2L",
                       boltedScale,
                       {"2L"},
                       {343.9, -177.1, -807.6, 363.6, 581.0, -193.5, -117.3, 7.0}});
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
        for (double load_kg = 1.0; load_kg < 41'000.0; load_kg += 1000.0) {
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

Table liftOff() {
    Table table{"Bolted deck lifts its ends",
                "螺栓连接秤台端部抬起",
                "continuous grillage: 783.2 kg / 370.7 kg x 10 t",
                {"t", 1, within(0.05)},
                {},
                {},
                {}};
    const ScaleModel scale = scaleNamed(boltedScale);
    double low_t = 10.0, high_t = 40.0;
    for (int i = 0; i < 40; ++i) {
        const double middle_t = 0.5 * (low_t + high_t);
        const CellProbe cell = probed(scale, {massAt(9.0, 0.0, middle_t * 1e3)}).cells[0];
        (cell.live.si() + cell.dead.si() > 1e-6 ? low_t : high_t) = middle_t;
    }
    table.add("load in the middle of the centre span", 21.1, low_t);
    return table;
}

}  // namespace

Chapter statics() {
    Chapter chapter{
        "Statics",
        "静力学",
        "The reference deck of 18 x 3 m: three modules, eight cells at x = 0, 6, 12, 18 m "
        "and y = ± 1.3 m, EI 2.0e8 and GJ 6.4e7 N m². 10 t at seven places unless said "
        "otherwise. The scales and trucks are the shipped files.",
        allShares(),
        {}};
    for (Table& table :
         std::vector<Table>{balance(), deadLoad(), deflections(), truckShares(), truckTotal(),
                            mismatch(), settlement(), twistedSettlement(), contacts(), liftOff()}) {
        chapter.tables.push_back(std::move(table));
    }
    return chapter;
}

}  // namespace jh::validate
