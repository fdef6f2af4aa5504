// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "hil/suite/plan.h"

namespace jh {

/// A plan with the results that there are of it: of a shard, of several, of all. Adding is
/// associative and does not know an order.
struct Merged {
    Plan plan;
    std::map<std::string, ScenarioResult> results;  ///< by id

    /// Ids without a result.
    std::vector<std::string> missing() const;
};

/// What is found in a suite's folder besides whole results of its plan.
struct FoundResults {
    std::map<std::string, ScenarioResult> results;
    std::vector<std::string> wrong;  ///< file and reason: damaged, of another scenario or program
};
/// The results in a folder that belong to a plan; those of scenarios outside it do not count.
FoundResults readResults(const std::filesystem::path& folder, const Plan& plan);

/// A file that writeMerged() wrote, or why it is none.
Expected<Merged, std::string> readMerged(const std::filesystem::path& file);
/// The same bytes for the same plan and results. Empty, or why it was not written.
std::string writeMerged(const std::filesystem::path& file, const Merged& merged);

/// What two parts bring together.
struct MergeReport {
    std::vector<std::string> problems;  ///< why they do not fit: then `into` stays as it was
    std::vector<std::string> twice;     ///< ids that both have, with the same result
};
/// Adds `from` to `into`. The names of both are for the problems.
MergeReport mergeInto(Merged& into, const std::string& intoName, Merged from,
                      const std::string& fromName);

}  // namespace jh
