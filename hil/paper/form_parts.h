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
    std::string limitName;  ///< what the regulation calls a limit (columns.h)
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
/// What every record of a test says about scale, indicator and regulation, to stand between what
/// comes first and last on a form.
std::vector<NamedValue> scaleFields(const FormSource& source, std::vector<NamedValue> before,
                                    const std::vector<NamedValue>& after);
/// Names and values in a ruled table, so many pairs in a row.
std::string fieldTable(const std::vector<NamedValue>& fields, int perRow);

/// "☒ pass  ☐ fail"
std::string boxes(const std::vector<std::pair<std::string, bool>>& choices);
std::string passBoxes(Verdict verdict, const Say& say);

/// Number, title and result of a test, with clause and mark of certainty.
std::string testHeading(const FormSource& source, const TestResult& test,
                        const std::string& number);

/// Marks of certainty that a ⚠ in a table of all tests stands for.
std::string markList(const FormSource& source);

/// What was done and measured: weights and substitutions, the supports, values as found and as
/// left, a row for each measurement (loads that go up and come down side by side), and the reasons
/// that belong to no measurement. Ground truth does not belong on a form.
std::string testBody(const FormSource& source, const TestResult& test);

/// Where a name is signed: "Verified by ______".
std::string signatures(const std::vector<NamedValue>& names);

}  // namespace jh
