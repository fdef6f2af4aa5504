// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// Error under all loads at hand, against the error at the zero load.
Measurement span(Bench& bench, Results& results, const std::string& detail) {
    const Measurement zero = bench.zeroError(detail);
    results.record(zero, std::nullopt);
    bench.bring(bench.allWeights());
    Measurement m = bench.measure(MeasurementKind::sense, detail, zero);
    bench.bring(bench.zeroLoadPieces());
    return m;
}

}  // namespace

/// The same resistance in every pair of wires: six wires sense it away, four do not
/// (R 76-1 C.3.3.2.4).
void testSense(Bench& bench, Results& results, Carry&) {
    const SenseRule& rule = bench.regulation().sense;
    bench.bring({});
    bench.zero();
    const Measurement without = span(bench, results, "0 ohm");
    const std::string cable = fmt::format("{} ohm", rule.cable.si());
    bench.insertCable(rule.cable);
    Measurement with = span(bench, results, cable);
    bench.insertCable({});
    bench.bring({});
    with.zeroError.reset();
    with.error = *with.correctedError - *without.correctedError;
    with.correctedError.reset();
    results.record(with, rule.change * bench.mpe(*with.load));
}

/// At each temperature of the chamber the zero, which may have moved by so much for 5 K, and the
/// weighing loads upwards, each within the mpe (R 76-1 3.9.2.3, A.5.3.1, A.5.3.2).
void testTemperature(Bench& bench, Results& results, Carry& carry) {
    const Regulation& regulation = bench.regulation();
    std::optional<Measurement> before;
    double before_degC = 0.0;
    bench.bring({});
    for (const Temperature t : regulation.climate.temperatures) {
        bench.setTemperature(t);
        if (!before) bench.zero();
        // The zero load stays from one temperature to the next, so that nothing tracks the change.
        const std::string where = fmt::format("{:.0f} °C", t.si());
        const Measurement zero = bench.zeroError(where);
        results.record(zero, std::nullopt);
        if (before) {
            Measurement drift = noLoadDrift(zero, *before, before_degC, t.si());
            // In thousandths of a kelvin the chamber's temperatures are exact, and so is the change
            // for 5 K.
            const long thousandths = std::abs(std::lround((t.si() - before_degC) * 1e3));
            drift.error = (*zero.value - *before->value).times(5000, thousandths);
            results.record(drift, regulation.drift.noLoad * bench.scale().firstInterval());
        }
        for (const PlannedLoad& point : carry.plan.loads) {
            bench.bring(bench.fewestSubstitutions(point.load, carry.materialLoads));
            results.record(
                bench.measure(MeasurementKind::temperature, where + ", " + point.text, zero),
                bench.mpe(point.load));
        }
        bench.bring(bench.zeroLoadPieces());
        before = zero;
        before_degC = t.si();
    }
    bench.bring({});
}

}  // namespace jh
