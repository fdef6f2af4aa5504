// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/report/read_record.h"
#include "hil/report/words.h"

namespace jh {

/// Records as a summary for a pull request: a table with a line for each, and below it the findings
/// of those that did not pass.
std::string markdownSummary(const std::vector<StoredRecord>& records, Language language);

}  // namespace jh
