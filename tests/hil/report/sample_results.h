// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hil/procedure/runner.h"
#include "hil/report/words.h"
#include "tests/support/ideal_scale.h"
#include "tests/support/shipped.h"
#include "tests/support/verdict_printer.h"

namespace jh {
inline std::ostream& operator<<(std::ostream& os, Language language) {
    return os << (language == Language::en ? "English" : "Chinese");
}
}  // namespace jh

namespace jh::test {

inline constexpr MeasurementKind allKinds[] = {
    MeasurementKind::appearance,   MeasurementKind::identity,
    MeasurementKind::zeroError,    MeasurementKind::support,
    MeasurementKind::placement,    MeasurementKind::range,
    MeasurementKind::up,           MeasurementKind::down,
    MeasurementKind::substitution, MeasurementKind::match,
    MeasurementKind::tareAccuracy, MeasurementKind::net,
    MeasurementKind::putBack,      MeasurementKind::oneInterval,
    MeasurementKind::zeroReturn,   MeasurementKind::rolling,
    MeasurementKind::section,      MeasurementKind::creep,
    MeasurementKind::equilibrium,  MeasurementKind::warmUp,
    MeasurementKind::zeroRange,    MeasurementKind::trackingState,
    MeasurementKind::tareRange,    MeasurementKind::interval,
    MeasurementKind::lastShown,    MeasurementKind::agreement,
    MeasurementKind::noLoadDrift,  MeasurementKind::spanStability,
    MeasurementKind::strain,       MeasurementKind::zeroBalance,
    MeasurementKind::asFound,      MeasurementKind::asLeft,
    MeasurementKind::radio,        MeasurementKind::rangeReturn,
    MeasurementKind::sense,        MeasurementKind::temperature};

inline constexpr Verdict allVerdicts[] = {Verdict::pass,    Verdict::fail,        Verdict::error,
                                          Verdict::invalid, Verdict::interrupted, Verdict::not_run};

/// A whole verification on the ideal scale, healthy or in trouble, and what it tells as it goes.
struct SampleRun {
    Scenario scenario{shipped("100t-jjg539-initial")};
    IdealScale device{scenario.scale};
    VerificationListener listener;
    std::optional<SourceUncertainty> source;

    /// A signal source in place of the cells: steps of 24 g, 10, 5 and 20 ppm over 4 K.
    void onSource() { source = SourceUncertainty{Mass{0.024}, 10e-6, 5e-6, 20e-6, 4.0}; }

    VerificationResult run() {
        return runVerification(
            {device, device, device, device, &device},
            {scenario.scale, scenario.regulation, scenario.weights, scenario.appearance, 1, source},
            listener);
    }
    /// Trouble that ends in this verdict; nothing for pass.
    void prepareFor(Verdict verdict) {
        if (verdict == Verdict::fail) {
            device.response = [](const OnDeck& d) { return d.mass + d.mass.dividedBy(1000); };
            scenario.appearance.front().found = false;
        }
        if (verdict == Verdict::invalid) scenario.weights.blocks = 13;
        scenario = withSeed(scenario, scenario.seed);  // written out as it is run
        const bool error = verdict == Verdict::error;
        if (!error && verdict != Verdict::interrupted) return;
        listener.onTestStart = [this, error](const TestRule& rule) {
            if (rule.id != "repeatability") return;
            device.fail("wait", error ? IoError::Kind::disconnected : IoError::Kind::interrupted);
        };
    }
};

}  // namespace jh::test
