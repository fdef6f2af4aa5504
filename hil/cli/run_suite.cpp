// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/run_suite.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "hil/cli/console.h"
#include "hil/cli/firmware_coverage.h"
#include "hil/cli/run_scenario.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace fs = std::filesystem;

fs::path coverageFile(const fs::path& folder, const std::string& id) {
    return folder / "coverage" / (id + ".json");
}

void SuiteRun::resume() {
    FoundResults found = readResults(folder_, suite_.plan);
    for (const std::string& wrong : found.wrong) {
        fmt::print(stderr, "{}; it is made anew\n", wrong);
    }
    finished_ = std::move(found.results);
}

std::vector<std::size_t> SuiteRun::jobsLeft() const {
    std::vector<std::size_t> jobs;
    for (std::size_t i = 0; i < suite_.jobs.size(); ++i) {
        const std::string& id = suite_.plan.scenarios[i].id;
        if (shardOf(id, shard_.count) != shard_.index) continue;
        const auto done = finished_.find(id);
        const bool again =
            done != finished_.end() && arguments_.retryFailed && !done->second.last().asExpected;
        if (done == finished_.end() || again) jobs.push_back(i);
    }
    return jobs;
}

int SuiteRun::run() {
    const std::vector<std::size_t> jobs = jobsLeft();
    JobProgress progress{!arguments_.quiet, jobs.size()};
    started_.resize(suite_.jobs.size());
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    int exitCode = exitPass;
    JobCalls calls;
    calls.work = [&](std::size_t job) { return work(job); };
    calls.onStart = [&](std::size_t job) { started_[job] = Clock::now(); };
    calls.onEnd = [&](const JobEnd& end) {
        progress.ended();
        if (end.signal == 0 && end.exitCode == exitPass) return true;
        const bool kept = end.exitCode != exitDevice && keepCrash(end);
        if (!kept) exitCode = exitDevice;
        return kept;
    };
    calls.onTick = [&] { progress.show(); };
    return runJobs(jobs, arguments_.jobs.value_or(cores), calls) ? exitCode : exitInterrupted;
}

ScenarioResult SuiteRun::resultOf(std::size_t job, Attempt attempt) const {
    const Scenario& scenario = *suite_.jobs[job].scenario;
    const PlannedScenario& planned = suite_.plan.scenarios[job];
    ScenarioResult result{planned.id,
                          planned.hash,
                          suite_.plan.program,
                          scaleText(scenario.scale),
                          scenario.scale.firstInterval(),
                          scenario.expect.value_or(Expectation{}),
                          {},
                          {}};
    if (const auto before = finished_.find(planned.id); before != finished_.end()) {
        result.attempts = before->second.attempts;
    }
    result.attempts.push_back(std::move(attempt));
    return result;
}
std::string SuiteRun::keep(const ScenarioResult& result) const {
    return writeWhole(resultFile(folder_, result.id), resultText(result));
}

/// In the child: the whole of one scenario.
int SuiteRun::work(std::size_t job) const {
    const auto begun = Clock::now();
    const std::string& id = suite_.plan.scenarios[job].id;
    const Scenario scenario = suite_.jobs[job].toRun();
    RunOptions options;
    if (arguments_.records) {
        options.record = folder_ / "records" / (id + ".json");
        fs::create_directories(options.record.parent_path());
    }
    options.coverage = !arguments_.coverage.empty() && uncoverable(scenario).empty();
    ScenarioResult result;
    RunOutcome outcome;
    const auto ready = Clock::now();
    try {
        outcome = runScenario(scenario, options);
        if (!outcome.problem.empty()) return complain(outcome.problem);
        result = resultOf(job, attemptOf(outcome.result, asExpected(scenario, outcome.result)));
        result.numbers = numbersOf(outcome.result);
    } catch (const std::exception& error) {
        result = resultOf(job, {Verdict::error, false, error.what(), {}});
    }
    if (options.coverage) {
        const std::string part =
            FirmwareCoverage::partText(scenario.firmware->file, outcome.executed);
        if (const auto problem = writeWhole(coverageFile(folder_, id), part); !problem.empty()) {
            return complain(problem);
        }
    }
    if (const auto problem = keep(result); !problem.empty()) return complain(problem);
    nlohmann::ordered_json timing;
    timing["wall_s"] = seconds(outcome.wall);
    timing["sim_s"] = seconds(outcome.simulated);
    timing["process_start_s"] = seconds(begun - started_[job]);
    timing["start_up_s"] = seconds(ready - started_[job]);
    const std::string problem =
        writeWhole(folder_ / "timing" / (id + ".json"), timing.dump(1) + "\n");
    return problem.empty() ? static_cast<int>(exitPass) : complain(problem);
}

/// In the parent: a child that ended without a result.
bool SuiteRun::keepCrash(const JobEnd& end) const {
    const std::string why = end.signal != 0 ? signalText(end.signal)
                                            : fmt::format("ended with exit code {}", end.exitCode);
    const ScenarioResult result = resultOf(end.job, {Verdict::error, false, why, {}});
    fmt::print(stderr, "{}: {}\n", result.id, why);
    const std::string problem = keep(result);
    if (!problem.empty()) complain(problem);
    return problem.empty();
}

}  // namespace jh
