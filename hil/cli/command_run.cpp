// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/resource.h>

#include <map>
#include <nlohmann/json.hpp>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/firmware_coverage.h"
#include "hil/cli/first_failure.h"
#include "hil/cli/person.h"
#include "hil/cli/run_scenario.h"
#include "hil/report/junit.h"
#include "hil/report/text_table.h"
#include "hil/report/version.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

/// How long the computer took stands beside the record, never in it.
std::string timingJson(const RunOutcome& outcome) {
    const double wall_s = std::chrono::duration<double>(outcome.wall).count();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    nlohmann::ordered_json json;
    json["wall_s"] = wall_s;
    json["sim_s"] = seconds(outcome.simulated);
    json["speed_factor"] = seconds(outcome.simulated) / wall_s;
    json["transactions"] = outcome.transactions;
    json["peak_memory_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
    return json.dump(1) + "\n";
}

/// The second run must go through the same states; names the first that does not.
bool sameTwice(const Scenario& scenario, const RunOutcome& first, RunOptions options) {
    options.record.clear();
    options.frames.clear();
    options.vcd.clear();
    options.debugPort = 0;
    options.coverage = false;
    options.onProgress = nullptr;  // the line it writes to ended with the first run
    const RunOutcome second = runScenario(scenario, options);
    const std::size_t common = std::min(first.secondHashes.size(), second.secondHashes.size());
    for (std::size_t s = 0; s < common; ++s) {
        for (std::size_t part = 0; part < SecondHash::names.size(); ++part) {
            if (first.secondHashes[s].parts[part] == second.secondHashes[s].parts[part]) continue;
            fmt::print(stderr, "{}: not the same twice: second {}, part '{}' differs\n",
                       scenario.name, s + 1, SecondHash::names[part]);
            return false;
        }
    }
    if (first.recordText != second.recordText) {
        fmt::print(stderr, "{}: same states, but the records differ\n", scenario.name);
        return false;
    }
    fmt::print(stderr, "{}: verified, {} seconds the same twice\n", scenario.name, common);
    return true;
}

Language languageOf(const RunArguments& arguments) {
    return arguments.language == "zh" ? Language::zh : Language::en;
}

int exitOf(const Scenario& scenario, const VerificationResult& result) {
    if (result.verdict == Verdict::interrupted) return exitInterrupted;
    if (asExpected(scenario, result)) return exitPass;
    switch (result.verdict) {
        case Verdict::error:
            return exitDevice;
        case Verdict::invalid:
            return exitInvalid;
        default:
            return exitFail;
    }
}

void printResult(const Scenario& scenario, const RunOutcome& outcome, const RunArguments& arguments,
                 const fs::path& record) {
    const Language language = languageOf(arguments);
    const VerificationResult& result = outcome.result;
    if (!arguments.quiet) fmt::print("{}", textTable(scenario, result, language));
    std::string line = fmt::format("{}: {}", scenario.name, phrase(word(result.verdict), language));
    if (!result.failingTests().empty()) {
        line += fmt::format("; {}: {}", phrase("failing tests", language),
                            fmt::join(result.failingTests(), ", "));
    }
    if (scenario.expect) {
        line += fmt::format(" ({})",
                            phrase(asExpected(scenario, result) ? "as the scenario expects"
                                                                : "NOT as the scenario expects",
                                   language));
        if (!asExpected(scenario, result)) {
            line +=
                fmt::format("; {}: {} {}", phrase("expected", language), scenario.expect->verdict,
                            fmt::join(scenario.expect->failingTests, ", "));
        }
    }
    fmt::print("{}\n{}: {}\n", line, phrase("record", language), record.string());
}

/// The reports of a finished record, made of its text alone: `jianheng report` gives the same
/// bytes. A message when one could not be written.
std::string makeReports(const RunOutcome& outcome, const fs::path& recordFile,
                        const RunArguments& arguments) {
    if (!arguments.reports.wanted()) return {};
    const auto record = readRecord(outcome.recordText, recordFile.string());
    if (!record) return record.error().front().text();
    ReportChoice choice = arguments.reports;
    // A form that the verdict does not allow gives way to the one that fits it.
    if (!formProblem(*record, choice.form).empty()) choice.form = Form::automatic;
    const auto files = writeReports(*record, recordFile, choice);
    if (!files) return files.error();
    if (arguments.json && arguments.json->empty()) return {};
    for (const fs::path& file : *files)
        fmt::print("{}: {}\n", phrase("report", choice.language), file.string());
    return {};
}

}  // namespace

