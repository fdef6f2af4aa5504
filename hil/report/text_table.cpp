// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/text_table.h"

#include <fmt/format.h>

#include <array>

namespace jh {

namespace {

constexpr std::array<const char*, 7> columns{"L", "I", "dL", "P", "E0", "Ec", "limit"};
constexpr std::size_t labelWidth = 26, columnWidth = 9;

std::string cell(const std::optional<ExactMass>& mass) {
    return padLeft(mass ? mass->kgText() : "", columnWidth);
}

std::string row(const Measurement& m, Language language) {
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
            line += cell(mass);
        }
    }
    // Only a value under a limit passes or fails.
    const bool judged = m.limit || !m.expected.empty();
    line += "  " + (judged ? phrase(word(m.verdict), language) : std::string{"-"});
    if (!m.finding.empty()) line += "  " + m.finding;
    return line + "\n";
}

}  // namespace

std::string findingText(const TestResult& test, Language language) {
    std::string text;
    for (const Measurement& m : test.measurements) {
        if (m.verdict != Verdict::fail) continue;
        text += label(m, language) + ": ";
        if (!m.finding.empty()) text += m.finding + "; ";
        if (m.limit && m.judged()) {
            text += fmt::format("{} kg, limit {} kg", m.judged()->kgText(), m.limit->kgText());
        } else {
            text += fmt::format("{}: {}, {}: {}", phrase("expected", language), m.expected,
                                phrase("finding", language), m.found);
        }
        text += "\n";
    }
    for (const std::string& finding : test.findings) text += finding + "\n";
    return text;
}

std::string textTable(const Scenario& scenario, const VerificationResult& result,
                      Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    const bool zh = language == Language::zh;
    std::string out = fmt::format(
        "{}\n{}: {} ({})   {}: Max {} kg, e {} kg   {}: {}\n\n",
        zh && !scenario.titleZh.empty() ? scenario.titleZh : scenario.title, say("regulation"),
        scenario.regulation.id, say(scenario.regulation.stage.c_str()), say("scale"),
        scenario.scale.max().kgText(), scenario.scale.firstInterval().kgText(), say("seed"),
        scenario.seed);
    out += "  " + padRight("kg", labelWidth);
    for (const char* column : columns) out += padLeft(column, columnWidth);
    out += "\n";
    for (const TestResult& test : result.tests) {
        const std::string title =
            zh && !test.rule.titleZh.empty() ? test.rule.titleZh : test.rule.title;
        out += padRight(title, 2 + labelWidth + columns.size() * columnWidth) + "  " +
               say(word(test.verdict)) + "\n";
        for (const Measurement& m : test.measurements) out += row(m, language);
        for (const std::string& finding : test.findings) out += "  ! " + finding + "\n";
    }
    const SimTime end = result.steps.empty() ? SimTime{} : result.steps.back().end;
    const auto whole = end.count() / 1'000'000'000;
    out += fmt::format("\n{}: {}   {}: {} h {:02} min {:02} s\n", say("verdict"),
                       say(word(result.verdict)), say("simulated time"), whole / 3600,
                       whole / 60 % 60, whole % 60);
    if (!result.cause.empty()) out += result.cause + "\n";
    return out;
}

}  // namespace jh
