// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/suite_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/report/junit.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

constexpr std::size_t mostRows = 50;  // a comment of a pull request is short

std::string quarantineText(const Quarantined& quarantine, Language language) {
    return fmt::format("{} {}: {}", phrase("quarantined until", language),
                       dateText(quarantine.until), quarantine.reason);
}

std::string expectedText(const Expectation& expected, Language language) {
    std::string text = phrase(expected.verdict, language);
    if (!expected.failingTests.empty()) {
        text += fmt::format(" ({})", fmt::join(expected.failingTests, ", "));
    }
    return text;
}

std::string kgOr(const std::optional<ExactMass>& mass, const std::string& none) {
    return mass ? mass->kgText() + " kg" : none;
}

std::string changeText(const Change& change, ExactMass e, Language language) {
    const std::string none = phrase("nothing", language);
    std::string text =
        fmt::format("{}: {} -> {}", change.number, kgOr(change.was, none), kgOr(change.is, none));
    if (change.was && change.is) {
        const double change_e = (*change.is - *change.was).mass().si() / e.mass().si();
        text += fmt::format(" ({:+.3f} e)", change_e);
    }
    return text;
}

/// One test of the last attempt, against what the scenario expects of it.
JunitCase caseOf(const TestOutcome& test, const ScenarioResult& result) {
    const auto& failing = result.expected.failingTests;
    const bool shouldFail = std::find(failing.begin(), failing.end(), test.id) != failing.end();
    JunitCase c{test.id, test.took, test.verdict, test.finding, {}};
    if (test.verdict != Verdict::pass && c.text.empty()) {
        c.text = result.last().cause.empty() ? "not run" : result.last().cause;
    }
    const bool failsRightly = test.verdict == Verdict::fail && shouldFail;
    if (result.last().asExpected || failsRightly) {
        if (c.verdict != Verdict::pass) c.output = "as the scenario expects: " + c.text;
        c.verdict = Verdict::pass;
        c.text.clear();
    } else if (test.verdict == Verdict::pass && shouldFail) {
        c.verdict = Verdict::fail;
        c.text = "passed, but the scenario expects it to fail";
    }
    return c;
}

std::vector<JunitCase> casesOf(const Judged& judged) {
    std::vector<JunitCase> cases;
    if (judged.result == nullptr) {
        cases.push_back({"verdict", {}, Verdict::error, "no result", {}});
        return cases;
    }
    const ScenarioResult& result = *judged.result;
    for (const TestOutcome& test : result.last().tests) cases.push_back(caseOf(test, result));
    const bool told = std::any_of(cases.begin(), cases.end(), [](const JunitCase& c) {
        return c.verdict != Verdict::pass && c.verdict != Verdict::not_run;
    });
    if (!result.last().asExpected && !told) {
        const Verdict verdict = result.last().verdict;
        std::string text =
            fmt::format("{}; the scenario expects {}", outcomeText(result.last(), Language::en),
                        expectedText(result.expected, Language::en));
        if (!result.last().cause.empty()) text += "\n" + result.last().cause;
        cases.push_back({"verdict",
                         {},
                         verdict == Verdict::error ? verdict : Verdict::fail,
                         std::move(text),
                         {}});
    }
    if (judged.inBaseline) {
        std::string text;
        for (const Change& change : judged.changes) {
            text += changeText(change, result.e, Language::en) + "\n";
        }
        cases.push_back({"baseline", {}, text.empty() ? Verdict::pass : Verdict::fail, text, {}});
    }
    if (judged.standing == Standing::quarantined) {
        for (JunitCase& c : cases) {
            if (c.verdict == Verdict::pass) continue;
            c.verdict = Verdict::not_run;
            c.text = quarantineText(*judged.planned->quarantine, Language::en) + "\n" + c.text;
        }
    }
    return cases;
}

/// Text within a cell of a Markdown table.
std::string cell(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "<br>";
        } else if (c == '<') {
            out += "&lt;";
        } else {
            if (c == '|') out += '\\';
            out += c;
        }
    }
    return out;
}

std::string row(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const std::string& text : cells) line += " " + cell(text) + " |";
    return line + "\n";
}

/// A heading and a table of at most so many rows; nothing when there are none.
std::string section(const char* title, const std::vector<const char*>& columns,
                    const std::vector<std::vector<std::string>>& rows, Language language) {
    if (rows.empty()) return {};
    std::string heading = phrase(title, language);
    if (heading[0] >= 'a' && heading[0] <= 'z')
        heading[0] = static_cast<char>(heading[0] - 'a' + 'A');
    std::string text = "\n## " + heading + "\n\n|", line = "|";
    for (const char* column : columns) {
        text += " " + phrase(column, language) + " |";
        line += "---|";
    }
    text += "\n" + line + "\n";
    for (std::size_t i = 0; i < std::min(rows.size(), mostRows); ++i) text += row(rows[i]);
    if (rows.size() > mostRows) {
        text +=
            fmt::format("\n{}: {}\n", phrase("rows not shown", language), rows.size() - mostRows);
    }
    return text;
}

std::string findingsOf(const ScenarioResult& result) {
    std::string text = result.last().cause;
    if (!text.empty()) text += "\n";
    for (const TestOutcome& test : result.last().tests) {
        if (test.verdict == Verdict::fail) text += test.id + ": " + test.finding;
    }
    return text;
}

std::vector<std::string> badRow(const Judged& judged, Language language) {
    const ScenarioResult& result = *judged.result;
    std::string findings =
        judged.asExpected() ? phrase("against the baseline", language) : findingsOf(result);
    if (judged.quarantineOver) {
        findings += fmt::format("\n{} {}", phrase("its quarantine is over since", language),
                                dateText(judged.planned->quarantine->until));
    }
    return {judged.planned->id, outcomeText(result.last(), language),
            expectedText(result.expected, language), findings};
}

}  // namespace

