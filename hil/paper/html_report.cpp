// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/html_report.h"

#include <fmt/format.h>

#include "hil/paper/columns.h"
#include "hil/paper/drawings.h"
#include "hil/paper/html_style.h"
#include "hil/paper/particulars.h"
#include "hil/paper/tables.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

/// A measured value for people; the same in every part of the page.
struct Page {
    const StoredRecord& record;
    Say say;
    Masses masses;
    Particulars particulars;
    bool simulated;
    std::string limitName;
};

/// "⚠ value from …, verify", beside what it is about; nothing when sure.
std::string verifyHtml(const std::string& certainty) {
    return certainty.empty() ? certainty : " " + tag("span class=\"verify\"", escaped(certainty));
}

std::string verdictWord(Verdict verdict, const Say& say) {
    const char* look = verdict == Verdict::pass   ? "pass-word"
                       : verdict == Verdict::fail ? "fail-word"
                                                  : "other-word";
    return tag(fmt::format("span class=\"{}\"", look), escaped(verdictText(verdict, say)));
}

std::string headerHtml(const Page& page) {
    const VerificationResult& result = page.record.result;
    const Particulars& p = page.particulars;
    const Verdict verdict = result.verdict;
    const char* look = verdict == Verdict::pass   ? "pass"
                       : verdict == Verdict::fail ? "fail"
                                                  : "other";
    const char* sign = verdict == Verdict::pass ? "✓" : verdict == Verdict::fail ? "✗" : "?";
    std::string text = tag("h1", escaped(p.title));
    text += tag("p", escaped(fmt::format("{} · {} · Max {}, e {}{}", p.regulation, p.stage, p.max,
                                         p.e, p.date.empty() ? "" : " · " + p.date)));
    std::string failing;
    for (const TestResult& test : result.tests) {
        if (test.verdict != Verdict::fail) continue;
        failing += (failing.empty() ? "" : ", ") + page.say.of(test.rule.title, test.rule.titleZh);
    }
    if (!failing.empty()) {
        text +=
            tag("p", escaped(page.say("Failed")) + page.say.colon() + tag("b", escaped(failing)));
    }
    if (!result.cause.empty()) text += tag("p", tag("b", escaped(page.say.known(result.cause))));
    return tag("header", tag(fmt::format("div class=\"verdict {}\"", look),
                             tag("span", sign) + escaped(page.say.known(word(verdict)))) +
                             tag("div", text)) +
           "\n";
}

std::string toolsHtml(const Page& page, bool hideTruth) {
    const Say& say = page.say;
    std::string out;
    if (page.simulated) {
        out += tag("p class=\"simulated\"",
                   escaped(say("Made by a simulator: this report has no legal force.")));
    }
    std::string buttons;
    if (page.simulated) {
        buttons += fmt::format(
            "<button id=\"truth\" type=\"button\" aria-pressed=\"{}\" "
            "data-show=\"{}\" data-hide=\"{}\">{}</button>",
            hideTruth ? "false" : "true", escaped(say("Show ground truth")),
            escaped(say("Hide ground truth")),
            escaped(hideTruth ? say("Show ground truth") : say("Hide ground truth")));
    }
    buttons += tag("button id=\"print\" type=\"button\"", escaped(say("Print")));
    return out + tag("nav", buttons) + "\n";
}

/// The measurement that used up most of its limit.
const Measurement* worstOf(const TestResult& test) {
    const auto share = [](const Measurement& m) {
        return static_cast<double>(m.judged()->abs().inMg()) / static_cast<double>(m.limit->inMg());
    };
    const Measurement* worst = nullptr;
    for (const Measurement& m : test.measurements) {
        if (!m.limit || !m.judged() || m.limit->inMg() == 0) continue;
        if (worst == nullptr || share(m) > share(*worst)) worst = &m;
    }
    return worst;
}

