// SPDX-License-Identifier: GPL-3.0-or-later
// Natural frequencies and damping of the deck.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/plant/probe.h"
#include "tests/sim/deck/reference_deck.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

using test::onGirderNodes;

ScaleModel girderScale(const std::string& name) {
    ScaleModel scale = scaleNamed(name);
    scale.deck.rollInertia = RollInertia::girders;
    return scale;
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
    const auto twenty = modes_Hz(girders, onGirderNodes(7.5, 10.5, 20'000.0));
    addModes(table, "20 t on the girders of the centre module", {8.0, 10.3, 23.7}, twenty);
    const auto hundred = modes_Hz(girders, onGirderNodes(0.0, 18.0, 100'000.0));
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
        const auto loaded = modes_Hz(girders, onGirderNodes(7.5, 10.5, 1e-3 + mass_t * 1e3));
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
             modes_Hz(girders, onGirderNodes(7.5, 10.5, 20'000.0)));
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
                    "Under a truck the modes keep to single modules. This one belongs to the "
                    "module "
                    "under the three trailer axles, 12 of 22 tyres near its middle; the mean of "
                    "the "
                    "three is below 5 %.");
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

}  // namespace

Chapter modes() {
    return {"Modes",
            "模态",
            "Natural frequencies come from `probe`, ringing from the deck's solver.",
            {frequencies(), reducedModel(), parkedTruck(), damping()},
            {{"Implicit Euler would add 7.5 % of damping at 24 Hz, 13.6 % at 45 Hz",
              "It is not used: Newmark's rule with beta 1/4 adds none."},
             {"A step of the reduced model takes less than 1 µs",
              "A time, not a figure of physics: `./dev bench` measures it."}}};
}

}  // namespace jh::validate
