// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "hil/suite/whole_file.h"

namespace jh {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* format = "jianheng merged 1";

/// Why a result does not belong to a plan; empty when it does.
std::string whyNotOf(const Plan& plan, const ScenarioResult& result) {
    if (result.program != plan.program) {
        return fmt::format("made by jianheng {}, the plan is of {}", result.program.text(),
                           plan.program.text());
    }
    const PlannedScenario* planned = plan.find(result.id);
    if (planned == nullptr) return fmt::format("'{}' is not in the plan", result.id);
    if (planned->hash != result.hash) return "made of another version of the scenario";
    return {};
}

/// Where two plans differ, in words.
std::string planDifference(const Plan& a, const std::string& aName, const Plan& b,
                           const std::string& bName) {
    if (a.program != b.program) {
        return fmt::format("two program versions: {} is of jianheng {}, {} of jianheng {}", aName,
                           a.program.text(), bName, b.program.text());
    }
    if (a.suite != b.suite || a.title != b.title) {
        return fmt::format("two suites: {} is of '{}', {} of '{}'", aName, a.suite, bName, b.suite);
    }
    for (const auto& [have, haveName, lack, lackName] :
         {std::tie(a, aName, b, bName), std::tie(b, bName, a, aName)}) {
        for (const PlannedScenario& planned : have.scenarios) {
            const PlannedScenario* other = lack.find(planned.id);
            if (other == nullptr) {
                return fmt::format("two plans: {} has '{}', {} has not", haveName, planned.id,
                                   lackName);
            }
            if (*other != planned) {
                return fmt::format("two plans: '{}' is not the same in {} and {}", planned.id,
                                   aName, bName);
            }
        }
    }
    return {};
}

}  // namespace

std::vector<std::string> Merged::missing() const {
    std::vector<std::string> ids;
    for (const PlannedScenario& planned : plan.scenarios) {
        if (results.count(planned.id) == 0) ids.push_back(planned.id);
    }
    return ids;
}

FoundResults readResults(const fs::path& folder, const Plan& plan) {
    FoundResults found;
    std::error_code error;
    for (const PlannedScenario& planned : plan.scenarios) {
        const fs::path file = resultFile(folder, planned.id);
        if (!fs::exists(file, error)) continue;
        const auto text = readWhole(file);
        if (!text) {
            found.wrong.push_back(text.error());
            continue;
        }
        auto result = parseResult(*text);
        std::string wrong = result ? whyNotOf(plan, *result) : result.error();
        if (wrong.empty() && result->id != planned.id) wrong = "holds '" + result->id + "'";
        if (wrong.empty()) {
            found.results.emplace(planned.id, std::move(*result));
        } else {
            found.wrong.push_back(file.string() + ": " + wrong);
        }
    }
    return found;
}

Expected<Merged, std::string> readMerged(const fs::path& file) {
    const auto text = readWhole(file);
    if (!text) return Unexpected<std::string>{text.error()};
    try {
        Merged merged;
        std::vector<ScenarioResult> results;
        bool inResults = false;
        // Results are taken one by one: the whole as a tree would be ten times the file.
        const auto take = [&](int depth, Json::parse_event_t event, Json& parsed) {
            if (depth == 1 && event == Json::parse_event_t::key) inResults = parsed == "results";
            if (depth != 2 || event != Json::parse_event_t::object_end || !inResults) return true;
            auto result = resultOf(std::move(parsed));
            if (!result) throw std::runtime_error{result.error()};
            results.push_back(std::move(*result));
            return false;
        };
        const Json head = Json::parse(*text, take);
        if (head.value("format", "") != format) throw std::runtime_error{"it is no merged result"};
        merged.plan = planFrom(head.at("plan"));
        for (ScenarioResult& result : results) {
            const std::string id = result.id, wrong = whyNotOf(merged.plan, result);
            if (!wrong.empty()) throw std::runtime_error{wrong};
            if (!merged.results.emplace(id, std::move(result)).second) {
                throw std::runtime_error{"'" + id + "' stands there twice"};
            }
        }
        return merged;
    } catch (const std::exception& error) {
        return Unexpected<std::string>{file.string() + ": " + error.what()};
    }
}

std::string writeMerged(const fs::path& file, const Merged& merged) {
    std::string text =
        fmt::format("{{\"format\": \"{}\",\n\"plan\": {},\n\"missing\": {},\n", format,
                    planJson(merged.plan).dump(), Json(merged.missing()).dump());
    text += "\"results\": [";
    const char* separator = "\n";
    for (const auto& [id, result] : merged.results) {
        text += separator;
        text += resultJson(result).dump(-1, ' ', false, Json::error_handler_t::replace);
        separator = ",\n";
    }
    text += "\n]}\n";
    return writeWhole(file, text);
}

MergeReport mergeInto(Merged& into, const std::string& intoName, Merged from,
                      const std::string& fromName) {
    MergeReport report;
    const std::string difference = planDifference(into.plan, intoName, from.plan, fromName);
    if (!difference.empty()) {
        report.problems.push_back(difference);
        return report;
    }
    for (const auto& [id, result] : from.results) {
        const auto there = into.results.find(id);
        if (there == into.results.end()) continue;
        if (there->second == result) {
            report.twice.push_back(id);
        } else {
            report.problems.push_back(fmt::format("'{}' has two different results, in {} and in {}",
                                                  id, intoName, fromName));
        }
    }
    if (report.problems.empty()) into.results.merge(from.results);
    return report;
}

}  // namespace jh
