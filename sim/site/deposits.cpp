// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/deposits.h"

#include <algorithm>

namespace jh {

namespace {

constexpr double metresPerSecond = 1e-3 / 3600.0;  // of 1 mm/h
// kg/m3
constexpr double waterDensity = 1000.0, iceDensity = 900.0, mudDensity = 1600.0;

/// Thickness of the film, which grows until it runs off, and dries after the rain.
double film_m(const RainModel& rain, SimTime t) {
    const double fallen_s = seconds(std::clamp(t - rain.start, SimTime{}, rain.duration));
    const double wettest_m = std::min(rain.rate_mm_h * metresPerSecond * fallen_s, rain.film.si());
    const double dry_s = seconds(std::max(t - rain.start - rain.duration, SimTime{}));
    return std::max(0.0, wettest_m - rain.drying_mm_h * metresPerSecond * dry_s);
}

}  // namespace

double deposits_kg_m2(const SiteModel& site, SimTime t) {
    const DepositModel& on = site.deposits;
    const double snow_m = on.snow.si() + on.snowfall_mm_h * metresPerSecond * seconds(t);
    return waterDensity * film_m(site.rain, t) + on.snowDensity.si() * snow_m +
           iceDensity * on.ice.si() + mudDensity * on.mudShare * on.mud.si();
}

bool depositsChange(const SiteModel& site) {
    return site.rain.rate_mm_h > 0.0 || site.deposits.snowfall_mm_h > 0.0;
}

}  // namespace jh
