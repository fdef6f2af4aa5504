// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/indicator/source_calibration.h"

#include <algorithm>
#include <cmath>

namespace jh {

namespace {

/// Of points that were passed more than once.
BridgeRatio hysteresisOf(const std::vector<CalibrationPoint>& points) {
    BridgeRatio largest;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            if (points[i].asked != points[j].asked) continue;
            const BridgeRatio back = points[j].read - points[i].read;
            if (std::abs(back.si()) > std::abs(largest.si())) largest = back;
        }
    }
    return largest;
}

}  // namespace

std::vector<std::int64_t> calibrationSteps(const SourceProfile& profile, int points) {
    const BridgeRatio span = profile.most - profile.least;
    std::vector<std::int64_t> steps;
    for (int i = 0; i < points; ++i) {
        const BridgeRatio at = profile.least + span * (static_cast<double>(i) / (points - 1));
        steps.push_back(std::llround(at / profile.step));
    }
    for (std::size_t i = steps.size() - 1; i-- > 0;) steps.push_back(steps[i]);
    return steps;
}

Expected<SourceCalibration, std::string> fitCalibration(const std::vector<CalibrationPoint>& points,
                                                        double referenceUncertainty) {
    constexpr std::size_t fewest = 3;
    const auto n = static_cast<double>(points.size());
    if (points.size() < fewest) {
        return Unexpected<std::string>{"a line and its uncertainty take three readings or more"};
    }
    // Differences to what was asked: the line's own slope of 1 would cost digits.
    double meanAsked = 0.0, meanError = 0.0;
    for (const CalibrationPoint& p : points) {
        meanAsked += p.asked.si() / n;
        meanError += (p.read - p.asked).si() / n;
    }
    double squares = 0.0, products = 0.0;
    for (const CalibrationPoint& p : points) {
        const double x = p.asked.si() - meanAsked;
        squares += x * x;
        products += x * ((p.read - p.asked).si() - meanError);
    }
    if (!(squares > 0.0)) {
        return Unexpected<std::string>{"all readings are of the same value asked for"};
    }
    SourceCalibration found;
    found.gainError = products / squares;
    found.offset = BridgeRatio{meanError - found.gainError * meanAsked};
    double left = 0.0;
    for (const CalibrationPoint& p : points) {
        found.residuals.push_back(p.read - p.asked - found.offset - p.asked * found.gainError);
        left += found.residuals.back().si() * found.residuals.back().si();
    }
    found.scatter = BridgeRatio{std::sqrt(left / (n - 2.0))};
    const double s = found.scatter.si();
    found.gainUncertainty =
        std::hypot(s / std::sqrt(squares), (1.0 + found.gainError) * referenceUncertainty);
    found.offsetUncertainty =
        BridgeRatio{std::hypot(s * std::sqrt(1.0 / n + meanAsked * meanAsked / squares),
                               found.offset.si() * referenceUncertainty)};
    found.hysteresis = hysteresisOf(points);
    return found;
}

std::optional<SimTime> settlingTime(const std::vector<SettlingSample>& samples,
                                    BridgeRatio tolerance) {
    if (samples.empty()) return std::nullopt;
    const BridgeRatio end = samples.back().read;
    SimTime settled{};
    for (std::size_t i = 0; i + 1 < samples.size(); ++i) {
        if (std::abs((samples[i].read - end).si()) > tolerance.si()) settled = samples[i + 1].after;
    }
    if (settled > samples.back().after * 3 / 4) return std::nullopt;
    return settled;
}

}  // namespace jh
