// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/commands.h"
#include "hil/suite/baseline.h"
#include "hil/suite/suite_file.h"

namespace jh {

/// What a date and a baseline mean, read before anything starts.
struct SuiteMeasure {
    std::chrono::year_month_day today{};
    std::optional<Baseline> baseline;
};
/// Told on stderr what is wrong; `inSuite` is the baseline the suite names.
std::optional<SuiteMeasure> readMeasure(const SuiteOutputs& outputs,
                                        const std::filesystem::path& inSuite);

/// Writes merged.json, junit.xml and summary.md, the trend and a new baseline, prints what is not
/// as expected; the exit code of the whole.
int deliverSuite(const Merged& merged, const SuiteMeasure& measure, const SuiteOutputs& outputs);

}  // namespace jh
