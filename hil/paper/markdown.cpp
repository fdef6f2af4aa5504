// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/markdown.h"

#include <fmt/format.h>

#include "hil/paper/columns.h"
#include "hil/paper/particulars.h"

namespace jh {

namespace {

/// Text that Markdown takes as it is, also within a cell of a table.
std::string plain(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += ' ';
            continue;
        }
        if (std::string_view{R"(\`*_{}[]<>#|~)"}.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string failingTests(const StoredRecord& record, const Say& say) {
    std::string text;
    for (const TestResult& test : record.result.tests) {
        if (test.verdict == Verdict::fail)
            text += (text.empty() ? "" : ", ") + say.of(test.rule.title, test.rule.titleZh);
    }
    return text;
}

std::string details(const StoredRecord& record, const Say& say) {
    const Masses masses{record.unit};
    std::string out = fmt::format("\n**{}**\n\n", plain(record.scenario.name));
    if (!record.result.cause.empty()) out += "- " + plain(say.known(record.result.cause)) + "\n";
    for (const Finding& f : findingsOf(record, masses, say)) {
        std::string line = f.test;
        if (!f.what.empty()) line += ", " + f.what;
        if (!f.value.empty()) line += say.colon() + f.value;
        if (!f.limit.empty()) line += fmt::format(" ({} {})", say("limit"), f.limit);
        if (!f.reason.empty()) line += (f.what.empty() ? say.colon() : "; ") + f.reason;
        out += fmt::format("- {} [{}]\n", plain(line), plain(f.clause));
    }
    return out;
}

}  // namespace

std::string markdownSummary(const std::vector<StoredRecord>& records, Language language) {
    const Say say{language};
    std::size_t passed = 0;
    std::string rows, rest;
    for (const StoredRecord& record : records) {
        const Particulars p = particularsOf(record, say);
        const bool pass = record.result.verdict == Verdict::pass;
        passed += pass ? 1 : 0;
        rows += fmt::format("| {} | {} | {} | {} | {} |\n", verdictText(record.result.verdict, say),
                            plain(record.scenario.name), plain(p.regulation + ", " + p.stage),
                            plain(fmt::format("Max {}, e {}", p.max, p.e)),
                            plain(failingTests(record, say)));
        if (!pass) rest += details(record, say);
    }
    return fmt::format("### {}{}{} / {}\n\n| {} | {} | {} | {} | {} |\n|---|---|---|---|---|\n{}{}",
                       say("Records"), say.colon(),
                       fmt::format("{} {}", passed, say.known(word(Verdict::pass))), records.size(),
                       say("Verdict"), say("Scenario"), say("Regulation"), say("Scale"),
                       say("Failing tests"), rows, rest);
}

}  // namespace jh
