// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/suite/judgement.h"

namespace jh {

/// One version of the program in the trend of a suite.
struct TrendRow {
    Program program;
    int good{}, bad{}, quarantined{};
    /// The number that moved most since the version before, in e; empty when none did.
    std::string scenario, number;
    double change_e{};
};

/// Adds a run to a trend database (SQLite, docs/adr/0011) and gives the last versions, oldest
/// first. A version that is there already is replaced in its place. What is wrong with the
/// database, if anything is; then it is as it was.
Expected<std::vector<TrendRow>, std::string> updateTrend(const std::filesystem::path& file,
                                                         const Merged& merged, const Tally& tally);

}  // namespace jh
