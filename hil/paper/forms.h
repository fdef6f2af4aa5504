// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hil/report/read_record.h"
#include "hil/report/words.h"

namespace jh {

/// Forms that offices fill in.
enum class Form {
    automatic,    ///< what the regulation asks for: automaticForms()
    record,       ///< JJG 539 record, 检定记录
    certificate,  ///< 检定证书, of a pass
    notice,       ///< 检定结果通知书, of a fail and of an inspection in use
    r76_2,        ///< OIML R 76-2, a sheet for each test
    hb44,         ///< report as for NIST Handbook 44
};

/// Names on a command line: auto, record, certificate, notice, r76-2, hb44.
const std::vector<std::string>& formNames();
/// The form of one of these names.
Form formNamed(std::string_view name);

/// JJG: the record, then certificate or notice where the verdict allows one; R 76 and HB 44: their
/// own. Any other regulation: the record.
std::vector<Form> automaticForms(const StoredRecord& record);

/// Why this form cannot be given for this record; empty when it can.
std::string formProblem(const StoredRecord& record, Form form);

/// The form as HTML for a printer of pages (docs/adr/0012): A4, black on white. What nobody told
/// is a line to fill in by hand. Only for forms without a problem.
std::string formHtml(const StoredRecord& record, Form form, Language language);

}  // namespace jh
