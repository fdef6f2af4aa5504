// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "hil/paper/columns.h"
#include "hil/paper/tables.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

bool hasRow(const Measurement& m) {
    const bool weighed = m.kind == MeasurementKind::up || m.kind == MeasurementKind::down;
    return weighed && m.budget && m.uncertainty;
}

/// What a line of the budget is about, in the order of UncertaintyBudget::parts().
constexpr FixedPhrase lines[]{"rounding at zero",     "rounding at the load",  "repeatability",
                              "place of the load",    "errors of the weights", "air buoyancy",
                              "drift of the weights", "substitution",          "step of the source",
                              "gain of the source",   "warming of the source", "excitation"};

}  // namespace

std::string uncertaintyTable(const StoredRecord& record, const TestResult& test, const Say& say) {
    if (std::none_of(test.measurements.begin(), test.measurements.end(), hasRow)) return {};
    const Masses masses{record.unit};
    const bool byChance = std::any_of(test.measurements.begin(), test.measurements.end(),
                                      [](const Measurement& m) { return m.simulatedUncertainty; });
    const UncertaintyBudget& any =
        *std::find_if(test.measurements.begin(), test.measurements.end(), hasRow)->budget;
    std::string head = tag("th", escaped(masses.unit()));
    const auto heading = [&](const std::string& text, const char* look = "th class=\"n\"") {
        head += tag(look, escaped(text));
    };
    for (const FixedPhrase& line : std::span{lines}.first(any.parts().size())) heading(say(line));
    heading("U");
    if (byChance) heading("U*", "th class=\"n truth\"");
    heading(limitName(record.scenario.regulation, say) + " / 3");
    std::string rows;
    for (const Measurement& m : test.measurements) {
        if (!hasRow(m)) continue;
        std::string cells = tag("td", escaped(label(m, say.language())));
        for (const UncertaintyBudget::Part& part : m.budget->parts()) {
            cells += tag("td class=\"n\"", masses.number(ExactMass::nearest(*m.budget.*part.size)));
        }
        cells += tag("td class=\"n\"", tag("b", masses.number(m.uncertainty)) +
                                           (m.uncertaintyTooLarge() ? " ⚠" : ""));
        if (byChance) cells += tag("td class=\"n truth\"", masses.number(m.simulatedUncertainty));
        constexpr int third = 3;
        cells += tag("td class=\"n\"",
                     m.limit ? masses.number(m.limit->dividedBy(third)) : std::string{});
        rows += tag(m.uncertaintyTooLarge() ? "tr class=\"fail\"" : "tr", cells) + "\n";
    }
    std::string about = say(
        "Standard uncertainties after EURAMET cg-18; U: expanded, k = 2, marked where it is more "
        "than a third of the limit.");
    if (byChance) {
        about += " " + say("U*: twice the root mean square of what many simulated visits to this "
                           "scale found, against what was true.");
    }
    return tag("p class=\"clause\"", escaped(about)) + "\n" +
           tag("table class=\"budget\"", tag("thead", tag("tr", head)) + tag("tbody", rows)) + "\n";
}

}  // namespace jh