int runCommand(const RunArguments& arguments) {
    // Every file is read before anything starts.
    std::vector<Scenario> scenarios;
    Diagnostics diagnostics;
    for (const std::string& name : arguments.scenarios) {
        auto scenario = loadScenario(findDataFile(name));
        if (!scenario) {
            diagnostics.insert(diagnostics.end(), scenario.error().begin(), scenario.error().end());
            continue;
        }
        if (arguments.seed) *scenario = withSeed(*scenario, *arguments.seed);
        if (!arguments.wire.empty()) *scenario = withWire(*scenario, arguments.wire);
        if (arguments.verify && scenario->bench) {
            diagnostics.push_back(
                {"--verify", 0, 0, name, "a run by the clock is never the same twice", {}});
        }
        if (!arguments.vcd.empty() && !(scenario->firmware && scenario->firmware->emulated())) {
            diagnostics.push_back({"--vcd", 0, 0, name, "has no `firmware` to be emulated", {}});
        }
        if (!arguments.coverage.empty()) {
            if (std::string why = uncoverable(*scenario); !why.empty()) {
                diagnostics.push_back({"--coverage", 0, 0, name, std::move(why), {}});
            }
        }
        if (arguments.debugPort != 0) {
            if (std::string why = undebuggable(*scenario); !why.empty()) {
                diagnostics.push_back({"--gdb-on-fail", 0, 0, name, std::move(why), {}});
            }
        }
        scenarios.push_back(std::move(*scenario));
    }
    if (!diagnostics.empty()) {
        print(diagnostics);
        return exitBadInput;
    }
    if (const auto problem = problemOf(arguments.reports, scenarios.size())) {
        complain(problem->text);
        return problem->infrastructure ? exitDevice : exitBadInput;
    }
    std::error_code failed;
    fs::create_directories(arguments.out, failed);
    if (failed) return complain(arguments.out + ": " + failed.message());

    catchStopSignals();
    int exitCode = exitPass;
    std::string suites, jsonText;
    FirmwareCoverage coverage;
    for (const Scenario& scenario : scenarios) {
        RunOptions options;
        options.stop = &stopSignalled;
        options.record = fs::path{arguments.out} / (scenario.name + ".json");
        options.frames = arguments.frames;
        options.vcd = arguments.vcd;
        options.debugPort = arguments.debugPort;
        options.coverage = !arguments.coverage.empty();
        RunOutcome outcome;
        {
            Person person{scenario.scale, languageOf(arguments), stopSignalled};
            options.ask = [&](const LoadOrder& order) { return person.ask(order); };
            const bool asks = scenario.bench && !scenario.bench->source;
            ProgressLine progress{!arguments.quiet && !asks};
            options.onProgress = [&](SimTime t, const std::string& doing) {
                progress.show(scenario.name, t, doing);
            };
            outcome = runScenario(scenario, options);
        }
        if (!outcome.problem.empty()) return complain(outcome.problem);
        if (options.coverage) coverage.add(scenario.firmware->file, outcome.executed);
        const fs::path timing = fs::path{arguments.out} / (scenario.name + ".timing.json");
        if (const auto problem = writeText(timing, timingJson(outcome)); !problem.empty()) {
            return complain(problem);
        }
        jsonText += outcome.recordText;
        suites += junitXml(scenario, outcome.result);
        if (!arguments.json || !arguments.json->empty()) {
            printResult(scenario, outcome, arguments, options.record);
        }
        if (const auto problem = makeReports(outcome, options.record, arguments); !problem.empty())
            return complain(problem);
        exitCode = worse(exitCode, exitOf(scenario, outcome.result));
        if (outcome.result.verdict == Verdict::interrupted) break;
        if (arguments.verify && !sameTwice(scenario, outcome, options))
            exitCode = worse(exitCode, exitFail);
    }
    if (!arguments.coverage.empty()) {
        const bool silent = arguments.quiet || (arguments.json && arguments.json->empty());
        if (const auto problem = deliverCoverage(coverage, arguments.coverage, silent);
            !problem.empty())
            return complain(problem);
    }
    if (arguments.json) {
        if (const auto problem = writeText(*arguments.json, jsonText); !problem.empty())
            return complain(problem);
    }
    if (!arguments.junit.empty()) {
        if (const auto problem = writeText(arguments.junit, junitDocument(suites));
            !problem.empty())
            return complain(problem);
    }
    return exitCode;
}

}  // namespace jh
