// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "hil/paper/drawings.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

constexpr double widthPx = 960.0, sidePx = 84.0, topPx = 108.0, bottomPx = 96.0;
/// Ring of the limit around each cell.
constexpr double ringPx = 24.0;

struct AtCell {
    const CellPlace* cell;
    const Measurement* measured;
};

std::vector<AtCell> cellsOf(const ScaleModel& scale, const TestResult& test) {
    std::vector<AtCell> found;
    for (const Measurement& m : test.measurements) {
        if (m.kind != MeasurementKind::support || !m.judged()) continue;
        const auto cell =
            std::find_if(scale.cells.begin(), scale.cells.end(),
                         [&](const CellPlace& place) { return place.id == m.detail; });
        if (cell != scale.cells.end()) found.push_back({&*cell, &m});
    }
    return found;
}

/// Metres on the deck to pixels: x to the right, y (left of the driving direction) upwards.
struct Ground {
    double scale{}, begin{}, width_m{};
    double x(Length along) const { return begin + along.si() * scale; }
    double y(Length left) const { return topPx + (width_m / 2.0 - left.si()) * scale; }
};

std::string deckSvg(const DeckModel& deck, const Ground& ground, const Say& say) {
    const Length half = deck.width / 2.0;
    const double left = ground.x(Length{}), right = ground.x(deck.length());
    const double top = ground.y(half), bottom = ground.y(-half);
    std::string out = fmt::format(
        "<rect class=\"deck\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
        left, top, right - left, bottom - top);
    Length end;
    for (std::size_t i = 0; i < deck.moduleLengths.size(); ++i) {
        const Length begin = end;
        end = end + deck.moduleLengths[i];
        out += fmt::format(
            "<text class=\"faint\" x=\"{:.1f}\" y=\"{:.1f}\" "
            "text-anchor=\"middle\">{} {} · {:g} m</text>\n",
            ground.x((begin + end) / 2.0), ground.y(Length{}) + 5.0, escaped(say("module")), i + 1,
            deck.moduleLengths[i].si());
        if (i + 1 == deck.moduleLengths.size()) break;
        out += fmt::format(
            "<line class=\"joint\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" "
            "y2=\"{2:.1f}\"/>\n",
            ground.x(end), top, bottom);
    }
    // The driving direction, and a rule of metres below.
    out += fmt::format(
        "<path class=\"frame\" d=\"M{0:.1f} {2:.1f}H{1:.1f}m-8 -5l8 5l-8 5\"/>"
        "<text x=\"{3:.1f}\" y=\"{4:.1f}\">{5}</text>\n",
        sidePx, sidePx + 70.0, topPx - 88.0, sidePx + 80.0, topPx - 83.5,
        escaped(say("x, driving direction")));
    const double rule = bottom + 68.0;
    out += fmt::format("<path class=\"frame\" d=\"M{:.1f} {:.1f}H{:.1f}", left, rule, right);
    const int whole = static_cast<int>(deck.length().si() + 1e-9);
    for (int m = 0; m <= whole; ++m)
        out +=
            fmt::format("M{:.1f} {:.1f}v{}", ground.x(Length{1.0 * m}), rule, m % 5 == 0 ? 8 : 4);
    out += "\"/>\n";
    for (int m = 0; m <= whole; m += whole > 10 ? 5 : 1) {
        out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}{}</text>\n",
                           ground.x(Length{1.0 * m}), rule + 22.0, m, m == 0 ? " m" : "");
    }
    return out;
}

/// Fill of a disc; patterns have a name of their own in each map of a page.
std::string hatched(std::string_view sign, const std::string& hatching) {
    return sign == "none" ? "" : fmt::format(" fill=\"url(#{}-{})\"", sign, hatching);
}

