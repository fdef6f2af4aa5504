// SPDX-License-Identifier: GPL-3.0-or-later
// Gravity, air, deposits, shaking ground.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/model/thermal.h"
#include "sim/plant/plant.h"
#include "sim/site/air.h"
#include "sim/site/deposits.h"
#include "sim/site/gravity.h"
#include "sim/site/weather.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

constexpr Area deck{54.0};
constexpr double onePercent = 0.01;

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
            "What gravity, rain, snow, ground and heat do.",
            {gravity(), cities(), deposits(), onThePlant(), groundAndHeat()},
            {{"Supply: -15/+10 % of 220 V, generator 45 to 55 Hz with 5 to 10 % harmonics",
              "The scale has no mains; a fault injects pickup at the terminals instead."},
             {"Road traffic 5 to 30 Hz with 0.05 to 0.5 mm/s, plant up to 2 mm/s",
              "Ranges from which a site file chooses."},
             {"Zero by temperature, air pressure", "In the chapter on OIML R 60."}}};
}

}  // namespace jh::validate
