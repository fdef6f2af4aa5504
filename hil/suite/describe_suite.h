// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/scenario/parts.h"
#include "hil/suite/quarantine.h"

namespace jh {

/// One entry of `scenarios`.
struct SuiteItem {
    std::string pattern, label;
    std::vector<std::uint64_t> seeds;  ///< empty: the scenario's own
    std::vector<std::string> tags;
    TreeNode with;
    const TreeNode* place{};  ///< of the pattern
};

/// A suite file as it is written.
struct SuiteText {
    std::string title, titleZh, baseline;
    std::vector<std::string> tags;
    std::vector<SuiteItem> items;
    QuarantineList quarantine;
    const TreeNode* baselinePlace{};
};

void describeSuite(Fields& fields, SuiteText& suite, PartReader& parts);

}  // namespace jh
