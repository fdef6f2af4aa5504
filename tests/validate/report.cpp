// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/validate/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace jh::validate {

namespace {

std::string number(double value, int digits) {
    std::string text = fmt::format("{:.{}f}", value, digits);
    // No minus before nothing.
    if (text.find_first_of("123456789") == std::string::npos && text.front() == '-')
        text.erase(0, 1);
    return text;
}

std::string expectedText(const Figure& f) {
    if (f.expected) return number(*f.expected, f.measure.digits);
    if (f.low == -unbounded) return "at most " + number(f.high, f.measure.digits);
    if (f.high == unbounded) return "at least " + number(f.low, f.measure.digits);
    return number(f.low, f.measure.digits) + " to " + number(f.high, f.measure.digits);
}

/// One digit more than expected, so that rounding shows.
std::string gotText(const Figure& f) {
    return number(f.got, f.measure.digits + 1);
}

std::string toleranceText(const Measure& m) {
    if (m.tolerance.relative) return fmt::format("± {:g} % of it", 100.0 * m.tolerance.size);
    return fmt::format("± {:g} {}", m.tolerance.size, m.unit);
}

const char* verdict(const Figure& f) {
    return f.met() ? "met" : f.deviation.empty() ? "**not met**" : "known";
}

bool severalColumns(const Table& table) {
    return !table.figures.empty() && !table.figures.front().column.empty();
}

std::string grid(const Table& table) {
    const std::vector<Figure>& all = table.figures;
    std::string head = "| |", rule = "| --- |", rows;
    for (std::size_t i = 0; i < all.size() && all[i].row == all.front().row; ++i) {
        head += " " + all[i].column + " |";
        rule += " ---: |";
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == 0 || all[i].row != all[i - 1].row) {
            rows += (i == 0 ? "| " : "\n| ") + all[i].row + " |";
        }
        const char* mark = all[i].met() ? "" : "**";
        rows += fmt::format(" {}<br>{}{}{} |", expectedText(all[i]), mark, gotText(all[i]), mark);
    }
    return head + "\n" + rule + "\n" + rows + "\n";
}

std::string list(const Table& table) {
    std::string out =
        "| figure | unit | expected | simulator | tolerance | |\n"
        "| --- | --- | ---: | ---: | --- | --- |\n";
    for (const Figure& f : table.figures) {
        out +=
            fmt::format("| {} | {} | {} | {} | {} | {} |\n", f.row, f.measure.unit, expectedText(f),
                        gotText(f), f.expected ? toleranceText(f.measure) : "", verdict(f));
    }
    return out;
}

std::size_t metOf(const Table& table) {
    return static_cast<std::size_t>(std::count_if(table.figures.begin(), table.figures.end(),
                                                  [](const Figure& f) { return f.met(); }));
}

/// Each reason once, after the figures that it explains.
std::string deviationsText(const Table& table) {
    std::vector<std::string> reasons;
    for (const Figure& f : table.figures) {
        const bool known = std::find(reasons.begin(), reasons.end(), f.deviation) != reasons.end();
        if (!f.deviation.empty() && !known) reasons.push_back(f.deviation);
    }
    std::string out;
    for (const std::string& reason : reasons) {
        std::string figures;
        for (const Figure& f : table.figures) {
            if (f.deviation != reason) continue;
            figures += fmt::format("{}{}: {} for {} {}", figures.empty() ? "" : "; ", f.name(),
                                   gotText(f), expectedText(f), f.measure.unit);
        }
        out += fmt::format("\n**Known deviation.** {}. *{}*\n", figures, reason);
    }
    return out;
}

