// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "hil/paper/columns.h"
#include "hil/paper/tables.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

constexpr double halfPx = 110.0, heightPx = 22.0;

/// The errors of one load, before and after.
struct Pair {
    const Measurement* found{};
    const Measurement* left{};
};

std::vector<Pair> pairsOf(const TestResult& test) {
    std::vector<Pair> pairs;
    for (const Measurement& m : test.measurements) {
        if (m.kind == MeasurementKind::asFound) pairs.push_back({&m, nullptr});
        if (m.kind != MeasurementKind::asLeft) continue;
        const auto same = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) {
            return pair.found != nullptr && pair.found->detail == m.detail;
        });
        if (same != pairs.end()) same->left = &m;
    }
    return pairs;
}

/// The largest error or limit, for a scale common to all rows.
ExactMass reachOf(const std::vector<Pair>& pairs) {
    ExactMass reach = ExactMass::g(1);
    for (const Pair& pair : pairs) {
        for (const Measurement* m : {pair.found, pair.left}) {
            if (m == nullptr) continue;
            reach = std::max(reach, m->judged().value_or(ExactMass{}).abs());
            reach = std::max(reach, m->limit.value_or(ExactMass{}));
        }
    }
    return reach;
}

/// As found above and hollow, as left below and full; the dashed lines are the limit.
std::string barsSvg(const Pair& pair, ExactMass reach) {
    const double pxPerMg = (halfPx - 4.0) / static_cast<double>(reach.inMg());
    const auto at = [&](ExactMass error) {
        return halfPx + static_cast<double>(error.inMg()) * pxPerMg;
    };
    std::string out = fmt::format(
        "<svg class=\"bar\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">"
        "<path d=\"M{2} 0v{1}\" stroke=\"#4a525c\"/>",
        2.0 * halfPx, heightPx, halfPx);
    const auto bar = [&](const Measurement* m, double y, const char* look) {
        if (m == nullptr || !m->judged()) return;
        constexpr double leastPx = 1.5;  // so that no error can be seen, too
        const double from = std::min(halfPx, at(*m->judged())),
                     to = std::max(halfPx, at(*m->judged()));
        out += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"7\" stroke=\"#1b1f24\" {}/>",
            from, y, std::max(to - from, leastPx), look);
    };
    bar(pair.found, 3.0, "fill=\"#fff\"");
    bar(pair.left, 12.0, "fill=\"#1b1f24\"");
    if (pair.left != nullptr && pair.left->limit) {
        for (const ExactMass limit : {*pair.left->limit, -*pair.left->limit}) {
            out += fmt::format(
                "<path d=\"M{:.1f} 0v{}\" stroke=\"#4a525c\" stroke-dasharray=\"3 2\"/>", at(limit),
                heightPx);
        }
    }
    return out + "</svg>";
}

/// "support 2L"; under the weights, "span 20000 kg".
std::string placeOf(const Measurement& m, const ScaleModel& scale, const Say& say) {
    const bool atCell = std::any_of(scale.cells.begin(), scale.cells.end(),
                                    [&](const CellPlace& cell) { return cell.id == m.detail; });
    return (atCell ? say.known("support") : say("span")) + " " + m.detail;
}

}  // namespace

std::string adjustmentTable(const StoredRecord& record, const TestResult& test, const Say& say,
                            std::string_view look) {
    const std::vector<Pair> pairs = pairsOf(test);
    if (pairs.empty()) return {};
    const Masses masses{record.unit};
    const ExactMass reach = reachOf(pairs);
    const std::string found = say.known("as found"), left = say.known("as left");
    std::string head = tag("th", escaped(say("Measured at"))), rows;
    for (const std::string& numbers : {"L, " + masses.unit(), "Ec " + found, "Ec " + left,
                                       limitName(record.scenario.regulation, say)}) {
        head += tag("th class=\"n\"", escaped(numbers));
    }
    for (const std::string& rest : {"□ " + found + "  ■ " + left, say("Result")})
        head += tag("th class=\"c\"", escaped(rest));
    for (const Pair& pair : pairs) {
        const auto error = [&](const Measurement* m) {
            return tag("td class=\"n\"", m ? masses.error(m->judged()) : std::string{});
        };
        const bool judged = pair.left != nullptr && isJudged(*pair.left);
        std::string cells = tag("td", escaped(placeOf(*pair.found, record.scenario.scale, say))) +
                            tag("td class=\"n\"", masses.number(pair.found->load)) +
                            error(pair.found) + error(pair.left);
        cells += tag("td class=\"n\"", judged ? limitText(*pair.left->limit, masses) : "");
        cells += tag("td class=\"c\"", barsSvg(pair, reach));
        cells += tag("td class=\"r\"",
                     judged ? escaped(verdictText(pair.left->verdict, say)) : std::string{});
        rows +=
            tag(judged && pair.left->verdict == Verdict::fail ? "tr class=\"fail\"" : "tr", cells) +
            "\n";
    }
    return tag(fmt::format("table class=\"{}\"", look),
               tag("thead", tag("tr", head)) + tag("tbody", rows)) +
           "\n";
}

}  // namespace jh
