// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/result_file.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "hil/report/text_table.h"
#include "hil/report/version.h"
#include "sim/base/hash.h"

namespace jh {

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* format = "jianheng result 1";

Json toJson(const Attempt& attempt) {
    Json json;
    json["verdict"] = word(attempt.verdict);
    json["as_expected"] = attempt.asExpected;
    if (!attempt.cause.empty()) json["cause"] = attempt.cause;
    json["tests"] = Json::array();
    for (const TestOutcome& test : attempt.tests) {
        Json t;
        t["id"] = test.id;
        t["verdict"] = word(test.verdict);
        t["sim_ns"] = test.took.count();
        if (!test.finding.empty()) t["finding"] = test.finding;
        json["tests"].push_back(std::move(t));
    }
    return json;
}

/// Texts of a result are UTF-8 but for what a crashed child left; never an exception.
std::string dumped(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string checkSum(const Json& json) {
    Hash hash;
    hash.add(dumped(json, -1));
    return fmt::format("{:016x}", hash.value());
}

Verdict verdictOf(const std::string& text) {
    for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::error, Verdict::invalid,
                                  Verdict::interrupted, Verdict::not_run}) {
        if (text == word(verdict)) return verdict;
    }
    throw std::runtime_error{"'" + text + "' is no verdict"};
}

ExactMass massOf(const Json& json) {
    const auto mass = ExactMass::parseKg(json.get<std::string>());
    if (!mass) throw std::runtime_error{"'" + json.get<std::string>() + "' is no mass"};
    return *mass;
}

Attempt attemptFrom(const Json& json) {
    Attempt attempt;
    attempt.verdict = verdictOf(json.at("verdict"));
    attempt.asExpected = json.at("as_expected");
    attempt.cause = json.value("cause", "");
    for (const Json& t : json.at("tests")) {
        attempt.tests.push_back({t.at("id"), verdictOf(t.at("verdict")),
                                 SimTime{t.at("sim_ns").get<std::int64_t>()},
                                 t.value("finding", "")});
    }
    return attempt;
}

ScenarioResult resultFrom(const Json& json) {
    ScenarioResult result;
    result.id = json.at("id");
    result.hash = json.at("scenario_hash");
    result.program = {json.at("program").at("version"), json.at("program").at("commit")};
    result.scale = json.at("scale");
    result.e = massOf(json.at("e_kg"));
    result.expected.verdict = json.at("expected").at("verdict");
    result.expected.failingTests =
        json.at("expected").at("failing_tests").get<std::vector<std::string>>();
    for (const Json& attempt : json.at("attempts")) result.attempts.push_back(attemptFrom(attempt));
    if (result.attempts.empty()) throw std::runtime_error{"no attempt"};
    for (const auto& [name, value] : json.at("numbers_kg").items()) {
        result.numbers.push_back({name, massOf(value)});
    }
    return result;
}

}  // namespace

Program thisProgram() {
    return {programVersion(), programCommit()};
}

bool operator==(const ScenarioResult& a, const ScenarioResult& b) {
    const auto members = [](const ScenarioResult& r) {
        return std::tie(r.id, r.hash, r.program, r.scale, r.e, r.expected.verdict,
                        r.expected.failingTests, r.attempts, r.numbers);
    };
    return members(a) == members(b);
}

std::string scaleText(const ScaleModel& scale) {
    std::string text;
    for (const WeighingRange& range : scale.ranges) {
        text += fmt::format("Max {} kg, e {} kg, ", range.max.kgText(), range.e.kgText());
    }
    return text + fmt::format("{} cells", scale.cells.size());
}

Attempt attemptOf(const VerificationResult& result, bool asExpected) {
    Attempt attempt{result.verdict, asExpected, result.cause, {}};
    for (const TestResult& test : result.tests) {
        attempt.tests.push_back(
            {test.rule.id, test.verdict, test.end - test.start,
             test.verdict == Verdict::pass ? std::string{} : findingText(test, Language::en)});
    }
    return attempt;
}

std::vector<Number> numbersOf(const VerificationResult& result) {
    std::vector<Number> numbers;
    std::map<std::string, int> seen;
    for (const TestResult& test : result.tests) {
        for (const Measurement& m : test.measurements) {
            const auto value = m.judged();
            if (!value) continue;
            std::string name = test.rule.id + '/' + label(m, Language::en);
            if (const int before = seen[name]++; before > 0) {
                name += fmt::format(" #{}", before + 1);
            }
            numbers.push_back({std::move(name), *value});
        }
    }
    return numbers;
}

Json resultJson(const ScenarioResult& result) {
    Json json;
    json["format"] = format;
    json["id"] = result.id;
    json["scenario_hash"] = result.hash;
    json["program"] = {{"version", result.program.version}, {"commit", result.program.commit}};
    json["scale"] = result.scale;
    json["e_kg"] = result.e.kgText();
    json["expected"] = {{"verdict", result.expected.verdict},
                        {"failing_tests", result.expected.failingTests}};
    json["attempts"] = Json::array();
    for (const Attempt& attempt : result.attempts) json["attempts"].push_back(toJson(attempt));
    json["numbers_kg"] = Json::object();
    for (const Number& number : result.numbers) {
        json["numbers_kg"][number.name] = number.value.kgText();
    }
    json["check"] = checkSum(json);
    return json;
}

std::string resultText(const ScenarioResult& result) {
    return dumped(resultJson(result), 1) + "\n";
}

Expected<ScenarioResult, std::string> resultOf(Json json) {
    try {
        if (json.value("format", "") != format) throw std::runtime_error{"it is no result"};
        const std::string check = json.at("check");
        json.erase("check");
        if (check != checkSum(json)) throw std::runtime_error{"its check sum is wrong"};
        return resultFrom(json);
    } catch (const std::exception& error) {
        return Unexpected<std::string>{std::string{"damaged: "} + error.what()};
    }
}

Expected<ScenarioResult, std::string> parseResult(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return Unexpected<std::string>{"damaged: no JSON"};
    return resultOf(std::move(json));
}

std::filesystem::path resultFile(const std::filesystem::path& folder, const std::string& id) {
    return folder / "results" / (id + ".json");
}

}  // namespace jh
