// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/run_manual.h"

#include "hil/cli/patient_client.h"
#include "hil/driver/modbus_indicator.h"
#include "hil/loop/wall_clock.h"
#include "hil/procedure/runner.h"
#include "hil/report/record_file.h"
#include "sim/base/check.h"

namespace jh {

RunOutcome runOnRealScale(const Scenario& scenario, const RunOptions& options) {
    JH_CHECK(scenario.bench && !scenario.bench->source && options.stop != nullptr);
    const BenchModel& bench = *scenario.bench;
    const auto wallStart = std::chrono::steady_clock::now();
    RecordFile record{scenario, options.record};
    WallClock clock{*options.stop};
    RunOutcome outcome;
    const auto wire = IndicatorWire::open(bench.indicator, scenario.indicator.replyTimeout);
    if (!options.ask) {
        outcome.result.verdict = Verdict::error;
        outcome.result.cause = "a real scale needs a person: use `jianheng run` at a terminal";
    } else if (wire) {
        PatientClient client{**wire, bench.patience, options.stop};
        ModbusIndicator indicator{scenario.indicator, client, clock, scenario.scale};
        // The last hand leaves the load, then the filter follows.
        ManualLoadSource person{[&](const LoadOrder& order) -> Expected<void, IoError> {
            if (auto done = options.ask(order); !done) return done;
            return clock.waitUntil(clock.now() + scenario.weights.touchDown);
        }};
        const bool adjustsOverWire = scenario.indicator.commands.count("adjust_span") != 0;
        Adjustment& adjustment = adjustsOverWire ? static_cast<Adjustment&>(indicator) : person;
        // The crew works by its own clock: it says when it is done.
        WeightsModel weights = scenario.weights;
        weights.setUp = SimTime{};

        std::string doing = "set up";
        VerificationListener listener;
        listener.onStep = [&](const WorkStep& step) {
            record.step(step);
            if (options.onProgress) options.onProgress(step.end, doing);
        };
        listener.onTestStart = [&](const TestRule& rule) { doing = rule.id; };
        listener.onMeasurement = [&](const TestResult& test) {
            record.test(test);
            if (options.onMeasurement) options.onMeasurement(test.measurements.back());
        };
        listener.onTestEnd = [&](const TestResult& test) { record.test(test); };
        VerificationPlan plan{scenario.scale, scenario.regulation, weights, scenario.appearance,
                              scenario.seed};
        plan.inService = true;
        outcome.result = runVerification(
            {indicator, adjustment, person, clock, nullptr, &person, nullptr}, plan, listener);
        outcome.transactions = client.transactions();
    } else {
        outcome.result.verdict = Verdict::error;
        outcome.result.cause = wire.error().text;
    }
    outcome.simulated = clock.now();
    outcome.wall = std::chrono::steady_clock::now() - wallStart;
    record.finish(outcome.result, outcome.simulated, outcome.transactions);
    outcome.recordText = record.text();
    outcome.problem = record.problem();
    return outcome;
}

}  // namespace jh
