// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/run_scenario.h"
#include "hil/report/version.h"
#include "hil/suite/jobs.h"
#include "hil/suite/whole_file.h"
#include "sim/base/hash.h"

namespace jh {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::array verdicts{Verdict::pass,    Verdict::fail,        Verdict::error,
                              Verdict::invalid, Verdict::interrupted, Verdict::not_run};

std::string textOf(const CaseResult& result, const std::string& key) {
    Json json;
    json["format"] = "jianheng case 2";
    json["key"] = key;
    json["verdict"] = word(result.verdict);
    json["failing"] = result.failing;
    json["as_expected"] = result.asExpected;
    json["cause"] = result.cause;
    json["notices"] = result.notices;
    if (result.trueWorst) json["true_worst"] = *result.trueWorst;
    return json.dump(1) + "\n";
}

/// A whole file of this very case; anything else is made anew.
std::optional<CaseResult> readCase(const fs::path& file, const std::string& key) {
    const auto text = readWhole(file);
    if (!text) return std::nullopt;
    try {
        const Json json = Json::parse(*text);
        if (json.at("format") != "jianheng case 2" || json.at("key") != key) return std::nullopt;
        CaseResult result;
        const std::string verdict = json.at("verdict");
        for (const Verdict v : verdicts) {
            if (verdict == word(v)) result.verdict = v;
        }
        result.failing = json.at("failing").get<std::vector<std::string>>();
        result.asExpected = json.at("as_expected");
        result.cause = json.at("cause");
        result.notices = json.at("notices").get<std::vector<std::string>>();
        if (json.contains("true_worst")) result.trueWorst = json["true_worst"].get<double>();
        return result;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

CaseResult verified(const Scenario& scenario) {
    const RunOutcome outcome = runScenario(scenario, {});
    return {outcome.result.verdict,      outcome.result.failingTests(),
            trueWorstOf(outcome.result), asExpected(scenario, outcome.result),
            outcome.result.cause,        outcome.notices};
}

/// Results of another program or another scenario do not count.
std::string keyOf(const Scenario& scenario) {
    Hash hash;
    for (const char c : scenario.resolvedYaml) hash.add(static_cast<std::uint64_t>(c));
    for (const Fault& fault : scenario.faults)
        hash.add(static_cast<std::uint64_t>(fault.what.index()));
    hash.add(scenario.seed);
    return fmt::format("{}-{:016x}", programCommit(), hash.value());
}

}  // namespace

std::optional<double> trueWorstOf(const VerificationResult& result) {
    std::optional<double> worst;
    for (const TestResult& test : result.tests) {
        std::optional<ExactMass> zero;
        for (const Measurement& m : test.measurements) {
            if (!m.truth) continue;
            const ExactMass error = m.truth->unrounded - m.truth->onDeck;
            if (m.kind == MeasurementKind::zeroError) zero = error;
            const bool judged = m.kind == MeasurementKind::support ||
                                m.kind == MeasurementKind::up || m.kind == MeasurementKind::down;
            if (!judged || !zero || !m.limit || *m.limit == ExactMass{}) continue;
            const double share = (error - *zero).abs().mass().si() / m.limit->mass().si();
            worst = std::max(worst.value_or(0.0), share);
        }
    }
    return worst;
}

int atOnce(int jobs) {
    return jobs > 0 ? jobs : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

Share shareOf(int k, int n) {
    if (n == 0) return {};
    constexpr double z = 1.959963984540054;  // 95 %
    const double p = static_cast<double>(k) / n, zz = z * z / n;
    const double middle = (p + zz / 2.0) / (1.0 + zz);
    const double half = z * std::sqrt(p * (1.0 - p) / n + zz / (4.0 * n)) / (1.0 + zz);
    // Exact at both ends, where rounding would leave a trifle.
    return {k, n, k == 0 ? 0.0 : middle - half, k == n ? 1.0 : middle + half};
}

std::optional<std::vector<CaseResult>> runStudy(const fs::path& folder,
                                                const std::vector<StudyCase>& cases, int jobs,
                                                bool quiet) {
    removeParts(folder);
    const auto fileOf = [&](std::size_t i) { return folder / (cases[i].name + ".json"); };
    std::vector<std::optional<CaseResult>> results(cases.size());
    std::vector<std::size_t> left;
    std::vector<std::string> keys(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        keys[i] = keyOf(cases[i].scenario());
        results[i] = readCase(fileOf(i), keys[i]);
        if (!results[i]) left.push_back(i);
    }
    JobProgress progress{!quiet, left.size()};
    JobCalls calls;
    calls.work = [&](std::size_t i) {
        const Scenario scenario = cases[i].scenario();
        const CaseResult result =
            cases[i].examine ? cases[i].examine(scenario) : verified(scenario);
        const std::string problem = writeWhole(fileOf(i), textOf(result, keys[i]));
        return problem.empty() ? static_cast<int>(exitPass) : complain(problem);
    };
    bool whole = true;
    calls.onEnd = [&](const JobEnd& end) {
        progress.ended();
        results[end.job] = readCase(fileOf(end.job), keys[end.job]);
        if (results[end.job]) return true;
        fmt::print(stderr, "{}: {}\n", cases[end.job].name,
                   end.signal != 0 ? signalText(end.signal) : "left no result");
        whole = false;
        return true;
    };
    calls.onTick = [&] { progress.show(); };
    if (!runJobs(left, atOnce(jobs), calls) || !whole) return std::nullopt;
    std::vector<CaseResult> all;
    for (auto& result : results) all.push_back(std::move(*result));
    return all;
}

}  // namespace jh
