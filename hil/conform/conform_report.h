// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/conform/conform.h"

namespace jh {

/// For a terminal of 100 columns; the differences again at the end.
std::string conformText(const ConformReport& report);

/// {"title", "place", "date", "verdict", "lost", "counts", "sources", "lines": [...]}; each line
/// has the members of ConformLine.
std::string conformJson(const ConformReport& report);

/// One page for people that loads nothing from anywhere.
std::string conformHtml(const ConformReport& report);

/// "conforms", "differs", "device lost"
std::string conformVerdict(const ConformReport& report);

}  // namespace jh
