// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "firmware-bridge/native/native_host.h"
#include "firmware-bridge/reference/indicator_parameters.h"
#include "hil/port/clock.h"

namespace jh::test {

/// The reference firmware's core on a signal that a test sets, 10 conversions a second: 100 t in
/// steps of 20 kg, `codesPerKg` codes a kilogram.
struct IndicatorRig final : Clock {
    static constexpr std::int64_t codesPerKg = 40;
    static jh_indicator_parameters parameters() {
        jh_indicator_parameters p{};
        p.serial = 4711;
        p.ranges = 1;
        p.max_g[0] = 100'000'000;
        p.interval_g[0] = 20'000;
        p.rate_hz = 10;
        p.filter_ms = 400;
        p.stability_band_cd = 50;
        p.stability_ms = 1000;
        p.tracking_band_cd = 50;
        p.initial_zero_pm = 200;
        p.zero_pm = 40;
        p.station = 1;
        p.baud = 9600;
        return p;
    }
    static NativeHost started(const jh_indicator_parameters& p) {
        const jh_firmware_api& api = *jh_reference_firmware();
        std::vector<std::uint8_t> nonvolatile(api.nonvolatile_bytes);
        jh_reference_nonvolatile(&p, nonvolatile.data());
        return NativeHost{api, std::move(nonvolatile), 9600};
    }

    explicit IndicatorRig(const jh_indicator_parameters& p = parameters()) : core{started(p)} {
        advance(3s);
    }

    SimTime now() const override { return time; }
    Expected<void, IoError> waitUntil(SimTime t) override {
        advance(std::max(t, time) - time);
        return {};
    }
    void advance(SimTime by) {
        const SimTime until = time + by;
        while (nextConversion <= until) {
            // Seven steps, which no filter of four takes away.
            const std::int64_t jitter = moving ? (swing++ % 7 - 3) * 2000 : 0;
            core.conversion(nextConversion, saturated ? 0x7FFFFF
                                                      : static_cast<std::int32_t>(
                                                            300'000 + kg * codesPerKg + jitter));
            nextConversion += 100ms;
        }
        core.runUntil(until);
        time = until;
    }

    SimTime time{}, nextConversion{100ms};
    std::int64_t kg{};
    bool moving{}, saturated{};
    int swing{};
    NativeHost core;
};

}  // namespace jh::test
