// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// After a disturbance: the first indication that the instrument itself calls stable, as it would
/// print it. Throws when it never is.
Reading firstStable(Bench& bench) {
    constexpr SimTime patience = 60s;
    const SimTime start = bench.now();
    for (;;) {
        const Reading r = bench.reading();
        if (r.weightStable && r.gross) return r;
        if (bench.now() - start > patience) throw ScaleFinding{"is not stable after a disturbance"};
    }
}

/// The indication farthest from `printed` in the five seconds that follow.
ExactMass farthestFrom(Bench& bench, ExactMass printed, bool net) {
    constexpr SimTime watched = 5s;
    const SimTime end = bench.now() + watched;
    ExactMass farthest;
    while (bench.now() < end) {
        const Reading r = bench.reading();
        const std::optional<ExactMass>& shown = net ? r.net : r.gross;
        if (!shown) continue;
        const ExactMass off = *shown - printed;
        if (off.abs() > farthest.abs()) farthest = off;
    }
    return farthest;
}

}  // namespace

/// A disturbed receptor: what is printed, zeroed or tared at the first moment the instrument allows
/// it must hold (R 76-1 4.4.2, A.4.12).
void testEquilibrium(Bench& bench, Results& results, Carry&) {
    const Regulation& regulation = bench.regulation();
    const ExactMass e = bench.scale().firstInterval();
    bench.bring({});
    bench.zero();
    Pieces half = bench.allWeights();
    constexpr int two = 2;
    half.blocks = std::min<int>(
        half.blocks,
        static_cast<int>(bench.scale().max().dividedBy(two).wholeParts(bench.weights().block)));
    const auto record = [&](std::string what, ExactMass error, ExactMass limit) {
        Measurement m;
        m.kind = MeasurementKind::equilibrium;
        m.detail = std::move(what);
        m.load = bench.nominalLoad();
        m.error = error;
        m.truth = bench.truthNow();
        m.at = bench.now();
        results.record(m, limit);
    };
    bench.bring(half);
    for (int i = 1; i <= regulation.equilibriumCount; ++i) {
        bench.disturb();
        const Reading printed = firstStable(bench);
        record("print " + std::to_string(i), farthestFrom(bench, *printed.gross, false),
               regulation.equilibrium * bench.intervalAt(*printed.gross));
    }
    for (int i = 1; i <= regulation.equilibriumCount; ++i) {
        bench.disturb();
        firstStable(bench);
        if (!bench.tryTare()) bench.tare();
        const Measurement net = bench.changeOver(true);
        record("tare " + std::to_string(i), *net.value,
               regulation.tareAccuracy * bench.intervalAt(bench.nominalLoad()));
        bench.clearTare();
    }
    bench.bring({});
    for (int i = 1; i <= regulation.equilibriumCount; ++i) {
        bench.disturb();
        firstStable(bench);
        if (!bench.tryZero()) bench.zero();
        const Measurement zero = bench.zeroError();
        record("zero " + std::to_string(i), *zero.error, regulation.zeroAccuracy * e);
        bench.bring({});
    }
}

/// Each partial range shows its own interval (R 76-1 3.3). A multiple range instrument stays in the
/// range it has come to until the receptor is empty (4.10.2).
void testIntervals(Bench& bench, Results& results, Carry& carry) {
    bench.bring({});
    bench.zero();
    const std::vector<WeighingRange>& ranges = bench.scale().ranges;
    const auto look = [&](ExactMass load, std::optional<ExactMass> expected) {
        bench.bring(bench.fewestSubstitutions(load, carry.materialLoads));
        const Reading r = bench.settledReading();
        Measurement m;
        m.kind = MeasurementKind::interval;
        m.detail = bench.text(load);
        m.expected = bench.text(expected.value_or(bench.scale().intervalAt(*r.gross)));
        m.found = bench.text(r.interval);
        m.at = r.at;
        results.record(m, std::nullopt);
    };
    ExactMass from;
    for (const WeighingRange& range : ranges) {
        // One block above the range before, and the top of this one.
        std::vector<ExactMass> loads{range.max};
        if (from > ExactMass{}) loads.insert(loads.begin(), from + bench.weights().block);
        for (const ExactMass load : loads) look(load, std::nullopt);
        from = range.max;
    }
    if (bench.scale().multipleRange) {
        look(bench.weights().block, ranges.back().e);
        bench.bring({});
        bench.zero();
        look({}, ranges.front().e);
    }
    bench.bring({});
}

