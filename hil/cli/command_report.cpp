// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/paper/markdown.h"
#include "hil/report/junit.h"
#include "hil/report/text_table.h"

namespace jh {

namespace {

/// Reads all of them, so that every bad file is told at once.
Expected<std::vector<StoredRecord>, Diagnostics> readAll(const std::vector<std::string>& files) {
    std::vector<StoredRecord> records;
    Diagnostics diagnostics;
    for (const std::string& file : files) {
        std::ifstream in{file, std::ios::binary};
        std::ostringstream text;
        if (!in || !(text << in.rdbuf())) {
            diagnostics.push_back({file, 0, 0, "", "cannot be read", ""});
            continue;
        }
        auto record = readRecord(text.str(), file);
        if (record) {
            records.push_back(std::move(*record));
        } else {
            diagnostics.insert(diagnostics.end(), record.error().begin(), record.error().end());
        }
    }
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return records;
}

Diagnostics formProblems(const ReportArguments& arguments,
                         const std::vector<StoredRecord>& records) {
    Diagnostics diagnostics;
    for (std::size_t i = 0; i < records.size() && arguments.reports.pdf; ++i) {
        const std::string problem = formProblem(records[i], arguments.reports.form);
        if (!problem.empty()) diagnostics.push_back({arguments.records[i], 0, 0, "", problem, ""});
    }
    return diagnostics;
}

int complain(const std::string& problem, int code) {
    fmt::print(stderr, "jianheng: {}\n", problem);
    return code;
}

}  // namespace

int reportCommand(const ReportArguments& arguments) {
    const auto records = readAll(arguments.records);
    if (!records) {
        print(records.error());
        return exitBadInput;
    }
    if (const auto problem = problemOf(arguments.reports, records->size())) {
        return complain(problem->text, problem->infrastructure ? exitDevice : exitBadInput);
    }
    if (const Diagnostics problems = formProblems(arguments, *records); !problems.empty()) {
        print(problems);
        return exitBadInput;
    }
    const Language language = arguments.reports.language;
    std::string suites;
    for (std::size_t i = 0; i < records->size(); ++i) {
        const StoredRecord& record = (*records)[i];
        const auto files = writeReports(record, arguments.records[i], arguments.reports);
        if (!files) return complain(files.error(), exitDevice);
        for (const auto& file : *files) fmt::print("{}\n", file.string());
        suites += junitXml(record.scenario, record.result);
        if (!arguments.reports.wanted() && !arguments.markdown && arguments.junit.empty())
            fmt::print("{}", textTable(record.scenario, record.result, language));
    }
    if (!arguments.junit.empty()) {
        const std::string problem = writeText(arguments.junit, junitDocument(suites));
        if (!problem.empty()) return complain(problem, exitDevice);
    }
    if (!arguments.markdown) return exitPass;
    return deliver(*arguments.markdown, markdownSummary(*records, language));
}

}  // namespace jh
