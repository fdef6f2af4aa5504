// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/plot_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "hil/report/markup.h"

namespace jh {

namespace {

// Pixels of the picture and of the field for the lines; the legend stands to its right.
constexpr double widthPx = 1040.0, heightPx = 560.0;
constexpr double leftPx = 92.0, rightPx = 226.0, topPx = 56.0, bottomPx = 64.0;
constexpr double fieldPx = widthPx - leftPx - rightPx, risePx = heightPx - topPx - bottomPx;
/// Neighbouring values within one column of pixels become their least and most.
constexpr std::size_t columns = 1500;

struct Style {
    const char *colour, *dashes;
    double strokePx;
};
/// Colours of Okabe and Ito, told apart by people who see few colours; their greys differ too.
constexpr std::array<Style, 7> styles{{{"#0072b2", "", 1.6},
                                       {"#d55e00", "8 4", 1.6},
                                       {"#009e73", "3 3", 1.8},
                                       {"#cc79a7", "12 4 3 4", 1.6},
                                       {"#56b4e9", "2 5", 2.2},
                                       {"#b8860b", "14 5", 1.6},
                                       {"#777777", "6 3 2 3 2 3", 1.6}}};
constexpr Style strongStyle{"#000000", "", 2.4};

struct Axis {
    double least{}, most{1.0};
    std::vector<double> ticks;
    double share(double value) const { return (value - least) / (most - least); }
};

/// Room above and below up to the next tick.
Axis axisOver(double least, double most, int wanted, bool whole) {
    if (!(most > least)) {
        const double room = std::max(std::abs(most) * 0.05, 1.0);
        least -= room;
        most += room;
    }
    Axis axis{least, most, niceTicks(least, most, wanted)};
    if (whole && axis.ticks.size() > 1) {
        const double step = axis.ticks[1] - axis.ticks[0];
        // A hair beyond a tick asks for no more room.
        constexpr double hair = 0.02;
        axis.least = std::floor(least / step + hair) * step;
        axis.most = std::ceil(most / step - hair) * step;
        axis.ticks = niceTicks(axis.least, axis.most, wanted);
    }
    return axis;
}

/// 49000 as "49 000", with the digits that the step of the axis needs.
std::string tickText(double value, double step) {
    const int digits = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    std::string text = fmt::format("{:.{}f}", std::abs(value) < step * 1e-6 ? 0.0 : value, digits);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::size_t first = text.front() == '-' ? 1 : 0;
    // A narrow no-break space keeps the groups of three together.
    for (std::size_t i = point; i > first + 3 && point - first > 4;) {
        i -= 3;
        text.insert(i, "\u202f");
    }
    if (first == 1) text.replace(0, 1, "\u2212");
    return text;
}

Axis yAxis(const Plot& plot) {
    double least = 0.0, most = 0.0;
    bool any = false;
    for (const PlotSeries& series : plot.series) {
        for (const double y : series.y) {
            least = any ? std::min(least, y) : y;
            most = any ? std::max(most, y) : y;
            any = true;
        }
    }
    return axisOver(least, most, 8, true);
}

std::string gridText(const Plot& plot, const Axis& x, const Axis& y) {
    std::string out;
    const auto step = [](const Axis& axis) {
        return axis.ticks.size() > 1 ? axis.ticks[1] - axis.ticks[0] : 1.0;
    };
    for (const double tick : x.ticks) {
        const double at = leftPx + x.share(tick) * fieldPx;
        out += fmt::format(
            "<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#e0e0e0\"/>\n"
            "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4}</text>\n",
            at, topPx, topPx + risePx, topPx + risePx + 20.0, tickText(tick, step(x)));
    }
    for (const double tick : y.ticks) {
        const double at = topPx + (1.0 - y.share(tick)) * risePx;
        out += fmt::format(
            "<line x1=\"{1}\" y1=\"{0:.1f}\" x2=\"{2}\" y2=\"{0:.1f}\" stroke=\"{5}\"/>\n"
            "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{6}</text>\n",
            at, leftPx, leftPx + fieldPx, leftPx - 8.0, at + 4.5,
            std::abs(tick) < step(y) * 1e-6 ? "#909090" : "#e0e0e0", tickText(tick, step(y)));
    }
    out += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#404040\"/>\n",
        leftPx, topPx, fieldPx, risePx);
    out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                       leftPx + fieldPx / 2.0, heightPx - 18.0, escaped(plot.xTitle));
    out += fmt::format(
        "<text transform=\"translate(22 {}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
        topPx + risePx / 2.0, escaped(plot.yTitle));
    return out;
}

