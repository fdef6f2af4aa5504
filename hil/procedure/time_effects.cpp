// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

constexpr double driftStep_K = 5.0;

/// Standard weights near Max where material was made equal to them, else all weights at hand.
Pieces heaviest(const Bench& bench, const Carry& carry) {
    const ExactMass max = bench.scale().max();
    const ExactMass w = bench.weights().blocksTotal();
    if (w < max && carry.materialLoads > 0) {
        const ExactMass reach = std::min(max, (carry.materialLoads + 1) * w);
        return bench.fewestSubstitutions(reach, carry.materialLoads);
    }
    return bench.allWeights();
}

std::string minutes(SimTime t) {
    return fmt::format("{} min", t / 1min);
}

/// Change of the indication against an earlier one under the same load.
Measurement change(const Measurement& now, const Measurement& before, MeasurementKind kind,
                   std::string detail) {
    Measurement m = now;
    m.kind = kind;
    m.detail = std::move(detail);
    m.zeroError.reset();
    m.correctedError.reset();
    m.error = *now.value - *before.value;
    return m;
}

}  // namespace

/// A load near Max that stays for half an hour, and zero after it. Where the half hour shows too
/// much, four hours decide by the mpe (R 76-1 3.9.4.1).
void testCreep(Bench& bench, Results& results, Carry& carry) {
    const CreepRule& rule = bench.regulation().creep;
    bench.bring({});
    bench.zero();
    const Measurement zero = bench.zeroError();
    results.record(zero, std::nullopt);

    // The zero load stays below, as everywhere where zero is compared with zero.
    Pieces load = heaviest(bench, carry);
    if (load.blocks > 0 && load.material == 0 &&
        bench.scale().max() < load.blocks * bench.weights().block + bench.nominalLoad()) {
        --load.blocks;
    }
    if (load.material == 0) load.handWeights += bench.zeroLoadPieces().handWeights;
    bench.bring(load);
    const Measurement first = bench.changeOver();
    const ExactMass at = *first.load, interval = bench.intervalAt(at);
    const auto after = [&](SimTime t) {
        bench.waitUntil(first.at + t);
        return bench.changeOver();
    };
    const Measurement early = after(15min), late = after(30min);
    const Measurement whole = change(late, first, MeasurementKind::creep, "0 - 30 min");
    const Measurement rest = change(late, early, MeasurementKind::creep, "15 - 30 min");
    const ExactMass wholeLimit = rule.in30min * interval, restLimit = rule.from15min * interval;
    const bool met = whole.error->abs() <= wholeLimit && rest.error->abs() <= restLimit;
    results.record(whole, met ? std::optional{wholeLimit} : std::nullopt);
    results.record(rest, met ? std::optional{restLimit} : std::nullopt);
    if (!met) {
        for (SimTime t = 1h; t <= rule.otherwise; t += 1h) {
            results.record(change(after(t), first, MeasurementKind::creep, "0 - " + minutes(t)),
                           bench.mpe(at));
        }
    }
    bench.bring(bench.zeroLoadPieces());
    results.record(bench.measure(MeasurementKind::zeroReturn, {}, zero),
                   rule.zeroReturn * bench.zeroReturnInterval());
    bench.bring({});
}

namespace {

/// Back in the lowest range after a load above Max_1: the indication near zero stays where it is.
/// The zero load keeps zero tracking out.
void watchRangeReturn(Bench& bench, Results& results, const Carry& carry) {
    const RangeReturnRule& rule = bench.regulation().rangeReturn;
    const ExactMass max1 = bench.scale().ranges.front().max, e1 = bench.scale().firstInterval();
    const Pieces load = heaviest(bench, carry);
    bench.bring({});
    bench.zero();
    bench.bring(load);
    if (bench.nominalLoad() <= max1) {
        throw TestNotPossible{"the weights at hand do not lead beyond " + bench.text(max1)};
    }
    bench.settledReading();
    bench.bring({});
    bench.zero();
    const ExactMass shown = bench.settledReading().interval;
    if (shown != e1) results.finding("without load the interval stays " + bench.text(shown));
    bench.bring(bench.zeroLoadPieces());
    const Measurement first = bench.changeOver();
    bench.waitUntil(first.at + rule.watched);
    results.record(
        change(bench.changeOver(), first, MeasurementKind::rangeReturn, minutes(rule.watched)),
        rule.drift * e1);
    bench.bring({});
}

}  // namespace

/// Zero before and after the weighing series, with the 10 e on the receptor throughout; and what
/// zero does in the lowest of several ranges.
void testZeroReturn(Bench& bench, Results& results, Carry& carry) {
    if (!carry.zeroReturn) throw TestNotPossible{"the weighing series did not come to its end"};
    results.record(*carry.zeroReturn, bench.regulation().zeroReturn * bench.zeroReturnInterval());
    if (bench.scale().multipleRange) watchRangeReturn(bench, results, carry);
}

