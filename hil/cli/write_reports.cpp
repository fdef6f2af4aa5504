// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/write_reports.h"

#include "hil/cli/console.h"
#include "hil/cli/print_pdf.h"
#include "hil/paper/html_report.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

bool isFile(const std::string& output, const std::string& ending) {
    return output.ends_with(ending) && !fs::is_directory(output);
}

/// The file that one record's report goes to.
fs::path fileFor(const std::string& output, const std::string& ending, const StoredRecord& record,
                 const fs::path& recordFile) {
    if (isFile(output, ending)) return output;
    if (!output.empty()) return fs::path{output} / (record.scenario.name + ending);
    return fs::path{recordFile}.replace_extension(ending);
}

}  // namespace

std::optional<ChoiceProblem> problemOf(const ReportChoice& choice, std::size_t records) {
    const std::pair<const char*, const ReportOutput*> outputs[] = {{".html", &choice.html},
                                                                   {".pdf", &choice.pdf}};
    for (const auto& [ending, output] : outputs) {
        if (*output && records > 1 && isFile(**output, ending)) {
            return ChoiceProblem{**output + " is one file, but there are " +
                                     std::to_string(records) + " records: name a folder",
                                 false};
        }
    }
    if (choice.pdf) {
        if (const auto problem = pdfProblem(); !problem.empty())
            return ChoiceProblem{problem, true};
    }
    return std::nullopt;
}

Expected<std::vector<fs::path>, std::string> writeReports(const StoredRecord& record,
                                                          const fs::path& recordFile,
                                                          const ReportChoice& choice) {
    std::vector<fs::path> written;
    std::string problem;
    const auto to = [&](const ReportOutput& output, const char* ending, const auto& write) {
        if (!output || !problem.empty()) return;
        const fs::path file = fileFor(*output, ending, record, recordFile);
        std::error_code failed;  // told by what cannot be written
        if (file.has_parent_path()) fs::create_directories(file.parent_path(), failed);
        problem = write(file);
        written.push_back(file);
    };
    to(choice.html, ".html", [&](const fs::path& file) {
        return writeText(file, htmlReport(record, {choice.language, choice.hideTruth}));
    });
    to(choice.pdf, ".pdf", [&](const fs::path& file) {
        return printPdf(formHtml(record, choice.form, choice.language), file);
    });
    if (!problem.empty()) return Unexpected<std::string>{problem};
    return written;
}

}  // namespace jh
