// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "sim/base/hash.h"
#include "sim/model/site_model.h"
#include "sim/site/harmonics.h"

namespace jh {

/// Sides of the deck, +y and -y.
enum class DeckSide { left, right };

/// A site in the course of a run. Everything depends on the site, the seed and the time alone.
/// Equations and sources: docs/physics.md, "Site".
class Weather {
public:
    Weather(const SiteModel& site, std::uint64_t seed);

    /// Nothing of it will ever change; advancing costs nothing.
    bool still() const { return still_; }
    /// Nothing of it moves within seconds: neither wind nor shaking.
    bool calm() const { return gusts_.empty() && shaking_.empty(); }

    /// To `t`, not before the last one.
    void advanceTo(SimTime t);

    Temperature ambient() const { return ambient_; }
    /// From the air pressure at the start.
    Pressure pressureDeviation() const { return pressureDeviation_; }
    /// By which the sun would warm a cell at this side above the air in the long run.
    double sunHeating_K(DeckSide side) const {
        return side == DeckSide::left ? sunLeft_K_ : sunRight_K_;
    }
    /// As an area of the site's gust size feels it.
    Speed windSpeed() const { return windSpeed_; }
    /// Its part across the deck, towards +y positive, and along it, towards +x.
    Speed windAcross() const { return windSpeed_ * acrossShare_; }
    Speed windAlong() const { return windSpeed_ * alongShare_; }
    /// On the deck.
    double deposits_kg_m2() const { return deposits_kg_m2_; }
    /// Of the foundation, down positive.
    Acceleration baseAcceleration() const { return baseAcceleration_; }
    Density air() const { return air_; }

    void hashInto(Hash& hash) const;

private:
    void follow(SimTime t);
    void followDay(SimTime t);

    SiteModel site_;
    bool still_{}, dayChanges_{}, depositsChange_{};
    HarmonicSum gusts_, shaking_;
    double acrossShare_{}, alongShare_{};
    Temperature ambient_;
    Pressure pressureDeviation_;
    Density air_;
    SimTime airSince_{};
    double sunLeft_K_{}, sunRight_K_{};
    Speed windSpeed_;
    double deposits_kg_m2_{};
    Acceleration baseAcceleration_;
};

/// Lines that make up gusts of this wind around its mean, in m/s: equal parts of ln n from 1 mHz to
/// 10 Hz, each with the energy of its part.
std::vector<Harmonic> gustLines(const WindModel& wind, std::uint64_t seed);

/// Lines of a shaking foundation, in m/s2.
std::vector<Harmonic> shakingLines(const std::vector<VibrationBand>& bands, std::uint64_t seed);

}  // namespace jh
