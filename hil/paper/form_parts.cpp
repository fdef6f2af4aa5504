// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/form_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/paper/tables.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

bool goesUp(const Measurement& m) {
    return m.kind == MeasurementKind::up || m.kind == MeasurementKind::substitution;
}

/// Columns of a form for these measurements.
std::vector<Column> formColumns(const FormSource& source, const TestResult& test) {
    std::vector<Column> columns = columnsOf(test, source.masses, source.limitName, source.say);
    std::erase_if(columns,
                  [](const Column& column) { return column.holds == Column::Holds::truth; });
    return columns;
}

std::string resultCell(const Measurement& m, const Say& say) {
    std::string text = isJudged(m) ? verdictText(m.verdict, say) : std::string{};
    if (!m.finding.empty()) text += " " + say.known(m.finding);
    return tag("td class=\"r\"", escaped(text));
}

std::string rowTag(const Measurement& m) {
    return m.verdict == Verdict::fail ? "tr class=\"fail\"" : "tr";
}

/// One load on its way up and down.
struct Legs {
    const Measurement* up{};
    const Measurement* down{};
};

/// Side by side where a load comes in both legs; where it comes twice in one, it has two rows.
std::vector<Legs> legsOf(const TestResult& test) {
    std::vector<Legs> rows;
    for (const Measurement& m : test.measurements) {
        if (goesUp(m) && m.load) rows.push_back({&m, nullptr});
    }
    for (const Measurement& m : test.measurements) {
        if (m.kind != MeasurementKind::down || !m.load) continue;
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const Legs& row) {
            return row.down == nullptr && row.up != nullptr && row.up->load == m.load;
        });
        if (same != rows.end()) {
            same->down = &m;
        } else {
            rows.push_back({nullptr, &m});
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Legs& a, const Legs& b) {
        return (a.up ? a.up : a.down)->load < (b.up ? b.up : b.down)->load;
    });
    return rows;
}

std::string legRow(const Legs& row, const Masses& masses, const Say& say) {
    const Measurement& any = *(row.up ? row.up : row.down);
    std::string cells = tag("td class=\"n\"", masses.number(any.load));
    const auto both = [&](const auto& text) {
        for (const Measurement* m : {row.up, row.down})
            cells += tag("td class=\"n\"", m ? text(*m) : std::string{});
    };
    both([&](const Measurement& m) { return masses.number(m.indication); });
    both([&](const Measurement& m) { return masses.number(m.added); });
    both([&](const Measurement& m) { return masses.error(m.error); });
    both([&](const Measurement& m) { return masses.error(m.correctedError); });
    cells += tag("td class=\"n\"", any.limit ? limitText(*any.limit, masses) : std::string{});
    const bool fails = (row.up && row.up->verdict == Verdict::fail) ||
                       (row.down && row.down->verdict == Verdict::fail);
    const bool judged = (row.up && isJudged(*row.up)) || (row.down && isJudged(*row.down));
    cells += tag("td class=\"r\"",
                 judged ? escaped(verdictText(fails ? Verdict::fail : Verdict::pass, say)) : "");
    return tag(fails ? "tr class=\"fail\"" : "tr", cells) + "\n";
}

std::string measurementTable(const FormSource& source, const TestResult& test) {
    const Say& say = source.say;
    const std::vector<Column> columns = formColumns(source, test);
    if (test.measurements.empty()) return {};
    const auto look = [](const char* name, const Column& column) {
        return fmt::format("{} class=\"{}\"", name,
                           column.holds == Column::Holds::words ? "c" : "n");
    };
    const bool words = !columns.empty() && columns.front().holds == Column::Holds::words;
    std::string head = tag("th", words ? std::string{} : escaped(source.masses.unit()));
    for (const Column& column : columns) head += tag(look("th", column), escaped(column.heading));
    head += tag("th", escaped(say("Result")));
    std::string rows;
    for (const Measurement& m : test.measurements) {
        std::string cells = tag("td", escaped(label(m, say.language())));
        for (const Column& column : columns)
            cells += tag(look("td", column), escaped(column.text(m)));
        rows += tag(rowTag(m), cells + resultCell(m, say)) + "\n";
    }
    return tag("table class=\"ruled\"", tag("thead", tag("tr", head)) + tag("tbody", rows)) + "\n";
}

