// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/load_plan.h"

#include <algorithm>

#include "sim/base/check.h"

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

LoadPlan planLoads(const ScaleModel& scale, const Regulation& regulation,
                   const WeightsModel& weights) {
    LoadPlan plan;
    const auto say = [&](ExactMass m) { return m.text(scale.unit) + " " + symbol(scale.unit); };
    for (const LoadRule& rule : regulation.weighingLoads) {
        PlannedLoad planned;
        planned.text = rule.text;
        planned.load = nominalOf(rule, scale, weights);
        if (planned.load > scale.max()) continue;
        planned.mpe = maxPermissibleError(regulation, planned.load, scale.intervalAt(planned.load));
        plan.loads.push_back(planned);
    }
    std::sort(plan.loads.begin(), plan.loads.end(),
              [](const PlannedLoad& a, const PlannedLoad& b) { return a.load < b.load; });
    plan.loads.erase(
        std::unique(plan.loads.begin(), plan.loads.end(),
                    [](const PlannedLoad& a, const PlannedLoad& b) { return a.load == b.load; }),
        plan.loads.end());

    const ExactMass w = weights.blocksTotal();
    for (PlannedLoad& planned : plan.loads) {
        // Material as soon as the weights end, one load after the other.
        const auto material = static_cast<int>((planned.load - ExactMass::mg(1)).wholeParts(w));
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
