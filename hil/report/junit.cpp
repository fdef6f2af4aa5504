// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/report/text_table.h"

namespace jh {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                // XML 1.0 has no other control characters, not even escaped.
                out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
        }
    }
    return out;
}

std::string element(Verdict verdict, const std::string& text) {
    const char* tag = verdict == Verdict::fail      ? "failure"
                      : verdict == Verdict::not_run ? "skipped"
                                                    : "error";
    const std::string first = text.substr(0, text.find('\n'));
    return fmt::format("    <{} message=\"{}\">{}</{}>\n", tag, escaped(first), escaped(text), tag);
}

}  // namespace

std::string junitXml(const Scenario& scenario, const VerificationResult& result) {
    int failures = 0, errors = 0, skipped = 0;
    std::string cases;
    for (const TestResult& test : result.tests) {
        // Simulated seconds: the file is the same on every machine.
        cases += fmt::format("   <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n",
                             escaped(scenario.name), escaped(test.rule.id),
                             seconds(test.end - test.start));
        if (test.verdict != Verdict::pass) {
            failures += test.verdict == Verdict::fail;
            skipped += test.verdict == Verdict::not_run;
            errors += test.verdict != Verdict::fail && test.verdict != Verdict::not_run;
            std::string text = findingText(test, Language::en);
            if (text.empty()) text = result.cause.empty() ? "not run" : result.cause;
            cases += element(test.verdict, text);
        }
        cases += "   </testcase>\n";
    }
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n"
        "{}  </testsuite>\n",
        escaped(scenario.name), result.tests.size(), failures, errors, skipped, cases);
}

}  // namespace jh
