// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/columns.h"

#include <algorithm>

namespace jh {

std::string limitText(ExactMass limit, const Masses& masses) {
    return (limit == ExactMass{} ? "" : "±") + masses.number(limit);
}

bool isHandbook44(const Regulation& regulation) {
    return regulation.id.find("HB 44") != std::string::npos ||
           regulation.id.find("Handbook 44") != std::string::npos;
}

std::string limitName(const Regulation& regulation, const Say& say) {
    return isHandbook44(regulation) ? say("tolerance") : "mpe";
}

std::vector<Column> allColumns(const Masses& masses, const std::string& limit, const Say& say) {
    using Holds = Column::Holds;
    // Copies: the columns outlive what made them.
    const auto mass = [masses](std::optional<ExactMass> Measurement::*member) {
        return [masses, member](const Measurement& m) { return masses.number(m.*member); };
    };
    const auto error = [masses](std::optional<ExactMass> Measurement::*member) {
        return [masses, member](const Measurement& m) { return masses.error(m.*member); };
    };
    return {
        {say("expected"), say("what must be found"), Holds::words,
         [say](const Measurement& m) { return say.known(m.expected); }},
        {say("found"), say("what was found"), Holds::words,
         [say](const Measurement& m) { return say.known(m.found); }},
        {"L", say("load"), Holds::mass, mass(&Measurement::load)},
        {"I", say("indication"), Holds::mass, mass(&Measurement::indication)},
        {"ΔL", say("small weights up to the change-over point"), Holds::mass,
         mass(&Measurement::added)},
        {"P", say("indication before rounding, I + e/2 − ΔL"), Holds::mass,
         mass(&Measurement::value)},
        {"E", say("error, P − L"), Holds::mass, error(&Measurement::error)},
        {"E0", say("error at zero"), Holds::mass, error(&Measurement::zeroError)},
        {"Ec", say("corrected error, E − E0"), Holds::mass, error(&Measurement::correctedError)},
        {limit, say("limit of the error, either sign"), Holds::mass,
         [masses](const Measurement& m) {
             return m.limit ? limitText(*m.limit, masses) : std::string{};
         }},
        {"U", say("expanded uncertainty of Ec, k = 2"), Holds::mass,
         mass(&Measurement::uncertainty)},
        {"U*", say("the same by chance, over many simulated visits"), Holds::truth,
         mass(&Measurement::simulatedUncertainty)},
        {say("on the deck"), say("ground truth: mass truly on the deck"), Holds::truth,
         [masses](const Measurement& m) {
             return m.truth ? masses.number(m.truth->onDeck) : std::string{};
         }},
        {say("unrounded"), say("ground truth: the instrument's value before rounding"),
         Holds::truth,
         [masses](const Measurement& m) {
             return m.truth ? masses.number(m.truth->unrounded) : std::string{};
         }},
    };
}

std::vector<Column> columnsOf(const TestResult& test, const Masses& masses,
                              const std::string& limit, const Say& say) {
    std::vector<Column> columns = allColumns(masses, limit, say);
    std::erase_if(columns, [&](const Column& column) {
        return std::none_of(test.measurements.begin(), test.measurements.end(),
                            [&](const Measurement& m) { return !column.text(m).empty(); });
    });
    return columns;
}

std::string markedClause(const TestRule& rule, const Say& say) {
    return say.known(rule.clause) + (rule.certainty.empty() ? "" : " ⚠");
}

bool isJudged(const Measurement& m) {
    return m.limit.has_value() || !m.expected.empty();
}

std::string verdictText(Verdict verdict, const Say& say) {
    const char* sign = verdict == Verdict::pass ? "✓ " : verdict == Verdict::fail ? "✗ " : "– ";
    return sign + say.known(word(verdict));
}

}  // namespace jh
