// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "hil/procedure/record.h"
#include "hil/scenario/scenario.h"
#include "sim/base/expected.h"

namespace jh {

/// Which program made something.
struct Program {
    std::string version, commit;
    std::string text() const { return version + " (" + commit + ")"; }
    friend bool operator==(const Program&, const Program&) = default;
};
Program thisProgram();

/// A number that a baseline can hold: the error of one measurement.
struct Number {
    std::string name;  ///< "weighing/up Max"
    ExactMass value;
    friend bool operator==(const Number&, const Number&) = default;
};

/// What came out of one test.
struct TestOutcome {
    std::string id;
    Verdict verdict{Verdict::not_run};
    SimTime took{};
    std::string finding;  ///< one line each, English
    friend bool operator==(const TestOutcome&, const TestOutcome&) = default;
};

/// One try at a scenario.
struct Attempt {
    Verdict verdict{Verdict::not_run};
    bool asExpected{};
    std::string cause;  ///< of error and interruption
    std::vector<TestOutcome> tests;
    friend bool operator==(const Attempt&, const Attempt&) = default;
};

/// The result of one scenario of a suite (docs/suite.md). Holds nothing of the machine or its
/// clock: the same scenario and program give the same bytes.
struct ScenarioResult {
    std::string id;
    std::string hash;  ///< of the scenario with its seed
    Program program;
    std::string scale;  ///< scaleText()
    ExactMass e;        ///< of the scale's first range
    Expectation expected;
    std::vector<Attempt> attempts;  ///< oldest first, never empty
    std::vector<Number> numbers;    ///< of the last attempt

    const Attempt& last() const { return attempts.back(); }
};
bool operator==(const ScenarioResult& a, const ScenarioResult& b);

/// What makes a scale another one for numbers: "Max 30000 kg, e 10 kg, 4 cells".
std::string scaleText(const ScaleModel& scale);

/// The result of a run that ended by itself.
Attempt attemptOf(const VerificationResult& result, bool asExpected);
std::vector<Number> numbersOf(const VerificationResult& result);

/// The JSON of a result, with a check sum over everything else in it.
nlohmann::ordered_json resultJson(const ScenarioResult& result);
/// Of a file of its own.
std::string resultText(const ScenarioResult& result);
/// The result, or in which way it is damaged.
Expected<ScenarioResult, std::string> resultOf(nlohmann::ordered_json json);
Expected<ScenarioResult, std::string> parseResult(const std::string& text);

/// Where a suite's folder holds the result of a scenario: results/ID.json.
std::filesystem::path resultFile(const std::filesystem::path& folder, const std::string& id);

}  // namespace jh
