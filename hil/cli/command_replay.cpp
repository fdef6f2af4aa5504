// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/run_scenario.h"
#include "hil/report/version.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

using Json = nlohmann::ordered_json;

struct Difference {
    std::string path, before, now;
};

std::string shortText(const Json& value) {
    std::string text = value.dump();
    if (text.size() > 60) text = text.substr(0, 57) + "...";
    return text;
}

/// First place, in the order of the record, where two values differ.
std::optional<Difference> firstDifference(const Json& before, const Json& now,
                                          const std::string& path) {
    if (before == now) return std::nullopt;
    if (before.is_object() && now.is_object()) {
        for (const auto& [key, value] : before.items()) {
            if (!now.contains(key))
                return Difference{path + "/" + key, shortText(value), "missing"};
            if (auto found = firstDifference(value, now[key], path + "/" + key)) return found;
        }
        for (const auto& [key, value] : now.items()) {
            if (!before.contains(key))
                return Difference{path + "/" + key, "missing", shortText(value)};
        }
    } else if (before.is_array() && now.is_array()) {
        for (std::size_t i = 0; i < std::min(before.size(), now.size()); ++i) {
            if (auto found = firstDifference(before[i], now[i], fmt::format("{}/{}", path, i)))
                return found;
        }
        return Difference{path, fmt::format("{} entries", before.size()),
                          fmt::format("{} entries", now.size())};
    }
    return Difference{path, shortText(before), shortText(now)};
}

/// Leaves of a finished run what an interrupted record can hold: its measurements so far.
void cutLike(const Json& before, Json& now) {
    const auto shorten = [](const Json& like, Json& array) {
        while (array.size() > like.size()) array.erase(array.size() - 1);
    };
    for (const char* key : {"steps", "state_hashes"}) shorten(before[key], now[key]);
    for (std::size_t i = 0; i < std::min(before["tests"].size(), now["tests"].size()); ++i) {
        const Json& old = before["tests"][i];
        Json& test = now["tests"][i];
        shorten(old["measurements"], test["measurements"]);
        // Uncertainty is worked out when all tests have been.
        for (Json& m : test["measurements"]) {
            Json kept;
            for (auto& [key, value] : m.items()) {
                if (!key.starts_with("uncertainty")) kept[key] = std::move(value);
            }
            m = std::move(kept);
        }
        if (old.contains("end_s") && old["verdict"] == test["verdict"]) continue;
        // A test that had not come to its end: only its measurements are compared.
        Json measured = std::move(test["measurements"]);
        test = old;
        test["measurements"] = std::move(measured);
    }
    for (const char* key : {"verdict", "cause", "sim_s", "retries", "transactions"}) {
        if (before.contains(key)) {
            now[key] = before[key];
        } else {
            now.erase(key);
        }
    }
}

int refuse(const std::string& file, const std::string& why) {
    print({{file, 0, 0, "", why, ""}});
    return exitBadInput;
}

}  // namespace

int replayCommand(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) return refuse(file, "cannot be read");
    const Json before = Json::parse(text.str(), nullptr, false);
    if (!before.is_object() || before.value("format", "") != "jianheng record 1") {
        return refuse(file, "is no record of jianheng (format \"jianheng record 1\")");
    }
    if (!before.contains("scenario")) return refuse(file, "holds no scenario");
    auto scenario = parseScenario(before["scenario"].dump(), file + " (scenario)", dataFolder());
    if (!scenario) {
        print(scenario.error());
        return exitBadInput;
    }
    scenario->name = before.value("name", scenario->name);

    const auto program = before.value("program", Json::object());
    if (program.value("commit", "") != programCommit()) {
        fmt::print(stderr, "recorded with {} ({}), replayed with {} ({})\n",
                   program.value("version", "?"), program.value("commit", "?"), programVersion(),
                   programCommit());
    }
    catchStopSignals();
    RunOptions options;
    options.stop = &stopSignalled;
    RunOutcome outcome;
    {
        ProgressLine progress{true};
        options.onProgress = [&](SimTime t, const std::string& doing) {
            progress.show(scenario->name, t, doing);
        };
        outcome = runScenario(*scenario, options);
    }
    if (outcome.result.verdict == Verdict::interrupted) return exitInterrupted;
    Json now = Json::parse(outcome.recordText);
    // Another program may well give the same measurements: its name alone is no difference.
    now["program"] = program;

    const Json nothing = Json::array();
    const Json& old = before.contains("state_hashes") ? before["state_hashes"] : nothing;
    for (std::size_t s = 0; s < std::min(old.size(), now["state_hashes"].size()); ++s) {
        if (old[s] == now["state_hashes"][s]) continue;
        fmt::print("first state that differs: simulated second {}\n", s + 1);
        break;
    }
    const bool cutShort = before.value("verdict", "") == word(Verdict::interrupted);
    if (cutShort) {
        fmt::print("the record was interrupted; what it holds is compared\n");
        cutLike(before, now);
    }
    if (const auto found = firstDifference(before, now, "")) {
        fmt::print("first difference: {}\n  record: {}\n  replay: {}\n", found->path, found->before,
                   found->now);
        return exitFail;
    }
    fmt::print("the same: {} simulated seconds, verdict {}\n", now["state_hashes"].size(),
               word(outcome.result.verdict));
    return exitPass;
}

}  // namespace jh
