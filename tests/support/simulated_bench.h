// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <vector>

#include "firmware-bridge/reference/indicator_parameters.h"
#include "hil/loop/virtual_bench.h"
#include "hil/scenario/scenario.h"

namespace jh::test {

/// The reference indicator, works-fresh, with the values its parameters have in a new one.
inline NativeHost newIndicator(const Scenario& s) {
    jh_indicator_parameters p{};
    p.serial = 20260001;
    p.ranges = static_cast<std::uint8_t>(s.scale.ranges.size());
    for (std::size_t i = 0; i < s.scale.ranges.size(); ++i) {
        p.max_g[i] = s.scale.ranges[i].max.inMg() / 1000;
        p.interval_g[i] = s.scale.ranges[i].e.inMg() / 1000;
    }
    p.rate_hz = 10;
    p.filter_ms = 1000;
    p.stability_band_cd = 50;
    p.stability_ms = 1000;
    p.tracking_band_cd = 50;
    p.tracking_rate_cd_s = 50;
    p.initial_zero_pm = 200;
    p.zero_pm = 40;
    p.station = static_cast<std::uint8_t>(s.indicator.station);
    p.baud = static_cast<std::uint32_t>(s.indicator.baud);
    const jh_firmware_api& api = *jh_reference_firmware();
    std::vector<std::uint8_t> memory(api.nonvolatile_bytes);
    jh_reference_nonvolatile(&p, memory.data());
    return NativeHost{api, std::move(memory), s.indicator.baud};
}

/// Plant, converter and indicator of a scenario, without its faults, in virtual time.
inline VirtualBench simulatedBench(const Scenario& s) {
    return VirtualBench{Plant{s.scale, s.site, s.seed}, Ads1232Model{}, newIndicator(s), s.seed};
}

}  // namespace jh::test
