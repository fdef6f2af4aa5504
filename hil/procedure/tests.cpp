// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/tests.h"

#include <utility>

namespace jh {

void Results::record(Measurement m, std::optional<ExactMass> limit) {
    m.limit = limit;
    const bool within = !limit || !m.judged() || m.judged()->abs() <= *limit;
    const bool same = m.expected.empty() || m.expected == m.found;
    // A value that could not be determined fails only where it is itself under test.
    const bool determined = m.finding.empty() || !limit;
    m.verdict = within && same && determined ? Verdict::pass : Verdict::fail;
    test_.measurements.push_back(std::move(m));
    if (onMeasurement_) onMeasurement_(test_);
}

TestBody testBody(std::string_view id) {
    static constexpr std::pair<std::string_view, TestBody> bodies[]{
        {"identity", testIdentity},         {"zero", testZero},
        {"eccentricity", testEccentricity}, {"repeatability", testRepeatability},
        {"weighing", testWeighing},         {"tare", testTare},
        {"net_weighing", testNetWeighing},  {"discrimination", testDiscrimination},
        {"zero_return", testZeroReturn},    {"rolling", testRolling},
        {"section", testSection},           {"creep", testCreep},
        {"equilibrium", testEquilibrium},   {"warm_up", testWarmUp},
        {"zero_range", testZeroRange},      {"zero_tracking", testZeroTracking},
        {"tare_range", testTareRange},      {"intervals", testIntervals},
        {"overload", testOverload},         {"agreement", testAgreement},
        {"no_load_drift", testNoLoadDrift}, {"span_stability", testSpanStability},
        {"strain_load", testStrainLoad},    {"decreasing", testDecreasing},
        {"zero_balance", testZeroBalance},  {"radio", testRadio},
        {"adjustment", testAdjustment},     {"sense", testSense},
        {"temperature", testTemperature},
    };
    for (const auto& [name, body] : bodies) {
        if (name == id) return body;
    }
    return nullptr;
}

}  // namespace jh
