// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/weather.h"

#include <algorithm>

#include "sim/base/portable_math.h"
#include "sim/site/air.h"
#include "sim/site/deposits.h"

namespace jh {

namespace {

constexpr SimTime gustGrid = 10ms, shakingGrid = 1ms, airGrid = 1s;
/// The air is warmest three hours after noon.
constexpr double warmest_h = 15.0;
/// Of the heating by the sun, what the sky gives to a side turned away from it; estimate.
constexpr double skyShare = 0.5;

double hourOfDay(const DayModel& day, SimTime t) {
    return seconds(day.start + t) / 3600.0;
}

/// Height of the sun between 6 and 18 h, 1 at noon.
double sunHeight(double hour) {
    return std::max(0.0, sinPi((hour - 6.0) / 12.0));
}

/// Share of the noon sun on a side that looks towards this compass direction. The sun goes from
/// east over south to west, 15 degrees an hour.
double sunShare(double hour, double facing_deg) {
    const double towards = std::max(0.0, cosPi((15.0 * hour - facing_deg) / 180.0));
    return sunHeight(hour) * (skyShare + (1.0 - skyShare) * towards);
}

bool dayChanges(const SiteModel& site) {
    return site.temperatureDrift_K_h != 0.0 || site.day.amplitude_K != 0.0 ||
           site.day.sunHeating_K != 0.0 || site.air.pressureDrift_Pa_h != 0.0 ||
           site.air.pressureSwing.si() != 0.0;
}

Density airOf(const AirModel& air, Temperature t, Pressure deviation) {
    return airDensity(t, air.pressure + deviation, air.humidity);
}

}  // namespace

Weather::Weather(const SiteModel& site, std::uint64_t seed)
    : site_{site},
      gusts_{gustLines(site.wind, seed), gustGrid},
      shaking_{shakingLines(site.vibration, seed), shakingGrid} {
    dayChanges_ = dayChanges(site);
    depositsChange_ = depositsChange(site);
    still_ = calm() && !dayChanges_ && !depositsChange_;
    // The compass turns clockwise, the deck's y axis lies to the left of its x axis.
    const double fromAhead = (site.wind.direction_deg - site.day.deckHeading_deg) / 180.0;
    alongShare_ = -cosPi(fromAhead);
    acrossShare_ = sinPi(fromAhead);
    windSpeed_ = site.wind.speed;
    deposits_kg_m2_ = jh::deposits_kg_m2(site, SimTime{});
    followDay(SimTime{});
    air_ = airOf(site.air, ambient_, pressureDeviation_);
    follow(SimTime{});
}

void Weather::advanceTo(SimTime t) {
    if (!still_) follow(t);
}

void Weather::follow(SimTime t) {
    if (dayChanges_) {
        // Its exponential is dear, and a second of a day is nothing to the air.
        const SimTime whole = t - t % airGrid;
        if (whole > airSince_) {
            airSince_ = whole;
            followDay(whole);
            air_ = airOf(site_.air, ambient_, pressureDeviation_);
        }
        followDay(t);
    }
    if (!gusts_.empty()) windSpeed_ = site_.wind.speed + Speed{gusts_.at(t)};
    if (!shaking_.empty()) baseAcceleration_ = Acceleration{shaking_.at(t)};
    if (depositsChange_) deposits_kg_m2_ = jh::deposits_kg_m2(site_, t);
}

/// Temperature, sun and pressure.
void Weather::followDay(SimTime t) {
    const double passed_h = seconds(t) / 3600.0;
    ambient_ =
        Temperature{site_.temperature.si() + site_.temperatureDrift_K_h * seconds(t) / 3600.0};
    const double hour = hourOfDay(site_.day, t);
    if (site_.day.amplitude_K != 0.0) {
        const double course = cosPi((hour - warmest_h) / 12.0);
        ambient_ = ambient_ + Temperature{site_.day.amplitude_K * course};
    }
    if (site_.day.sunHeating_K != 0.0) {
        const double clock = hour - 24.0 * static_cast<double>(static_cast<int>(hour / 24.0));
        const double left_deg = site_.day.deckHeading_deg - 90.0;
        sunLeft_K_ = site_.day.sunHeating_K * sunShare(clock, left_deg);
        sunRight_K_ = site_.day.sunHeating_K * sunShare(clock, left_deg + 180.0);
    }
    pressureDeviation_ = Pressure{site_.air.pressureDrift_Pa_h * passed_h};
    if (site_.air.pressureSwing.si() != 0.0) {
        const double halfTurns = 2.0 * seconds(t) / seconds(site_.air.swingPeriod);
        pressureDeviation_ = pressureDeviation_ + site_.air.pressureSwing * sinPi(halfTurns);
    }
}

void Weather::hashInto(Hash& hash) const {
    for (const double value : {ambient_.si(), pressureDeviation_.si(), sunLeft_K_, sunRight_K_,
                               windSpeed_.si(), deposits_kg_m2_, baseAcceleration_.si()}) {
        hash.add(value);
    }
}

}  // namespace jh
