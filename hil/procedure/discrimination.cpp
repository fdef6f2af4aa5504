// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// Small weights put on at the beginning (R 76-1 A.4.8.2 says about ten; the eleventh is for creep
/// meanwhile), and how many may have to go back before
/// the first indication returns: one, or two when noise stands at the very change-over point.
constexpr int extraWeights = 11, putBackAllowed = 2;

/// Digital discrimination at one load: 1.4 d must move the indication by exactly one d.
void discriminationAt(Bench& bench, Results& results, const std::string& where) {
    const ExactMass load = bench.nominalLoad();
    const ExactMass d = bench.scale().intervalAt(load);
    const ExactMass small = bench.smallWeightAt(load);
    bench.prepareSmallWeights(load);
    bench.smallWeights(extraWeights);

    Measurement back;
    back.kind = MeasurementKind::putBack;
    back.detail = where;
    back.load = load;
    const Reading first = bench.settledReading();
    back.indication = first.gross;
    back.truth = bench.truthNow();
    back.at = first.at;
    const ExactMass indication = *first.gross;

    // Off one by one until the indication has fallen by one d.
    int count = extraWeights;
    ExactMass shown = indication;
    while (shown >= indication && count > 0) {
        bench.smallWeights(--count);
        shown = *bench.settledReading().gross;
    }
    if (shown >= indication) {
        results.finding(where + ": taking off 1 d does not move the indication");
        bench.smallWeights(0);
        return;
    }
    // Back on until it returns.
    int putBack = 0;
    while (shown < indication && count < extraWeights) {
        bench.smallWeights(++count);
        ++putBack;
        shown = *bench.settledReading().gross;
    }
    back.added = putBack * small;
    back.error = putBack * small;
    results.record(back, putBackAllowed * small);

    // One of them stays, and 1.4 d come on top.
    const int base = count - putBack + 1;
    const ExactMass extra = bench.regulation().discrimination * d;
    bench.smallWeights(base + static_cast<int>(extra.wholeParts(small)));
    const Reading last = bench.settledReading();
    Measurement step;
    step.kind = MeasurementKind::oneInterval;
    step.detail = where;
    step.load = load;
    step.indication = last.gross;
    step.added = extra;
    step.error = *last.gross - indication - d;
    step.truth = bench.truthNow();
    step.at = last.at;
    results.record(step, ExactMass{});
    bench.smallWeights(0);
}

}  // namespace

void testDiscrimination(Bench& bench, Results& results, Carry& carry) {
    bench.bring({});
    bench.zero();
    for (const LoadRule& rule : bench.regulation().discriminationLoads) {
        bench.bring(bench.fewestSubstitutions(nominalOf(rule, bench.scale()), carry.materialLoads));
        discriminationAt(bench, results, rule.text);
    }
    bench.bring({});
}

}  // namespace jh
