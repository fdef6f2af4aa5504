// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/text_table.h"

#include <fmt/format.h>

#include <array>

namespace jh {

namespace {

constexpr std::array<const char*, 7> columns{"L", "I", "dL", "P", "E0", "Ec", "limit"};
constexpr std::size_t labelWidth = 26, columnWidth = 9;

std::string cell(const std::optional<ExactMass>& mass, MassUnit unit) {
    return padLeft(mass ? mass->text(unit) : "", columnWidth);
}

std::string row(const Measurement& m, MassUnit unit, Language language) {
    // What is no mass has a place of its own, beyond the longest title.
    const std::size_t width = m.found.empty() ? labelWidth : labelWidth + columnWidth;
    std::string line = "  " + padRight(label(m, language), width);
    if (!m.found.empty()) {
        line += phrase(m.found, language);
        if (!m.expected.empty() && m.expected != m.found) {
            line += " (" + phrase("expected", language) + " " + phrase(m.expected, language) + ")";
        }
        line = padRight(line, 2 + labelWidth + columns.size() * columnWidth);
    } else {
        for (const auto& mass :
             {m.load, m.indication, m.added, m.value, m.zeroError, m.judged(), m.limit}) {
            line += cell(mass, unit);
        }
    }
    // Only a value under a limit passes or fails.
    const bool judged = m.limit || !m.expected.empty();
    line += "  " + (judged ? phrase(word(m.verdict), language) : std::string{"-"});
    if (!m.finding.empty()) line += "  " + phrase(m.finding, language);
    return line + "\n";
}

}  // namespace

std::string findingText(const TestResult& test, Language language, MassUnit unit) {
    std::string text;
    for (const Measurement& m : test.measurements) {
        if (m.verdict != Verdict::fail) continue;
        text += label(m, language) + ": ";
        if (!m.finding.empty()) text += phrase(m.finding, language) + "; ";
        if (m.limit && m.judged()) {
            text += fmt::format("{0} {2}, limit {1} {2}", m.judged()->text(unit),
                                m.limit->text(unit), symbol(unit));
        } else {
            text += fmt::format("{}: {}, {}: {}", phrase("expected", language), m.expected,
                                phrase("finding", language), m.found);
        }
        text += "\n";
    }
    for (const std::string& finding : test.findings) text += phrase(finding, language) + "\n";
    return text;
}

std::string planText(const Scenario& scenario, const LoadPlan& plan, Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    const MassUnit unit = scenario.scale.unit;
    const WeightsModel& weights = scenario.weights;
    std::string out = fmt::format(
        "{}: Max {} {}, e {} {}   {}: {} ({})   {}: {} x {} {}, {}\n\n", say("scale"),
        scenario.scale.max().text(unit), symbol(unit), scenario.scale.firstInterval().text(unit),
        symbol(unit), say("regulation"), scenario.regulation.id,
        say(scenario.regulation.stage.c_str()), say("weights"), weights.blocks,
        weights.block.text(unit), symbol(unit), name(weights.weightClass));
    constexpr std::size_t textWidth = 12, wide = 14;
    out += "  " + padRight(symbol(unit), textWidth) + padLeft("L", columnWidth);
    for (const char* column : {"material", "blocks", "hand weights", "mpe / 3", "weights' mpe"}) {
        out += padLeft(say(column), wide);
    }
    out += "\n";
    constexpr int third = 3;
    for (const PlannedLoad& load : plan.loads) {
        out += "  " + padRight(loadText(load.text, language), textWidth) + cell(load.load, unit);
        if (load.pieces) {
            for (const int count :
                 {load.pieces->material, load.pieces->blocks, load.pieces->handWeights}) {
                out += padLeft(std::to_string(count), wide);
            }
            out += padLeft(load.mpe.dividedBy(third).text(unit, 2), wide) +
                   padLeft(load.weightsMpe.text(unit, 2), wide);
        }
        if (load.random) out += "  " + say("drawn");
        out += "\n";
    }
    out += fmt::format("\n{}: {}\n", say("substitutions"), plan.substitutions);
    for (const NeededWeights& need : plan.needs) {
        const std::string most =
            need.repeatability
                ? fmt::format("<= {} {}", need.repeatability->text(unit), symbol(unit))
                : say("any within the mpe");
        out += fmt::format("  {} {}: {} >= {} {} ({})  {}\n", say("repeatability"), most,
                           say("weights"), need.weights.text(unit, 0), symbol(unit),
                           say(need.rule.c_str()), say(need.there ? "there" : "not there"));
    }
    for (const std::string& finding : plan.findings) out += "! " + say(finding.c_str()) + "\n";
    return out;
}

std::string textTable(const Scenario& scenario, const VerificationResult& result,
                      Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    const bool zh = language == Language::zh;
    const MassUnit unit = scenario.scale.unit;
    std::string out = fmt::format(
        "{}\n{}: {} ({})   {}: Max {} {}, e {} {}   {}: {}\n\n",
        zh && !scenario.titleZh.empty() ? scenario.titleZh : scenario.title, say("regulation"),
        scenario.regulation.id, say(scenario.regulation.stage.c_str()), say("scale"),
        scenario.scale.max().text(unit), symbol(unit), scenario.scale.firstInterval().text(unit),
        symbol(unit), say("seed"), scenario.seed);
    if (result.source) {
        const Mass max = scenario.scale.max().mass();
        out.insert(
            out.size() - 1,
            fmt::format("{}: {} {} {}, U(Max) {} {}\n", say("signal source"), say("one step"),
                        ExactMass::nearest(result.source->step).text(unit, 3), symbol(unit),
                        ExactMass::nearest(result.source->expandedAt(max)).text(unit, 2),
                        symbol(unit)));
    }
    out += "  " + padRight(symbol(unit), labelWidth);
    for (const char* column : columns) out += padLeft(column, columnWidth);
    out += "\n";
    for (const TestResult& test : result.tests) {
        const std::string title =
            zh && !test.rule.titleZh.empty() ? test.rule.titleZh : test.rule.title;
        out += padRight(title, 2 + labelWidth + columns.size() * columnWidth) + "  " +
               say(word(test.verdict)) + "\n";
        if (!test.note.empty()) out += "  " + say(test.note.c_str()) + "\n";
        for (const Measurement& m : test.measurements) out += row(m, unit, language);
        for (const std::string& finding : test.findings)
            out += "  ! " + say(finding.c_str()) + "\n";
    }
    const SimTime end = result.steps.empty() ? SimTime{} : result.steps.back().end;
    const auto whole = end.count() / 1'000'000'000;
    out += fmt::format("\n{}: {}   {}: {} h {:02} min {:02} s\n", say("verdict"),
                       say(word(result.verdict)), say("simulated time"), whole / 3600,
                       whole / 60 % 60, whole % 60);
    if (!result.cause.empty()) out += say(result.cause.c_str()) + "\n";
    return out;
}

}  // namespace jh
