// SPDX-License-Identifier: GPL-3.0-or-later
// The deck in its plane: pendulum, braking, stops, check rods, tilt, heat.
#include <fmt/format.h>

#include "sim/cell/load_cell.h"
#include "sim/model/thermal.h"
#include "tests/support/swing.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

using test::Swing;
using test::swingStep_s;

struct Mount {
    double height_mm, radius_mm, pendulum_Hz, restoring_pct_mm;
};
constexpr Mount mounts[] = {
    {150, 180, 1.52, 0.93}, {150, 150, 1.29, 0.67}, {178, 150, 0.98, 0.385}};

Swing swingOn(const Mount& mount, double load_kg) {
    Swing swing{load_kg};
    swing.mount.height = Length{mount.height_mm * 1e-3};
    swing.mount.ballRadius = Length{mount.radius_mm * 1e-3};
    swing.deck.sideways.dampingRatio = 0.002;
    return swing;
}

Table pendulum() {
    Table table{
        "Rocker columns as a pendulum",
        "摇柱的自复位与摆动",
        "own derivation from the geometry of two balls: W (2R - H) / H², sqrt(g (2R - H)) / "
        "(2π H)",
        {"Hz", 2, within(0.005)},
        {},
        {},
        {}};
    for (const Mount& mount : mounts) {
        const std::string name = fmt::format("H {:g}, R {:g} mm", mount.height_mm, mount.radius_mm);
        for (const double load_kg : {0.0, 49'000.0}) {
            const Swing swing = swingOn(mount, load_kg);
            const DeckSideways sideways = swing.sideways();
            SidewaysState state = sideways.atRest();
            state.x_m = 1e-3;
            table.add(fmt::format("{}, {}", name, load_kg > 0.0 ? "49 t on it" : "empty"),
                      mount.pendulum_Hz, test::frequency_Hz(swing, sideways, state));
        }
        const double share_per_m =
            swingOn(mount, 0.0).sideways().restoringPerLean() / (mount.height_mm * 1e-3);
        const int digits = mount.restoring_pct_mm == 0.385 ? 3 : 2;
        table.add(name + ", restoring force per displacement", mount.restoring_pct_mm,
                  share_per_m * 1e-3 * 100.0,
                  {"%/mm", digits, within(digits == 3 ? 0.0005 : 0.005)});
    }
    return table;
}

Table braking() {
    Table table{"Braking 49 t moves the deck of 11.7 t",
                "制动使秤台移动",
                "own calculation: restoring force of the loaded columns against the brake's",
                {"g_n", 3, within(0.0005)},
                {},
                {},
                {}};
    const Swing swing{49'000.0};
    for (const auto& [moved_mm, deceleration_g] :
         {std::pair{2.0, 0.023}, {3.0, 0.035}, {5.0, 0.058}}) {
        const DeckSideways sideways = swing.sideways();
        SidewaysState state = sideways.atRest();
        swing.run(sideways, state, deceleration_g * weightOf(Mass{49'000.0}, standardGravity).si(),
                  20.0);
        // Linear: the deceleration that would have moved it just this far.
        table.add(fmt::format("deceleration that reaches a stop {:g} mm away", moved_mm),
                  deceleration_g, deceleration_g * moved_mm / (state.x_m * 1e3));
    }
    Chart chart{"braking",
                {"49 t brake with 0.6 m/s² from 0 to 2.3 s: the deck moves along",
                 "time, s",
                 "movement of the deck, mm",
                 {},
                 {}}};
    for (const auto& [name, gap_mm] :
         {std::pair{"no stops", 0.0}, {"stops at 5 mm", 5.0}, {"stops at 2 mm", 2.0}}) {
        Swing one{49'000.0};
        if (gap_mm > 0.0) one.setStops(gap_mm * 1e-3);
        const DeckSideways sideways = one.sideways();
        SidewaysState state = sideways.atRest();
        PlotSeries series{name, {}, gap_mm == 5.0};
        chart.plot.x.clear();
        for (int i = 0; i < 800; ++i) {
            chart.plot.x.push_back(0.01 * i);
            series.y.push_back(state.x_m * 1e3);
            one.run(sideways, state, i < 230 ? 49'000.0 * 0.6 : 0.0, 0.01 + 0.5 * swingStep_s);
        }
        chart.plot.series.push_back(std::move(series));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table tilt() {
    Table table{"A column without compensation whose head stands aside",
                "传感器倾斜误差",
                "own calculation: cos(a)/cos(b) - 1 with H 150, R 180 mm",
                {"%", 3, within(0.0005)},
                {},
                {},
                {}};
    CellMount bare;
    bare.tiltShare = 1.0;
    const Measure coarse{"%", 2, within(0.005)};
    for (const auto& [aside_mm, error_pct, measure] : {std::tuple{1.0, -0.008, table.measure},
                                                       {2.0, -0.034, table.measure},
                                                       {3.0, -0.076, table.measure},
                                                       {5.0, -0.21, coarse},
                                                       {8.0, -0.54, coarse}}) {
        table.add(fmt::format("{:g} mm", aside_mm), error_pct,
                  100.0 * tiltError(bare, aside_mm / 150.0), measure);
    }
    table.add("3 mm under 30 t", -23.0, 30'000.0 * tiltError(bare, 3.0 / 150.0),
              {"kg", 0, within(0.5)});
    Chart chart{"tilt",
                {"Reading of a tilted rocker column, H 150 mm, R 180 mm",
                 "head aside, mm",
                 "error, % of the load",
                 {},
                 {}}};
    const CellMount shipped = scaleNamed("100t-18x3-8c").cellType.mount;
    PlotSeries all{"no compensation", {}, false},
        rest{fmt::format("as shipped, {:g} of it", shipped.tiltShare), {}, true};
    for (int i = 0; i <= 80; ++i) {
        chart.plot.x.push_back(0.1 * i);
        all.y.push_back(100.0 * tiltError(bare, 1e-4 * i / 0.150));
        rest.y.push_back(100.0 * tiltError(shipped, 1e-4 * i / 0.150));
    }
    chart.plot.series = {all, rest};
    table.charts.push_back(std::move(chart));
    return table;
}

Table holds() {
    Table table{"Sideways becomes kilograms, heat closes gaps",
                "横向力与热胀",
                "own calculation: mu k x gap; tension x slope; 12e-6 per K",
                {"kg", 0, within(0.5)},
                {},
                {},
                {}};
    Swing pressed;
    pressed.setStops(-1e-3);
    const DeckSideways closed = pressed.sideways();
    SidewaysState state = closed.atRest();
    closed.hold(state, 0, 0.0);  // lies on the stop before it sinks
    table.add("1 mm of interference at 5e7 N/m, mu 0.3, holds", 1530.0,
              massOf(closed.hold(state, 0, 5e-3), standardGravity).si());
    for (const auto& [tension_N, slope, mass_kg] :
         {std::tuple{10'000.0, 1e-3, 1.0}, {20'000.0, 5e-3, 10.0}}) {
        Swing swing;
        swing.deck.sideways.rods = {{Length{0.0}, Length{}, true, Force{tension_N}, slope, {}, {}}};
        const DeckSideways sideways = swing.sideways();
        SidewaysState rest = sideways.atRest();
        table.add(fmt::format("check rod, {:g} kN at {:g} mm/m", tension_N * 1e-3, slope * 1e3),
                  mass_kg, massOf(sideways.hold(rest, 0, 0.0), standardGravity).si());
    }
    table.add("18 m of steel grow in 40 K by", 8.6, thermalGrowth(Length{18.0}, 40.0).si() * 1e3,
              {"mm", 1, within(0.05)});
    // Where a stop begins to press on the warm deck.
    double open_mm = 0.0, shut_mm = 10.0;
    while (shut_mm - open_mm > 1e-6) {
        const double gap_mm = 0.5 * (open_mm + shut_mm);
        Swing swing;
        swing.setStops(gap_mm * 1e-3);
        const DeckSideways warm = swing.sideways(60.0);
        (warm.pressOn(warm.atRest(), 0).si() > 0.0 ? open_mm : shut_mm) = gap_mm;
    }
    table.add("gap at each end that 40 K just close", 4.3, shut_mm, {"mm", 1, within(0.05)});
    return table;
}

}  // namespace

Chapter sideways() {
    return {"Sideways motion",
            "横向运动",
            "The deck's pendulum on its rocker columns, with stops and check rods.",
            {pendulum(), braking(), tilt(), holds()},
            {{"A blocked steel deck pushes with 1.5 MN per 10 K",
              "The deck is stiff in its plane; stops yield instead, and press with their stiffness "
              "times the closed gap."},
             {"A rod's stiffness of 1 to 2e8 N/m, restitution 0.3 to 0.5, friction 0.2 to 0.5",
              "Ranges from which 1.5e8 N/m, 0.4 and 0.3 were chosen; nothing is computed."}}};
}

}  // namespace jh::validate
