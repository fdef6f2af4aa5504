// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "hil/paper/drawings.h"
#include "hil/report/markup.h"
#include "hil/report/plot_svg.h"

namespace jh {

namespace {

// Pixels of the picture and of the field within.
constexpr double widthPx = 960.0, heightPx = 430.0;
constexpr double leftPx = 70.0, rightPx = 70.0, topPx = 46.0, bottomPx = 56.0;
constexpr double fieldPx = widthPx - leftPx - rightPx, risePx = heightPx - topPx - bottomPx;

struct Point {
    ExactMass load, error, limit;
    bool down{}, fails{};
    bool above{true};  ///< where its number stands
};

std::vector<Point> pointsOf(const TestResult& test) {
    std::vector<Point> points;
    for (const Measurement& m : test.measurements) {
        const bool down = m.kind == MeasurementKind::down;
        const bool up = m.kind == MeasurementKind::up || m.kind == MeasurementKind::substitution ||
                        m.kind == MeasurementKind::net;
        if ((!up && !down) || !m.load || !m.judged() || !m.limit) continue;
        points.push_back({*m.load, *m.judged(), *m.limit, down, m.verdict == Verdict::fail});
    }
    // Of two at one load the lower one has its number below.
    for (Point& p : points) {
        for (const Point& other : points) {
            if (other.load == p.load && other.down != p.down)
                p.above = p.error > other.error || (p.error == other.error && p.down);
        }
    }
    return points;
}

/// A stretch of loads with one limit; its upper end belongs to it.
struct Band {
    ExactMass from, to, limit;
};

std::vector<Band> bandsOf(const Scenario& s) {
    std::set<ExactMass> ends{s.scale.max()};
    for (const WeighingRange& range : s.scale.ranges) {
        ends.insert(range.max);
        for (const MpeBand& band : s.regulation.mpeBands) {
            const ExactMass end = band.upTo_e * range.e;
            if (end < s.scale.max() && s.scale.intervalAt(end) == range.e) ends.insert(end);
        }
    }
    std::vector<Band> bands;
    ExactMass from;
    for (const ExactMass end : ends) {
        const ExactMass limit = maxPermissibleError(s.regulation, end, s.scale.intervalAt(end));
        if (!bands.empty() && bands.back().limit == limit) {
            bands.back().to = end;
        } else {
            bands.push_back({from, end, limit});
        }
        from = end;
    }
    return bands;
}

/// From masses to pixels.
struct Field {
    double most{}, reach{};  ///< mg at the right end and at the upper and lower
    double x(ExactMass load) const {
        return leftPx + static_cast<double>(load.inMg()) / most * fieldPx;
    }
    double y(ExactMass error) const {
        return topPx + (1.0 - static_cast<double>(error.inMg()) / reach) * risePx / 2.0;
    }
};

/// Corners of the upper (1) or lower (-1) edge of the bands, from zero to Max.
std::string edgePoints(const std::vector<Band>& bands, const Field& field, int side) {
    std::string points;
    for (const Band& band : bands) {
        const double y = field.y(side * band.limit);
        points +=
            fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} ", field.x(band.from), y, field.x(band.to), y);
    }
    return points;
}

/// The ground of the band, to lie below the grid, or its edges, to lie above.
std::string bandSvg(const std::vector<Band>& bands, const Field& field, bool edges) {
    std::string out;
    if (!edges) {
        for (const Band& band : bands) {
            out += fmt::format(
                "<rect class=\"band\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                "height=\"{:.1f}\"/>\n",
                field.x(band.from), field.y(band.limit), field.x(band.to) - field.x(band.from),
                field.y(-band.limit) - field.y(band.limit));
        }
        return out;
    }
    for (const int side : {1, -1}) {
        out += fmt::format("<polyline class=\"limit\" points=\"{}\"/>\n",
                           edgePoints(bands, field, side));
    }
    return out;
}

/// "+20", "0", "−20"
std::string signedText(double value) {
    if (value == 0.0) return "0";
    const std::string text = fmt::format("{:g}", std::abs(value));
    return (value < 0.0 ? "\u2212" : "+") + text;
}

/// Lines and numbers of the axes: errors in the record's unit on the left, in e on the right.
std::string gridSvg(const StoredRecord& record, const Field& field, const Say& say) {
    const double unit_mg = record.unit == "lb" ? 453'592.37 : 1e6;
    const auto e_mg = static_cast<double>(record.scenario.scale.firstInterval().inMg());
    std::string out;
    for (const double tick : niceTicks(0.0, field.most / unit_mg, 10)) {
        const double at = leftPx + tick * unit_mg / field.most * fieldPx;
        out += fmt::format(
            "<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/>"
            "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:.0f}</text>\n",
            at, topPx, topPx + risePx, topPx + risePx + 18.0, tick);
    }
    const double right = leftPx + fieldPx;
    const auto height = [&](double error_mg) {
        return topPx + (1.0 - error_mg / field.reach) * risePx / 2.0;
    };
    for (const double tick : niceTicks(-field.reach / unit_mg, field.reach / unit_mg, 8)) {
        const double at = height(tick * unit_mg);
        out += fmt::format(
            "<line class=\"{0}\" x1=\"{1}\" y1=\"{2:.1f}\" x2=\"{3}\" y2=\"{2:.1f}\"/>"
            "<text x=\"{4}\" y=\"{5:.1f}\" text-anchor=\"end\">{6}</text>\n",
            tick == 0.0 ? "zero" : "grid", leftPx, at, right, leftPx - 8.0, at + 4.5,
            signedText(tick));
    }
    for (const double tick : niceTicks(-field.reach / e_mg, field.reach / e_mg, 8)) {
        const double at = height(tick * e_mg);
        out += fmt::format(
            "<line class=\"frame\" x1=\"{0}\" y1=\"{1:.1f}\" x2=\"{2}\" y2=\"{1:.1f}\"/>"
            "<text x=\"{3}\" y=\"{4:.1f}\">{5}</text>\n",
            right, at, right + 5.0, right + 9.0, at + 4.5, signedText(tick));
    }
    out += fmt::format("<rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                       leftPx, topPx, fieldPx, risePx);
    out += fmt::format(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}, {}</text>"
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">Ec, {}</text>"
        "<text x=\"{}\" y=\"{}\">Ec, {}</text>\n",
        leftPx + fieldPx / 2.0, heightPx - 12.0, escaped(say("load")), record.unit, leftPx - 8.0,
        topPx - 14.0, record.unit, right + 9.0, topPx - 14.0,
        record.scenario.scale.ranges.size() > 1 ? "e₁" : "e");
    return out;
}

/// Filled circles upwards, open triangles downwards, a cross where the limit is exceeded.
std::string pointSvg(const Point& p, const Field& field, const Masses& masses, const Say& say) {
    const double x = field.x(p.load), y = field.y(p.error);
    std::string out =
        fmt::format("<g class=\"point {}{}\" data-load=\"{}\" data-error=\"{}\" data-limit=\"{}\">",
                    p.down ? "down" : "up", p.fails ? " fails" : "", p.load.kgText(),
                    p.error.kgText(), p.limit.kgText());
    out += tag("title",
               fmt::format("L {}, Ec {} {}, {} ±{}", masses.text(p.load), masses.error(p.error),
                           masses.unit(), escaped(say("limit")), masses.number(p.limit)));
    if (p.down) {
        out += fmt::format("<path d=\"M{:.1f} {:.1f}l5.5 -10h-11z\"/>", x, y + 5.0);
    } else {
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\"/>", x, y);
    }
    if (p.fails) {
        out += fmt::format("<path class=\"cross\" d=\"M{0:.1f} {1:.1f}l20 20m0 -20l-20 20\"/>",
                           x - 10.0, y - 10.0);
    }
    const double offPx = p.fails ? 14.0 : 9.0;
    out += fmt::format(
        "<text class=\"value\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", x,
        p.above ? y - offPx : y + offPx + 9.0, masses.error(p.error));
    return out + "</g>\n";
}

