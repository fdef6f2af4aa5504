// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "hil/procedure/appearance.h"
#include "hil/procedure/bench.h"
#include "hil/procedure/record.h"

namespace jh {

/// What is verified, by which rules, with which weights.
struct VerificationPlan {
    const ScaleModel& scale;
    const Regulation& regulation;
    const WeightsModel& weights;
    const std::vector<AppearanceItem>& appearance;
    std::uint64_t seed{1};                      ///< of the weighing loads that are drawn
    std::optional<SourceUncertainty> source{};  ///< that stands in for the cells
    bool inService{};  ///< adjusted already: it is loaded once and set to zero, no more
};

/// Told as the run goes; every member may be left out.
struct VerificationListener {
    std::function<void(const WorkStep&)> onStep;
    std::function<void(const TestRule&)> onTestStart;
    std::function<void(const TestResult&)> onMeasurement;  ///< the newest is the last one
    std::function<void(const TestResult&)> onTestEnd;
    std::function<void()> afterAdjustment;
};

/// Sets up, preloads and adjusts the scale, then runs every test of the regulation. A test that
/// cannot be carried out does not stop the others; a bench that cannot go on does.
VerificationResult runVerification(const Ports& ports, const VerificationPlan& plan,
                                   const VerificationListener& listener);

}  // namespace jh
