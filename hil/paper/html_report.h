// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/report/read_record.h"
#include "hil/report/words.h"

namespace jh {

struct HtmlOptions {
    Language language{Language::en};
    bool hideTruth{};  ///< the page opens, and prints, without the ground truth
};

/// A record as one HTML page for people: verdict, particulars, findings, error curve, map of the
/// deck, time line, a table for each test, and what it takes to run it again. It loads nothing from
/// anywhere, and the same record gives the same bytes.
std::string htmlReport(const StoredRecord& record, const HtmlOptions& options);

}  // namespace jh
