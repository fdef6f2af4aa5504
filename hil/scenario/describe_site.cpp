// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe.h"
#include "sim/site/air.h"
#include "sim/site/gravity.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, GustSpectrum>> spectrumNames{
    {"kaimal", GustSpectrum::kaimal},
    {"davenport", GustSpectrum::davenport},
    {"von_karman", GustSpectrum::vonKarman}};

constexpr SimTime none{}, week{168h};

/// Gravity itself, or the place it follows from.
void describeGravity(Fields& fields, SiteModel& site) {
    if (fields.has("latitude") || fields.has("height")) site.place.emplace();
    if (!site.place || fields.has("gravity")) {
        fields.value("gravity", site.gravity, Range{9.7, 9.9});
    }
    if (!site.place) return;
    fields.need({"latitude"});
    fields.value("latitude", site.place->latitude_deg, dimension::angle, Range{-90.0, 90.0});
    fields.value("height", site.place->height, Range{-500.0, 9000.0});
    if (fields.sound({"latitude", "height"}) && !fields.has("gravity")) {
        site.gravity = normalGravity(site.place->latitude_deg, site.place->height);
    }
}

void describeDay(Fields& fields, DayModel& day) {
    fields.value("start", day.start, none, SimTime{24h});
    fields.value("amplitude", day.amplitude_K, dimension::temperatureDifference, Range{0.0, 40.0});
    fields.value("sun_heating", day.sunHeating_K, dimension::temperatureDifference,
                 Range{0.0, 60.0});
    fields.value("deck_heading", day.deckHeading_deg, dimension::angle, Range{0.0, 360.0});
}

void describeAir(Fields& fields, AirModel& air) {
    fields.value("pressure", air.pressure, Range{30e3, 110e3});
    fields.value("humidity", air.humidity, dimension::fraction, Range{0.0, 1.0});
    fields.value("pressure_drift", air.pressureDrift_Pa_h, dimension::pressureRate,
                 Range{-2e3, 2e3});
    fields.value("pressure_swing", air.pressureSwing, Range{0.0, 10e3});
    fields.value("swing_period", air.swingPeriod, SimTime{1h}, SimTime{720h});
}

void describeWind(Fields& fields, WindModel& wind) {
    fields.need({"speed"});
    fields.value("speed", wind.speed, Range{0.0, 60.0});
    fields.value("direction", wind.direction_deg, dimension::angle, Range{0.0, 360.0});
    fields.value("turbulence", wind.turbulence, dimension::fraction, Range{0.0, 1.0});
    fields.value("spectrum", wind.spectrum, spectrumNames);
    fields.value("height", wind.height, Range{0.5, 100.0});
    fields.value("length_scale", wind.lengthScale, Range{1.0, 1000.0});
    fields.value("gust_size", wind.gustSize, Range{0.0, 100.0});
}

void describeRain(Fields& fields, RainModel& rain) {
    fields.need({"rate"});
    fields.value("rate", rain.rate_mm_h, dimension::rainfall, Range{0.0, 500.0});
    fields.value("film", rain.film, Range{0.0, 0.1});
    fields.value("start", rain.start, none, week);
    fields.value("duration", rain.duration, none, week);
    fields.value("drying", rain.drying_mm_h, dimension::rainfall, Range{0.0, 100.0});
}

void describeDeposits(Fields& fields, DepositModel& deposits) {
    fields.value("snow", deposits.snow, Range{0.0, 2.0});
    fields.value("snow_density", deposits.snowDensity, Range{30.0, 900.0});
    fields.value("snowfall", deposits.snowfall_mm_h, dimension::rainfall, Range{0.0, 200.0});
    fields.value("ice", deposits.ice, Range{0.0, 0.2});
    fields.value("mud", deposits.mud, Range{0.0, 0.2});
    fields.value("mud_share", deposits.mudShare, dimension::fraction, Range{0.0, 1.0});
}

void describeVibration(Fields& fields, VibrationBand& band) {
    fields.need({"frequency", "speed"});
    fields.value("frequency", band.frequency_Hz, dimension::rate, Range{0.1, 200.0});
    fields.value("speed", band.speed, Range{0.0, 0.1});
    fields.value("width", band.relativeWidth, dimension::fraction, Range{0.0, 1.0});
}

}  // namespace

void describeSite(Fields& fields, SiteModel& site) {
    // They name the file; a run is no other for them.
    if (fields.reading()) {
        fields.value("title", site.title);
        fields.value("title_zh", site.titleZh);
    }
    describeGravity(fields, site);
    fields.value("temperature", site.temperature, Range{-60.0, 80.0});
    fields.value("temperature_drift", site.temperatureDrift_K_h, dimension::temperatureRate,
                 Range{-30.0, 30.0});
    fields.later("day", site.day, DayModel{}, describeDay);
    AirModel usual;
    if (site.place) usual.pressure = usualPressure(site.place->height);
    if (fields.reading()) site.air = usual;
    fields.later("air", site.air, usual, describeAir);
    fields.later("wind", site.wind, WindModel{}, describeWind);
    fields.later("rain", site.rain, RainModel{}, describeRain);
    fields.later("deposits", site.deposits, DepositModel{}, describeDeposits);
    fields.later("vibration", site.vibration, std::vector<VibrationBand>{}, describeVibration);
    if (fields.reading()) checkSite(fields, site);
}

}  // namespace jh