std::string upAndDownTable(const FormSource& source, const TestResult& test) {
    const Say& say = source.say;
    const std::vector<Legs> legs = legsOf(test);
    if (legs.empty()) return measurementTable(source, test);
    std::string first = tag("th rowspan=\"2\"", "L, " + source.masses.unit()), second;
    for (const char* symbol : {"I", "ΔL", "E", "Ec"}) {
        first += tag("th colspan=\"2\" class=\"c\"", symbol);
        second += tag("th class=\"n\"", "↑") + tag("th class=\"n\"", "↓");
    }
    first += tag("th rowspan=\"2\"", escaped(source.limitName)) +
             tag("th rowspan=\"2\"", escaped(say("Result")));
    std::string rows;
    for (const Legs& row : legs) rows += legRow(row, source.masses, say);
    std::string out = tag("table class=\"ruled\"",
                          tag("thead", tag("tr", first) + tag("tr", second)) + tag("tbody", rows)) +
                      "\n";
    TestResult rest = test;
    std::erase_if(rest.measurements, [](const Measurement& m) {
        return goesUp(m) || m.kind == MeasurementKind::down;
    });
    return out + measurementTable(source, rest);
}

std::string reasonList(const FormSource& source, const TestResult& test) {
    std::string items;
    for (const std::string& reason : test.findings)
        items += tag("li", escaped(source.say.known(reason)));
    return items.empty() ? items : tag("ul class=\"reasons\"", items) + "\n";
}

std::string supportSketch(const ScaleModel& scale) {
    constexpr double widthPx = 460.0, marginPx = 26.0;
    const double px = (widthPx - 2.0 * marginPx) / scale.deck.length().si();
    const double heightPx = scale.deck.width.si() * px + 2.0 * marginPx;
    const auto x = [&](Length along) { return marginPx + along.si() * px; };
    const auto y = [&](Length left) {
        return marginPx + (scale.deck.width.si() / 2.0 - left.si()) * px;
    };
    std::string out = fmt::format(
        "<svg class=\"sketch\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1:.0f}\" "
        "width=\"{0}\" height=\"{1:.0f}\">"
        "<rect x=\"{2}\" y=\"{2}\" width=\"{3:.1f}\" height=\"{4:.1f}\" fill=\"none\" "
        "stroke=\"#000\"/>",
        widthPx, heightPx, marginPx, scale.deck.length().si() * px, scale.deck.width.si() * px);
    Length end;
    for (std::size_t i = 0; i + 1 < scale.deck.moduleLengths.size(); ++i) {
        end = end + scale.deck.moduleLengths[i];
        out +=
            fmt::format("<path d=\"M{:.1f} {}v{:.1f}\" stroke=\"#000\" stroke-dasharray=\"4 3\"/>",
                        x(end), marginPx, scale.deck.width.si() * px);
    }
    for (const CellPlace& cell : scale.cells) {
        const bool upper = cell.y > Length{};
        out += fmt::format(
            "<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"3.5\" fill=\"#000\"/><text x=\"{0:.1f}\" "
            "y=\"{2:.1f}\" text-anchor=\"middle\" font-size=\"11\" "
            "font-family=\"Noto Serif CJK SC\">{3}</text>",
            x(cell.x), y(cell.y), upper ? marginPx - 7.0 : heightPx - marginPx + 15.0,
            escaped(cell.id));
    }
    return out + "</svg>\n";
}

/// Weights at hand and substitutions of the weighing test, and which weights were asked for.
std::string planLine(const FormSource& source, const TestResult& test) {
    const Say& say = source.say;
    if (!source.record.plan || test.rule.id != "weighing") return {};
    if (source.record.scenario.signal) return {};  // a source has no weights
    std::string text =
        fmt::format("{}{}{} · {}{}{}", say("Weights at hand"), say.colon(),
                    source.masses.text(source.record.scenario.weights.blocksTotal()),
                    say("Substitutions"), say.colon(), source.record.plan->substitutions);
    if (!test.note.empty()) text += " · " + say.known(test.note);
    return tag("p", escaped(text)) + "\n";
}

}  // namespace

