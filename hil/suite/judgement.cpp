// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/judgement.h"

namespace jh {

std::vector<Judged> judge(const Merged& merged, const Baseline* baseline,
                          std::chrono::year_month_day today) {
    std::vector<Judged> all;
    for (const PlannedScenario& planned : merged.plan.scenarios) {
        Judged judged;
        judged.planned = &planned;
        judged.quarantineOver = planned.quarantine && !holds(*planned.quarantine, today);
        const auto found = merged.results.find(planned.id);
        if (found != merged.results.end()) {
            judged.result = &found->second;
            if (baseline != nullptr) {
                judged.inBaseline = baseline->scenarios.count(planned.id) > 0;
                judged.changes = changesOf(*baseline, found->second);
            }
            const bool good = found->second.last().asExpected && judged.changes.empty();
            const bool excused = planned.quarantine && !judged.quarantineOver;
            judged.standing = good      ? Standing::good
                              : excused ? Standing::quarantined
                                        : Standing::bad;
        }
        all.push_back(std::move(judged));
    }
    return all;
}

Tally tallyOf(const std::vector<Judged>& judged) {
    Tally tally;
    for (const Judged& one : judged) {
        tally.good += one.standing == Standing::good;
        tally.bad += one.standing == Standing::bad;
        tally.quarantined += one.standing == Standing::quarantined;
        tally.missing += one.standing == Standing::missing;
        tally.changed += !one.changes.empty();
    }
    return tally;
}

}  // namespace jh
