// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "hil/paper/drawings.h"
#include "hil/paper/particulars.h"
#include "hil/report/markup.h"
#include "hil/report/plot_svg.h"

namespace jh {

namespace {

constexpr double widthPx = 960.0, leftPx = 170.0, rightPx = 92.0, topPx = 36.0, rowPx = 19.0;
constexpr double fieldPx = widthPx - leftPx - rightPx;

/// All the work of one name.
struct Row {
    std::string name;
    SimTime total{};
    std::vector<std::pair<double, double>> bars;  ///< pixels from and to
};

std::vector<Row> rowsOf(const VerificationResult& result, double pxPerSecond) {
    std::vector<Row> rows;
    for (const WorkStep& step : result.steps) {
        auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const Row& r) { return r.name == step.name; });
        if (row == rows.end()) row = rows.insert(rows.end(), Row{step.name, {}, {}});
        row->total += step.end - step.start;
        const double from = leftPx + seconds(step.start) * pxPerSecond;
        const double to = leftPx + seconds(step.end) * pxPerSecond;
        // What follows within half a pixel is one bar.
        constexpr double near = 0.5;
        if (!row->bars.empty() && from - row->bars.back().second < near) {
            row->bars.back().second = to;
        } else {
            row->bars.emplace_back(from, to);
        }
    }
    return rows;
}

/// Which test was going on: shaded in turns, with its number in the order of the regulation.
std::string testsSvg(const VerificationResult& result, double pxPerSecond, double bottom,
                     const Say& say) {
    std::string out;
    for (std::size_t i = 0; i < result.tests.size(); ++i) {
        const TestResult& test = result.tests[i];
        if (test.end <= SimTime{}) continue;
        const double from = leftPx + seconds(test.start) * pxPerSecond;
        const double wide = seconds(test.end - test.start) * pxPerSecond;
        out += fmt::format(
            "<g class=\"test\" data-test=\"{}\"><title>{}</title><rect class=\"shade{}\" "
            "x=\"{:.1f}\" "
            "y=\"{}\" width=\"{:.1f}\" height=\"{}\"/>",
            escaped(test.rule.id), escaped(say.of(test.rule.title, test.rule.titleZh)), i % 2, from,
            topPx, wide, bottom - topPx);
        // A number needs this much room.
        constexpr double least = 14.0;
        if (wide >= least) {
            out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                               from + wide / 2.0, topPx - 8.0, i + 1);
        }
        out += "</g>\n";
    }
    return out;
}

}  // namespace

std::string timeLineSvg(const StoredRecord& record, const Say& say) {
    const double whole_s = std::max(seconds(record.simulated), 1.0);
    const double pxPerSecond = fieldPx / whole_s;
    const std::vector<Row> rows = rowsOf(record.result, pxPerSecond);
    const double bottom = topPx + rowPx * static_cast<double>(rows.size()) + 6.0;
    std::string out = fmt::format("<svg class=\"time\" viewBox=\"0 0 {} {}\" role=\"img\">\n",
                                  widthPx, bottom + 44.0);
    out += tag("title", escaped(say("Time line")));
    out += testsSvg(record.result, pxPerSecond, bottom, say);
    constexpr double hour_s = 3600.0;
    const bool hours = whole_s > 2.0 * hour_s;
    const double unit_s = hours ? hour_s : 60.0;
    for (const double tick : niceTicks(0.0, whole_s / unit_s, 8)) {
        const double at = leftPx + tick * unit_s * pxPerSecond;
        out += fmt::format(
            "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/>"
            "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:g}</text>\n",
            at, topPx, bottom, bottom + 17.0, tick);
    }
    double y = topPx + 4.0;
    for (const Row& row : rows) {
        out += fmt::format("<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>",
                           leftPx - 8.0, y + 12.5, escaped(say.known(row.name)));
        std::string path;
        constexpr double leastPx = 0.8;  // so that the shortest work can be seen
        for (const auto& [from, to] : row.bars)
            path += fmt::format("M{:.1f} {:.1f}h{:.1f}v13h-{:.1f}z", from, y,
                                std::max(to - from, leastPx), std::max(to - from, leastPx));
        out += fmt::format("<path class=\"work\" d=\"{}\"/>", path);
        out += fmt::format(
            "<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", widthPx - 6.0, y + 12.5,
            row.total < std::chrono::minutes{1} ? fmt::format("{:.1f} s", seconds(row.total))
                                                : hoursText(row.total));
        y += rowPx;
    }
    out += fmt::format(
        "<rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>"
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}, {}</text></svg>\n",
        leftPx, topPx, fieldPx, bottom - topPx, leftPx + fieldPx / 2.0, bottom + 36.0,
        escaped(say("simulated time")), hours ? "h" : "min");
    return out;
}

}  // namespace jh
