// SPDX-License-Identifier: GPL-3.0-or-later
// Gravity, air, wind, deposits, shaking ground.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/model/thermal.h"
#include "sim/plant/plant.h"
#include "sim/site/air.h"
#include "sim/site/deposits.h"
#include "sim/site/gravity.h"
#include "sim/site/gust_spectrum.h"
#include "sim/site/weather.h"
#include "sim/site/wind_force.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

constexpr Area deck{54.0};
constexpr double onePercent = 0.01;

double weight_kg(Force force) {
    return massOf(force, standardGravity).si();
}

Table gravity() {
    Table table{"Gravity",
                "重力",
                "WELMEC's formula with its worked value",
                {"m/s²", 15, within(2e-15)},
                {},
                {},
                {}};
    table.add("52.3°, 80 m", 9.812483709897048, normalGravity(52.3, Length{80.0}).si());
    const Measure older{"m/s²", 10, within(2e-5)};
    for (const auto& [latitude_deg, g_m_s2] :
         {std::pair{0.0, 9.7803253359}, {45.0, 9.8061977694}, {90.0, 9.8321849379}}) {
        table.add(fmt::format("{:g}°, Somigliana's formula (WGS 84)", latitude_deg), g_m_s2,
                  normalGravity(latitude_deg, {}).si(), older);
    }
    table.note =
        "Somigliana's is the newer formula for the same figure of the earth; the two differ by up "
        "to "
        "2e-5 m/s², 0.1 kg in 50 t.";
    return table;
}

Table cities() {
    Table table{"Adjusted in Beijing, used elsewhere: 50 t",
                "北京校准后异地使用",
                "normal gravity and 3.086e-6 per metre of height, whole kilograms",
                {"kg", 0, share(onePercent)},
                {},
                {},
                {}};
    const Acceleration beijing = normalGravity(39.9, Length{44.0});
    struct City {
        const char* name;
        double latitude_deg, height_m, error_kg;
    };
    for (const City& city : {City{"Haikou", 20.03, 15, -77}, City{"Guangzhou", 23.13, 20, -68},
                             City{"Shanghai", 31.23, 4, -37}, City{"Harbin", 45.80, 120, 26},
                             City{"Kunming", 25.04, 1892, -91}, City{"Lhasa", 29.65, 3650, -101}}) {
        const Acceleration there = normalGravity(city.latitude_deg, Length{city.height_m});
        table.add(city.name, city.error_kg, (there / beijing - 1.0) * 50'000);
    }
    return table;
}

Table wind() {
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

/// Share of the energy above a frequency, by a fine sum over ln n.
double shareAbove(const WindModel& wind, double above_Hz, bool averaged) {
    double above = 0.0, all = 0.0;
    for (double ln = std::log(1e-3); ln < std::log(10.0); ln += 1e-3) {
        const double n_Hz = std::exp(ln);
        const double part = gustEnergy(wind, n_Hz) * (averaged ? gustAdmittance(wind, n_Hz) : 1.0);
        all += part;
        if (n_Hz > above_Hz) above += part;
    }
    return above / all;
}

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
                 100.0 * shareAbove(windOf(10.0, of.spectrum), 0.5, false), percent)
            .deviates(
                "No property of the formula at a point, whose share depends on wind and height; "
                "over the area of a deck in strong wind it is 2 %, as below.");
    }
    table.add("Davenport on a deck of 54 m², 15 m/s", 2.0,
              100.0 * shareAbove(windOf(15.0, GustSpectrum::davenport), 0.5, true), percent);
    table.add("von Karman on a deck of 54 m², 15 m/s", 2.0,
              100.0 * shareAbove(windOf(15.0, GustSpectrum::vonKarman), 0.5, true), percent);
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

double deposit_kg(const SiteModel& site, SimTime t = {}) {
    return deposits_kg_m2(site, t) * deck.si();
}

