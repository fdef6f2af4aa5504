// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/profile_road.h"

#include <algorithm>
#include <cmath>

#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr double spacing_m = 0.01, longest_m = 2.0, shortest_m = 0.5;
constexpr int waves = 40;

}  // namespace

ProfileRoad::ProfileRoad(const RoadProfile& profile, NoiseStream luck) : profile_{profile} {
    const double length_m = (profile.to - profile.from).si();
    const auto places = static_cast<std::size_t>(std::ceil(length_m / spacing_m)) + 2;
    for (std::vector<double>& track : tracks_m_) {
        track.assign(places, 0.0);
        double variance_m2 = 0.0;
        for (int i = 0; i < waves; ++i) {
            // Equal steps of the wave number, each drawn somewhere within its step.
            const double share = (i + luck.uniform()) / waves;
            const double perMetre = 1.0 / longest_m + share * (1.0 / shortest_m - 1.0 / longest_m);
            const double amplitude_m = 1.0 / perMetre;
            const double phase = luck.uniform(0.0, 2.0);
            variance_m2 += amplitude_m * amplitude_m / 2.0;
            for (std::size_t p = 0; p < places; ++p) {
                const double x_m = spacing_m * static_cast<double>(p);
                track[p] += amplitude_m * sinPi(2.0 * perMetre * x_m + phase);
            }
        }
        const double scale = profile.unevenness.si() / std::sqrt(variance_m2);
        for (double& height_m : track) height_m *= scale;
    }
}

double ProfileRoad::unevenness_m(std::size_t track, double x_m) const {
    const std::vector<double>& heights_m = tracks_m_[track];
    const double last = static_cast<double>(heights_m.size() - 2);
    const double at = std::clamp((x_m - profile_.from.si()) / spacing_m, 0.0, last);
    const auto i = static_cast<std::size_t>(at);
    const double part = at - static_cast<double>(i);
    return heights_m[i] + part * (heights_m[i + 1] - heights_m[i]);
}

void ProfileRoad::survey(std::span<RoadPoint> points) const {
    const double deck_m = profile_.deckLength.si(), step_m = profile_.edgeStep.si();
    for (RoadPoint& point : points) {
        const bool onDeck = point.x_m >= 0.0 && point.x_m <= deck_m;
        point.up_m = (onDeck ? 0.0 : -step_m) + unevenness_m(point.y_m > 0.0 ? 0 : 1, point.x_m);
        point.up_m_s = 0.0;
    }
}

}  // namespace jh