std::string tableText(const Table& table) {
    std::string out = fmt::format("### {} {}\n\n", table.title, table.titleZh);
    if (severalColumns(table)) {
        out += fmt::format("Each cell: expected above, simulator below, in {}; tolerance {}.\n\n{}",
                           table.measure.unit, toleranceText(table.measure), grid(table));
    } else {
        out += list(table);
    }
    out += fmt::format("\n{} of {} met. Source: {}.\n", metOf(table), table.figures.size(),
                       table.source);
    if (!table.note.empty()) out += "\n" + table.note + "\n";
    out += deviationsText(table);
    for (const Chart& chart : table.charts) {
        out += fmt::format("\n![{}](validation/{}.svg)\n", chart.plot.title, chart.file);
    }
    return out + "\n";
}

/// Of the table's figures the one that uses up most of its room.
double mostOfRoom(const Table& table) {
    double most = 0.0;
    for (const Figure& f : table.figures) {
        if (!f.expected || !(f.high > f.low)) continue;
        most = std::max(most, std::fabs(f.got - *f.expected) / (0.5 * (f.high - f.low)));
    }
    return most;
}

std::string consoleLine(const Figure& f) {
    return fmt::format("    {:<52} {:>14} {:<8} expected {}{}{}\n", f.name(), gotText(f),
                       f.measure.unit, expectedText(f),
                       f.expected ? ", " + toleranceText(f.measure) : "",
                       f.met()               ? (f.asSaid() ? "" : "  DEVIATION HAS VANISHED")
                       : f.deviation.empty() ? "  NOT MET"
                                             : "  known deviation");
}

}  // namespace

std::string chapterText(const Chapter& chapter) {
    std::string out =
        fmt::format("## {} {}\n\n{}\n\n", chapter.title, chapter.titleZh, chapter.intro);
    for (const Table& table : chapter.tables) out += tableText(table);
    if (chapter.missing.empty()) return out;
    out +=
        "### Nothing to compare 无可比较\n\n"
        "| what the sources say | why it stands here |\n| --- | --- |\n";
    for (const Missing& m : chapter.missing) out += fmt::format("| {} | {} |\n", m.what, m.why);
    return out + "\n";
}

std::string summaryLine(const Chapter& chapter) {
    return fmt::format("| {} {} | {} | {} | {} | {} |\n", chapter.title, chapter.titleZh,
                       chapter.figures(), chapter.met(), chapter.deviations(), chapter.wrong());
}

std::string reportText(const std::vector<Chapter>& chapters) {
    std::string out =
        "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n"
        "<!-- Written by ./dev validate; do not edit. -->\n"
        "# Validation 验证报告\n\n"
        "What the physical world of Jianheng gives, beside closed forms, calculations made apart\n"
        "from this program and published figures. `./dev validate` computes all of it again with "
        "the\n"
        "product's own code and writes this page; a test fails when page and program differ. "
        "Seeds\n"
        "and data are the shipped ones. A figure is *met* when it lies within its tolerance. "
        "*Known*\n"
        "is one that does not, with the reason below its table; when it comes to be met that is "
        "an\n"
        "error too. Where an expected figure was printed with few digits, half of the last one is\n"
        "its tolerance.\n\n"
        "| chapter | figures | met | known deviations | wrong |\n"
        "| --- | ---: | ---: | ---: | ---: |\n";
    for (const Chapter& chapter : chapters) out += summaryLine(chapter);
    out += "\n";
    for (const Chapter& chapter : chapters) out += chapterText(chapter);
    while (out.ends_with("\n\n")) out.pop_back();
    return out;
}

std::string consoleText(const Chapter& chapter, bool all) {
    std::string out =
        fmt::format("{}: {} figures, {} met, {} known deviations, {} wrong\n", chapter.title,
                    chapter.figures(), chapter.met(), chapter.deviations(), chapter.wrong());
    for (const Table& table : chapter.tables) {
        out +=
            fmt::format("  {:<68} {:>3} of {:>3} met; most {:3.0f} % of the tolerance\n",
                        table.title, metOf(table), table.figures.size(), 100.0 * mostOfRoom(table));
        for (const Figure& f : table.figures) {
            if (all || !f.asSaid() || !f.met()) out += consoleLine(f);
        }
    }
    return out;
}

}  // namespace jh::validate
