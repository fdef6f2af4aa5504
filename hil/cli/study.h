// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hil/procedure/record.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// What is left of one verification of a study.
struct CaseResult {
    Verdict verdict{Verdict::not_run};
    std::vector<std::string> failing;  ///< tests
    /// Largest true error, zero taken off, in parts of its limit: above 1 the scale is bad. Nothing
    /// where no truth was read.
    std::optional<double> trueWorst;
    bool asExpected{};                 ///< what the scenario says must come out, came out
    std::string cause;                 ///< of an error
    std::vector<std::string> notices;  ///< of a firmware's host
};

/// One verification of a study, made when its turn comes.
struct StudyCase {
    std::string name;  ///< of its file; each once
    std::function<Scenario()> scenario;
    /// In place of a verification, when set.
    std::function<CaseResult(const Scenario&)> examine{};
};

/// Runs many verifications, each in a process of its own, and keeps one small file of each in
/// `folder`: a study that was stopped goes on where it was. Results in the order of the cases;
/// nothing when stopped. Complains on stderr.
std::optional<std::vector<CaseResult>> runStudy(const std::filesystem::path& folder,
                                                const std::vector<StudyCase>& cases, int jobs,
                                                bool quiet);

/// Processes at a time where so many are asked for; 0: one for each core.
int atOnce(int jobs);

/// Largest true error of a verification in parts of its limit (CaseResult::trueWorst).
std::optional<double> trueWorstOf(const VerificationResult& result);

/// Share k of n with its 95 % interval after Wilson.
struct Share {
    int k{}, n{};
    double least{}, most{};
};
Share shareOf(int k, int n);

}  // namespace jh
