// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "firmware-bridge/native/native_host.h"
#include "firmware-bridge/reference/indicator_parameters.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// Non-volatile memory of the reference firmware as it leaves the works for this scale.
std::vector<std::uint8_t> worksMemory(const ScaleModel& scale, const IndicatorSettings& settings,
                                      const IndicatorProfile& profile,
                                      const std::vector<Fault>& faults);

/// The reference firmware with the sealed parameters that this scale needs, its faults included;
/// works-fresh and not adjusted.
NativeHost powerOn(const ScaleModel& scale, const IndicatorSettings& settings,
                   const IndicatorProfile& profile, const std::vector<Fault>& faults);

}  // namespace jh