/// No weight value above Max and 9 e, or what the regulation says (R 76-1 4.2.3).
void testOverload(Bench& bench, Results& results, Carry&) {
    const Regulation& regulation = bench.regulation();
    const ExactMass max = bench.scale().max(), e = bench.scale().ranges.back().e;
    const ExactMass margin = regulation.blankAboveShare.value > 0 ? regulation.blankAboveShare * max
                                                                  : regulation.blankAbove_e * e;
    bench.bring({});
    bench.zero();
    // Whatever lies there: what counts is how far beyond Max the indication goes.
    const ExactMass w = bench.weights().blocksTotal(), block = bench.weights().block;
    Pieces pieces;
    pieces.material = w < max ? static_cast<int>(max.wholeParts(w)) : 0;
    pieces.blocks = static_cast<int>((max - pieces.material * w).wholeParts(block));

    Measurement last;
    last.kind = MeasurementKind::lastShown;
    last.load = max;
    last.error = ExactMass{};
    // True when nothing is shown any more.
    const auto dark = [&](const Pieces& more) {
        bench.bring(more);
        Reading r = bench.reading();
        constexpr int patience = 40;
        for (int i = 0; i < patience && r.gross && !r.weightStable; ++i) r = bench.reading();
        if (!r.gross) return true;
        last.load = bench.nominalLoad();
        last.indication = r.gross;
        last.error = *r.gross - max;
        last.at = r.at;
        return false;
    };
    // By blocks until it is dark or plainly too far, then finer by hand weights.
    while (!dark(pieces) && *last.error <= margin && pieces.blocks < bench.weights().blocks) {
        ++pieces.blocks;
    }
    if (last.error <= margin && pieces.blocks > 0) {
        --pieces.blocks;
        const ExactMass hand = bench.weights().handWeight;
        const auto step = static_cast<int>(std::max<std::int64_t>(1, e.wholeParts(hand)));
        while (!dark(pieces) && pieces.handWeights + step <= bench.weights().handWeights) {
            pieces.handWeights += step;
        }
    }
    bench.bring({});
    results.record(last, margin);
}

/// Two digital indications of one instrument do not differ (R 76-1 3.6.3).
void testAgreement(Bench& bench, Results& results, Carry& carry) {
    if (!bench.secondReading()) {
        Measurement none;
        none.kind = MeasurementKind::agreement;
        none.found = "no second display";
        none.at = bench.now();
        results.record(none, std::nullopt);
        return;
    }
    const auto compare = [&](const std::string& where, auto value) {
        const Reading first = bench.settledReading();
        const Reading second = *bench.secondReading();
        Measurement m;
        m.kind = MeasurementKind::agreement;
        m.detail = where;
        m.load = bench.nominalLoad();
        m.indication = first.*value;
        if (second.*value) {
            m.error = *(second.*value) - *m.indication;
        } else {
            m.finding = "the second display shows nothing";
        }
        m.at = second.at;
        results.record(m, ExactMass{});
    };
    bench.bring({});
    bench.zero();
    for (const LoadRule& rule : bench.regulation().discriminationLoads) {
        bench.bring(bench.fewestSubstitutions(bench.nominal(rule), carry.materialLoads));
        compare(rule.text, &Reading::gross);
    }
    // With a tare the net value too, under as much of the weights as Max leaves room for.
    const ExactMass tare = bench.nominal(bench.regulation().tareLoad);
    bench.bring({});
    bench.zero();
    bench.bring({0, 0, 0, 1, std::nullopt});
    bench.tare();
    const ExactMass room = std::min(bench.weights().blocksTotal(), bench.scale().max() - tare);
    const auto blocks = static_cast<int>(room.wholeParts(bench.weights().block));
    bench.bring({blocks, 0, 0, 1, std::nullopt});
    const std::string load = bench.text(bench.nominalLoad());
    compare("G " + load, &Reading::gross);
    compare("NET " + load, &Reading::net);
    bench.bring({0, 0, 0, 1, std::nullopt});
    bench.clearTare();
    bench.bring({});
}

/// A hand radio beside the indicator: the indication stays within the limit, or is plainly no
/// weight value (HB 44 N.1.6, R 76-1 5.1).
void testRadio(Bench& bench, Results& results, Carry&) {
    constexpr SimTime speaking = 5s, patience = 60s;
    bench.bring({});
    bench.zero();
    for (const bool loaded : {false, true}) {
        bench.bring(loaded ? bench.allWeights() : bench.zeroLoadPieces());
        const Reading before = bench.settledReading();
        bench.keyRadio(true);
        bench.waitUntil(bench.now() + speaking);
        Reading during = bench.reading();
        const SimTime end = bench.now() + patience;
        while (during.gross && !during.weightStable && bench.now() < end) during = bench.reading();
        bench.keyRadio(false);
        Measurement m;
        m.kind = MeasurementKind::radio;
        m.load = bench.nominalLoad();
        m.indication = before.gross;
        const bool shown = during.gross && during.weightStable && !during.fault;
        m.error = shown ? *during.gross - *before.gross : ExactMass{};
        m.at = during.at;
        results.record(m, bench.regulation().radio * bench.intervalAt(before.gross->abs()));
        bench.waitUntil(bench.now() + speaking);
    }
    bench.bring({});
}

}  // namespace jh
