// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A point of the earth; gravity follows from it (sim/site/gravity.h).
struct GeoPlace {
    double latitude_deg{};  ///< north positive
    Length height{};        ///< above sea level
    friend bool operator==(const GeoPlace&, const GeoPlace&) = default;
};

/// The course of a day.
struct DayModel {
    SimTime start{8h};         ///< local solar time when the run begins
    double amplitude_K{};      ///< of the air temperature around its mean
    double sunHeating_K{};     ///< by which full sun at noon warms a cell above the air
    double deckHeading_deg{};  ///< compass direction of the deck's x axis, 90 is east
    friend bool operator==(const DayModel&, const DayModel&) = default;
};

/// The air around the scale.
struct AirModel {
    Pressure pressure{101'325.0};
    double humidity{0.5};         ///< relative
    double pressureDrift_Pa_h{};  ///< steady fall or rise during the run
    Pressure pressureSwing{};     ///< amplitude of passing highs and lows
    SimTime swingPeriod{96h};
    friend bool operator==(const AirModel&, const AirModel&) = default;
};

/// Shape of the energy of gusts over their frequency (docs/physics.md, "Wind").
enum class GustSpectrum { kaimal, davenport, vonKarman };

/// Wind at the height of deck and truck.
struct WindModel {
    Speed speed{};               ///< mean
    double direction_deg{90.0};  ///< from where it blows, compass
    double turbulence{0.2};  ///< intensity: standard deviation over mean; 0.15 to 0.25 (estimate)
    GustSpectrum spectrum{GustSpectrum::davenport};
    Length height{3.0};         ///< above ground, scales Kaimal's spectrum
    Length lengthScale{100.0};  ///< of the gusts, scales von Karman's spectrum; estimate
    /// Side of the area over which gusts average out: a deck of 54 m2 is 7.35 m. 0 is a point.
    Length gustSize{7.35};
    friend bool operator==(const WindModel&, const WindModel&) = default;
};

/// Rain that wets the deck until it runs off.
struct RainModel {
    double rate_mm_h{};  ///< depth of water per time
    Length film{1e-3};   ///< thickness at which all further rain runs off
    SimTime start{};
    SimTime duration{24h};
    double drying_mm_h{};  ///< of the film after the rain
    friend bool operator==(const RainModel&, const RainModel&) = default;
};

/// What lies on the deck from the start, and snow that falls during the run.
struct DepositModel {
    Length snow{}, ice{}, mud{};
    Density snowDensity{100.0};  ///< 100 to 350
    double mudShare{0.2};        ///< of the deck's area
    double snowfall_mm_h{};      ///< growth of the snow's depth
    friend bool operator==(const DepositModel&, const DepositModel&) = default;
};

/// Shaking of the foundation in a band of frequencies, from traffic or machines.
struct VibrationBand {
    double frequency_Hz{10.0};
    Speed speed{};           ///< amplitude of the ground's velocity
    double relativeWidth{};  ///< of the band; 0 is a pure tone
    friend bool operator==(const VibrationBand&, const VibrationBand&) = default;
};

/// Where the scale stands. Never changes in a run; sim/site/weather.h lets it act. Everything
/// beyond the first three is still unless said otherwise.
struct SiteModel {
    Acceleration gravity{9.8037};   ///< local
    Temperature temperature{20.0};  ///< of the air, mean over the day
    double temperatureDrift_K_h{};  ///< slow course of the air temperature
    std::string title{}, titleZh{};
    /// Where gravity came from, if it was not given itself.
    std::optional<GeoPlace> place{};
    DayModel day{};
    AirModel air{};
    WindModel wind{};
    RainModel rain{};
    DepositModel deposits{};
    std::vector<VibrationBand> vibration{};
};

}  // namespace jh
