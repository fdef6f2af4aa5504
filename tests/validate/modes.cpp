// SPDX-License-Identifier: GPL-3.0-or-later
// Natural frequencies, damping, and the deck in its plane.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/cell/load_cell.h"
#include "sim/model/thermal.h"
#include "sim/plant/probe.h"
#include "tests/support/swing.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

using test::Swing;
using test::swingStep_s;

ScaleModel girderScale(const std::string& name) {
    ScaleModel scale = scaleNamed(name);
    scale.deck.rollInertia = RollInertia::girders;
    return scale;
}

/// Weights hung on the nodes of both girders, every 0.5 m.
std::vector<PointMass> onGirders(double from_m, double to_m, double total_kg) {
    std::vector<PointMass> masses;
    const int nodes = static_cast<int>(std::lround((to_m - from_m) / 0.5)) + 1;
    for (int i = 0; i < nodes; ++i) {
        for (const double y_m : {-1.3, 1.3}) {
            masses.push_back({Length{from_m + 0.5 * i}, Length{y_m}, Mass{total_kg / (2 * nodes)}});
        }
    }
    return masses;
}

std::vector<double> modes_Hz(const ScaleModel& scale, const std::vector<PointMass>& loads = {}) {
    return probe(scale, SiteModel{}, loads).modes_Hz;
}

void addModes(Table& table, const std::string& state, const std::vector<double>& expected_Hz,
              const std::vector<double>& got_Hz) {
    for (std::size_t i = 0; i < expected_Hz.size(); ++i) {
        table.add(fmt::format("{}, mode {}", state, i + 1), expected_Hz[i], got_Hz[i]);
    }
}

