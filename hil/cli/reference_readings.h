// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hil/indicator/source_calibration.h"
#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"
#include "sim/base/quantity.h"

namespace jh {

/// A bridge signal as people and instruments write it: "1.00002 mV/V", "0.00100002 V/V", "1e-3
/// V/V", a bare number in mV/V. Nothing for anything else.
std::optional<BridgeRatio> parseSignal(std::string_view text);

/// Rows "asked,read" of signals as above; a heading without figures, empty lines and what
/// follows a # are passed over. `file` is named in problems, of which all are told.
Expected<std::vector<CalibrationPoint>, Diagnostics> parseReadings(std::string_view text,
                                                                   const std::string& file);

}  // namespace jh
