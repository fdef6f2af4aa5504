// SPDX-License-Identifier: GPL-3.0-or-later
// Trucks that drive on, stop, swing and settle.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "sim/plant/plant.h"
#include "tests/support/drive_on.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

using test::AfterStop;
using test::StopFigures;
using test::StopRow;

constexpr std::uint64_t roadSeed = 1;

std::string rowName(const StopRow& row) {
    return fmt::format("{}, {:.1f} m/s²", row.truck == test::leafTruck ? "leaf" : "air",
                       row.deceleration_m_s2);
}

/// The sum after the stop and its mean over 1 s, for 12 s.
Chart ringing(const char* file, const char* title, const AfterStop& after) {
    Chart chart{file,
                {title,
                 "time since the stop, s",
                 "sum of the wheels beyond 49 t, kg",
                 {},
                 {{"sum", {}, false}, {"mean of 1 s", {}, true}}}};
    for (std::size_t i = 0; i < 12'000; i += 10) {
        chart.plot.x.push_back(1e-3 * static_cast<double>(i));
        chart.plot.series[0].y.push_back(after.rest_kg[i]);
        chart.plot.series[1].y.push_back(after.mean_kg[i]);
    }
    return chart;
}

void compare(Table& table, const StopRow& row, const StopFigures& got) {
    const Measure seconds{"s", 1, share(test::driveOracle)};
    const Measure atOnce{"s", 1, within(test::atOnce_s)};
    const std::string outside = row.outside;
    const auto settling = [&](const char* what, const char* known, double expected, double found) {
        Figure& figure = table.add(rowName(row) + ", " + what, expected, found,
                                   expected > 0.0 ? seconds : atOnce);
        if (outside.find(known) == std::string::npos) return;
        figure.deviates(
            "The strongest mode of the air truck is the semitrailer's bounce at 1.9 Hz. A mean of "
            "1 s takes out 2.0 Hz altogether and leaves 5 % of 1.9 Hz, so this time hangs on the "
            "last 0.1 Hz and jumps by half a swing.");
    };
    table.add(rowName(row) + ", peak after the stop", row.expected.peak_kg, got.peak_kg,
              {"kg", 0, share(test::driveOracle)});
    table.add(rowName(row) + ", frequency", row.expected.frequency_Hz, got.frequency_Hz,
              {"Hz", 2, share(test::driveOracle)});
    settling("sum to ± 1 e", "raw", row.expected.raw_s, got.raw_s);
    settling("mean of 1 s to ± 1 e", "mean to 1 e", row.expected.meanToOneE_s, got.meanToOneE_s);
    settling("mean of 1 s to ± 0.5 e", "mean to 0.5 e", row.expected.meanToHalfE_s,
             got.meanToHalfE_s);
}

Table afterTheStop() {
    Table table{
        "After the stop",
        "停车后的振荡",
        "another model of the same truck, computed apart from this program; 20 % are asked for",
        {},
        {},
        {},
        {}};
    table.note =
        "49 t, 5 km/h, edges of 3 mm, unevenness of 1.2 mm, front axle stops at 15.8 m; road of "
        "seed "
        "1. The trucks' springs and dampers were chosen within published ranges for this table "
        "([vehicles.md](vehicles.md)), so it shows that one truck can have all these figures at "
        "once, "
        "not that they were foretold.";
    for (const StopRow& row : test::stopRows) {
        const AfterStop after =
            test::driveOnAndStop(vehicleNamed(row.truck), row.deceleration_m_s2, roadSeed);
        compare(table, row, test::figuresOf(after));
        if (row.deceleration_m_s2 != 0.6) continue;
        table.charts.push_back(
            row.truck == test::leafTruck
                ? ringing("ringing-leaf", "49 t on leaf springs, stopped with 0.6 m/s²", after)
                : ringing("ringing-air", "49 t on air, stopped with 0.6 m/s²", after));
    }
    return table;
}

