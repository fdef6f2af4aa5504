// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/conform/conform_report.h"
#include "hil/paper/html_style.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

/// Beside the style of the house: a table of long texts.
constexpr const char* conformStyle = R"css(
table.conform { table-layout: fixed; }
table.conform th:nth-child(1) { width: 31%; } table.conform th:nth-child(2) { width: 29%; }
table.conform th:nth-child(3) { width: 29%; } table.conform th:nth-child(4) { width: 11%; }
table.conform td { overflow-wrap: anywhere; }
table.conform small { display: block; color: var(--faint); font-weight: 400; }
table.conform tr.skipped td { color: var(--faint); }
.counts { display: flex; gap: 12px; margin: 18px 0 0; }
.counts div { flex: 1; padding: 9px 16px; background: var(--soft); border-left: 5px solid var(--line); }
.counts b { display: block; font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts .good { border-color: var(--good); } .counts .bad { border-color: var(--bad); }
)css";

std::string headerHtml(const ConformReport& report) {
    const std::string verdict = conformVerdict(report);
    const bool good = verdict == "conforms";
    const char* look = good ? "pass" : verdict == "differs" ? "fail" : "other";
    const char* sign = good ? "✓" : verdict == "differs" ? "✗" : "?";
    std::string text = tag("h1", escaped(report.title)) +
                       tag("p", escaped("Conformity with its profile · " + report.place +
                                        (report.date.empty() ? "" : " · " + report.date)));
    if (!report.lost.empty()) text += tag("p", tag("b", escaped(report.lost)));
    return tag("header", tag(fmt::format("div class=\"verdict {}\"", look),
                             tag("span", sign) + escaped(verdict)) +
                             tag("div", text)) +
           "\n";
}

std::string countsHtml(const ConformReport& report) {
    const auto box = [&](const char* look, ConformVerdict verdict) {
        return tag(fmt::format("div class=\"{}\"", look),
                   tag("b", std::to_string(report.count(verdict))) + word(verdict));
    };
    const bool bad = report.count(ConformVerdict::differs) > 0;
    return tag("div class=\"counts\"", box("good", ConformVerdict::ok) +
                                           box(bad ? "bad" : "none", ConformVerdict::differs) +
                                           box("none", ConformVerdict::notTried)) +
           "\n";
}

std::string findingsHtml(const ConformReport& report) {
    std::string items;
    for (const ConformLine& line : report.lines) {
        if (line.verdict != ConformVerdict::differs) continue;
        items +=
            tag("li", tag("b", escaped(line.section + ": " + line.tried)) + "<br>" +
                          escaped(fmt::format("expected {}, found {}", line.expected, line.found)));
    }
    if (items.empty()) return {};
    return tag("section", tag("h2", "What differs") + tag("ul class=\"findings\"", items)) + "\n";
}

std::string rowHtml(const ConformLine& line) {
    const bool differs = line.verdict == ConformVerdict::differs;
    const bool skipped = line.verdict == ConformVerdict::notTried;
    const char* look = differs ? "fail-word" : skipped ? "other-word" : "pass-word";
    std::string expected = escaped(line.expected);
    if (!line.source.empty()) expected += tag("small", escaped(line.source));
    return tag(differs   ? "tr class=\"fail\""
               : skipped ? "tr class=\"skipped\""
                         : "tr",
               tag("td", escaped(line.tried)) + tag("td", expected) +
                   tag("td", escaped(line.found)) +
                   tag("td", tag(fmt::format("span class=\"{}\"", look), word(line.verdict)))) +
           "\n";
}

std::string sectionsHtml(const ConformReport& report) {
    std::string out, rows, section;
    const auto close = [&] {
        if (rows.empty()) return;
        std::string head;
        for (const char* heading : {"Tried", "Expected", "Found", "Verdict"}) {
            head += tag("th", heading);
        }
        out += tag("section", tag("h2", escaped(section)) +
                                  tag("table class=\"conform\"",
                                      tag("thead", tag("tr", head)) + tag("tbody", rows))) +
               "\n";
        rows.clear();
    };
    for (const ConformLine& line : report.lines) {
        if (line.section != section) close();
        section = line.section;
        rows += rowHtml(line);
    }
    close();
    return out;
}

std::string footerHtml(const ConformReport& report) {
    std::string rows;
    for (const auto& [name, text] : report.sources) {
        rows += tag("tr", tag("th", escaped(name)) + tag("td", escaped(text)));
    }
    return tag("footer", tag("p", "Sources that the profile names") + tag("table", rows)) + "\n";
}

}  // namespace

std::string conformHtml(const ConformReport& report) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
           tag("title", escaped(report.title + ": conformity")) + "\n" +
           tag("style", std::string{htmlStyle} + conformStyle) + "</head><body>\n" +
           headerHtml(report) + countsHtml(report) + findingsHtml(report) + sectionsHtml(report) +
           footerHtml(report) + "</body></html>\n";
}

}  // namespace jh
