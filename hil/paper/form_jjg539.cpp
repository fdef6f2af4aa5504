// SPDX-License-Identifier: GPL-3.0-or-later
// The papers of a Chinese office: record, certificate, notice. Their fields are those in use; the
// regulation's own annex was not at hand, so they carry no number of a form.
#include <fmt/format.h>

#include "hil/paper/form_parts.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

std::string officeLine(const FormSource& source) {
    return tag("p class=\"office\"", filledIn(source.particulars.office));
}

std::string failedTests(const FormSource& source) {
    std::string text;
    for (const TestResult& test : source.record.result.tests) {
        if (test.verdict != Verdict::fail) continue;
        text += (text.empty() ? "" : ", ") + source.say.of(test.rule.title, test.rule.titleZh);
    }
    return text;
}

std::string standardsTable(const FormSource& source) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    std::string head;
    for (const std::string& name :
         {say("Standard used"), say("Nominal values"), say("Certificate"), say("Valid until")}) {
        head += tag("th", escaped(name));
    }
    const auto row = [](const std::vector<std::string>& values) {
        std::string cells;
        for (const std::string& value : values) cells += tag("td", filledIn(value));
        return tag("tr", cells) + "\n";
    };
    return tag("table class=\"ruled\"",
               tag("thead", tag("tr", head)) +
                   tag("tbody",
                       row({say("Test weights"), p.weights, p.weightsCertificate, p.weightsUntil}) +
                           row({say("Small weights"), p.smallWeights, "", ""}))) +
           "\n";
}

std::string conclusion(const FormSource& source) {
    const Say& say = source.say;
    const VerificationResult& result = source.record.result;
    const Particulars& p = source.particulars;
    std::string text = tag(
        "p", tag("b", escaped(say("Conclusion")) + say.colon()) + passBoxes(result.verdict, say) +
                 (result.verdict == Verdict::pass || result.verdict == Verdict::fail
                      ? std::string{}
                      : tag("b", escaped(say.known(word(result.verdict))))));
    if (const std::string failed = failedTests(source); !failed.empty())
        text += tag("p", escaped(say("Failed")) + say.colon() + escaped(failed));
    if (!result.cause.empty()) text += tag("p", escaped(say.known(result.cause)));
    if (givesValidity(source.record.scenario.regulation) && result.verdict == Verdict::pass) {
        text += tag("p", escaped(say("Valid until")) + say.colon() + filledIn(p.validUntil) +
                             " &#160; " + escaped(say("Sticker number")) + say.colon() +
                             filledIn(p.stickerNumber));
    }
    if (!givesValidity(source.record.scenario.regulation)) {
        text += tag("p", escaped(say("An inspection in use gives no new period of validity.")));
    }
    return tag("div class=\"conclusion\"", text) + signatures({{say("Verified by"), p.verifier},
                                                               {say("Checked by"), p.checker},
                                                               {say("Date"), p.date}});
}

/// Test, its largest errors and the result, a line each.
std::string resultTable(const FormSource& source) {
    const Say& say = source.say;
    std::string head, rows;
    for (const std::string& name : {say("Test"), say("Clause"), say("Result")})
        head += tag("th", escaped(name));
    for (const TestResult& test : source.record.result.tests) {
        rows += tag(test.verdict == Verdict::fail ? "tr class=\"fail\"" : "tr",
                    tag("td", escaped(say.of(test.rule.title, test.rule.titleZh))) +
                        tag("td", escaped(markedClause(test.rule, say))) +
                        tag("td class=\"r\"", escaped(verdictText(test.verdict, say)))) +
                "\n";
    }
    return tag("table class=\"ruled\"", tag("thead", tag("tr", head)) + tag("tbody", rows)) + "\n" +
           markList(source);
}

std::string findingTable(const FormSource& source) {
    const Say& say = source.say;
    std::string head, rows;
    for (const std::string& name :
         {say("Failed test"), say("Measured at"), say("Value"), say("Limit"), say("Clause")}) {
        head += tag("th", escaped(name));
    }
    for (const Finding& f : findingsOf(source.record, source.masses, say)) {
        std::string clause = escaped(f.clause);
        if (!f.certainty.empty())
            clause += " " + tag("small", tag("i", "⚠ " + escaped(f.certainty)));
        const std::string value = f.value.empty() ? f.reason : f.value + " " + f.reason;
        rows += tag("tr", tag("td", escaped(f.test)) + tag("td", escaped(f.what)) +
                              tag(f.reason.empty() ? "td class=\"n\"" : "td", escaped(value)) +
                              tag("td class=\"n\"", escaped(f.limit)) + tag("td", clause)) +
                "\n";
    }
    if (rows.empty()) return rows;
    return tag("table class=\"ruled\"", tag("thead", tag("tr", head)) + tag("tbody", rows)) + "\n";
}

}  // namespace

