// SPDX-License-Identifier: GPL-3.0-or-later
// Sheets in the layout of OIML R 76-2: general information and summary, then a sheet for each test.
#include <fmt/format.h>

#include <algorithm>

#include "hil/paper/form_parts.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

/// Number of the sheet for a test; empty where the list of sheets at hand names none.
std::string_view sheetOf(std::string_view testId) {
    constexpr std::pair<std::string_view, std::string_view> sheets[] = {
        {"weighing", "1"},         {"eccentricity", "3.1"}, {"rolling", "3.2"},
        {"discrimination", "4.1"}, {"repeatability", "5"},  {"zero_return", "6.1"},
        {"creep", "6.2"},          {"stability", "7"},      {"tare", "9"},
        {"net_weighing", "9"},     {"warm_up", "10"},       {"span_stability", "14"},
        {"identity", "17"}};
    for (const auto& [id, number] : sheets) {
        if (id == testId) return number;
    }
    return {};
}

/// Which of the four states of the zero device holds during a test.
std::string zeroDevice(const FormSource& source, const TestResult& test) {
    const Say& say = source.say;
    const bool off = source.record.scenario.settings.trackingRate_d_s == 0.0;
    bool away = false;  // a load of some e keeps it out of its range
    for (const Measurement& m : test.measurements) {
        away = away || (m.kind == MeasurementKind::zeroError && m.load && *m.load > ExactMass{});
    }
    return tag("p", escaped(say("Automatic zero-setting and zero-tracking device")) + say.colon() +
                        boxes({{say("non-existent"), false},
                               {say("not in operation"), off},
                               {say("out of working range"), !off && away},
                               {say("in operation"), !off && !away}}));
}

std::string conditionTable(const FormSource& source, const TestResult& test) {
    const Say& say = source.say;
    const SiteModel& site = source.record.scenario.site;
    const auto at = [&](SimTime t) {
        const double hours = seconds(t) / 3600.0;
        std::string cells =
            tag("td class=\"n\"",
                fmt::format("{:.1f}", site.temperature.si() + site.temperatureDrift_K_h * hours));
        cells += tag("td class=\"n\"", fmt::format("{:.0f}", site.air.humidity * 100.0));
        cells += tag("td class=\"n\"", hoursText(t));
        return cells + tag("td class=\"n\"", fmt::format("{:.1f}", site.air.pressure.si() / 100.0));
    };
    std::string head = "<th></th>";
    for (const std::string& name : {say("Temperature") + ", °C", say("Relative humidity") + ", %",
                                    say("Time since the start"), say("Air pressure") + ", hPa"}) {
        head += tag("th class=\"n\"", escaped(name));
    }
    return tag("table class=\"ruled conditions\"",
               tag("thead", tag("tr", head)) +
                   tag("tbody", tag("tr", tag("th", escaped(say("At start"))) + at(test.start)) +
                                    tag("tr", tag("th", escaped(say("At end"))) + at(test.end)))) +
           "\n";
}

std::string sheet(const FormSource& source, const TestResult& test) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    const std::string_view number = sheetOf(test.rule.id);
    std::string out = tag("p class=\"number\"",
                          number.empty() ? escaped(say("Sheet")) + " " + filledIn("")
                                         : escaped(fmt::format("{} {}", say("Sheet"), number)));
    out += testHeading(source, test, std::string{number});
    out += fieldTable({{say("Application number"), p.recordNumber},
                       {say("Type designation"), p.model},
                       {say("Date"), p.date},
                       {say("Observer"), p.verifier},
                       {"e", p.e},
                       {say("Resolution during the test"), p.smallWeights.empty() ? "" : "0.1 e"}},
                      2);
    if (test.end > SimTime{}) out += conditionTable(source, test);
    const bool masses = std::any_of(test.measurements.begin(), test.measurements.end(),
                                    [](const Measurement& m) { return m.indication.has_value(); });
    if (masses) out += zeroDevice(source, test);
    if (test.rule.id == "weighing") {
        out += tag(
            "p",
            escaped(say("Initial zero-setting range above 20 % of Max")) + say.colon() +
                boxes({{say("yes"), source.record.scenario.settings.initialZeroRange_pct > 20.0},
                       {say("no"), source.record.scenario.settings.initialZeroRange_pct <= 20.0}}));
    }
    out += testBody(source, test);
    out += tag("p class=\"passed\"", passBoxes(test.verdict, say));
    return out + tag("p", escaped(say("Remarks")) + say.colon() + filledIn(""));
}

std::string generalPage(const FormSource& source) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    std::string out = tag("h1", escaped(say("Test report in the layout of OIML R 76-2")));
    out += tag("h2", escaped(say("General information")));
    out += fieldTable(scaleFields(source,
                                  {{say("Application number"), p.recordNumber},
                                   {say("Type designation"), p.model},
                                   {say("Maker"), p.maker},
                                   {say("Applicant"), p.owner},
                                   {say("Instrument category"), p.name},
                                   {say("Serial number"), p.serial}},
                                  {{say("Observer"), p.verifier}, {say("Date"), p.date}}),
                      2);
    out += tag("h2", escaped(say("Test equipment")));
    out += fieldTable({{say("Test weights"), p.weights},
                       {say("Certificate"), p.weightsCertificate},
                       {say("Small weights"), p.smallWeights},
                       {say("Valid until"), p.weightsUntil}},
                      2);
    out += tag("h2", escaped(say("Summary")));
    std::string head, rows;
    for (const std::string& name :
         {say("Sheet"), say("Test"), say("Clause"), say.known(word(Verdict::pass)),
          say.known(word(Verdict::fail)), say("Remarks")}) {
        head += tag("th", escaped(name));
    }
    for (const TestResult& test : source.record.result.tests) {
        const bool decided = test.verdict == Verdict::pass || test.verdict == Verdict::fail;
        rows += tag("tr", tag("td", std::string{sheetOf(test.rule.id)}) +
                              tag("td", escaped(say.of(test.rule.title, test.rule.titleZh))) +
                              tag("td", escaped(markedClause(test.rule, say))) +
                              tag("td class=\"c\"", test.verdict == Verdict::pass ? "×" : "") +
                              tag("td class=\"c\"", test.verdict == Verdict::fail ? "×" : "") +
                              tag("td", decided ? "" : escaped(say.known(word(test.verdict))))) +
                "\n";
    }
    out += tag("table class=\"ruled\"", tag("thead", tag("tr", head)) + tag("tbody", rows)) +
           markList(source);
    return out + tag("p class=\"passed\"", tag("b", escaped(say("Conclusion")) + say.colon()) +
                                               passBoxes(source.record.result.verdict, say));
}

}  // namespace

std::string r76SheetsForm(const FormSource& source) {
    std::string out = generalPage(source);
    for (const TestResult& test : source.record.result.tests)
        out += tag("div class=\"next-page\"", sheet(source, test)) + "\n";
    return out;
}

}  // namespace jh