Table deposits() {
    Table table{"What lies on the deck of 54 m²",
                "秤台上的沉积物",
                "depth x area x density",
                {"kg", 0, share(onePercent)},
                {},
                {},
                {}};
    SiteModel rain;
    rain.rain.rate_mm_h = 20.0;
    rain.rain.duration = 1h;
    table.add("rain of 20 mm/h, in a minute", 18.0, deposit_kg(rain, 1min));
    table.add("its film of 1 mm, the rest runs off", 54.0, deposit_kg(rain, 30min));
    SiteModel snow;
    snow.deposits.snow = Length{50e-3};
    table.add("50 mm of snow, 100 kg/m³", 270.0, deposit_kg(snow));
    snow.deposits.snowDensity = Density{350.0};
    table.add("the same, 350 kg/m³", 945.0, deposit_kg(snow));
    SiteModel ice;
    ice.deposits.ice = Length{3e-3};
    table.add("3 mm of ice", 146.0, deposit_kg(ice));
    SiteModel mud;
    mud.deposits.mud = Length{2e-3};
    table.add("2 mm of mud on a fifth, 34.56 printed as 35", 35.0, deposit_kg(mud),
              {"kg", 0, within(0.5)});
    Chart chart{"rain",
                {"Rain of 20 mm/h for half an hour, drying by 1 mm/h",
                 "time, min",
                 "on the deck, kg",
                 {},
                 {{"film of 1 mm", {}, true}}}};
    rain.rain.duration = 30min;
    rain.rain.drying_mm_h = 1.0;
    for (int i = 0; i <= 120; ++i) {
        chart.plot.x.push_back(i);
        chart.plot.series[0].y.push_back(deposit_kg(rain, 1min * i));
    }
    table.charts.push_back(std::move(chart));
    return table;
}

double sum_kg(const Plant& plant) {
    double sum_N = 0.0;
    for (const Force f : plant.cellForces()) sum_N += f.si();
    return sum_N / plant.parts().site.gravity.si();
}

Table onThePlant() {
    Table table{"The same on the whole scale: sum of the cells",
                "整秤上的效应",
                "the rows above",
                {"kg", 0, share(onePercent)},
                {},
                {},
                {}};
    const ScaleModel scale = scaleNamed("100t-18x3-8c");
    const auto after_kg = [&](const SiteModel& site, SimTime time) {
        Plant plant{scale, site, 1};
        while (plant.now() < time) plant.convert(100ms);
        return sum_kg(plant);
    };
    const double still_kg = after_kg({}, 10s);
    SiteModel windy;
    windy.wind.speed = Speed{10.0};
    windy.wind.turbulence = 0.0;
    windy.temperature = Temperature{15.0};
    table.add("steady wind of 10 m/s lifts the bare deck", -67.0, after_kg(windy, 10s) - still_kg);
    SiteModel rainy;
    rainy.rain.rate_mm_h = 20.0;
    table.add("rain of 20 mm/h, in a minute", 18.0, after_kg(rainy, 1min) - still_kg);
    table.add("the same, in ten", 54.0, after_kg(rainy, 10min) - still_kg);
    SiteModel icy;
    icy.deposits.ice = Length{3e-3};
    table.add("3 mm of ice", 146.0, after_kg(icy, 1s) - still_kg);
    return table;
}

Table groundAndHeat() {
    Table table{"Ground, heat, air",
                "振动、温度与空气浮力",
                "2 pi n v; 12e-6 per K; 1 - rho_air / rho",
                {"g_n", 3, within(0.0005)},
                {},
                {},
                {}};
    SiteModel site;
    site.vibration = {{10.0, Speed{0.5e-3}, 0.0}};
    Weather weather{site, 1};
    double most_m_s2 = 0.0;
    for (int i = 0; i < 10'000; ++i) {
        weather.advanceTo(1ms * i);
        most_m_s2 = std::max(most_m_s2, std::fabs(weather.baseAcceleration().si()));
    }
    table.add("0.5 mm/s at 10 Hz", 0.003, most_m_s2 / standardGravity.si());
    table.add("6 m span, top 10 K warmer, 0.4 m deep, bows by", 1.35,
              thermalBow(Length{6.0}, Length{0.4}, 10.0).si() * 1e3, {"mm", 2, within(0.005)});
    table.add("18 m grow in 40 K by", 8.6, thermalGrowth(Length{18.0}, 40.0).si() * 1e3,
              {"mm", 1, within(0.05)});
    table.add("goods of 1000 kg/m³ against steel weights", -0.105,
              (buoyancyFactor(Density{1.2}, Density{1000.0}) - 1.0) * 100.0,
              {"%", 3, within(0.0005)});
    return table;
}

}  // namespace

Chapter site() {
    return {"Site",
            "环境",
            "What gravity, wind, rain, snow and ground do.",
            {gravity(), cities(), wind(), gusts(), windInTime(), deposits(), onThePlant(),
             groundAndHeat()},
            {{"Supply: -15/+10 % of 220 V, generator 45 to 55 Hz with 5 to 10 % harmonics",
              "The scale has no mains; a fault injects pickup at the terminals instead."},
             {"Turbulence 0.15 to 0.25, road traffic 5 to 30 Hz with 0.05 to 0.5 mm/s",
              "Ranges from which a site file chooses."},
             {"Zero by temperature, air pressure", "In the chapter on load cells."},
             {"C_S = 5.2 psi^0.382 for lorries",
              "Remembered, not sourced; the code holds it, nothing uses it to weigh."}}};
}

}  // namespace jh::validate
