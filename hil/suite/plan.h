// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "hil/suite/quarantine.h"
#include "hil/suite/result_file.h"
#include "hil/suite/shard.h"

namespace jh {

/// What a suite has to run, as far as it is needed to judge and to merge.
struct PlannedScenario {
    std::string id;    ///< "verifications/30t-jjg539-initial@seed1"
    std::string hash;  ///< of the scenario with its seed
    std::vector<std::string> tags;
    std::optional<Quarantined> quarantine;
    friend bool operator==(const PlannedScenario&, const PlannedScenario&) = default;
};

/// The whole of a run, whatever shard of it is run here. Equal for all shards.
struct Plan {
    std::string suite;  ///< name of the suite's file or folder, without ending
    std::string title, titleZh;
    Program program;
    std::vector<PlannedScenario> scenarios;  ///< in the order of their ids, each once

    const PlannedScenario* find(const std::string& id) const;
    friend bool operator==(const Plan&, const Plan&) = default;
};

/// Which scenarios of a suite are meant; empty lists mean all.
struct SuiteFilter {
    std::vector<std::string> tags;   ///< one of them is enough
    std::vector<std::string> names;  ///< patterns found anywhere in the id; one is enough
};
bool selects(const SuiteFilter& filter, const PlannedScenario& scenario);

nlohmann::ordered_json planJson(const Plan& plan);
std::string planText(const Plan& plan);
/// Throws what nlohmann-json throws, or std::runtime_error, for anything else than a plan.
Plan planFrom(const nlohmann::ordered_json& json);
/// The plan in a suite's folder, or why there is none.
Expected<Plan, std::string> readPlan(const std::filesystem::path& folder);
std::filesystem::path planFile(const std::filesystem::path& folder);

}  // namespace jh