/// After a night without supply: dark while warming up, then right from the first indication on
/// (R 76-1 5.3, A.5.2).
void testWarmUp(Bench& bench, Results& results, Carry&) {
    constexpr SimTime off = 8h, darkAtMost = 30min;
    bench.bring({});
    bench.switchSupply(false);
    bench.waitUntil(bench.now() + off);
    bench.switchSupply(true);
    const SimTime on = bench.now();
    while (!bench.reading().gross) {
        if (bench.now() - on > darkAtMost) throw ScaleFinding{"dark for half an hour after start"};
    }
    for (const SimTime t : {0min, 5min, 15min, 30min}) {
        bench.waitUntil(on + t);
        if (t == SimTime{}) bench.zero();
        const Measurement zero = bench.zeroError(minutes(t));
        results.record(zero, t == SimTime{} ? std::optional{bench.regulation().zeroAccuracy *
                                                            bench.scale().firstInterval()}
                                            : std::nullopt);
        bench.bring(bench.allWeights());
        const Measurement m = bench.measure(MeasurementKind::warmUp, minutes(t), zero);
        results.record(m, bench.mpe(*m.load));
        bench.bring(bench.zeroLoadPieces());
    }
    bench.bring({});
}

Measurement noLoadDrift(const Measurement& now, const Measurement& before, double from_degC,
                        double to_degC) {
    Measurement drift = change(now, before, MeasurementKind::noLoadDrift,
                               fmt::format("{:.1f} - {:.1f} °C", from_degC, to_degC));
    // What it would be for 5 K exactly, in thousandths of the change.
    const std::int64_t thousandths = std::lround(driftStep_K / std::abs(to_degC - from_degC) * 1e3);
    drift.error = drift.error->times(thousandths, 1000);
    return drift;
}

/// The indication without load while the temperature goes its way: for each 5 K at most so much
/// (R 76-1 3.9.2.3, A.5.3.2).
void testNoLoadDrift(Bench& bench, Results& results, Carry&) {
    const DriftRule& rule = bench.regulation().drift;
    if (!bench.temperature()) throw TestNotPossible{"there is no thermometer"};
    bench.bring({});
    bench.zero();
    Measurement reference = bench.zeroError();
    double referenceCelsius = bench.temperature()->si(), coldest = referenceCelsius,
           warmest = referenceCelsius;
    const SimTime start = bench.now(), end = start + rule.noLoadFor;
    int found = 0;
    for (SimTime t = start + 1h; t <= end; t += 1h) {
        bench.waitUntil(t);
        const Measurement m = bench.changeOver();
        const double nowCelsius = bench.temperature()->si(), by_K = nowCelsius - referenceCelsius;
        coldest = std::min(coldest, nowCelsius);
        warmest = std::max(warmest, nowCelsius);
        if (std::abs(by_K) < driftStep_K) continue;
        const Measurement drift = noLoadDrift(m, reference, referenceCelsius, nowCelsius);
        results.record(drift, rule.noLoad * bench.scale().firstInterval());
        ++found;
        reference = m;
        referenceCelsius = nowCelsius;
    }
    bench.bring({});
    if (found > 0) return;
    throw TestNotPossible{
        fmt::format("the temperature changed by {:.1f} K only; {:.0f} K are asked "
                    "for",
                    warmest - coldest, driftStep_K)};
}

/// The same load on many days: largest less smallest error (R 76-1 B.4).
void testSpanStability(Bench& bench, Results& results, Carry&) {
    const DriftRule& rule = bench.regulation().drift;
    ExactMass smallest, largest, load;
    const SimTime start = bench.now();
    for (int i = 0; i < rule.spanMeasurements; ++i) {
        bench.waitUntil(start + i * rule.spanEvery);
        bench.bring({});
        bench.zero();
        const std::string number = std::to_string(i + 1);
        const Measurement zero = bench.zeroError(number);
        results.record(zero, std::nullopt);
        bench.bring(bench.allWeights());
        const Measurement m = bench.measure(MeasurementKind::spanStability, number, zero);
        load = *m.load;
        results.record(m, std::nullopt);
        smallest = i == 0 ? *m.correctedError : std::min(smallest, *m.correctedError);
        largest = i == 0 ? *m.correctedError : std::max(largest, *m.correctedError);
        bench.bring(bench.zeroLoadPieces());
        bench.bring({});
    }
    Measurement range;
    range.kind = MeasurementKind::range;
    range.load = load;
    range.error = largest - smallest;
    range.at = bench.now();
    constexpr int half = 2;
    results.record(range,
                   std::max(rule.span * bench.intervalAt(load), bench.mpe(load).dividedBy(half)));
}

}  // namespace jh
