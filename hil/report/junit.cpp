// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/junit.h"

#include <fmt/format.h>

#include "hil/report/markup.h"
#include "hil/report/text_table.h"

namespace jh {

namespace {

std::string element(const JunitCase& c) {
    const char* tag = c.verdict == Verdict::fail      ? "failure"
                      : c.verdict == Verdict::not_run ? "skipped"
                                                      : "error";
    const std::string first = c.text.substr(0, c.text.find('\n'));
    return fmt::format("    <{} message=\"{}\">{}</{}>\n", tag, escaped(first), escaped(c.text),
                       tag);
}

}  // namespace

std::string junitSuite(const std::string& name, const std::vector<JunitCase>& cases,
                       const std::vector<std::pair<std::string, std::string>>& properties) {
    int failures = 0, errors = 0, skipped = 0;
    std::string text;
    if (!properties.empty()) {
        text += "   <properties>\n";
        for (const auto& [key, value] : properties) {
            text += fmt::format("    <property name=\"{}\" value=\"{}\"/>\n", escaped(key),
                                escaped(value));
        }
        text += "   </properties>\n";
    }
    for (const JunitCase& c : cases) {
        // Simulated seconds: the file is the same on every machine.
        text += fmt::format("   <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n",
                            escaped(name), escaped(c.name), seconds(c.took));
        if (c.verdict != Verdict::pass) {
            failures += c.verdict == Verdict::fail;
            skipped += c.verdict == Verdict::not_run;
            errors += c.verdict != Verdict::fail && c.verdict != Verdict::not_run;
            text += element(c);
        }
        if (!c.output.empty()) {
            text += fmt::format("    <system-out>{}</system-out>\n", escaped(c.output));
        }
        text += "   </testcase>\n";
    }
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n"
        "{}  </testsuite>\n",
        escaped(name), cases.size(), failures, errors, skipped, text);
}

std::string junitDocument(const std::string& suites) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"jianheng\">\n" + suites +
           "</testsuites>\n";
}

std::string junitXml(const Scenario& scenario, const VerificationResult& result) {
    std::vector<JunitCase> cases;
    for (const TestResult& test : result.tests) {
        JunitCase c{test.rule.id, test.end - test.start, test.verdict, {}, {}};
        if (test.verdict != Verdict::pass) {
            c.text = findingText(test, Language::en);
            if (c.text.empty()) c.text = result.cause.empty() ? "not run" : result.cause;
        }
        cases.push_back(std::move(c));
    }
    return junitSuite(scenario.name, cases);
}

}  // namespace jh
