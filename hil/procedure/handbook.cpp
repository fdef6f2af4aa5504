// SPDX-License-Identifier: GPL-3.0-or-later
// Tests that only NIST Handbook 44 section 2.20 asks for.
#include <algorithm>

#include "hil/procedure/tests.h"

namespace jh {

/// An unknown load is the reference; the tolerance is that of the known weights put on top of it
/// (HB 44 N.1.12).
void testStrainLoad(Bench& bench, Results& results, Carry& carry) {
    const ExactMass w = bench.weights().blocksTotal(), max = bench.scale().max();
    const auto most = static_cast<int>((max - ExactMass::g(1)).wholeParts(w));
    bench.bring({});
    bench.zero();
    bench.bring(bench.zeroLoadPieces());
    // As much material as leaves room for all weights.
    Pieces pieces{0, 0, most, 0, std::nullopt};
    if ((most + 1) * w > max) --pieces.material;
    if (pieces.material < 1) throw TestNotPossible{"the weights at hand reach Max by themselves"};
    bench.bring(pieces);
    const Measurement reference = bench.changeOver();
    constexpr int quarters = 4;
    for (int quarter = 1; quarter <= quarters; ++quarter) {
        pieces.blocks = bench.weights().blocks * quarter / quarters;
        const ExactMass known = pieces.blocks * bench.weights().block;
        bench.bring(pieces);
        Measurement m = bench.changeOver();
        m.kind = MeasurementKind::strain;
        m.detail = bench.text(known);
        m.error = *m.value - *reference.value - known;
        results.record(m, bench.mpe(known));
    }
    carry.materialLoads = std::max(carry.materialLoads, pieces.material);
    bench.bring({});
}

/// On the way down, at half of the largest load of weights (HB 44 N.1.2).
void testDecreasing(Bench& bench, Results& results, Carry&) {
    bench.bring({});
    bench.zero();
    const Measurement zero = bench.zeroError();
    results.record(zero, std::nullopt);
    Pieces pieces = bench.allWeights();
    bench.bring(pieces);
    results.record(bench.measure(MeasurementKind::up, bench.text(bench.nominalLoad()), zero),
                   std::nullopt);
    pieces.blocks /= 2;
    bench.bring(pieces);
    const Measurement m =
        bench.measure(MeasurementKind::down, bench.text(bench.nominalLoad()), zero);
    results.record(m, bench.mpe(*m.load));
    bench.bring({});
}

/// Zero before and after a test load (HB 44 N.1.9, T.N.3).
void testZeroBalance(Bench& bench, Results& results, Carry&) {
    bench.bring({});
    bench.zero();
    const Measurement before = bench.zeroError();
    results.record(before, std::nullopt);
    Pieces load = bench.allWeights();
    const Pieces below = bench.zeroLoadPieces();
    load.handWeights += below.handWeights;
    if (load.blocks * bench.weights().block + bench.nominalLoad() > bench.scale().max()) {
        --load.blocks;
    }
    bench.bring(load);
    bench.settledReading();
    bench.bring(below);
    results.record(bench.measure(MeasurementKind::zeroBalance, {}, before),
                   bench.regulation().zeroBalance * bench.scale().firstInterval());
    bench.bring({});
}

}  // namespace jh
