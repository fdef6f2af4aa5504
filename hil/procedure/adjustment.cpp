// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <vector>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// Rounds of trimming after which corners that are still apart stay so.
constexpr int mostRounds = 4;

/// Errors over every support and under all weights, against the error at zero.
struct Survey {
    Measurement zero, weights;
    std::vector<Measurement> supports;
    /// Largest error over a support less the smallest one.
    ExactMass spread() const {
        const auto [least, most] = std::minmax_element(
            supports.begin(), supports.end(), [](const Measurement& a, const Measurement& b) {
                return *a.correctedError < *b.correctedError;
            });
        return *most->correctedError - *least->correctedError;
    }
};

int blocksAtSupport(const Bench& bench) {
    return std::min(bench.weights().blocks, blocksPerSupport(bench));
}

Survey survey(Bench& bench, MeasurementKind kind) {
    Survey s;
    bench.bring({});
    bench.zero();
    s.zero = bench.zeroError();
    for (std::size_t support = 0; support < bench.scale().cells.size(); ++support) {
        Pieces pieces = bench.zeroLoadPieces();
        pieces.blocks = blocksAtSupport(bench);
        pieces.support = support;
        bench.bring(pieces);
        s.supports.push_back(bench.measure(kind, bench.scale().cells[support].id, s.zero));
        bench.bring(bench.zeroLoadPieces());
    }
    bench.bring(bench.allWeights());
    s.weights = bench.measure(kind, bench.text(bench.nominalLoad()), s.zero);
    bench.bring(bench.zeroLoadPieces());
    bench.bring({});
    return s;
}

void record(Results& results, const Bench& bench, const Survey& s, bool judged) {
    results.record(s.zero, std::nullopt);
    const auto one = [&](const Measurement& m) {
        results.record(m, judged ? std::optional{bench.mpe(*m.load)} : std::nullopt);
    };
    for (const Measurement& m : s.supports) one(m);
    one(s.weights);
}

/// Turns each cell's trim by what its corner shows against the mean of all corners.
void trimCorners(Bench& bench, const Survey& s) {
    double mean_kg = 0.0;
    for (const Measurement& m : s.supports) mean_kg += m.correctedError->mass().si();
    mean_kg /= static_cast<double>(s.supports.size());
    for (std::size_t i = 0; i < s.supports.size(); ++i) {
        const Measurement& m = s.supports[i];
        const double off_kg = m.correctedError->mass().si() - mean_kg;
        bench.trimCell(i, -off_kg / m.load->mass().si());
    }
}

void adjustSpan(Bench& bench) {
    bench.bring({});
    bench.settledReading();
    bench.adjustZero();
    bench.bring(bench.allWeights());
    bench.settledReading();
    bench.adjustSpan(bench.nominalLoad());
    bench.bring({});
    bench.zero();
}

}  // namespace

/// Corners, zero and span put right with the weights at hand; the values as found stand beside
/// those as left.
void testAdjustment(Bench& bench, Results& results, Carry&) {
    Survey found = survey(bench, MeasurementKind::asFound);
    record(results, bench, found, false);
    const ExactMass e = bench.scale().firstInterval();
    Survey now = found;
    for (int round = 0; round < mostRounds && now.spread() > e.dividedBy(2); ++round) {
        trimCorners(bench, now);
        adjustSpan(bench);
        now = survey(bench, MeasurementKind::asLeft);
    }
    adjustSpan(bench);
    bench.seal();
    record(results, bench, survey(bench, MeasurementKind::asLeft), true);
}

}  // namespace jh
