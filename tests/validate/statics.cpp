// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells carry at rest: shares, dead load, deflection, settlement.
#include <algorithm>
#include <array>
#include <cmath>

#include "tests/validate/chapters.h"
#include "tests/validate/probing.h"

namespace jh::validate {

namespace {

using test::DeckRow;
using test::DeckTable;

/// The bolted scale with elements half as long: bolted joints in mid-span change nothing else.
ScaleModel finerBolted() {
    ScaleModel finer = scaleNamed(boltedScale);
    finer.deck.moduleLengths.assign(6, Length{3.0});
    return finer;
}

double worstOf(const Table& table) {
    double worst = 0.0;
    for (const Figure& f : table.figures) worst = std::max(worst, std::fabs(f.got - *f.expected));
    return worst;
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
    Table halved;
    compareShares(halved, finerBolted(), test::continuous);
    tables.back().note = fmt::format(
        "Asked for was 1 % of the 10 t, 100 kg. What is left is warping between the nodes, which "
        "is "
        "no cubic: with elements half as long the worst cell is off by {:.2f} kg.",
        worstOf(halved));
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

struct Sinking {
    const char* name;
    ScaleModel scale;
    std::vector<std::string> cells;
    std::array<double, 8> change_kg;
};

void addSinking(Table& table, const Sinking& c) {
    const ScaleModel& level = c.scale;
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
    const ScaleModel hinged = scaleNamed(referenceScale), bolted = scaleNamed(boltedScale);
    addSinking(table, {"hinged, line 2", hinged, {"2L", "2R"}, {0, 0, 0, 0, 0, 0, 0, 0}});
    addSinking(table, {"hinged, cell 2L",
                       hinged,
                       {"2L"},
                       {157.4, -157.4, -314.7, 314.7, 156.2, -156.2, 1.2, -1.2}});
    addSinking(table, {"bolted, line 2",
                       bolted,
                       {"2L", "2R"},
                       {166.8, 166.8, -444.0, -444.0, 387.5, 387.5, -110.3, -110.3}});
    return table;
}

Table twistedSettlement() {
    Table table{"The same where it twists the bolted deck",
                "螺栓连接秤台受扭",
                "continuous grillage; tolerance as for CC",
                {"kg", 1, within(1.0)},
                {},
                {},
                {}};
    Sinking sinking{"bolted, cell 2L",
                    scaleNamed(boltedScale),
                    {"2L"},
                    {343.9, -177.1, -807.6, 363.6, 581.0, -193.5, -117.3, 7.0}};
    addSinking(table, sinking);
    sinking.scale = finerBolted();
    Table halved;
    addSinking(halved, sinking);
    table.note = fmt::format(
        "The worst cell is off by {:.2f} kg here and by {:.2f} kg with elements half as long, so "
        "most of the difference, 0.1 % of the largest change, is the grillage's.",
        worstOf(table), worstOf(halved));
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
        "otherwise. The scales are the shipped files.",
        allShares(),
        {}};
    for (Table& table : std::vector<Table>{balance(), deadLoad(), deflections(), settlement(),
                                           twistedSettlement(), liftOff()}) {
        chapter.tables.push_back(std::move(table));
    }
    return chapter;
}

}  // namespace jh::validate