Table frequencies() {
    Table table{"Natural frequencies",
                "固有频率",
                "finite-element grillage with elements of 0.5 m, printed to 0.1 Hz",
                {"Hz", 1, share(0.01)},
                {},
                {},
                {}};
    const ScaleModel uniform = scaleNamed("100t-18x3-8c"), girders = girderScale("100t-18x3-8c");
    const auto empty = modes_Hz(uniform), lumped = modes_Hz(girders);
    addModes(table, "empty, mass uniform over the width", {23.3, 23.7, 24.0, 44.5, 45.6, 46.7},
             empty);
    addModes(table, "empty, mass in the girders", {23.3, 23.7, 24.0, 29.6, 30.3, 31.1}, lumped);
    addModes(table, "bolted joints, girders", {24.0, 29.5, 31.0, 35.1},
             modes_Hz(girderScale("100t-18x3-8c-bolted")));
    const auto twenty = modes_Hz(girders, onGirders(7.5, 10.5, 20'000.0));
    addModes(table, "20 t on the girders of the centre module", {8.0, 10.3, 23.7}, twenty);
    const auto hundred = modes_Hz(girders, onGirders(0.0, 18.0, 100'000.0));
    table.measure.digits = 2;
    addModes(table, "100 t spread over both girders", {7.65, 7.76, 7.88}, hundred);
    table.measure.digits = 1;
    table.add("100 t spread over both girders, mode 4", 9.7, hundred[3]);
    Chart chart{
        "modes",
        {"Lowest modes with weights on the girders of the centre module, mass in the girders",
         "weights, t",
         "frequency, Hz",
         {},
         {}}};
    for (int mode = 1; mode <= 6; ++mode) {
        chart.plot.series.push_back({fmt::format("mode {}", mode), {}, false});
    }
    for (int i = 0; i <= 80; ++i) {
        const double mass_t = 0.25 * i;
        const auto loaded = modes_Hz(girders, onGirders(7.5, 10.5, 1e-3 + mass_t * 1e3));
        chart.plot.x.push_back(mass_t);
        for (std::size_t mode = 0; mode < 6; ++mode) {
            chart.plot.series[mode].y.push_back(loaded[mode]);
        }
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table reducedModel() {
    Table table{"Reduced model against finite elements",
                "缩减模型与有限元对比",
                "the same grillage to two digits; 0.2 % were found by a reduced model of its own",
                {"Hz", 2, share(0.002)},
                {},
                {},
                {}};
    const ScaleModel girders = girderScale("100t-18x3-8c");
    addModes(table, "empty", {23.33, 23.68, 24.03, 29.59, 30.31, 31.08}, modes_Hz(girders));
    addModes(table, "20 t attached", {7.99, 10.25},
             modes_Hz(girders, onGirders(7.5, 10.5, 20'000.0)));
    return table;
}

int countWithin(const std::vector<double>& all_Hz, double from_Hz, double to_Hz) {
    return static_cast<int>(std::count_if(all_Hz.begin(), all_Hz.end(), [&](double f_Hz) {
        return f_Hz >= from_Hz && f_Hz <= to_Hz;
    }));
}

Table parkedTruck() {
    Table table{"49 t truck parked on the deck",
                "停放 49 t 货车",
                "calculation apart from this program, and usual figures of trucks",
                {"Hz", 1, share(0.01)},
                {},
                {},
                {}};
    const ScaleModel scale = scaleNamed("100t-18x3-8c");
    const auto empty_Hz = modes_Hz(scale);
    constexpr double deckFrom_Hz = 18.0;
    for (const char* name : {"china-6axle-49t", "china-6axle-49t-air"}) {
        const auto all_Hz =
            probe(scale, SiteModel{}, {{}, {{vehicleNamed(name), {Length{15.8}, Length{}}}}, {}})
                .modes_Hz;
        const auto first = std::find_if(all_Hz.begin(), all_Hz.end(),
                                        [](double f_Hz) { return f_Hz > deckFrom_Hz; });
        const std::vector<double> deck_Hz{first, first + 3};
        const std::string truck = name;
        table.add(truck + ", second bending mode of the deck", 24.4, deck_Hz[1]);
        table.measure = {"%", 0, {}};
        double mean = 0.0;
        for (std::size_t i = 0; i < 3; ++i) {
            const double shift = 100.0 * (deck_Hz[i] / empty_Hz[i] - 1.0);
            mean += shift / 3.0;
            Figure& figure =
                table.between(fmt::format("{}, shift of mode {}", truck, i + 1), 0.0, 5.0, shift);
            if (i == 2) {
                figure.deviates(
                    "The source gives one figure for the family. Most of the tyres stand near the "
                    "antinodes of this mode; the mean of the three is below 5 %.");
            }
        }
        table.between(truck + ", mean shift", 0.0, 5.0, mean);
        table.measure = {"modes", 0, {}};
        table.between(truck + ", bounce and pitch from 1.5 to 3 Hz", 3, unbounded,
                      countWithin(all_Hz, 1.5, 3.0));
        table.add(truck + ", hop of six axles from 10 to 13 Hz", 12,
                  countWithin(all_Hz, 10.0, 13.0), {"modes", 0, within(0)});
        table.measure = {"Hz", 1, share(0.01)};
    }
    table.note =
        "Rigid weights lower the deck's modes strongly, a sprung truck does not. The leaves slide. "
        "The source says \"about 4 %, to 24.4 Hz\" of the family of three; its frequency is "
        "compared with the middle one.";
    return table;
}

/// Sum of the cells, less the weight at rest, while 10 t come on in the middle of a deck.
std::vector<double> ringing_kg(ScaleModel scale, double within_s) {
    constexpr double load_kg = 10'000.0, for_s = 1.2;
    scale.deck.dampingRatio = 0.02;
    const Length middle = scale.deck.length() / 2.0;
    DeckSolver solver{scale.deck, cellSupports(scale.cells, scale.cellType.stiffness),
                      standardGravity};
    DeckState state = solver.equilibrium({});
    std::vector<Force> cells(solver.supportCount());
    const auto sum_kg = [&] {
        double sum_N = 0.0;
        for (const Force f : cells) sum_N += f.si();
        return sum_N / standardGravity.si();
    };
    solver.supportForces(state, cells);
    const double rest_kg = sum_kg() + load_kg;
    const auto load = [&](double part) {
        return solver.loadVector(std::vector<PointForce>{
            {middle, Length{}, weightOf(Mass{load_kg * part}, standardGravity)}});
    };
    if (within_s == 0.0) solver.restart(state, load(1.0));
    std::vector<double> out;
    for (int ms = 1; ms <= static_cast<int>(for_s * 1e3); ++ms) {
        const double part = within_s == 0.0 ? 1.0 : std::min(1.0, ms * 1e-3 / within_s);
        solver.step(state, load(part), 1e-3, cells);
        out.push_back(sum_kg() - rest_kg);
    }
    return out;
}

struct Rings {
    double peakToPeak_kg{}, overshoot_kg{}, later_kg{};
};
Rings ringsOf(const std::vector<double>& atOnce, const std::vector<double>& slow) {
    Rings rings;
    const auto [low, high] = std::minmax_element(atOnce.begin() + 1000, atOnce.begin() + 1050);
    rings.peakToPeak_kg = *high - *low;
    rings.overshoot_kg = *std::max_element(slow.begin(), slow.end());
    for (std::size_t i = 1000; i < slow.size(); ++i) {
        rings.later_kg = std::max(rings.later_kg, std::fabs(slow[i]));
    }
    return rings;
}

Table damping() {
    Table table{
        "Ringing of the bare deck, 2 % at 24 Hz",
        "空秤振铃",
        "calculation apart from this program with a decay of 3 1/s; it does not say on which "
        "deck",
        {"kg", 0, share(0.05)},
        {},
        {},
        {}};
    const ScaleModel three = scaleNamed("100t-18x3-8c");
    ScaleModel one = three;
    one.deck.moduleLengths.resize(1);
    one.deck.supportLines.resize(2);
    one.cells = standardCellPlaces(one.deck);
    const auto step = ringing_kg(three, 0.0), down = ringing_kg(three, 0.5);
    const Rings single = ringsOf(ringing_kg(one, 0.0), ringing_kg(one, 0.5)),
                beating = ringsOf(step, down);
    constexpr const char* beats = "Three modes within 0.7 Hz beat, which one span cannot.";
    const std::string span = "one span of 6 m, ", deck = "deck of three modules, ";
    for (const auto& [name, rings, why] :
         {std::tuple{&span, &single, ""}, {&deck, &beating, beats}}) {
        table.add(*name + "10 t at once: peak to peak after 1 s", 1300.0, rings->peakToPeak_kg)
            .deviates(why);
        table.add(*name + "10 t within 0.5 s: overshoot", 151.0, rings->overshoot_kg).deviates(why);
        table.atMost(*name + "the same, ring after another 0.5 s", 35.0, rings->later_kg)
            .deviates(why);
    }
    Chart chart{"deck-ringing",
                {"10 t come on in the middle of the deck: sum of the cells beyond rest",
                 "time since the load began to come on, s",
                 "beyond the weight at rest, kg",
                 {},
                 {}}};
    PlotSeries atOnce{"at once", {}, false}, slow{"within 0.5 s", {}, true};
    for (std::size_t i = 0; i < step.size(); ++i) {
        chart.plot.x.push_back(1e-3 * static_cast<double>(i + 1));
        atOnce.y.push_back(step[i]);
        slow.y.push_back(down[i]);
    }
    chart.plot.series = {atOnce, slow};
    table.charts.push_back(std::move(chart));
    return table;
}

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

Chapter modes() {
    return {
        "Modes and sideways motion",
        "模态与横向运动",
        "Natural frequencies come from `probe`, sideways motion from the deck's pendulum with its "
        "stops and check rods.",
        {frequencies(), reducedModel(), parkedTruck(), damping(), pendulum(), braking(), tilt(),
         holds()},
        {{"A blocked steel deck pushes with 1.5 MN per 10 K",
          "The deck is stiff in its plane; stops yield instead, and press with their stiffness "
          "times the closed gap."},
         {"Implicit Euler would add 7.5 % of damping at 24 Hz, 13.6 % at 45 Hz",
          "It is not used: Newmark's rule with beta 1/4 adds none."},
         {"A rod's stiffness of 1 to 2e8 N/m, restitution 0.3 to 0.5, friction 0.2 to 0.5",
          "Ranges from which 1.5e8 N/m, 0.4 and 0.3 were chosen; nothing is computed."},
         {"A step of the reduced model takes less than 1 µs",
          "A time, not a figure of physics: `./dev bench` measures it."}}};
}

}  // namespace jh::validate
