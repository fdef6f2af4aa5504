// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/suite_outputs.h"

#include <fmt/format.h>

#include <chrono>

#include "hil/cli/console.h"
#include "hil/scenario/units.h"
#include "hil/suite/suite_report.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace fs = std::filesystem;

namespace {

int exitOf(const Judged& judged, bool partial) {
    if (judged.standing == Standing::missing) return partial ? exitPass : exitInvalid;
    if (judged.standing != Standing::bad) return exitPass;
    const Verdict verdict = judged.result->last().verdict;
    if (judged.asExpected()) return exitFail;  // the baseline
    return verdict == Verdict::error     ? exitDevice
           : verdict == Verdict::invalid ? exitInvalid
                                         : exitFail;
}

std::chrono::year_month_day utcToday() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

}  // namespace

std::optional<SuiteMeasure> readMeasure(const SuiteOutputs& outputs, const fs::path& inSuite) {
    SuiteMeasure measure;
    const auto date = outputs.date.empty() ? utcToday() : parseDate(outputs.date);
    if (!date) {
        complain(
            fmt::format("--date: '{}' is no date of the calendar, as 2026-03-10", outputs.date));
        return std::nullopt;
    }
    measure.today = *date;
    const fs::path file = outputs.baseline.empty() ? inSuite : findDataFile(outputs.baseline);
    if (file.empty()) return measure;
    auto baseline = readBaseline(file);
    if (!baseline) {
        complain(baseline.error());
        return std::nullopt;
    }
    measure.baseline = std::move(*baseline);
    return measure;
}

int deliverSuite(const Merged& merged, const SuiteMeasure& measure, const SuiteOutputs& outputs) {
    const Language language = outputs.language == "zh" ? Language::zh : Language::en;
    const Baseline* baseline = measure.baseline ? &*measure.baseline : nullptr;
    const std::vector<Judged> judged = judge(merged, baseline, measure.today);
    const Tally tally = tallyOf(judged);
    std::vector<TrendRow> trend;
    if (!outputs.trend.empty() && tally.missing == 0) {
        auto updated = updateTrend(outputs.trend, merged, tally);
        if (!updated) return complain(updated.error());
        trend = std::move(*updated);
    }
    const fs::path out = outputs.out;
    for (const std::string& problem :
         {writeMerged(out / "merged.json", merged),
          writeWhole(out / "junit.xml", suiteJunit(judged)),
          writeWhole(out / "summary.md", suiteMarkdown(merged.plan, judged, trend, language)),
          outputs.writeBaseline.empty()
              ? std::string{}
              : writeWhole(outputs.writeBaseline,
                           baselineText(merged, baseline == nullptr ? standardTolerance
                                                                    : baseline->tolerance))}) {
        if (!problem.empty()) return complain(problem);
    }
    fmt::print("{}{}: {}\n", suiteTable(judged, language), phrase("results", language),
               out.string());
    int exitCode = exitPass;
    for (const Judged& one : judged) exitCode = worse(exitCode, exitOf(one, outputs.partial));
    return exitCode;
}

}  // namespace jh
