// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hil/paper/forms.h"
#include "hil/report/read_record.h"

namespace jh {

/// Where a report goes: nowhere, beside the record (an empty name), into a folder, or to a file of
/// its own kind ("x.html").
using ReportOutput = std::optional<std::string>;

struct ReportChoice {
    ReportOutput html, pdf;
    Form form{Form::automatic};
    Language language{Language::en};
    bool hideTruth{};
    bool wanted() const { return html || pdf; }
};

/// Why the choice cannot work for so many records: one file for several, no printer for PDF.
struct ChoiceProblem {
    std::string text;
    bool infrastructure{};  ///< not the caller's fault
};
std::optional<ChoiceProblem> problemOf(const ReportChoice& choice, std::size_t records);

/// Writes what was chosen for one record; the files, or why one could not be written.
Expected<std::vector<std::filesystem::path>, std::string> writeReports(
    const StoredRecord& record, const std::filesystem::path& recordFile,
    const ReportChoice& choice);

}  // namespace jh
