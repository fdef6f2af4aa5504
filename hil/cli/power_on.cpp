// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/power_on.h"

#include <charconv>
#include <cmath>

namespace jh {

namespace {

std::uint16_t hundredths(double v) {
    return static_cast<std::uint16_t>(std::lround(v * 100.0));
}

/// Thousandths of the scale's unit, in which the firmware counts: grams on a scale in kg.
std::int64_t thousandths(ExactMass mass, MassUnit unit) {
    return mass.times(1000, 1).wholeParts(ExactMass::one(unit));
}

/// Digits after the point that masses need on the wire.
std::uint8_t decimalsFor(std::int64_t inThousandths) {
    std::uint8_t decimals = 0;
    for (std::int64_t place = 1000; decimals < 3 && inThousandths % place != 0; place /= 10)
        ++decimals;
    return decimals;
}

/// The sealed parameters of the reference indicator for this scale, its faults included.
jh_indicator_parameters indicatorParameters(const ScaleModel& scale,
                                            const IndicatorSettings& settings,
                                            const IndicatorProfile& profile,
                                            const std::vector<Fault>& faults) {
    jh_indicator_parameters p{};
    std::from_chars(settings.serial.data(), settings.serial.data() + settings.serial.size(),
                    p.serial);
    p.ranges = static_cast<std::uint8_t>(scale.ranges.size());
    p.multiple_range = scale.multipleRange ? 1 : 0;
    for (std::size_t i = 0; i < scale.ranges.size(); ++i) {
        p.max_g[i] = thousandths(scale.ranges[i].max, scale.unit);
        p.interval_g[i] = thousandths(scale.ranges[i].e, scale.unit);
    }
    p.decimals = decimalsFor(thousandths(scale.firstInterval(), scale.unit));
    p.rate_hz = static_cast<std::uint16_t>(settings.conversionRate_Hz);
    p.filter_ms = static_cast<std::uint16_t>(settings.filter / 1ms);
    p.stability_band_cd = hundredths(settings.stabilityBand_d);
    p.stability_ms = static_cast<std::uint16_t>(settings.stabilityTime / 1ms);
    p.tracking_band_cd = hundredths(settings.trackingBand_d);
    p.tracking_rate_cd_s = hundredths(settings.trackingRate_d_s);
    p.initial_zero_pm =
        static_cast<std::uint16_t>(std::lround(settings.initialZeroRange_pct * 10.0));
    p.zero_pm = static_cast<std::uint16_t>(std::lround(settings.zeroRange_pct * 10.0));
    p.station = static_cast<std::uint8_t>(profile.station);
    p.baud = static_cast<std::uint32_t>(profile.baud);
    for (const Fault& fault : faults) {
        if (const auto* tracking = std::get_if<ZeroTrackingFault>(&fault.what)) {
            p.tracking_band_cd = hundredths(tracking->band_d);
            p.tracking_rate_cd_s = hundredths(tracking->rate_d_s);
        } else if (const auto* rounding = std::get_if<RoundingHysteresisFault>(&fault.what)) {
            p.rounding_hysteresis_g =
                static_cast<std::uint16_t>(thousandths(rounding->width, scale.unit));
        }
    }
    return p;
}

}  // namespace

std::vector<std::uint8_t> worksMemory(const ScaleModel& scale, const IndicatorSettings& settings,
                                      const IndicatorProfile& profile,
                                      const std::vector<Fault>& faults) {
    const jh_indicator_parameters parameters =
        indicatorParameters(scale, settings, profile, faults);
    std::vector<std::uint8_t> nonvolatile(jh_reference_firmware()->nonvolatile_bytes);
    jh_reference_nonvolatile(&parameters, nonvolatile.data());
    return nonvolatile;
}

NativeHost powerOn(const ScaleModel& scale, const IndicatorSettings& settings,
                   const IndicatorProfile& profile, const std::vector<Fault>& faults) {
    return NativeHost{*jh_reference_firmware(), worksMemory(scale, settings, profile, faults),
                      profile.baud};
}

}  // namespace jh
