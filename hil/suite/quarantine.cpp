// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/quarantine.h"

#include <fnmatch.h>

#include <algorithm>

#include "hil/scenario/units.h"

namespace jh {

namespace {

void describeEntry(Fields& fields, QuarantineEntry& entry) {
    fields.need({"scenario", "reason", "until"});
    fields.value("scenario", entry.scenario);
    fields.value("reason", entry.why.reason);
    if (fields.sound({"reason"}) && fields.has("reason") && entry.why.reason.empty()) {
        fields.problem("reason", "expected why the scenario may fail for now");
    }
    std::string until;
    fields.value("until", until);
    if (const auto place = fields.at("scenario")) {
        entry.source = place->node()->source;
        entry.mark = place->node()->mark;
    }
    if (until.empty() || !fields.sound({"until"})) return;
    const auto date = parseDate(until);
    if (!date) return fields.problem("until", "expected a date of the calendar, as 2026-03-10");
    entry.why.until = *date;
}

}  // namespace

bool holds(const Quarantined& quarantine, std::chrono::year_month_day today) {
    return today <= quarantine.until;
}

void describeQuarantine(Fields& fields, QuarantineList& list) {
    fields.need({"entries"});
    fields.value("entries", list.entries, describeEntry);
}

const QuarantineEntry* findQuarantine(const QuarantineList& list, const std::string& id) {
    const auto found =
        std::find_if(list.entries.begin(), list.entries.end(),
                     [&](const QuarantineEntry& entry) { return matches(entry.scenario, id); });
    return found == list.entries.end() ? nullptr : &*found;
}

bool matches(const std::string& pattern, const std::string& text) {
    return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

}  // namespace jh
