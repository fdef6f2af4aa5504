// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// The same load again and again. Largest less smallest value.
ExactMass series(Bench& bench, Results& results, const LoadRule& rule, const Carry& carry,
                 bool several) {
    bench.bring({});
    bench.zero();
    const Measurement zero = bench.zeroError(several ? rule.text : std::string{});
    results.record(zero, std::nullopt);

    // The zero load stays below; it belongs to the load and may not lead beyond Max.
    const Pieces below = bench.zeroLoadPieces();
    const ExactMass most = bench.scale().max() - bench.nominalLoad();
    const ExactMass block = bench.weights().block, w = bench.weights().blocksTotal();
    const ExactMass load = std::min(bench.nominal(rule), most.wholeParts(block) * block);
    Pieces pieces = bench.fewestSubstitutions(load.wholeParts(block) * block,
                                              static_cast<int>(load.wholeParts(w)));
    // Any load that keeps its mass does for the range; its error is known only when it was made
    // equal to the weights.
    const bool known = pieces.material <= carry.materialLoads;
    pieces.handWeights += below.handWeights;
    pieces.blocks += below.blocks;

    ExactMass smallest, largest, limit;
    for (int i = 1; i <= bench.regulation().repeatabilityCount; ++i) {
        bench.bring(pieces);
        const std::string number = std::to_string(i);
        const Measurement m = bench.measure(MeasurementKind::placement,
                                            several ? number + ", " + rule.text : number, zero);
        limit = bench.mpe(*m.load);
        results.record(m, known ? std::optional{limit} : std::nullopt);
        smallest = i == 1 ? *m.value : std::min(smallest, *m.value);
        largest = i == 1 ? *m.value : std::max(largest, *m.value);
        bench.bring(below);
    }
    bench.bring({});

    Measurement range;
    range.kind = MeasurementKind::range;
    if (several) range.detail = rule.text;
    range.error = largest - smallest;
    range.at = bench.now();
    results.record(range, limit);
    return *range.error;
}

}  // namespace

/// By default the weights W at the place of substitution: the range decides how many weights the
/// weighing test needs (R 76-1 3.7.3). Of several series the worst one counts.
void testRepeatability(Bench& bench, Results& results, Carry& carry) {
    const std::vector<LoadRule>& loads = bench.regulation().repeatabilityLoads;
    ExactMass worst;
    for (const LoadRule& rule : loads) {
        worst = std::max(worst, series(bench, results, rule, carry, loads.size() > 1));
    }
    carry.repeatabilityRange = worst;
}

}  // namespace jh
