// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/load_plan.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "sim/base/check.h"
#include "sim/base/noise.h"

namespace jh {

std::optional<Pieces> piecesFor(const WeightsModel& weights, ExactMass load, int material) {
    const ExactMass rest = load - material * weights.blocksTotal();
    if (rest < ExactMass{}) return std::nullopt;
    const auto blocks = std::min<std::int64_t>(rest.wholeParts(weights.block), weights.blocks);
    const ExactMass byHand = rest - blocks * weights.block;
    const std::int64_t hand = byHand.wholeParts(weights.handWeight);
    if (hand > weights.handWeights || hand * weights.handWeight != byHand) return std::nullopt;
    return Pieces{static_cast<int>(blocks), static_cast<int>(hand), material, 0, std::nullopt};
}

ExactMass mpeOfLoad(const WeightsModel& weights, const Pieces& pieces) {
    const ExactMass block = weightMpe(weights.weightClass, weights.block);
    const ExactMass hand = weightMpe(weights.weightClass, weights.handWeight);
    return (pieces.material * weights.blocks + pieces.blocks) * block + pieces.handWeights * hand;
}

ExactMass nominalOf(const LoadRule& rule, const ScaleModel& scale, const WeightsModel& weights) {
    switch (rule.kind) {
        case LoadRule::Kind::min:
            return scale.min();
        case LoadRule::Kind::max:
            return scale.max();
        case LoadRule::Kind::intervals:
            return rule.intervals * scale.firstInterval();
        case LoadRule::Kind::shareOfMax:
            return rule.share * scale.max();
        case LoadRule::Kind::weights:
            return std::min(weights.blocksTotal(), scale.max());
        case LoadRule::Kind::maxLessTare:
            break;
    }
    JH_CHECK(false && "a rule that needs the tare is worked out where the tare is known");
    return {};
}

namespace {

/// Loads by their mass, each with the text that stands beside it.
using Loads = std::map<ExactMass, std::string>;

std::string textOf(ExactMass mass, MassUnit unit) {
    return mass.text(unit) + " " + symbol(unit);
}

Loads writtenLoads(const ScaleModel& scale, const Regulation& regulation,
                   const WeightsModel& weights) {
    Loads loads;
    for (const LoadRule& rule : regulation.weighingLoads) {
        const ExactMass load = nominalOf(rule, scale, weights);
        if (load <= scale.max()) loads.emplace(load, rule.text);
    }
    return loads;
}

/// Between two loads, as near to their middle as whole blocks or else hand weights allow.
std::optional<ExactMass> between(ExactMass low, ExactMass high, const WeightsModel& weights) {
    constexpr int half = 2;
    for (const ExactMass piece : {weights.block, weights.handWeight}) {
        const ExactMass middle = (low + high).dividedBy(half).wholeParts(piece) * piece;
        if (middle > low && middle < high) return middle;
    }
    return std::nullopt;
}

/// Min and Max of every range, where its mpe changes, and half of Max (R 76-1 A.4.4.1). A partial
/// range begins where the one before ends; a range that is an instrument by itself begins at zero.
/// The widest gap is halved until there are enough.
Loads generatedLoads(const ScaleModel& scale, const Regulation& regulation,
                     const WeightsModel& weights) {
    Loads loads;
    ExactMass below;
    for (const WeighingRange& range : scale.ranges) {
        const bool first = range.e == scale.firstInterval(), last = range.max == scale.max();
        const auto add = [&](ExactMass load, const std::string& text) {
            if (load <= below || load > range.max) return;
            loads.emplace(load, text.empty() ? textOf(load, scale.unit) : text);
        };
        add(scale.minOf(range.e), first ? "Min" : "");
        add(range.max, last ? "Max" : "");
        for (const MpeBand& band : regulation.mpeBands) {
            add(band.upTo_e * range.e, first ? std::to_string(band.upTo_e) + " e" : "");
        }
        if (!scale.multipleRange) below = range.max;
    }
    constexpr int half = 2;
    loads.emplace(scale.max().dividedBy(half), "1/2 Max");

    while (loads.size() < static_cast<std::size_t>(regulation.weighingPoints)) {
        std::optional<ExactMass> middle;
        ExactMass widest;
        for (auto low = loads.begin(), high = std::next(low); high != loads.end(); ++low, ++high) {
            const ExactMass gap = high->first - low->first;
            if (gap <= widest) continue;
            const auto found = between(low->first, high->first, weights);
            if (!found) continue;
            widest = gap;
            middle = found;
        }
        if (!middle) break;
        loads.emplace(*middle, textOf(*middle, scale.unit));
    }
    return loads;
}

/// Material as soon as the weights end, one load after the other.
int materialFor(ExactMass load, const WeightsModel& weights) {
    return static_cast<int>((load - ExactMass::mg(1)).wholeParts(weights.blocksTotal()));
}

/// A load between Min and Max that the pieces at hand make up and that is not there yet; nothing
/// when none is found.
std::optional<ExactMass> drawnLoad(const ScaleModel& scale, const WeightsModel& weights,
                                   const Loads& there, NoiseStream& dice) {
    constexpr int mostDraws = 1000;
    const ExactMass piece = weights.handWeight;
    const auto parts = static_cast<std::uint64_t>(scale.max().wholeParts(piece));
    for (int i = 0; i < mostDraws; ++i) {
        const ExactMass load = static_cast<std::int64_t>(dice.bits() % parts) * piece;
        const bool free = load > scale.min() && there.count(load) == 0;
        if (free && piecesFor(weights, load, materialFor(load, weights))) return load;
    }
    return std::nullopt;
}

}  // namespace

LoadPlan planLoads(const ScaleModel& scale, const Regulation& regulation,
                   const WeightsModel& weights, std::uint64_t seed) {
    LoadPlan plan;
    const auto say = [&](ExactMass m) { return textOf(m, scale.unit); };
    Loads loads = regulation.weighingPoints > 0 ? generatedLoads(scale, regulation, weights)
                                                : writtenLoads(scale, regulation, weights);
    std::set<ExactMass> drawn;
    NoiseStream dice{seed, "weighing loads"};
    for (int i = 0; i < regulation.randomLoads; ++i) {
        const auto load = drawnLoad(scale, weights, loads, dice);
        if (!load) break;
        loads.emplace(*load, say(*load));
        drawn.insert(*load);
    }
    for (const auto& [load, text] : loads) {
        PlannedLoad planned;
        planned.text = text;
        planned.load = load;
        planned.random = drawn.count(load) > 0;
        planned.mpe = maxPermissibleError(regulation, load, scale.intervalAt(load));
        plan.loads.push_back(planned);
    }

    const ExactMass w = weights.blocksTotal();
    for (PlannedLoad& planned : plan.loads) {
        const int material = materialFor(planned.load, weights);
        planned.pieces = piecesFor(weights, planned.load, material);
        if (!planned.pieces) {
            plan.findings.push_back("the weights at hand do not make up " + say(planned.load));
            continue;
        }
        plan.substitutions = std::max(plan.substitutions, material);
        planned.weightsMpe = mpeOfLoad(weights, *planned.pieces);
        if (planned.weightsDo()) continue;
        constexpr int third = 3;
        plan.findings.push_back(
            "weights of class " + std::string{name(weights.weightClass)} + " may be " +
            say(planned.weightsMpe) + " off at " + say(planned.load) + ", a third of the mpe is " +
            planned.mpe.dividedBy(third).text(scale.unit, 2) + " " + symbol(scale.unit));
    }
    if (plan.substitutions == 0) return plan;
    if (regulation.mostSubstitutions > 0 && plan.substitutions > regulation.mostSubstitutions) {
        plan.findings.push_back("not enough weights: " + std::to_string(plan.substitutions) +
                                " substitutions would be needed, allowed are " +
                                std::to_string(regulation.mostSubstitutions));
    }
    for (const SubstitutionRule& rule : regulation.substitution) {
        NeededWeights need;
        const ExactMass most = rule.repeatability * scale.intervalAt(w);
        // A bound that no scale within the largest mpe can reach is none.
        if (most < maxPermissibleError(regulation, scale.max(), scale.intervalAt(scale.max()))) {
            need.repeatability = most;
        }
        const ExactMass share = scale.max().times(rule.shareNumerator, rule.shareDenominator);
        need.weights = std::max(share, regulation.leastWeights);
        need.rule = need.weights > share ? "the least"
                                         : std::to_string(rule.shareNumerator) + "/" +
                                               std::to_string(rule.shareDenominator) + " Max";
        need.there = w >= need.weights;
        plan.needs.push_back(need);
    }
    if (std::none_of(plan.needs.begin(), plan.needs.end(),
                     [](const NeededWeights& need) { return need.there; })) {
        const ExactMass least = plan.needs.front().weights;
        plan.findings.push_back("not enough weights: at least " + say(least) +
                                " are asked for, at hand are " + say(w) + ", missing are " +
                                say(least - w));
    }
    return plan;
}

}  // namespace jh
