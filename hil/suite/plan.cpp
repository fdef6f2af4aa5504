// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "hil/scenario/units.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* format = "jianheng plan 1";

PlannedScenario scenarioFrom(const Json& json) {
    PlannedScenario planned{json.at("id"), json.at("scenario_hash"), {}, {}};
    if (json.contains("tags")) planned.tags = json.at("tags").get<std::vector<std::string>>();
    if (json.contains("quarantine")) {
        const Json& quarantine = json.at("quarantine");
        const auto until = parseDate(quarantine.at("until").get<std::string>());
        if (!until) throw std::runtime_error{"a quarantine without a date"};
        planned.quarantine = Quarantined{quarantine.at("reason"), *until};
    }
    return planned;
}

}  // namespace

const PlannedScenario* Plan::find(const std::string& id) const {
    const auto place =
        std::lower_bound(scenarios.begin(), scenarios.end(), id,
                         [](const PlannedScenario& planned, const std::string& wanted) {
                             return planned.id < wanted;
                         });
    return place != scenarios.end() && place->id == id ? &*place : nullptr;
}

bool selects(const SuiteFilter& filter, const PlannedScenario& scenario) {
    const bool tagged =
        filter.tags.empty() ||
        std::any_of(filter.tags.begin(), filter.tags.end(), [&](const std::string& tag) {
            return std::find(scenario.tags.begin(), scenario.tags.end(), tag) !=
                   scenario.tags.end();
        });
    const bool named =
        filter.names.empty() ||
        std::any_of(filter.names.begin(), filter.names.end(), [&](const std::string& name) {
            return matches("*" + name + "*", scenario.id);
        });
    return tagged && named;
}

Json planJson(const Plan& plan) {
    Json json;
    json["format"] = format;
    json["suite"] = plan.suite;
    json["title"] = plan.title;
    if (!plan.titleZh.empty()) json["title_zh"] = plan.titleZh;
    json["program"] = {{"version", plan.program.version}, {"commit", plan.program.commit}};
    json["scenarios"] = Json::array();
    for (const PlannedScenario& planned : plan.scenarios) {
        Json s{{"id", planned.id}, {"scenario_hash", planned.hash}};
        if (!planned.tags.empty()) s["tags"] = planned.tags;
        if (planned.quarantine) {
            s["quarantine"] = {{"reason", planned.quarantine->reason},
                               {"until", dateText(planned.quarantine->until)}};
        }
        json["scenarios"].push_back(std::move(s));
    }
    return json;
}

std::string planText(const Plan& plan) {
    return planJson(plan).dump(1) + "\n";
}

Plan planFrom(const Json& json) {
    if (json.value("format", "") != format) throw std::runtime_error{"it is no plan"};
    Plan plan{json.at("suite"),
              json.at("title"),
              json.value("title_zh", ""),
              {json.at("program").at("version"), json.at("program").at("commit")},
              {}};
    for (const Json& scenario : json.at("scenarios")) {
        plan.scenarios.push_back(scenarioFrom(scenario));
        const auto& all = plan.scenarios;
        if (all.size() > 1 && all[all.size() - 2].id >= all.back().id) {
            throw std::runtime_error{"its scenarios are not in order"};
        }
    }
    return plan;
}

Expected<Plan, std::string> readPlan(const std::filesystem::path& folder) {
    const auto text = readWhole(planFile(folder));
    if (!text) return Unexpected<std::string>{text.error()};
    try {
        return planFrom(Json::parse(*text));
    } catch (const std::exception& error) {
        return Unexpected<std::string>{planFile(folder).string() + ": damaged: " + error.what()};
    }
}

std::filesystem::path planFile(const std::filesystem::path& folder) {
    return folder / "plan.json";
}

}  // namespace jh
