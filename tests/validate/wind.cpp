// SPDX-License-Identifier: GPL-3.0-or-later
// Wind on deck and lorry, gusts.
#include "sim/site/gust_spectrum.h"
#include "sim/site/weather.h"
#include "sim/site/wind_force.h"

#include <fmt/format.h>

#include <cmath>

#include "tests/support/gusts.h"
#include "tests/validate/chapters.h"

namespace jh::validate {

namespace {

using test::shareOfFormula;

constexpr Area deck{54.0};
constexpr double onePercent = 0.01;

double weight_kg(Force force) {
    return massOf(force, standardGravity).si();
}

Table steadyWind() {
    Table table{"Wind",
                "风力",
                "1/2 rho V² c A with 1.225 kg/m³; coefficients are estimates",
                {"kg", 0, share(onePercent)},
                {},
                {},
                {}};
    Chart chart{"wind",
                {"Wind on deck and lorry",
                 "wind speed, m/s",
                 "kg",
                 {},
                 {{"bare deck, c 0.2", {}, true},
                  {"lorry, C_L 0.5", {}, false},
                  {"lorry, C_L 1.86", {}, false}}}};
    const auto press_kg = [](double speed_m_s) {
        return weight_kg(windForce(standardAir, Speed{speed_m_s}, deckCoefficient, deck));
    };
    const auto lift_kg = [](double speed_m_s, double c) {
        return weight_kg(windForce(standardAir, Speed{speed_m_s}, c, truckReference));
    };
    for (const auto& [speed_m_s, deck_kg] :
         {std::pair{5.0, 17.0}, {10.0, 67.0}, {15.0, 152.0}, {20.0, 270.0}}) {
        table.add(fmt::format("bare deck of 54 m², {:g} m/s", speed_m_s), deck_kg,
                  press_kg(speed_m_s));
    }
    for (const auto& [speed_m_s, gentle_kg, worst_kg, side_N] : {std::tuple{5.0, 7.8, 29.0, 735.0},
                                                                 {10.0, 31.0, 116.0, 2940.0},
                                                                 {15.0, 70.0, 261.0, 6615.0}}) {
        table.add(fmt::format("lorry's lift, C_L 0.5, {:g} m/s", speed_m_s), gentle_kg,
                  lift_kg(speed_m_s, 0.5), {"kg", speed_m_s < 10.0 ? 1 : 0, share(onePercent)});
        table.add(fmt::format("worst yaw, C_L 1.86, {:g} m/s", speed_m_s), worst_kg,
                  lift_kg(speed_m_s, truckLiftCoefficient(30.0)));
        table.add(fmt::format("side force, {:g} m/s", speed_m_s), side_N,
                  windForce(standardAir, Speed{speed_m_s}, truckSideCoefficient, truckSide).si(),
                  {"N", 0, share(onePercent)});
    }
    const Force side = windForce(standardAir, Speed{10}, truckSideCoefficient, truckSide);
    table.add("moved from one side to the other, 10 m/s", 254.0,
              weight_kg(movedAcross(side, truckSideHeight, Length{2.6})));
    table.add("worst yaw's C_L, 0.93 (1 + sin 3 psi)", 1.86, truckLiftCoefficient(30.0),
              {"", 2, within(0.005)});
    for (int i = 0; i <= 40; ++i) {
        const double speed_m_s = 0.5 * i;
        chart.plot.x.push_back(speed_m_s);
        chart.plot.series[0].y.push_back(press_kg(speed_m_s));
        chart.plot.series[1].y.push_back(lift_kg(speed_m_s, 0.5));
        chart.plot.series[2].y.push_back(lift_kg(speed_m_s, 1.86));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

WindModel windOf(double speed_m_s, GustSpectrum spectrum) {
    WindModel wind;
    wind.speed = Speed{speed_m_s};
    wind.spectrum = spectrum;
    return wind;
}

/// The textbooks' formulas, as shares of the variance: 6 u*² of Kaimal and Davenport.
double textbook(const WindModel& wind, double n_Hz) {
    const double u_m_s = wind.speed.si();
    const double f = n_Hz * wind.height.si() / u_m_s, x = 1200.0 * n_Hz / u_m_s,
                 y = n_Hz * wind.lengthScale.si() / u_m_s;
    switch (wind.spectrum) {
        case GustSpectrum::kaimal:
            return 200.0 * f / std::pow(1.0 + 50.0 * f, 5.0 / 3.0) / 6.0;
        case GustSpectrum::davenport:
            return 4.0 * x * x / std::pow(1.0 + x * x, 4.0 / 3.0) / 6.0;
        case GustSpectrum::vonKarman:
            return 4.0 * y / std::pow(1.0 + 70.8 * y * y, 5.0 / 6.0);
    }
    return 0.0;
}

struct Named {
    const char* name;
    GustSpectrum spectrum;
};
constexpr Named spectra[] = {{"Kaimal", GustSpectrum::kaimal},
                             {"Davenport", GustSpectrum::davenport},
                             {"von Karman", GustSpectrum::vonKarman}};

/// Wind as an area of no size feels it, each of the lines with its energy per ln n.
PlotSeries linesOf(const Named& of, std::vector<double>& log_Hz) {
    WindModel wind = windOf(10.0, of.spectrum);
    wind.gustSize = Length{0.0};
    const double variance = std::pow(wind.turbulence * wind.speed.si(), 2);
    PlotSeries series{std::string{of.name} + ", lines", {}, false};
    log_Hz.clear();
    const std::vector<Harmonic> lines = gustLines(wind, 1);
    const double step = std::log(1e4) / static_cast<double>(lines.size());
    for (const Harmonic& line : lines) {
        log_Hz.push_back(std::log10(line.frequency_Hz));
        series.y.push_back(0.5 * line.amplitude * line.amplitude / variance / step);
    }
    return series;
}

Table gusts() {
    Table table{"Gust spectra",
                "阵风谱",
                "textbook formulas; n S(n) over the variance, 10 m/s",
                {"", 4, within(0.00005)},
                {},
                {},
                {}};
    for (const Named& of : spectra) {
        const WindModel wind = windOf(10.0, of.spectrum);
        for (const double n_Hz : {0.01, 0.1, 1.0}) {
            table.add(fmt::format("{} at {:g} Hz", of.name, n_Hz), textbook(wind, n_Hz),
                      gustEnergy(wind, n_Hz));
        }
    }
    const Measure percent{"%", 0, within(0.5)};
    for (const Named& of : spectra) {
        table
            .add(fmt::format("{}, energy above 0.5 Hz at a point, 10 m/s", of.name), 2.0,
                 100.0 * shareOfFormula(windOf(10.0, of.spectrum), 0.5, false), percent)
            .deviates(
                "No property of the formula at a point, whose share depends on wind and height; "
                "over the area of a deck in strong wind it is 2 %, as below.");
    }
    table.add("Davenport on a deck of 54 m², 15 m/s", 2.0,
              100.0 * shareOfFormula(windOf(15.0, GustSpectrum::davenport), 0.5, true), percent);
    table.add("von Karman on a deck of 54 m², 15 m/s", 2.0,
              100.0 * shareOfFormula(windOf(15.0, GustSpectrum::vonKarman), 0.5, true), percent);
    Chart chart{"gusts",
                {"Gusts at a point, 10 m/s: the formulas, and the 40 lines of the simulator",
                 "log10 of the frequency in Hz",
                 "n S(n) over the variance",
                 {},
                 {}}};
    for (const Named& of : spectra) {
        PlotSeries lines = linesOf(of, chart.plot.x), formula{of.name, {}, false};
        for (const double log_Hz : chart.plot.x) {
            formula.y.push_back(textbook(windOf(10.0, of.spectrum), std::pow(10.0, log_Hz)));
        }
        chart.plot.series.push_back(std::move(formula));
        chart.plot.series.push_back(std::move(lines));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

Table windInTime() {
    Table table{"Wind in time",
                "风的时程",
                "rms effect of about 2 I times the mean effect; 5.5 h at 10 m/s, I = 0.2",
                {"kg", 0, within(2.0)},
                {},
                {},
                {}};
    SiteModel site;
    site.wind = windOf(10.0, GustSpectrum::davenport);
    Weather weather{site, 3};
    double mean_kg = 0.0, squares = 0.0;
    constexpr int samples = 200'000;  // every 100 ms
    for (int i = 0; i < samples; ++i) {
        weather.advanceTo(100ms * i);
        const double now_kg =
            weight_kg(windForce(standardAir, weather.windSpeed(), deckCoefficient, deck));
        mean_kg += now_kg / samples;
        squares += now_kg * now_kg / samples;
    }
    table.add("scatter on the bare deck", 25.0, std::sqrt(squares - mean_kg * mean_kg));
    return table;
}

}  // namespace

Chapter wind() {
    return {"Wind",
            "风",
            "Forces of a steady wind, the spectra of gusts, and what they do to a reading.",
            {steadyWind(), gusts(), windInTime()},
            {{"Turbulence 0.15 to 0.25 at 2 to 4 m of height",
              "Ranges from which a site file chooses."},
             {"C_S = 5.2 psi^0.382 for lorries",
              "Remembered, not sourced; the code holds it, nothing uses it to weigh."}}};
}

}  // namespace jh::validate
