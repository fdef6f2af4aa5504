// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// Loads that grow by about this share of Max, made of standard weights, up to a load.
std::vector<Pieces> growingLoads(const Bench& bench, Milli step, ExactMass upTo) {
    const ExactMass hand = bench.weights().handWeight;
    const std::int64_t parts =
        std::max<std::int64_t>(1, (step * bench.scale().max()).wholeParts(hand));
    std::vector<Pieces> loads;
    for (ExactMass load = parts * hand; load <= upTo; load += parts * hand) {
        if (const auto pieces = bench.piecesFor(load, 0)) loads.push_back(*pieces);
    }
    return loads;
}

/// The heaviest of the loads that `taken` accepts one after the other.
template <class Taken>
Measurement heaviestTaken(Bench& bench, const std::vector<Pieces>& loads, const char* what,
                          Taken taken) {
    Measurement m;
    m.kind = MeasurementKind::zeroRange;
    m.detail = what;
    m.error = ExactMass{};
    for (const Pieces& pieces : loads) {
        bench.bring(pieces);
        if (!taken()) break;
        m.error = bench.nominalLoad();
    }
    m.load = m.error;
    m.at = bench.now();
    return m;
}

/// What zero tracking does with a load that grows by 0.1 d at a time: the indication leaves
/// `before`, or it does not.
bool swallows(Bench& bench, ExactMass before) {
    constexpr int steps = 20;  // 2 d in all
    bool left = false;
    bench.prepareSmallWeights(before.abs());
    for (int count = 1; count <= steps && !left; ++count) {
        bench.smallWeights(count);
        left = *bench.settledReading().gross != before;
    }
    bench.smallWeights(0);
    return !left;
}

}  // namespace

/// How much the zero key takes for zero, and how much is taken at switch-on (R 76-1 4.5.1). The
/// positive part alone: a receptor cannot be made lighter than it is.
void testZeroRange(Bench& bench, Results& results, Carry&) {
    const ZeroRule& rule = bench.regulation().zero;
    const ExactMass max = bench.scale().max(), w = bench.weights().blocksTotal();
    constexpr Milli fine{5}, coarse{20};
    constexpr int twice = 2;

    bench.bring({});
    bench.zero();
    const ExactMass keyRange = rule.range * max, startRange = rule.initialRange * max;
    Measurement key = heaviestTaken(bench, growingLoads(bench, fine, std::min(w, twice * keyRange)),
                                    "zero key", [&] {
                                        bench.settledReading();
                                        return bench.tryZero();
                                    });
    results.record(key, keyRange);
    bench.bring({});
    bench.switchSupply(false);
    bench.waitUntil(bench.now() + 10s);
    bench.switchSupply(true);
    bench.zero();

    Measurement start = heaviestTaken(
        bench, growingLoads(bench, coarse, std::min(w, twice * startRange)), "switching on", [&] {
            bench.switchSupply(false);
            bench.waitUntil(bench.now() + 10s);
            bench.switchSupply(true);
            bench.waitUntil(bench.now() + 1min);
            const Reading shown = bench.settledReading();
            return shown.gross->abs() <= bench.scale().firstInterval();
        });
    results.record(start, startRange);
    bench.bring({});
    bench.switchSupply(false);
    bench.waitUntil(bench.now() + 10s);
    bench.switchSupply(true);
    bench.waitUntil(bench.now() + 1min);
    bench.zero();
}

/// Which of the four states zero tracking is in; its rate is at most what the regulation allows
/// when it does not swallow a load fed faster (R 76-1 4.5.7).
void testZeroTracking(Bench& bench, Results& results, Carry&) {
    bench.bring({});
    bench.zero();
    const ExactMass zero = *bench.settledReading().gross;
    const bool atZero = swallows(bench, zero);
    bench.bring(bench.zeroLoadPieces());
    const ExactMass above = *bench.settledReading().gross;
    const bool atLoad = swallows(bench, above);

    Measurement state;
    state.kind = MeasurementKind::trackingState;
    state.found = atLoad   ? "in operation where it must not be"
                  : atZero ? "in operation; out of its working range at the zero load"
                           : "non-existent or not in operation";
    if (atLoad) state.expected = "out of its working range at the zero load";
    state.at = bench.now();
    results.record(state, std::nullopt);

    // A load fed all at once is beyond any rate: one interval must show.
    bench.bring({});
    bench.zero();
    const ExactMass before = *bench.settledReading().gross;
    const ExactMass d = bench.scale().firstInterval();
    bench.prepareSmallWeights(before.abs());
    constexpr int fourIntervals = 4;
    const auto count =
        static_cast<int>((fourIntervals * d).wholeParts(bench.smallWeightAt(before)));
    if (count > bench.weights().smallWeights) {
        bench.bring(bench.zeroLoadPieces());
    } else {
        bench.smallWeights(count);
    }
    Measurement step;
    step.kind = MeasurementKind::trackingState;
    step.found = *bench.settledReading().gross > before ? "a load put on at once is shown"
                                                        : "a load put on at once is swallowed";
    step.expected = "a load put on at once is shown";
    step.at = bench.now();
    results.record(step, std::nullopt);
    bench.smallWeights(0);
    bench.bring({});
}

/// The tare key takes a load up to Max and leaves a net zero within the accuracy of tare
/// (R 76-1 4.6.3, 4.6.4).
void testTareRange(Bench& bench, Results& results, Carry&) {
    bench.bring({});
    bench.zero();
    bench.bring(bench.allWeights());
    bench.settledReading();
    Measurement m;
    m.kind = MeasurementKind::tareRange;
    m.detail = bench.text(bench.nominalLoad());
    m.found = bench.tryTare() ? "taken" : "refused";
    m.expected = "taken";
    m.at = bench.now();
    results.record(m, std::nullopt);
    if (m.found == "taken") {
        Measurement net = bench.changeOver(true);
        net.kind = MeasurementKind::tareAccuracy;
        // The tare is a load of its own; what counts is what is left of it.
        net.load = ExactMass{};
        net.error = net.value;
        results.record(net,
                       bench.regulation().tareAccuracy * bench.intervalAt(bench.nominalLoad()));
        bench.clearTare();
    }
    bench.bring({});
}

}  // namespace jh
