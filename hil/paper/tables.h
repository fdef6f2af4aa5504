// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "hil/paper/say.h"
#include "hil/report/read_record.h"

namespace jh {

/// Tables with a small picture in each row, as HTML; they read the same in black and white.

/// The loads of the weighing test: what each is made of, as a bar to scale and in numbers, and
/// which weights a repeatability asks for. Empty for a record without a plan.
std::string loadPlanTable(const StoredRecord& record, const Say& say);

/// Errors over each support and under the weights before an adjustment beside those after it, with
/// the limit. Empty for a test that adjusted nothing. `look`: class of the table.
std::string adjustmentTable(const StoredRecord& record, const TestResult& test, const Say& say,
                            std::string_view look);

/// What U of each load of a weighing series is made of, and U by chance where the scale was visited
/// often enough. Empty for a test without such errors.
std::string uncertaintyTable(const StoredRecord& record, const TestResult& test, const Say& say);

}  // namespace jh
