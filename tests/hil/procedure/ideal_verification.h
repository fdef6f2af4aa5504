// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hil/procedure/runner.h"
#include "tests/support/ideal_scale.h"
#include "tests/support/printers.h"
#include "tests/support/shipped.h"
#include "tests/support/verdict_printer.h"

namespace jh::test {

/// A shipped verification with the ideal scale in place of the simulated one.
struct IdealVerification {
    explicit IdealVerification(const std::string& name = "100t-jjg539-initial")
        : scenario{shipped(name)} {}

    Scenario scenario;
    IdealScale device{scenario.scale};
    VerificationListener listener;

    void use(ExactMass e) { scenario.scale.ranges = {{scenario.scale.max(), e}}; }
    /// So many blocks that nothing needs to be substituted.
    void enoughWeights() {
        scenario.weights.blocks =
            static_cast<int>(scenario.scale.max().wholeParts(scenario.weights.block));
    }
    /// Only these tests of the regulation, in its order.
    void only(const std::vector<std::string>& ids) {
        auto& tests = scenario.regulation.tests;
        std::erase_if(tests, [&](const TestRule& rule) {
            return std::find(ids.begin(), ids.end(), rule.id) == ids.end();
        });
    }
    /// Block loadings are counted from the end of the adjustment on.
    void countLoadingsAfterAdjustment() {
        listener.afterAdjustment = [this] { device.deck.blockLoadings = 0; };
    }
    VerificationResult run() {
        return runVerification(
            {device, device, device, device, &device, &device},
            {scenario.scale, scenario.regulation, scenario.weights, scenario.appearance}, listener);
    }
    Bench bench() {
        return Bench{{device, device, device, device, &device, &device},
                     scenario.scale,
                     scenario.regulation,
                     scenario.weights,
                     {}};
    }
};

inline const TestResult& resultOf(const VerificationResult& result, const std::string& id) {
    return *std::find_if(result.tests.begin(), result.tests.end(),
                         [&](const TestResult& t) { return t.rule.id == id; });
}

inline std::vector<Measurement> of(const TestResult& test, MeasurementKind kind) {
    std::vector<Measurement> found;
    std::copy_if(test.measurements.begin(), test.measurements.end(), std::back_inserter(found),
                 [kind](const Measurement& m) { return m.kind == kind; });
    return found;
}

/// "2L 14200" of every failing measurement, for messages.
inline std::string failures(const TestResult& test) {
    std::string text;
    for (const Measurement& m : test.measurements) {
        if (m.verdict == Verdict::fail) text += m.detail + " " + m.finding + "; ";
    }
    for (const std::string& finding : test.findings) text += finding + "; ";
    return text;
}

}  // namespace jh::test
