// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hil/indicator/source_profile.h"
#include "sim/base/expected.h"

namespace jh {

/// What a source was asked for, no calibration taken out, and what a reference instrument read.
struct CalibrationPoint {
    BridgeRatio asked, read;
};

/// A line through calibration points: read = offset + (1 + gain error) x asked.
struct SourceCalibration {
    BridgeRatio offset{};
    double gainError{};
    /// Standard uncertainties: scatter about the line with n - 2 degrees of freedom, and what the
    /// reference itself is uncertain by, which is the same for all points; of the gain relative.
    BridgeRatio offsetUncertainty{};
    double gainUncertainty{};
    std::vector<BridgeRatio> residuals;  ///< read less the line, in the order of the points
    BridgeRatio scatter{};               ///< their standard deviation, n - 2 degrees of freedom
    /// Largest difference between two readings of the same point: on the way down less up.
    BridgeRatio hysteresis{};
};

/// Steps of the output register for `points` points over a source's range and back: evenly from
/// `least` to `most`, and down again without `most` itself. Two points or more.
std::vector<std::int64_t> calibrationSteps(const SourceProfile& profile, int points);

/// Line of least squares. `referenceUncertainty`: standard, relative to what it reads. The reason
/// where there is none: fewer than three points, or all of one value.
Expected<SourceCalibration, std::string> fitCalibration(const std::vector<CalibrationPoint>& points,
                                                        double referenceUncertainty);

/// What a reference that reads fast saw after a change.
struct SettlingSample {
    SimTime after;  ///< the change was asked for
    BridgeRatio read;
};

/// When the readings came within `tolerance` of the last one for good, in ascending samples;
/// nothing when they were still moving in the last quarter of the time.
std::optional<SimTime> settlingTime(const std::vector<SettlingSample>& samples,
                                    BridgeRatio tolerance);

}  // namespace jh
