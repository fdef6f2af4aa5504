// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

constexpr std::size_t mostBands = 8;

void checkWater(const Fields& fields, const SiteModel& site) {
    if (!fields.sound({"temperature", "day", "rain", "deposits"})) return;
    const double warmest_degC = site.temperature.si() + site.day.amplitude_K;
    const double coldest_degC = site.temperature.si() - site.day.amplitude_K;
    if (site.rain.rate_mm_h > 0.0 && warmest_degC < 0.0) {
        fields.problem(
            "rain", fmt::format("at {} degC it falls as snow (deposits.snowfall)", warmest_degC));
    }
    constexpr double slushy_degC = 10.0;
    if (site.deposits.snowfall_mm_h > 0.0 && coldest_degC > slushy_degC) {
        fields.problem("deposits.snowfall",
                       fmt::format("at {} degC it falls as rain (rain.rate)", coldest_degC));
    }
}

}  // namespace

void checkSite(const Fields& fields, const SiteModel& site) {
    if (fields.has("gravity") && site.place) {
        fields.problem("gravity", "follows from latitude and height; give the one or the others");
    }
    if (site.vibration.size() > mostBands) {
        fields.problem("vibration", fmt::format("expected at most {} bands", mostBands));
    }
    checkWater(fields, site);
}

}  // namespace jh
