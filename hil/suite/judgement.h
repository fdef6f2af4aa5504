// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <vector>

#include "hil/suite/baseline.h"
#include "hil/suite/merge.h"

namespace jh {

/// How a scenario of a suite stands.
enum class Standing { good, bad, quarantined, missing };

/// One scenario with everything that is said about it. Points into what was judged.
struct Judged {
    const PlannedScenario* planned{};
    const ScenarioResult* result{};  ///< null when missing
    Standing standing{Standing::missing};
    std::vector<Change> changes;  ///< against the baseline; each makes it not good
    bool inBaseline{};
    bool quarantineOver{};  ///< has one whose last day has passed
    bool asExpected() const { return result != nullptr && result->last().asExpected; }
};

/// All scenarios of the plan on a day. A quarantine turns bad into quarantined until it ends.
std::vector<Judged> judge(const Merged& merged, const Baseline* baseline,
                          std::chrono::year_month_day today);

struct Tally {
    int good{}, bad{}, quarantined{}, missing{}, changed{};
};
Tally tallyOf(const std::vector<Judged>& judged);

}  // namespace jh
