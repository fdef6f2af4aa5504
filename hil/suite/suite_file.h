// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "hil/scenario/diagnostics.h"
#include "hil/scenario/scenario.h"
#include "hil/suite/plan.h"

namespace jh {

/// One scenario of a suite, ready to run.
struct SuiteJob {
    std::shared_ptr<const Scenario> scenario;  ///< as in its file, shared by its seeds
    std::uint64_t seed{};
    /// The scenario with this seed.
    Scenario toRun() const;
};

/// A suite with everything it names read and checked.
struct LoadedSuite {
    Plan plan;
    std::vector<SuiteJob> jobs;      ///< in the order of the plan's scenarios
    std::filesystem::path baseline;  ///< empty: none
};

/// A suite file (docs/suite.md), or a folder: all scenarios below it. All problems at once.
Expected<LoadedSuite, Diagnostics> loadSuite(const std::filesystem::path& file);

/// What is wrong with a suite or a quarantine file, for `check`; an empty list when nothing is.
Diagnostics checkSuiteFile(const std::filesystem::path& file, const std::string& kind);

/// What a filter leaves of it.
LoadedSuite selected(LoadedSuite suite, const SuiteFilter& filter);

}  // namespace jh
