// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>

#include "hil/cli/commands.h"
#include "hil/suite/jobs.h"
#include "hil/suite/merge.h"
#include "hil/suite/suite_file.h"

namespace jh {

/// What a scenario's firmware has executed, in the folder of its suite.
std::filesystem::path coverageFile(const std::filesystem::path& folder, const std::string& id);

/// Runs what is left of a suite, each scenario in a process of its own, and keeps the results.
class SuiteRun {
public:
    SuiteRun(const LoadedSuite& suite, Shard shard, std::filesystem::path folder,
             const SuiteArguments& arguments)
        : suite_{suite}, shard_{shard}, folder_{std::move(folder)}, arguments_{arguments} {}

    /// Takes what an earlier run has finished; says on stderr what of it is of no use.
    void resume();
    /// exitPass, exitInterrupted, or exitDevice when a result could not be kept.
    int run();

private:
    using Clock = std::chrono::steady_clock;

    std::vector<std::size_t> jobsLeft() const;
    ScenarioResult resultOf(std::size_t job, Attempt attempt) const;
    std::string keep(const ScenarioResult& result) const;
    int work(std::size_t job) const;
    bool keepCrash(const JobEnd& end) const;

    const LoadedSuite& suite_;
    Shard shard_;
    std::filesystem::path folder_;
    const SuiteArguments& arguments_;
    std::map<std::string, ScenarioResult> finished_;
    std::vector<Clock::time_point> started_;
};

}  // namespace jh
