// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hil/paper/columns.h"
#include "hil/paper/masses.h"
#include "hil/paper/particulars.h"
#include "hil/paper/say.h"

namespace jh {

/// What every form is filled in from.
struct FormSource {
    const StoredRecord& record;
    Say say;
    Masses masses;
    Particulars particulars;
    bool simulated{};
};

/// The forms themselves (forms.h), as what stands in <body>.
std::string jjgRecordForm(const FormSource& source);
std::string jjgCertificateForm(const FormSource& source, bool pass);
std::string r76SheetsForm(const FormSource& source);
std::string hb44ReportForm(const FormSource& source);

// --- parts

/// The value, or a line to write on.
std::string filledIn(const std::string& value);

using NamedValue = std::pair<std::string, std::string>;
/// Names and values in a ruled table, so many pairs in a row.
std::string fieldTable(const std::vector<NamedValue>& fields, int perRow);

/// "☒ pass  ☐ fail"
std::string boxes(const std::vector<std::pair<std::string, bool>>& choices);
std::string passBoxes(Verdict verdict, const Say& say);

/// Number, title and result of a test, with clause and mark of certainty.
std::string testHeading(const FormSource& source, const TestResult& test,
                        const std::string& number);

/// A ruled table with a row for each measurement; the columns are those with something in them.
/// Ground truth does not belong on a form.
std::string measurementTable(const FormSource& source, const TestResult& test);
/// The same for loads that go up and come down: both legs side by side, what is of neither leg
/// in a table below.
std::string upAndDownTable(const FormSource& source, const TestResult& test);
/// Reasons of the verdict that belong to no measurement.
std::string reasonList(const FormSource& source, const TestResult& test);

/// Plan of the supports with their names.
std::string supportSketch(const ScaleModel& scale);

/// Where a name is signed: "Verified by ______".
std::string signatures(const std::vector<NamedValue>& names);

}  // namespace jh
