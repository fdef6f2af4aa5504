// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/baseline.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "hil/suite/whole_file.h"

namespace jh {

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* format = "jianheng baseline 1";

ExactMass massOf(const std::string& text) {
    const auto mass = ExactMass::parseKg(text);
    if (!mass) throw std::runtime_error{"'" + text + "' is no mass in kg"};
    return *mass;
}

Baseline baselineFrom(const Json& json) {
    if (json.value("format", "") != format) throw std::runtime_error{"it is no baseline"};
    Baseline baseline;
    baseline.tolerance = Milli{json.at("tolerance_milli_e").get<int>()};
    if (baseline.tolerance < Milli{0}) throw std::runtime_error{"a tolerance below zero"};
    for (const auto& [id, held] : json.at("scenarios").items()) {
        Baseline::Held& scenario = baseline.scenarios[id];
        scenario.scale = held.at("scale");
        for (const auto& [name, value] : held.at("numbers_kg").items()) {
            scenario.numbers.push_back({name, massOf(value)});
        }
    }
    return baseline;
}

}  // namespace

std::string baselineText(const Merged& merged, Milli tolerance) {
    Json json;
    json["format"] = format;
    json["tolerance_milli_e"] = tolerance.value;
    // Not one object built key by key: that searches all of them each time.
    std::string text = json.dump(1);
    text.erase(text.size() - 2);
    text += ",\n \"scenarios\": {";
    const char* separator = "\n";
    for (const auto& [id, result] : merged.results) {
        Json held{{"scale", result.scale}, {"numbers_kg", Json::object()}};
        for (const Number& number : result.numbers) {
            held["numbers_kg"][number.name] = number.value.kgText();
        }
        text += fmt::format("{}  {}: {}", separator, Json(id).dump(), held.dump());
        separator = ",\n";
    }
    return text + "\n }\n}\n";
}

Expected<Baseline, std::string> readBaseline(const std::filesystem::path& file) {
    const auto text = readWhole(file);
    if (!text) return Unexpected<std::string>{text.error()};
    try {
        return baselineFrom(Json::parse(*text));
    } catch (const std::exception& error) {
        return Unexpected<std::string>{file.string() + ": " + error.what()};
    }
}

std::vector<Change> changesOf(const Baseline& baseline, const ScenarioResult& result) {
    const auto held = baseline.scenarios.find(result.id);
    if (held == baseline.scenarios.end()) return {};
    std::map<std::string, Change> numbers;
    for (const Number& number : held->second.numbers) {
        numbers[number.name] = {number.name, number.value, {}};
    }
    for (const Number& number : result.numbers) {
        Change& change = numbers[number.name];
        change.number = number.name;
        change.is = number.value;
    }
    std::vector<Change> changes;
    for (const auto& [name, change] : numbers) {
        const bool same = change.was && change.is &&
                          (*change.is - *change.was).abs() <= baseline.tolerance * result.e;
        if (!same) changes.push_back(change);
    }
    return changes;
}

std::string otherScale(const Baseline& baseline, const std::string& id, const std::string& scale) {
    const auto held = baseline.scenarios.find(id);
    if (held == baseline.scenarios.end() || held->second.scale == scale) return {};
    return fmt::format("'{}': a baseline of another scale: it is of {}; the scenario has {}", id,
                       held->second.scale, scale);
}

}  // namespace jh
