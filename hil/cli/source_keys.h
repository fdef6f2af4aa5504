// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/indicator/source_calibration.h"

namespace jh {

/// A key of a file and its value as it is written there.
struct WrittenKey {
    std::string key, value;
};

/// Who calibrated a source, when, by what.
struct CalibrationOrigin {
    std::string date, by, reference;  ///< "2026-03-10"; the others may be empty
};

/// What a calibration found, as keys of a signal source's profile. The offset to a hundredth of a
/// `step`, the gain to a thousandth of a ppm, uncertainties to two figures, rounded up.
std::vector<WrittenKey> calibrationKeys(const SourceCalibration& found, BridgeRatio step,
                                        const CalibrationOrigin& origin);

/// "key: value" a line.
std::string yamlText(const std::vector<WrittenKey>& keys);

/// The text of a profile with these keys in place of its own, the rest and its comments as they
/// were; only for profiles whose keys stand one a line at the left.
std::string withKeys(const std::string& profile, const std::vector<WrittenKey>& keys);

}  // namespace jh
