// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// Max/(N-1) over each of N > 4 supports, Max/3 for four, rounded down to whole weights.
int blocksPerSupport(const Bench& bench) {
    const auto supports = static_cast<std::int64_t>(bench.scale().cells.size());
    const std::int64_t parts = supports > 4 ? supports - 1 : 3;
    return static_cast<int>(bench.scale().max().dividedBy(parts).wholeParts(bench.weights().block));
}

}  // namespace

/// Every support in turn; zero is found again before each position.
void testEccentricity(Bench& bench, Results& results, Carry&) {
    const int blocks = blocksPerSupport(bench);
    if (blocks > bench.weights().blocks) {
        throw TestNotPossible{"not enough weights: " + std::to_string(blocks) + " pieces of " +
                              bench.weights().block.kgText() + " kg are needed at one support"};
    }
    bench.bring({});
    bench.zero();
    for (std::size_t support = 0; support < bench.scale().cells.size(); ++support) {
        Pieces pieces = bench.zeroLoadPieces();
        bench.bring(pieces);
        Measurement zero = bench.changeOver();
        zero.kind = MeasurementKind::zeroError;
        zero.detail = bench.scale().cells[support].id;
        results.record(zero, std::nullopt);

        pieces.blocks = blocks;
        pieces.support = support;
        bench.bring(pieces);
        Measurement m = bench.changeOver();
        m.kind = MeasurementKind::support;
        m.detail = bench.scale().cells[support].id;
        m.zeroError = zero.error;
        m.correctedError = *m.error - *zero.error;
        results.record(m, bench.mpe(*m.load));
        bench.bring(bench.zeroLoadPieces());
    }
    bench.bring({});
}

}  // namespace jh