std::string summaryHtml(const Page& page) {
    const Say& say = page.say;
    std::string head;
    for (const std::string& heading : {std::string{"#"}, say("Test"), say("Clause"),
                                       say("Largest share of a limit"), say("Verdict")}) {
        head += tag("th", escaped(heading));
    }
    std::string rows;
    for (std::size_t i = 0; i < page.record.result.tests.size(); ++i) {
        const TestResult& test = page.record.result.tests[i];
        std::string worst;
        if (const Measurement* m = worstOf(test)) {
            worst =
                fmt::format("{} {} / ±{} · {}", page.masses.error(m->judged()), page.masses.unit(),
                            page.masses.number(m->limit), label(*m, say.language()));
        }
        rows += tag(test.verdict == Verdict::fail ? "tr class=\"fail\"" : "tr",
                    tag("td", std::to_string(i + 1)) +
                        tag("td", tag(fmt::format("a href=\"#{}\"", escaped(test.rule.id)),
                                      escaped(say.of(test.rule.title, test.rule.titleZh)))) +
                        tag("td", escaped(markedClause(test.rule, say))) +
                        tag("td", escaped(worst)) + tag("td", verdictWord(test.verdict, say))) +
                "\n";
    }
    std::string marks;
    for (const std::string& mark : certainties(page.record.result, say))
        marks += tag("p class=\"clause\"", verifyHtml(mark));
    return tag("section id=\"summary\"",
               tag("h2", escaped(say("Summary"))) +
                   tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows)) + marks) +
           "\n";
}

struct Fact {
    std::string name, value;
};

std::string factsHtml(const std::string& title, const std::vector<Fact>& facts) {
    std::string rows;
    for (const Fact& fact : facts) {
        if (fact.value.empty()) continue;
        rows +=
            tag("tr", tag("th scope=\"row\"", escaped(fact.name)) + tag("td", escaped(fact.value)));
    }
    return rows.empty() ? rows : tag("div", tag("h4", escaped(title)) + tag("table", rows)) + "\n";
}

/// What the source in place of the cells adds to the uncertainty.
std::string sourceFacts(const Page& page, const SourceUncertainty& source) {
    const Say& say = page.say;
    constexpr double ppm = 1e6;
    const auto relative = [](double part) { return fmt::format("{:g} ppm", part * ppm); };
    const Mass max = page.record.scenario.scale.max().mass();
    return factsHtml(say("Signal source"),
                     {{say("Title"), page.record.scenario.bench
                                         ? page.record.scenario.bench->source->profile.title
                                         : std::string{}},
                      {say("One step"), page.masses.text(ExactMass::nearest(source.step))},
                      {say("Gain, standard uncertainty"), relative(source.gain)},
                      {say("Temperature span"), fmt::format("{:g} K", source.temperatureSpan_K)},
                      {say("Drift over the temperature span"), relative(source.drift)},
                      {say("Excitation over the temperature span"), relative(source.excitation)},
                      {say("U of the source at Max, k = 2"),
                       page.masses.text(ExactMass::nearest(source.expandedAt(max)))}});
}

std::string particularsHtml(const Page& page) {
    const Say& say = page.say;
    const Particulars& p = page.particulars;
    std::string out = factsHtml(say("Scale"), {{say("Kind"), p.name},
                                               {say("Owner"), p.owner},
                                               {say("Address"), p.address},
                                               {say("Maker"), p.maker},
                                               {say("Model"), p.model},
                                               {say("Serial number"), p.serial},
                                               {say("Accuracy class"), p.accuracyClass},
                                               {"Max", p.max},
                                               {"Min", p.min},
                                               {"e = d", p.e},
                                               {"n = Max/e", p.intervals},
                                               {say("Load receptor"), p.deck},
                                               {say("Load cells"), p.cells}});
    out += factsHtml(say("Indicator"), {{say("Model"), p.indicator},
                                        {say("Serial number"), p.indicatorSerial},
                                        {say("Software version"), p.firmware},
                                        {say("Event counter"), p.eventCounter},
                                        {say("Parameter checksum"), p.checksum}});
    if (page.record.result.source) out += sourceFacts(page, *page.record.result.source);
    out += factsHtml(say("Test weights"), {{say("Weights"), p.weights},
                                           {say("Small weights"), p.smallWeights},
                                           {say("Certificate"), p.weightsCertificate},
                                           {say("Valid until"), p.weightsUntil}});
    out += factsHtml(say("Place and conditions"), {{say("Place"), p.place},
                                                   {say("Date"), p.date},
                                                   {say("Temperature"), p.temperature},
                                                   {say("Relative humidity"), p.humidity},
                                                   {say("Air pressure"), p.pressure},
                                                   {say("Gravity"), p.gravity},
                                                   {say("Wind"), p.wind}});
    const Regulation& regulation = page.record.scenario.regulation;
    out +=
        factsHtml(say("Regulation"), {{say("Regulation"), p.regulation},
                                      {say("Title"), say.of(regulation.title, regulation.titleZh)},
                                      {say("Stage"), p.stage}});
    out += factsHtml(say("Office"), {{say("Office"), p.office},
                                     {say("Verified by"), p.verifier},
                                     {say("Checked by"), p.checker},
                                     {say("Record number"), p.recordNumber},
                                     {say("Certificate number"), p.certificateNumber}});
    return tag("section id=\"particulars\"",
               tag("h2", escaped(say("Scale, weights, place"))) + tag("div class=\"facts\"", out)) +
           "\n";
}