std::string legSvg(const std::vector<Point>& points, bool down, const Field& field) {
    std::string line;
    for (const Point& p : points) {
        if (p.down == down)
            line += fmt::format("{:.1f},{:.1f} ", field.x(p.load), field.y(p.error));
    }
    if (line.empty()) return line;
    return fmt::format("<polyline class=\"leg {}\" points=\"{}\"/>\n", down ? "down" : "up", line);
}

std::string legendSvg(bool anyDown, const Say& say) {
    std::string out = fmt::format(
        "<g transform=\"translate({} 20)\"><g class=\"point up\"><circle cx=\"0\" cy=\"0\" "
        "r=\"4.5\"/></g><text x=\"10\" y=\"4.5\">{}</text>",
        leftPx + 250.0, escaped(say("loads going up")));
    if (anyDown) {
        out += fmt::format(
            "<g class=\"point down\"><path d=\"M150 5l5.5 -10h-11z\"/></g>"
            "<text x=\"162\" y=\"4.5\">{}</text>",
            escaped(say("loads going down")));
    }
    out += fmt::format(
        "<rect class=\"band\" x=\"310\" y=\"-7\" width=\"26\" height=\"14\"/>"
        "<line class=\"limit\" x1=\"310\" y1=\"-7\" x2=\"336\" y2=\"-7\"/>"
        "<text x=\"342\" y=\"4.5\">{}</text></g>\n",
        escaped(say("permissible error")));
    return out;
}

}  // namespace

std::string errorCurveSvg(const StoredRecord& record, const TestResult& test, const Say& say) {
    const std::vector<Point> points = pointsOf(test);
    if (points.size() < 2) return {};
    const std::vector<Band> bands = bandsOf(record.scenario);
    ExactMass reach;
    for (const Band& band : bands) reach = std::max(reach, band.limit);
    for (const Point& p : points) reach = std::max({reach, p.error.abs(), p.limit});
    constexpr double room = 1.2;
    const Field field{static_cast<double>(record.scenario.scale.max().inMg()) * 1.02,
                      static_cast<double>(reach.inMg()) * room};
    const bool anyDown =
        std::any_of(points.begin(), points.end(), [](const Point& p) { return p.down; });
    const Masses masses{record.unit};
    std::string out = fmt::format("<svg class=\"curve\" viewBox=\"0 0 {} {}\" role=\"img\">\n",
                                  widthPx, heightPx);
    out += tag("title", escaped(say("Error curve")));
    out += bandSvg(bands, field, false) + gridSvg(record, field, say) + bandSvg(bands, field, true);
    out += legSvg(points, false, field) + legSvg(points, true, field);
    for (const Point& p : points) out += pointSvg(p, field, masses, say);
    return out + legendSvg(anyDown, say) + "</svg>\n";
}

}  // namespace jh
