// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hil/procedure/tests.h"

namespace jh {

/// The weights W again and again at the place of substitution. The range decides how many weights
/// the weighing test needs (R 76-1 3.7.3).
void testRepeatability(Bench& bench, Results& results, Carry& carry) {
    bench.bring({});
    bench.zero();
    bench.bring(bench.zeroLoadPieces());
    Measurement zero = bench.changeOver();
    zero.kind = MeasurementKind::zeroError;
    results.record(zero, std::nullopt);

    ExactMass smallest, largest, limit;
    for (int i = 1; i <= bench.regulation().repeatabilityCount; ++i) {
        Pieces pieces = bench.zeroLoadPieces();
        pieces.blocks = static_cast<int>(std::min<std::int64_t>(
            bench.weights().blocks,
            (bench.scale().max() - bench.nominalLoad()).wholeParts(bench.weights().block)));
        bench.bring(pieces);
        Measurement m = bench.changeOver();
        m.kind = MeasurementKind::placement;
        m.detail = std::to_string(i);
        m.zeroError = zero.error;
        m.correctedError = *m.error - *zero.error;
        limit = bench.mpe(*m.load);
        results.record(m, limit);
        smallest = i == 1 ? *m.value : std::min(smallest, *m.value);
        largest = i == 1 ? *m.value : std::max(largest, *m.value);
        bench.bring(bench.zeroLoadPieces());
    }
    bench.bring({});

    Measurement range;
    range.kind = MeasurementKind::range;
    range.error = largest - smallest;
    range.at = bench.now();
    results.record(range, limit);
    carry.repeatabilityRange = *range.error;
}

}  // namespace jh