/// Each point of a series, as `pattern` writes x and y; where many share a column of pixels, the
/// least and the most of them.
std::string pointsText(const Plot& plot, const PlotSeries& series, const Axis& x, const Axis& y,
                       fmt::format_string<double, double> pattern) {
    std::string out;
    const auto point = [&](std::size_t i) {
        out += fmt::format(pattern, leftPx + x.share(plot.x[i]) * fieldPx,
                           topPx + (1.0 - y.share(series.y[i])) * risePx);
    };
    const std::size_t count = std::min(plot.x.size(), series.y.size());
    const std::size_t each = std::max<std::size_t>(1, count / columns);
    for (std::size_t from = 0; from < count; from += each) {
        const auto begin = series.y.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end =
            series.y.begin() + static_cast<std::ptrdiff_t>(std::min(from + each, count));
        auto low = std::min_element(begin, end), high = std::max_element(begin, end);
        if (low > high) std::swap(low, high);
        point(static_cast<std::size_t>(low - series.y.begin()));
        if (low != high) point(static_cast<std::size_t>(high - series.y.begin()));
    }
    if (!out.empty()) out.pop_back();
    return out;
}

}  // namespace

std::vector<double> niceTicks(double least, double most, int wanted) {
    const double rough = (most - least) / std::max(wanted, 1);
    if (!(rough > 0.0) || !std::isfinite(rough)) return {least};
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double mantissa = rough / power;
    const double step = power * (mantissa < 1.5   ? 1.0
                                 : mantissa < 3.5 ? 2.0
                                 : mantissa < 7.5 ? 5.0
                                                  : 10.0);
    std::vector<double> ticks;
    const double first = std::ceil(least / step - 1e-9), last = std::floor(most / step + 1e-9);
    const auto count = static_cast<int>(last - first) + 1;
    for (int i = 0; i < count; ++i) ticks.push_back((first + i) * step);
    return ticks;
}

std::string svgText(const Plot& plot) {
    const Axis x = axisOver(plot.x.empty() ? 0.0 : std::min(0.0, plot.x.front()),
                            plot.x.empty() ? 1.0 : plot.x.back(), 10, false);
    const Axis y = yAxis(plot);
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" font-family=\"'Noto Sans', 'Noto Sans CJK SC', 'DejaVu Sans', Arial, "
        "sans-serif\" font-size=\"14\" fill=\"#202020\">\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        "<text x=\"{2}\" y=\"32\" font-size=\"17\">{3}</text>\n",
        widthPx, heightPx, leftPx, escaped(plot.title));
    out += gridText(plot, x, y);
    std::string legend, strong;
    std::size_t next = 0;
    double rowPx = topPx + 14.0;
    for (const PlotSeries& series : plot.series) {
        const Style style = series.strong ? strongStyle : styles[next++ % styles.size()];
        const std::string stroke = fmt::format(
            "stroke=\"{}\" stroke-width=\"{}\"{}", style.colour, style.strokePx,
            *style.dashes == '\0' ? "" : fmt::format(" stroke-dasharray=\"{}\"", style.dashes));
        // The strong one lies on top.
        (series.strong ? strong : out) +=
            series.dots
                ? fmt::format("<g fill=\"{}\">\n{}\n</g>\n", style.colour,
                              pointsText(plot, series, x, y,
                                         "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2\"/> "))
                : fmt::format(
                      "<polyline fill=\"none\" stroke-linejoin=\"round\" {} points=\"{}\"/>\n",
                      stroke, pointsText(plot, series, x, y, "{:.1f},{:.1f} "));
        const double from = leftPx + fieldPx + 16.0;
        legend += fmt::format(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>\n<text x=\"{}\" "
            "y=\"{}\">{}</text>\n",
            from, rowPx, from + 44.0, rowPx, stroke, from + 52.0, rowPx + 5.0,
            escaped(series.name));
        rowPx += 26.0;
    }
    return out + strong + legend + "</svg>\n";
}

}  // namespace jh
