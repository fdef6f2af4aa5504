// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "hil/scenario/fields.h"

namespace jh {

/// Why the outcome of a scenario does not count for now. Never without an end.
struct Quarantined {
    std::string reason;
    std::chrono::year_month_day until{};  ///< the last day
    friend bool operator==(const Quarantined&, const Quarantined&) = default;
};

/// True up to and including the last day.
bool holds(const Quarantined& quarantine, std::chrono::year_month_day today);

/// One entry of a quarantine list (`jianheng: quarantine`).
struct QuarantineEntry {
    std::string scenario;  ///< id, or a pattern with * and ?
    Quarantined why;
    std::shared_ptr<const TextSource> source;  ///< where it stands
    TextMark mark;
};
struct QuarantineList {
    std::vector<QuarantineEntry> entries;
};
void describeQuarantine(Fields& fields, QuarantineList& list);

/// The first entry that means this scenario, or null.
const QuarantineEntry* findQuarantine(const QuarantineList& list, const std::string& id);

/// A whole text against a pattern of *, ? and [...].
bool matches(const std::string& pattern, const std::string& text);

}  // namespace jh