std::string outcomeText(const Attempt& attempt, Language language) {
    std::string text = phrase(word(attempt.verdict), language), failing;
    for (const TestOutcome& test : attempt.tests) {
        if (test.verdict == Verdict::fail) failing += (failing.empty() ? "" : ", ") + test.id;
    }
    if (!failing.empty()) {
        text += fmt::format("; {}: {}", phrase("failing tests", language), failing);
    }
    return text;
}

std::string suiteJunit(const std::vector<Judged>& all) {
    std::string suites;
    for (const Judged& judged : all) {
        std::vector<std::pair<std::string, std::string>> properties;
        if (judged.planned->quarantine) {
            properties.emplace_back("quarantine",
                                    quarantineText(*judged.planned->quarantine, Language::en));
        }
        if (judged.result != nullptr) {
            const auto& attempts = judged.result->attempts;
            for (std::size_t i = 0; i + 1 < attempts.size(); ++i) {
                std::string text = outcomeText(attempts[i], Language::en);
                if (!attempts[i].cause.empty()) text += "; " + attempts[i].cause;
                properties.emplace_back(fmt::format("attempt {}", i + 1), text);
            }
        }
        suites += junitSuite(judged.planned->id, casesOf(judged), properties);
    }
    return junitDocument(suites);
}

std::string suiteMarkdown(const Plan& plan, const std::vector<Judged>& all,
                          const std::vector<TrendRow>& trend, Language language) {
    const Tally tally = tallyOf(all);
    const bool zh = language == Language::zh && !plan.titleZh.empty();
    std::string text =
        fmt::format("# {}\n\njianheng {}\n", zh ? plan.titleZh : plan.title, plan.program.text());
    text += section("result",
                    {"scenarios", "as expected", "not as expected", "quarantined", "missing",
                     "changed against the baseline"},
                    {{std::to_string(all.size()), std::to_string(tally.good),
                      std::to_string(tally.bad), std::to_string(tally.quarantined),
                      std::to_string(tally.missing), std::to_string(tally.changed)}},
                    language);
    using Rows = std::vector<std::vector<std::string>>;
    Rows bad, quarantined, missing, changed, retried, versions;
    for (const Judged& judged : all) {
        if (judged.standing == Standing::missing) missing.push_back({judged.planned->id});
        if (judged.result == nullptr) continue;
        if (judged.standing == Standing::bad) bad.push_back(badRow(judged, language));
        if (judged.standing == Standing::quarantined) {
            quarantined.push_back({judged.planned->id, outcomeText(judged.result->last(), language),
                                   judged.planned->quarantine->reason,
                                   dateText(judged.planned->quarantine->until)});
        }
        for (const Change& change : judged.changes) {
            changed.push_back({judged.planned->id, changeText(change, judged.result->e, language)});
        }
        std::string history;
        for (const Attempt& attempt : judged.result->attempts) {
            history += outcomeText(attempt, language) + "\n";
        }
        if (judged.result->attempts.size() > 1) retried.push_back({judged.planned->id, history});
    }
    for (const TrendRow& version : trend) {
        versions.push_back({version.program.text(), std::to_string(version.good),
                            std::to_string(version.bad), std::to_string(version.quarantined),
                            version.scenario.empty()
                                ? phrase("nothing", language)
                                : fmt::format("{:+.3f} e, {}, {}", version.change_e,
                                              version.scenario, version.number)});
    }
    text +=
        section("not as expected", {"scenario", "verdict", "expected", "finding"}, bad, language);
    text +=
        section("quarantined", {"scenario", "verdict", "reason", "until"}, quarantined, language);
    text += section("changed against the baseline", {"scenario", "change"}, changed, language);
    text += section("missing", {"scenario"}, missing, language);
    text += section("tried more than once", {"scenario", "attempts"}, retried, language);
    text += section("trend",
                    {"version", "as expected", "not as expected", "quarantined", "largest change"},
                    versions, language);
    return text;
}

std::string suiteTable(const std::vector<Judged>& all, Language language) {
    std::string text;
    for (const Judged& judged : all) {
        if (judged.standing == Standing::good) continue;
        text += judged.planned->id + ": ";
        if (judged.result == nullptr) {
            text += phrase("missing", language) + "\n";
            continue;
        }
        text += outcomeText(judged.result->last(), language);
        if (!judged.asExpected()) {
            text += fmt::format("; {}: {}", phrase("expected", language),
                                expectedText(judged.result->expected, language));
        }
        if (!judged.result->last().cause.empty()) text += "; " + judged.result->last().cause;
        if (judged.planned->quarantine) {
            text += fmt::format(" [{}{}]", quarantineText(*judged.planned->quarantine, language),
                                judged.quarantineOver ? "; " + phrase("over", language) : "");
        }
        text += "\n";
        for (const Change& change : judged.changes) {
            text += "  " + changeText(change, judged.result->e, language) + "\n";
        }
    }
    const Tally tally = tallyOf(all);
    const auto count = [&](const char* what, int number) {
        return fmt::format("{}: {}", phrase(what, language), number);
    };
    return text +
           fmt::format("{}   {}   {}   {}   {}\n", count("scenarios", static_cast<int>(all.size())),
                       count("as expected", tally.good), count("not as expected", tally.bad),
                       count("quarantined", tally.quarantined), count("missing", tally.missing));
}

}  // namespace jh
