// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// An empty scale at zero, then the tare load on it, and the tare key pressed.
void tareWith(Bench& bench) {
    bench.bring({});
    bench.zero();
    bench.bring({0, 0, 0, 1, std::nullopt});
    bench.tare();
}

void untare(Bench& bench) {
    bench.clearTare();
    bench.bring({});
}

/// Net error right after taring. The tare load is beyond the 4 % of Max within which a scale may
/// track its net zero, so no 10 e are needed (R 76-1 4.5.7).
Measurement netZero(Bench& bench) {
    Measurement m = bench.changeOver(true);
    m.kind = MeasurementKind::tareAccuracy;
    return m;
}

}  // namespace

void testTare(Bench& bench, Results& results, Carry&) {
    tareWith(bench);
    const Measurement m = netZero(bench);
    results.record(m, bench.regulation().tareAccuracy * bench.intervalAt({}));
    untare(bench);
}

/// Net loads on top of the tare; the limit is the mpe of the net load (R 76-1 3.5.3.3).
void testNetWeighing(Bench& bench, Results& results, Carry& carry) {
    tareWith(bench);
    Measurement zero = netZero(bench);
    results.record(zero, std::nullopt);

    const ExactMass most = bench.scale().max() - bench.nominal(bench.regulation().tareLoad);
    std::vector<ExactMass> loads;
    for (const LoadRule& rule : bench.regulation().netLoads) {
        const ExactMass load =
            rule.kind == LoadRule::Kind::maxLessTare ? most : bench.nominal(rule);
        if (load <= most) loads.push_back(load);
    }
    std::sort(loads.begin(), loads.end());
    loads.erase(std::unique(loads.begin(), loads.end()), loads.end());

    for (const ExactMass load : loads) {
        // As little material as the weights allow; it was made equal to W in the weighing test.
        Pieces pieces = bench.fewestSubstitutions(load, carry.materialLoads);
        pieces.tareLoads = 1;
        bench.bring(pieces);
        results.record(bench.measure(MeasurementKind::net, bench.text(load), zero, true),
                       bench.mpe(load));
    }
    bench.bring({0, 0, 0, 1, std::nullopt});
    untare(bench);
}

}  // namespace jh