std::string filledIn(const std::string& value) {
    return value.empty() ? "<span class=\"blank\">&#160;</span>" : escaped(value);
}

std::vector<NamedValue> scaleFields(const FormSource& source, std::vector<NamedValue> before,
                                    const std::vector<NamedValue>& after) {
    const Say& say = source.say;
    const Particulars& p = source.particulars;
    const std::vector<NamedValue> fields{{say("Accuracy class"), p.accuracyClass},
                                         {"n = Max/e", p.intervals},
                                         {"Max", p.max},
                                         {"Min", p.min},
                                         {"e = d", p.e},
                                         {say("Load receptor"), p.deck},
                                         {say("Load cells"), p.cells},
                                         {say("Indicator"), p.indicator},
                                         {say("Indicator number"), p.indicatorSerial},
                                         {say("Software version"), p.firmware},
                                         {say("Event counter"), p.eventCounter},
                                         {say("Parameter checksum"), p.checksum},
                                         {say("Regulation"), p.regulation},
                                         {say("Stage"), p.stage}};
    before.insert(before.end(), fields.begin(), fields.end());
    before.insert(before.end(), after.begin(), after.end());
    return before;
}

std::string fieldTable(const std::vector<NamedValue>& fields, int perRow) {
    std::string rows, cells;
    int count = 0;
    for (const auto& [name, value] : fields) {
        cells += tag("th", escaped(name)) + tag("td", escaped(value));
        if (++count % perRow != 0) continue;
        rows += tag("tr", cells) + "\n";
        cells.clear();
    }
    for (; count % perRow != 0; ++count) cells += "<th></th><td></td>";
    if (!cells.empty()) rows += tag("tr", cells) + "\n";
    return tag(fmt::format("table class=\"fields per{}\"", perRow), rows) + "\n";
}

std::string boxes(const std::vector<std::pair<std::string, bool>>& choices) {
    std::string text;
    for (const auto& [name, chosen] : choices)
        text += tag("span class=\"box\"", (chosen ? "☒ " : "☐ ") + escaped(name));
    return text;
}

std::string passBoxes(Verdict verdict, const Say& say) {
    return boxes({{say.known(word(Verdict::pass)), verdict == Verdict::pass},
                  {say.known(word(Verdict::fail)), verdict == Verdict::fail}});
}

std::string testHeading(const FormSource& source, const TestResult& test,
                        const std::string& number) {
    const Say& say = source.say;
    std::string small = escaped(say.known(test.rule.clause));
    if (!test.rule.certainty.empty()) {
        small += " " + tag("i", "⚠ " + escaped(say.known(test.rule.certainty)));
    }
    return tag("table class=\"heading\"",
               tag("tr", tag("td", tag("h3", escaped(number + " " +
                                                     say.of(test.rule.title, test.rule.titleZh))) +
                                       tag("small", small)) +
                             tag("td class=\"r\"", escaped(verdictText(test.verdict, say))))) +
           "\n";
}

std::string markList(const FormSource& source) {
    std::string text;
    for (const std::string& mark : certainties(source.record.result, source.say))
        text += tag("p", tag("small", "⚠ " + escaped(mark))) + "\n";
    return text;
}

std::string testBody(const FormSource& source, const TestResult& test) {
    const auto anyOf = [&](MeasurementKind kind) {
        return std::any_of(test.measurements.begin(), test.measurements.end(),
                           [kind](const Measurement& m) { return m.kind == kind; });
    };
    std::string out = planLine(source, test);
    if (anyOf(MeasurementKind::support)) out += supportSketch(source.record.scenario.scale);
    out += adjustmentTable(source.record, test, source.say, "ruled");
    out += anyOf(MeasurementKind::down) ? upAndDownTable(source, test)
                                        : measurementTable(source, test);
    return out + reasonList(source, test);
}

std::string signatures(const std::vector<NamedValue>& names) {
    std::string cells;
    for (const auto& [name, value] : names)
        cells += tag("td", escaped(name) + " " + filledIn(value));
    return tag("table class=\"signatures\"", tag("tr", cells)) + "\n";
}

}  // namespace jh
