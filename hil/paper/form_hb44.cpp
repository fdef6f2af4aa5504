// SPDX-License-Identifier: GPL-3.0-or-later
// A scale test report with the fields that US offices use for vehicle scales (NIST Handbook 44).
#include <fmt/format.h>

#include "hil/paper/form_parts.h"
#include "hil/report/markup.h"

namespace jh {

std::string hb44ReportForm(const FormSource& source) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    const Verdict verdict = source.record.result.verdict;
    std::string out = tag("h1", escaped(say("Vehicle scale test report")));
    out += fieldTable({{say("Agency"), p.office},
                       {say("Test number"), p.recordNumber},
                       {say("Inspector"), p.verifier},
                       {say("Test date"), p.date},
                       {say("Owner"), p.owner},
                       {say("Date of the last test"), ""},
                       {say("Address"), p.address},
                       {say("Scale number"), ""},
                       {say("Maker"), p.maker},
                       {say("Model"), p.model},
                       {say("Serial number"), p.serial},
                       {say("Accuracy class"), p.accuracyClass},
                       {say("Scale capacity"), p.max},
                       {say("Minimum division"), p.e},
                       {say("Platform"), p.deck},
                       {say("Concentrated load capacity (CLC)"), ""},
                       {say("Load cells"), p.cells},
                       {say("Indicator"), p.indicator},
                       {say("Indicator number"), p.indicatorSerial},
                       {say("Event counter"), p.eventCounter},
                       {say("Test weights"), p.weights},
                       {say("Certificate"), p.weightsCertificate},
                       {say("Regulation"), p.regulation},
                       {say("Stage"), p.stage},
                       {say("Temperature"), p.temperature},
                       {say("Wind"), p.wind}},
                      2);
    for (std::size_t i = 0; i < source.record.result.tests.size(); ++i) {
        const TestResult& test = source.record.result.tests[i];
        out += testHeading(source, test, std::to_string(i + 1)) + testBody(source, test);
    }
    out += tag("div class=\"conclusion\"",
               tag("p", tag("b", escaped(say("Conclusion")) + say.colon()) +
                            boxes({{say("approved"), verdict == Verdict::pass},
                                   {say("rejected"), verdict == Verdict::fail}})) +
                   tag("p", escaped(say("Remarks")) + say.colon() + filledIn("")));
    return out + signatures({{say("Inspector"), p.verifier},
                             {say("Owner's representative"), ""},
                             {say("Date"), p.date}});
}

}  // namespace jh