/// The disc grows with the share of the limit: right-hatched where the scale shows too much,
/// left-hatched where too little. The dashed ring is the limit.
std::string cellSvg(const AtCell& at, const Ground& ground, ExactMass e, const Masses& masses,
                    const std::string& hatching, const Say& say) {
    const Measurement& m = *at.measured;
    const ExactMass error = *m.judged(), limit = m.limit.value_or(error.abs());
    const double share = limit > ExactMass{} ? static_cast<double>(error.abs().inMg()) /
                                                   static_cast<double>(limit.inMg())
                                             : 0.0;
    const bool fails = m.verdict == Verdict::fail;
    const bool upper = at.cell->y > Length{};
    const double x = ground.x(at.cell->x), y = ground.y(at.cell->y);
    const char* sign = error > ExactMass{} ? "plus" : error < ExactMass{} ? "minus" : "none";
    std::string out = fmt::format(
        "<g class=\"cell {}{}\" data-cell=\"{}\" data-error=\"{}\" data-limit=\"{}\">", sign,
        fails ? " fails" : "", escaped(at.cell->id), error.kgText(), limit.kgText());
    out +=
        tag("title", fmt::format("{}: Ec {} {}, {} ±{}", escaped(at.cell->id), masses.error(error),
                                 masses.unit(), escaped(say("limit")), masses.number(limit)));
    constexpr double mostShare = 1.35;
    out += fmt::format(
        "<circle class=\"ring\" cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"{2}\"/>"
        "<circle class=\"disc\" cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"{3:.1f}\"{6}/>"
        "<path class=\"frame\" d=\"M{4:.1f} {1:.1f}h6M{0:.1f} {5:.1f}v6\"/>",
        x, y, ringPx, ringPx * std::min(share, mostShare), x - 3.0, y - 3.0,
        hatched(sign, hatching));
    if (fails) {
        out += fmt::format("<path class=\"cross\" d=\"M{0:.1f} {1:.1f}l{2} {2}m0 -{2}l-{2} {2}\"/>",
                           x - ringPx, y - ringPx, 2.0 * ringPx);
    }
    const double first = upper ? y - ringPx - 26.0 : y + ringPx + 18.0;
    out += fmt::format(
        "<text class=\"id\" x=\"{0:.1f}\" y=\"{1:.1f}\" text-anchor=\"middle\">{2}{3}</text>"
        "<text x=\"{0:.1f}\" y=\"{4:.1f}\" text-anchor=\"middle\"><tspan class=\"id\">{5} "
        "{6}</tspan>"
        " = {7} e</text>",
        x, first, escaped(at.cell->id), fails ? " ✗" : "", first + 17.0, masses.error(error),
        masses.unit(), inIntervals(error, e));
    return out + "</g>\n";
}

std::string legendSvg(double atPx, const std::string& hatching, const Say& say) {
    const auto entry = [&](double x, const char* sign, const std::string& text) {
        return fmt::format(
            "<g class=\"cell {}\"><circle class=\"disc\" cx=\"{}\" cy=\"0\" r=\"9\"{}/></g>"
            "<text x=\"{}\" y=\"5\">{}</text>",
            sign, x, hatched(sign, hatching), x + 16.0, escaped(text));
    };
    return fmt::format("<g transform=\"translate({} {:.1f})\">", sidePx + 270.0, atPx) +
           entry(0.0, "plus", say("shows too much")) +
           entry(170.0, "minus", say("shows too little")) +
           fmt::format(
               "<g class=\"cell\"><circle class=\"ring\" cx=\"350\" cy=\"0\" r=\"9\"/></g>"
               "<text x=\"366\" y=\"5\">{}</text></g>\n",
               escaped(say("limit; a larger disc fails")));
}

}  // namespace

std::string deckMapSvg(const StoredRecord& record, const TestResult& test, const Say& say) {
    const ScaleModel& scale = record.scenario.scale;
    const std::vector<AtCell> cells = cellsOf(scale, test);
    if (cells.empty()) return {};
    constexpr double mostScale = 72.0;  // pixels a metre, on short decks
    const double length_m = scale.deck.length().si();
    const double px = std::min((widthPx - 2.0 * sidePx) / length_m, mostScale);
    const Ground ground{px, (widthPx - length_m * px) / 2.0, scale.deck.width.si()};
    const double heightPx = topPx + ground.width_m * ground.scale + bottomPx;
    const std::string hatching = escaped(test.rule.id);
    std::string out = fmt::format("<svg class=\"map\" viewBox=\"0 0 {} {:.0f}\" role=\"img\">\n",
                                  widthPx, heightPx);
    out += tag("title", escaped(say("Eccentricity map")));
    out += fmt::format(
        "<defs><pattern id=\"plus-{0}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"6\" height=\"6\" fill=\"#cfe3f2\"/><path d=\"M-1 7L7 -1M-1 1L1 -1M5 7L7 5\" "
        "stroke=\"#0072b2\" stroke-width=\"1.6\"/></pattern>"
        "<pattern id=\"minus-{0}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"6\" height=\"6\" fill=\"#fbe3d2\"/><path d=\"M-1 -1L7 7M5 -1L7 1M-1 5L1 7\" "
        "stroke=\"#d55e00\" stroke-width=\"1.6\"/></pattern></defs>\n",
        hatching);
    out += deckSvg(scale.deck, ground, say);
    const Masses masses{record.unit};
    for (const AtCell& at : cells) {
        const ExactMass load = at.measured->load.value_or(ExactMass{});
        out += cellSvg(at, ground, scale.intervalAt(load), masses, hatching, say);
    }
    return out + legendSvg(topPx - 88.0, hatching, say) + "</svg>\n";
}

}  // namespace jh
