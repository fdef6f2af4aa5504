// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/firmware_coverage.h"
#include "hil/cli/run_suite.h"
#include "hil/cli/suite_outputs.h"
#include "hil/suite/shard.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> environmentVariable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>{value};
}

/// From --shard, else from the batch system; nothing and a message when it makes no sense.
std::optional<Shard> chosenShard(const SuiteArguments& arguments) {
    if (!arguments.shard.empty()) {
        const auto shard = parseShard(arguments.shard);
        if (!shard) complain("--shard: " + shard.error());
        return shard ? std::optional{*shard} : std::nullopt;
    }
    const auto found = shardFromEnvironment(environmentVariable, arguments.shards);
    if (!found) {
        complain(found.error());
        return std::nullopt;
    }
    if (!*found) return Shard{};
    fmt::print(stderr, "shard {}/{} ({})\n", (*found)->shard.index, (*found)->shard.count,
               (*found)->variable);
    // Bazel takes a test that does not touch this file for one that knows no shards.
    if (const auto file = environmentVariable("TEST_SHARD_STATUS_FILE")) writeText(*file, "");
    return (*found)->shard;
}

/// The suite with its filter; nothing and all problems on stderr.
std::optional<LoadedSuite> readSuite(const SuiteArguments& arguments) {
    auto suite = loadSuite(findDataFile(arguments.suite));
    if (!suite) {
        print(suite.error());
        return std::nullopt;
    }
    const std::size_t all = suite->jobs.size();
    LoadedSuite left = selected(std::move(*suite), {arguments.tags, arguments.names});
    if (left.jobs.empty()) {
        complain(
            fmt::format("{}: --tag and --name leave none of {} scenarios", arguments.suite, all));
        return std::nullopt;
    }
    return left;
}

/// The folder of one run: who writes here, what is finished.
class SuiteFolder {
public:
    explicit SuiteFolder(fs::path folder) : folder_{std::move(folder)} {}
    ~SuiteFolder() {
        if (lock_ >= 0) ::close(lock_);
    }
    SuiteFolder(const SuiteFolder&) = delete;
    SuiteFolder& operator=(const SuiteFolder&) = delete;

    const fs::path& path() const { return folder_; }
    /// Whether there is an earlier run.
    bool used() const {
        std::error_code error;
        return fs::exists(planFile(folder_), error);
    }
    /// Makes the folder this process's own as long as it lives; children do not inherit that.
    std::string take() {
        std::error_code error;
        fs::create_directories(folder_, error);
        const std::string file = (folder_ / "lock").string();
        lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (lock_ < 0) return file + ": " + std::strerror(errno);
        struct flock whole {};
        whole.l_type = F_WRLCK;
        if (::fcntl(lock_, F_SETLK, &whole) == 0) return {};
        return folder_.string() + ": another run of a suite is at work here";
    }
    void clear() {
        std::error_code error;
        for (const char* name : {"results", "records", "timing", "coverage", "plan.json",
                                 "merged.json", "junit.xml", "summary.md"}) {
            fs::remove_all(folder_ / name, error);
        }
    }

private:
    fs::path folder_;
    int lock_{-1};
};

/// Every scenario that the baseline has with another scale.
bool baselineFits(const LoadedSuite& suite, const SuiteMeasure& measure) {
    bool fits = true;
    for (std::size_t i = 0; measure.baseline && i < suite.jobs.size(); ++i) {
        const std::string other = otherScale(*measure.baseline, suite.plan.scenarios[i].id,
                                             scaleText(suite.jobs[i].scenario->scale));
        if (other.empty()) continue;
        complain(other);
        fits = false;
    }
    return fits;
}

/// Whether one of its firmwares can be looked into; told on stderr where none can.
bool coverable(const LoadedSuite& suite) {
    for (const SuiteJob& job : suite.jobs) {
        if (uncoverable(*job.scenario).empty()) return true;
    }
    complain("--coverage: none of the scenarios has an AVR firmware to be emulated");
    return false;
}

/// The runs of a suite added up.
std::string deliverParts(const SuiteArguments& arguments, const LoadedSuite& suite,
                         const FoundResults& found, const fs::path& folder) {
    FirmwareCoverage coverage;
    std::size_t missing = 0;
    for (std::size_t i = 0; i < suite.jobs.size(); ++i) {
        const std::string& id = suite.plan.scenarios[i].id;
        if (found.results.count(id) == 0 || !uncoverable(*suite.jobs[i].scenario).empty()) continue;
        const auto part = readWhole(coverageFile(folder, id));
        if (!part || !coverage.addPart(*part)) ++missing;
    }
    if (missing > 0) {
        fmt::print(stderr,
                   "scenarios that were run without --coverage: {}; --restart runs them again\n",
                   missing);
    }
    return deliverCoverage(coverage, arguments.coverage, arguments.quiet);
}

}  // namespace

int suiteCommand(const SuiteArguments& arguments) {
    const auto shard = chosenShard(arguments);
    const auto suite = readSuite(arguments);
    if (!shard || !suite) return exitBadInput;
    const auto measure = readMeasure(arguments.outputs, suite->baseline);
    if (!measure || !baselineFits(*suite, *measure)) return exitBadInput;
    if (!arguments.coverage.empty() && !coverable(*suite)) return exitBadInput;

    SuiteOutputs outputs = arguments.outputs;
    if (shard->count > 1) {
        outputs.out =
            (fs::path{outputs.out} / fmt::format("shard-{}-of-{}", shard->index, shard->count))
                .string();
        outputs.partial = true;
    }
    SuiteFolder folder{outputs.out};
    const bool goOn = arguments.resume || arguments.retryFailed;
    if (folder.used() && !goOn && !arguments.restart) {
        complain(outputs.out +
                 " holds results; --resume goes on with them, --restart removes them");
        return exitBadInput;
    }
    if (const std::string problem = folder.take(); !problem.empty()) return complain(problem);
    removeParts(folder.path());
    if (!goOn) folder.clear();

    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a write that fails
    SuiteRun run{*suite, *shard, folder.path(), arguments};
    if (goOn) run.resume();
    if (const auto problem = writeWhole(planFile(folder.path()), planText(suite->plan));
        !problem.empty()) {
        return complain(problem);
    }
    const int exitCode = run.run();
    FoundResults found = readResults(folder.path(), suite->plan);
    for (const std::string& wrong : found.wrong) complain(wrong);
    if (exitCode != exitPass) {
        fmt::print(stderr, "{} results are kept in {}; --resume makes the rest\n",
                   found.results.size(), outputs.out);
        return exitCode;
    }
    if (!arguments.coverage.empty()) {
        const auto problem = deliverParts(arguments, *suite, found, folder.path());
        if (!problem.empty()) return complain(problem);
    }
    return deliverSuite({suite->plan, std::move(found.results)}, *measure, outputs);
}

int suitePlanCommand(const SuiteArguments& arguments) {
    const auto suite = readSuite(arguments);
    if (!suite) return exitBadInput;
    if (arguments.json) return deliver(*arguments.json, planText(suite->plan));
    for (const PlannedScenario& planned : suite->plan.scenarios) {
        std::string line = planned.id;
        if (arguments.shards) {
            const int shard = shardOf(planned.id, *arguments.shards);
            line = fmt::format("{}/{}  {}", shard, *arguments.shards, line);
        }
        if (!planned.tags.empty()) line += fmt::format("  [{}]", fmt::join(planned.tags, ", "));
        if (planned.quarantine) line += "  quarantine: " + planned.quarantine->reason;
        fmt::print("{}\n", line);
    }
    return exitPass;
}

}  // namespace jh