std::string findingsHtml(const Page& page) {
    const Say& say = page.say;
    std::string items;
    for (const Finding& f : findingsOf(page.record, page.masses, say)) {
        std::string text = tag("b", escaped(f.test));
        if (!f.what.empty()) text += " · " + escaped(f.what);
        if (!f.value.empty()) text += say.colon() + tag("b", escaped(f.value));
        if (!f.limit.empty())
            text += fmt::format(" ({} {})", escaped(say("limit")), escaped(f.limit));
        if (!f.reason.empty()) text += fmt::format(" {}", escaped(f.reason));
        text += fmt::format(" <span class=\"clause\">[{}]{}</span>", escaped(f.clause),
                            verifyHtml(f.certainty));
        items += tag("li", text) + "\n";
    }
    if (items.empty()) return {};
    return tag("section id=\"findings\"",
               tag("h2", escaped(say("Findings"))) + tag("ul class=\"findings\"", items)) +
           "\n";
}

std::string drawingsHtml(const Page& page) {
    const Say& say = page.say;
    std::string out;
    const auto section = [&](const std::string& heading, const std::string& picture,
                             const std::string& certainty = {}) {
        if (picture.empty()) return;
        const std::string mark = verifyHtml(say.known(certainty));
        out +=
            tag("section", tag("h2", escaped(heading)) +
                               (mark.empty() ? mark : tag("p class=\"clause\"", mark)) + picture) +
            "\n";
    };
    for (const TestResult& test : page.record.result.tests) {
        section(say("Adjustment"), adjustmentTable(page.record, test, say, "adjustment"),
                test.rule.certainty);
    }
    for (const TestResult& test : page.record.result.tests) {
        if (test.rule.id == "weighing")
            section(say("Test loads"), loadPlanTable(page.record, say), test.rule.certainty);
    }
    for (const TestResult& test : page.record.result.tests) {
        section(say("Error curve") + " · " + say.of(test.rule.title, test.rule.titleZh),
                errorCurveSvg(page.record, test, say), test.rule.certainty);
    }
    for (const TestResult& test : page.record.result.tests) {
        section(say("Uncertainty") + " · " + say.of(test.rule.title, test.rule.titleZh),
                uncertaintyTable(page.record, test, say));
    }
    for (const TestResult& test : page.record.result.tests) {
        section(say("Eccentricity map"), deckMapSvg(page.record, test, say), test.rule.certainty);
    }
    section(say("Time line"), timeLineSvg(page.record, say));
    return out;
}

const char* lookOf(const Column& column) {
    switch (column.holds) {
        case Column::Holds::words:
            return "w";
        case Column::Holds::truth:
            return "n truth";
        case Column::Holds::mass:
            break;
    }
    return "n";
}

/// Why a row stands out: it fails, it has no limit, or it only finds the zero.
std::string rowHtml(const Measurement& m, const std::vector<Column>& columns, const Say& say) {
    std::string cells = tag("td", escaped(label(m, say.language())));
    for (const Column& column : columns)
        cells += tag(fmt::format("td class=\"{}\"", lookOf(column)), escaped(column.text(m)));
    std::string verdict = isJudged(m) ? verdictWord(m.verdict, say) : std::string{};
    if (!m.finding.empty()) verdict += " " + escaped(say.known(m.finding));
    cells += tag("td class=\"v\"", verdict);
    const char* look = m.verdict == Verdict::fail ? "tr class=\"fail\""
                       : isJudged(m)              ? "tr"
                                                  : "tr class=\"note\"";
    return tag(look, cells) + "\n";
}

