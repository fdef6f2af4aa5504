// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/paper/columns.h"
#include "hil/paper/tables.h"
#include "hil/report/markup.h"

namespace jh {

namespace {

constexpr double widthPx = 300.0, heightPx = 18.0, edgePx = 1.0;

/// Material: hatched, so that it also differs in black and white.
constexpr const char* hatching =
    "<defs><pattern id=\"material\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"6\" height=\"6\" fill=\"#fff\"/><path d=\"M-1 7L7 -1M-1 1L1 -1M5 7L7 5\" "
    "stroke=\"#4a525c\" stroke-width=\"1.3\"/></pattern></defs>";
constexpr const char* weightsLook = "fill=\"#1b1f24\"";
constexpr const char* materialLook = "fill=\"url(#material)\" stroke=\"#1b1f24\"";

std::string box(const char* look, double from, double to) {
    return fmt::format("<rect {} x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\"/>", look,
                       from, edgePx + 2.0, to - from, heightPx - 2.0 * edgePx - 4.0);
}

/// Material from the left, one box for each load of it, then the weights; the frame is Max.
std::string barSvg(const PlannedLoad& load, const Scenario& s) {
    const double pxPerMg = (widthPx - 2.0 * edgePx) / static_cast<double>(s.scale.max().inMg());
    const auto at = [&](ExactMass mass) {
        return edgePx + static_cast<double>(mass.inMg()) * pxPerMg;
    };
    std::string out = fmt::format(
        "<svg class=\"bar\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">"
        "<rect fill=\"none\" stroke=\"#8a929c\" x=\"{2}\" y=\"{2}\" width=\"{3}\" height=\"{4}\"/>",
        widthPx, heightPx, edgePx, widthPx - 2.0 * edgePx, heightPx - 2.0 * edgePx);
    if (load.pieces) {
        const ExactMass w = s.weights.blocksTotal();
        for (int i = 0; i < load.pieces->material; ++i)
            out += box(materialLook, at(i * w), at((i + 1) * w));
        out += box(weightsLook, at(load.pieces->material * w), at(load.load));
    }
    return out + "</svg>";
}

/// "4 W + 20 × 1000 + 5 × 20"
std::string madeOf(const Pieces& pieces, const WeightsModel& weights, const Masses& masses) {
    std::string text;
    const auto add = [&](int count, const std::string& what) {
        if (count > 0) text += fmt::format("{}{}{}", text.empty() ? "" : " + ", count, what);
    };
    add(pieces.material, " W");
    add(pieces.blocks, " × " + masses.number(weights.block));
    add(pieces.handWeights, " × " + masses.number(weights.handWeight));
    return text;
}

struct Heading {
    std::string name;
    bool overNumbers{};
};

std::string headOf(const std::vector<Heading>& headings) {
    std::string cells;
    for (const Heading& one : headings)
        cells += tag(one.overNumbers ? "th class=\"n\"" : "th", escaped(one.name));
    return tag("thead", tag("tr", cells));
}

std::string legend(const WeightsModel& weights, int substitutions, const Masses& masses,
                   const Say& say) {
    const auto sample = [](const char* defs, const char* look) {
        return fmt::format(
            "<svg class=\"bar\" viewBox=\"0 0 26 {0}\" width=\"26\" height=\"{0}\">{1}{2}</svg>",
            heightPx, defs, box(look, 1.0, 25.0));
    };
    return tag("p", sample("", weightsLook) + " " + escaped(say("Standard weights")) + " &#160; " +
                        sample(hatching, materialLook) + " " +
                        escaped(say("Substitution material")) + " &#160; " +
                        escaped(fmt::format("W = {} × {} = {} · {}{}{}", weights.blocks,
                                            masses.text(weights.block),
                                            masses.text(weights.blocksTotal()),
                                            say("Substitutions"), say.colon(), substitutions))) +
           "\n";
}

std::string loadsHtml(const StoredRecord& record, const Masses& masses, const Say& say) {
    const std::string limit = limitName(record.scenario.regulation, say);
    constexpr int third = 3;
    std::string rows;
    for (const PlannedLoad& load : record.plan->loads) {
        std::string cells = tag("td", escaped(loadText(load.text, say.language())));
        cells += tag("td class=\"n\"", masses.number(load.load));
        cells += tag("td", barSvg(load, record.scenario));
        cells +=
            tag("td", load.pieces ? escaped(madeOf(*load.pieces, record.scenario.weights, masses))
                                  : std::string{"–"});
        cells += tag("td class=\"n\"", masses.number(load.mpe));
        cells += tag("td class=\"n\"", masses.number(load.mpe.dividedBy(third)));
        cells += tag("td class=\"n\"", load.pieces ? masses.number(load.weightsMpe) +
                                                         (load.weightsDo() ? " ≤ ⅓ ✓" : " > ⅓ ✗")
                                                   : std::string{});
        rows += tag(load.pieces && load.weightsDo() ? "tr" : "tr class=\"fail\"", cells) + "\n";
    }
    return tag("table", headOf({{say("Load")},
                                {"L, " + masses.unit(), true},
                                {"0 … Max"},
                                {say("Made of")},
                                {limit, true},
                                {limit + " / 3", true},
                                {say("Errors of the weights"), true}}) +
                            tag("tbody", rows)) +
           "\n";
}

std::string needsHtml(const std::vector<NeededWeights>& needs, const Masses& masses,
                      const Say& say) {
    std::string rows;
    for (const NeededWeights& need : needs) {
        const std::string most = need.repeatability ? "≤ " + masses.text(*need.repeatability)
                                                    : say.known("any within the mpe");
        rows +=
            tag("tr", tag("td", escaped(most)) + tag("td", escaped(say.known(need.rule))) +
                          tag("td class=\"n\"", "≥ " + masses.text(need.weights)) +
                          tag("td", (need.there ? "✓ " : "✗ ") +
                                        escaped(say.known(need.there ? "there" : "not there")))) +
            "\n";
    }
    if (rows.empty()) return rows;
    return tag("table class=\"narrow\"", headOf({{say("Repeatability")},
                                                 {say("Rule")},
                                                 {say("Weights asked for"), true},
                                                 {say("At hand")}}) +
                                             tag("tbody", rows)) +
           "\n";
}

}  // namespace

std::string loadPlanTable(const StoredRecord& record, const Say& say) {
    if (!record.plan || record.scenario.signal) return {};
    const LoadPlan& plan = *record.plan;
    const Masses masses{record.unit};
    std::string out = legend(record.scenario.weights, plan.substitutions, masses, say) +
                      loadsHtml(record, masses, say) + needsHtml(plan.needs, masses, say);
    for (const TestResult& test : record.result.tests) {
        if (!test.note.empty()) out += tag("p", tag("b", escaped(say.known(test.note)))) + "\n";
    }
    std::string findings;
    for (const std::string& finding : plan.findings)
        findings += tag("li", escaped(say.known(finding)));
    if (!findings.empty()) out += tag("ul class=\"reasons\"", findings);
    return out;
}

}  // namespace jh