Table rolling() {
    Table table{"Rolling over the deck, all axles on it",
                "全车在秤上滚动",
                "the same model; 1 to 3 % of standard deviation are asked for at 5 km/h",
                {"%", 0, {}},
                {},
                {},
                {}};
    const test::RollingFigures got = test::rollOver(vehicleNamed(test::leafTruck), roadSeed);
    table.between("standard deviation, leaf", 1.0, 3.0, 100.0 * got.deviation_kg / test::gross_kg);
    table.add("mean", 48'984.0, got.mean_kg, {"kg", 0, share(0.01)});
    constexpr const char* blow =
        "Not explained. The source's range is five of its own standard deviations of 823 kg, so it "
        "holds a single blow, perhaps of a wheel at an edge of the deck. Here the edges lie "
        "outside "
        "the time counted; counting 0.2 m of the way more changes nothing.";
    table
        .add("lightest moment, below 49 t", 4.2, (test::gross_kg - got.least_kg) * 1e-3,
             {"t", 1, share(test::driveOracle)})
        .deviates(blow);
    table
        .add("heaviest moment, above 49 t", 3.8, (got.most_kg - test::gross_kg) * 1e-3,
             {"t", 1, share(test::driveOracle)})
        .deviates(blow);
    return table;
}

/// The shipped truck drives onto the reference scale and stops, as the cells feel it.
struct OnScale {
    std::vector<double> time_s, sum_kg;
    std::array<std::vector<double>, 4> lines_kg;
    std::vector<double> along_mm;  ///< movement of the deck
    double stands_s{};
};
OnScale driveOntoScale(bool withStops) {
    ScaleModel scale = scaleNamed("100t-18x3-8c");
    if (!withStops) scale.deck.sideways.stops.clear();
    Plant plant{scale, {}, 1};
    const double g_m_s2 = plant.parts().site.gravity.si();
    const std::vector<Force> empty{plant.cellForces().begin(), plant.cellForces().end()};
    plant.setRoad(std::make_shared<ProfileRoad>(test::yard(roadSeed)));
    DrivePlan plan = test::approach(15.8, Acceleration{0.6});
    plan.start.frontAxle = Length{-3.0};
    plant.drive(vehicleNamed(test::leafTruck), plan);
    OnScale out;
    for (int i = 0; i < 2'500; ++i) {
        plant.convert(10ms);
        out.time_s.push_back(seconds(plant.now()));
        double sum_kg = 0.0;
        for (std::size_t line = 0; line < 4; ++line) {
            double line_N = 0.0;
            for (const std::size_t j : {2 * line, 2 * line + 1}) {
                line_N += (plant.meanCellForces()[j] - empty[j]).si();
            }
            out.lines_kg[line].push_back(line_N / g_m_s2);
            sum_kg += out.lines_kg[line].back();
        }
        out.sum_kg.push_back(sum_kg);
        out.along_mm.push_back(plant.sideways().x_m * 1e3);
        const bool stands = plant.traffic()->driver(0)->doing() == Driver::Doing::waiting;
        if (out.stands_s == 0.0 && stands) out.stands_s = out.time_s.back();
    }
    return out;
}

Table staircase() {
    Table table{"Driving on is a staircase",
                "上秤台阶",
                "sum of the axles between 0 and 18 m",
                {"kg", 0, within(0.5)},
                {},
                {},
                {}};
    for (const test::Stair& stair : test::stairs) {
        VehicleWorld world{standardGravity};
        const Vehicle& truck =
            world.park(vehicleNamed(test::leafTruck), {Length{stair.frontAxle_m}, Length{}});
        for (int ms = 0; ms < 1000; ++ms) world.step(LevelRoad{}, test::driveStep_s);
        table.add(fmt::format("parked, front axle at {:g} m", stair.frontAxle_m), stair.total_kg,
                  test::pointsOnDeck_kg(truck, Length{18.0}));
    }
    const OnScale run = driveOntoScale(true);
    Chart chart{"staircase",
                {"49 t truck drives on with 5 km/h and stops with 0.6 m/s²: what the cells feel",
                 "time, s",
                 "load, kg",
                 {},
                 {}}};
    for (std::size_t line = 0; line < 4; ++line) {
        chart.plot.series.push_back({fmt::format("line {}", line + 1), {}, false});
    }
    chart.plot.series.push_back({"all cells", {}, true});
    for (std::size_t i = 0; i < run.time_s.size(); i += 2) {
        chart.plot.x.push_back(run.time_s[i]);
        for (std::size_t line = 0; line < 4; ++line) {
            chart.plot.series[line].y.push_back(run.lines_kg[line][i]);
        }
        chart.plot.series[4].y.push_back(run.sum_kg[i]);
    }
    table.charts.push_back(std::move(chart));
    return table;
}

/// Frequency by upward crossings of the middle within the first seconds after the stop.
double sway_Hz(const OnScale& run) {
    double first_s = -1.0, last_s = 0.0;
    int periods = -1;
    for (std::size_t i = 1; i < run.time_s.size(); ++i) {
        if (run.time_s[i] < run.stands_s || run.time_s[i] > run.stands_s + 6.0) continue;
        if (run.along_mm[i - 1] >= 0.0 || run.along_mm[i] < 0.0) continue;
        last_s = run.time_s[i];
        if (++periods == 0) first_s = last_s;
    }
    return periods < 1 ? 0.0 : periods / (last_s - first_s);
}

Table sway() {
    Table table{"Braking sways the deck",
                "制动引起的横摆",
                "estimate: 1 to 1.5 Hz",
                {"Hz", 1, {}},
                {},
                {},
                {}};
    const OnScale open = driveOntoScale(false), stopped = driveOntoScale(true);
    table.between("49 t stop with 0.6 m/s², no stops", 1.0, 1.5, sway_Hz(open))
        .deviates(
            "The columns of this scale (H 150, R 180 mm) swing with 1.52 Hz by themselves, and the "
            "truck's bounce and pitch at 1.8 to 2.7 Hz shake the deck as well; counted are "
            "crossings "
            "of the middle in the first 6 s.");
    Chart chart{"sway",
                {"49 t truck on leaf springs stops with 0.6 m/s²: the deck moves along",
                 "time since the stop, s",
                 "movement of the deck, mm",
                 {},
                 {{"no stops", {}, false}, {"stops at 5 mm", {}, true}}}};
    for (std::size_t i = 0; i < open.time_s.size(); ++i) {
        const double since_s = open.time_s[i] - open.stands_s;
        if (since_s < -2.5 || since_s > 6.0) continue;
        chart.plot.x.push_back(since_s);
        chart.plot.series[0].y.push_back(open.along_mm[i]);
        chart.plot.series[1].y.push_back(stopped.along_mm[i]);
    }
    table.charts.push_back(std::move(chart));
    return table;
}

}  // namespace

Chapter vehicles() {
    return {"Vehicles",
            "车辆",
            "The six-axle truck of 49 t on leaf springs and on air, as shipped.",
            {afterTheStop(), rolling(), staircase(), sway()},
            {{"A slope of 0.5 % changes the total by 0.0012 %", "Road and deck are level."},
             {"Weighing in parts varies by 4 % of the payload, to 145 kg an axle, 80 kg gross",
              "Out of scope: nothing here weighs single axles."},
             {"Weighing in motion: 0.1 % at 3 to 7 mph, 5.8 % on a ramp, overshoot at 30 km/h",
              "Out of scope: a scale at rest under a load."},
             {"Axle loads vary by 10 to 30 % in road traffic",
              "Roads here are yards; at 5 km/h it is the 1 to 3 % above."},
             {"Engine idle at 10 to 25 Hz stays below 0.1 %",
              "An idling engine can be switched on in the program's vehicles; no shipped scene "
              "does."}}};
}

}  // namespace jh::validate
