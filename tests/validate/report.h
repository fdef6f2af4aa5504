// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "tests/validate/figure.h"

namespace jh::validate {

/// Markdown of one chapter; pictures lie in the folder `validation` beside the report.
std::string chapterText(const Chapter& chapter);
/// Its line in the table at the head of the report.
std::string summaryLine(const Chapter& chapter);
/// The whole report.
std::string reportText(const std::vector<Chapter>& chapters);

/// For a terminal: a line for each table, with `all` one for each figure below it. What is wrong is
/// always told.
std::string consoleText(const Chapter& chapter, bool all);

}  // namespace jh::validate