std::string testHtml(const Page& page, const TestResult& test, std::size_t number) {
    const Say& say = page.say;
    std::string out =
        tag(fmt::format("h3 id=\"{}\"", escaped(test.rule.id)),
            tag("span",
                fmt::format("{} {}", number, escaped(say.of(test.rule.title, test.rule.titleZh)))) +
                verdictWord(test.verdict, say));
    out += tag("p class=\"clause\"",
               escaped(say.known(test.rule.clause)) + verifyHtml(say.known(test.rule.certainty))) +
           "\n";
    if (!test.note.empty()) out += tag("p", escaped(say.known(test.note))) + "\n";
    std::string reasons;
    for (const std::string& reason : test.findings)
        reasons += tag("li", escaped(say.known(reason)));
    if (!reasons.empty()) out += tag("ul class=\"reasons\"", reasons);
    if (test.measurements.empty()) return out;

    const std::vector<Column> columns = columnsOf(test, page.masses, page.limitName, say);
    const bool words = !columns.empty() && columns.front().holds == Column::Holds::words;
    std::string head = tag("th", words ? std::string{} : escaped(page.masses.unit()));
    for (const Column& column : columns) {
        head +=
            tag(fmt::format("th class=\"{}\" title=\"{}\"", lookOf(column), escaped(column.about)),
                escaped(column.heading));
    }
    head += tag("th", escaped(say("Verdict")));
    std::string rows;
    for (const Measurement& m : test.measurements) rows += rowHtml(m, columns, say);
    return out + tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows)) + "\n";
}

std::string legendHtml(const Page& page) {
    std::string text;
    for (const Column& column : allColumns(page.masses, page.limitName, page.say)) {
        if (column.holds != Column::Holds::mass) continue;  // needs no legend
        text += (text.empty() ? "" : "; ") + tag("b", escaped(column.heading)) + " " +
                escaped(column.about);
    }
    return tag("p class=\"clause\"", text) + "\n";
}

std::string footerHtml(const Page& page) {
    const Say& say = page.say;
    const StoredRecord& r = page.record;
    const auto row = [](const std::string& name, const std::string& value) {
        return tag("tr", tag("th scope=\"row\"", escaped(name)) + tag("td", value)) + "\n";
    };
    std::string rows =
        row(say("Program"),
            escaped(fmt::format("jianheng {} ({})", r.programVersion, r.programCommit)));
    rows += row(say("Scenario"), tag("code", escaped(r.scenario.name)));
    rows += row(say("Seed"), std::to_string(r.scenario.seed));
    rows += row(say("Simulated time"), escaped(hoursText(r.simulated)));
    rows +=
        row(say("Requests"),
            escaped(fmt::format("{}, {} {}", r.transactions, r.result.retries, say("sent again"))));
    if (!r.stateHashes.empty()) {
        rows += row(say("State hashes"),
                    fmt::format("{}: <code>{}</code> … <code>{}</code>", r.stateHashes.size(),
                                escaped(r.stateHashes.front()), escaped(r.stateHashes.back())));
    }
    rows += row(say("Run it again"),
                tag("code", escaped(fmt::format("jianheng replay {}.json", r.scenario.name))));
    return tag("footer", tag("table", rows)) + "\n";
}

constexpr const char* script = R"js(
document.getElementById("print").addEventListener("click", () => window.print());
const truth = document.getElementById("truth");
if (truth) truth.addEventListener("click", () => {
  const hidden = document.body.classList.toggle("no-truth");
  truth.textContent = hidden ? truth.dataset.show : truth.dataset.hide;
  truth.setAttribute("aria-pressed", String(!hidden));
});
)js";

}  // namespace

std::string htmlReport(const StoredRecord& record, const HtmlOptions& options) {
    const Say say{options.language};
    const Page page{record,
                    say,
                    Masses{record.unit},
                    particularsOf(record, say),
                    isSimulated(record.result),
                    limitName(record.scenario.regulation, say)};
    std::string tests;
    for (std::size_t i = 0; i < record.result.tests.size(); ++i)
        tests += testHtml(page, record.result.tests[i], i + 1);
    std::string body = headerHtml(page) + toolsHtml(page, options.hideTruth);
    body += "<main>\n" + summaryHtml(page) + findingsHtml(page) + particularsHtml(page);
    body += drawingsHtml(page);
    body += tag("section id=\"tests\"",
                tag("h2", escaped(say("Measurements"))) + legendHtml(page) + tests);
    body += "\n</main>\n" + footerHtml(page) + tag("script", script) + "\n";
    const std::string head =
        "<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<link rel=\"icon\" href=\"data:,\"/>\n" +
        tag("title", escaped(fmt::format("{}: {}", page.particulars.title,
                                         say.known(word(record.result.verdict))))) +
        "\n" + tag("style", htmlStyle);
    return "<!DOCTYPE html>\n" +
           tag(say.chinese() ? "html lang=\"zh-CN\"" : "html lang=\"en\"",
               "\n" + tag("head", "\n" + head + "\n") + "\n" +
                   tag(options.hideTruth ? "body class=\"no-truth\"" : "body", "\n" + body)) +
           "\n";
}

}  // namespace jh
