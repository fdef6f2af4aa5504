// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/suite/merge.h"

namespace jh::test {

/// "s00" to "s99"
inline std::string sampleId(int i) {
    return {'s', static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10)};
}

inline Plan samplePlan(int scenarios) {
    Plan plan{"sample", "Sample", "", {"1.0.0", "abc"}, {}};
    for (int i = 0; i < scenarios; ++i) {
        plan.scenarios.push_back({sampleId(i), "hash" + std::to_string(i), {}, {}});
    }
    return plan;
}

/// A passed test and a number.
inline ScenarioResult sampleResult(const Plan& plan, int i) {
    ScenarioResult result;
    result.id = sampleId(i);
    result.hash = plan.scenarios.at(static_cast<std::size_t>(i)).hash;
    result.program = plan.program;
    result.scale = "Max 30000 kg, e 10 kg, 4 cells";
    result.e = ExactMass::kg(10);
    result.attempts.push_back({Verdict::pass, true, "", {{"zero", Verdict::pass, 1s, ""}}});
    result.numbers.push_back({"zero/zero return", ExactMass::g(500 + i)});
    return result;
}

/// The same, failed at zero.
inline ScenarioResult failedResult(const Plan& plan, int i) {
    ScenarioResult result = sampleResult(plan, i);
    result.attempts = {
        {Verdict::fail, false, "", {{"zero", Verdict::fail, 1s, "E0: 3 kg, limit 2.5 kg\n"}}}};
    return result;
}

inline Merged sampleMerged(int scenarios) {
    Merged merged{samplePlan(scenarios), {}};
    for (int i = 0; i < scenarios; ++i) {
        merged.results.emplace(sampleId(i), sampleResult(merged.plan, i));
    }
    return merged;
}

}  // namespace jh::test