std::string jjgRecordForm(const FormSource& source) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    std::string out = officeLine(source) +
                      tag("h1", escaped(say("Verification record of a digital indicating scale"))) +
                      tag("p class=\"number\"",
                          escaped(say("Record number")) + say.colon() + filledIn(p.recordNumber)) +
                      "\n";
    out += fieldTable(scaleFields(source,
                                  {{say("Owner"), p.owner},
                                   {say("Address"), p.address},
                                   {say("Name of the scale"), p.name},
                                   {say("Model"), p.model},
                                   {say("Serial number"), p.serial},
                                   {say("Maker"), p.maker}},
                                  {{say("Place"), p.place},
                                   {say("Date"), p.date},
                                   {say("Temperature"), p.temperature},
                                   {say("Relative humidity"), p.humidity}}),
                      2);
    out += standardsTable(source);
    for (std::size_t i = 0; i < source.record.result.tests.size(); ++i) {
        const TestResult& test = source.record.result.tests[i];
        out += testHeading(source, test, std::to_string(i + 1)) + testBody(source, test);
    }
    return out + conclusion(source);
}

std::string jjgCertificateForm(const FormSource& source, bool pass) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    const bool inUse = !givesValidity(source.record.scenario.regulation);
    std::string out = officeLine(source);
    out += tag("h1 class=\"wide\"", escaped(pass ? say("Verification certificate")
                                                 : say("Notice of the verification result")));
    out +=
        tag("p class=\"middle\"", escaped(pass ? say("Certificate number") : say("Notice number")) +
                                      say.colon() + filledIn(p.certificateNumber));
    const std::string result = say.known(word(source.record.result.verdict));
    std::vector<NamedValue> lines{
        {say("Owner"), p.owner},
        {say("Name of the scale"), p.name},
        {say("Model and size"),
         fmt::format("{}{}Max {}, e {}", p.model, p.model.empty() ? "" : ", ", p.max, p.e)},
        {say("Serial number"), p.serial},
        {say("Maker"), p.maker},
        {say("Regulation"), p.regulation},
        {say("Kind of verification"), p.stage},
        {say("Conclusion"),
         pass ? fmt::format("{} ({} {})", result, say("accuracy class"), p.accuracyClass)
              : result}};
    std::string rows;
    for (const auto& [name, value] : lines)
        rows += tag("tr", tag("th", escaped(name)) + tag("td", filledIn(value))) + "\n";
    out += tag("table class=\"lines\"", rows);
    out += signatures({{say("Approved by"), ""},
                       {say("Checked by"), p.checker},
                       {say("Verified by"), p.verifier}});
    std::string dates =
        tag("tr", tag("th", escaped(say("Date of verification"))) + tag("td", filledIn(p.date)));
    if (pass && !inUse) {
        dates +=
            tag("tr", tag("th", escaped(say("Valid until"))) + tag("td", filledIn(p.validUntil)));
    }
    out += tag("table class=\"lines dates\"", dates) +
           tag("p class=\"stamp\"", escaped(say("(stamp of the office)"))) + "\n";
    if (inUse) {
        out +=
            tag("p", escaped(say("An inspection in use gives no new period of validity."))) + "\n";
    }
    std::string second = tag("h2", escaped(say("Standards used"))) + standardsTable(source);
    second += tag("h2", escaped(say("Place and conditions")));
    second += fieldTable({{say("Place"), p.place},
                          {say("Temperature"), p.temperature},
                          {say("Relative humidity"), p.humidity},
                          {say("Record number"), p.recordNumber}},
                         2);
    second += tag("h2", escaped(say("Results"))) + resultTable(source);
    if (const std::string findings = findingTable(source); !findings.empty())
        second += tag("h2", escaped(say("Items that failed"))) + findings;
    return out + tag("div class=\"next-page\"", second);
}

}  // namespace jh
