// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/run_real.h"

#include <fmt/format.h>

#include "hil/cli/loop_json.h"
#include "hil/cli/patient_client.h"
#include "hil/cli/power_on.h"
#include "hil/cli/source_contribution.h"
#include "hil/driver/modbus_indicator.h"
#include "hil/driver/simulated_load_source.h"
#include "hil/loop/latency_watch.h"
#include "hil/loop/source_output.h"
#include "hil/loop/wall_executive.h"
#include "hil/procedure/load_plan.h"
#include "hil/procedure/runner.h"
#include "hil/procedure/uncertainty.h"
#include "hil/report/record_file.h"

namespace jh {

namespace {

/// How often the register is looked at while the procedure waits.
constexpr SimTime glances = 20ms;

/// The truth that is known of a real indicator: what lies on the simulated deck.
class LoadTruth final : public Truth {
public:
    explicit LoadTruth(VirtualBench& bench) : bench_{bench} {}
    std::optional<TruthValue> truth() const override {
        const ExactMass onDeck = ExactMass::nearest(bench_.plant().massOnDeck());
        return TruthValue{onDeck, onDeck};
    }

private:
    VirtualBench& bench_;
};

/// A signal that came late is none: readings were taken of another load.
constexpr SimTime longestOutage = 1s;

std::string brokenBudget(const BenchModel& bench, const LoopReport& loop) {
    if (loop.source.longestOutage > longestOutage) {
        return fmt::format("the signal source took no signal for {:.1f} s: {}",
                           seconds(loop.source.longestOutage), loop.source.firstFailure);
    }
    constexpr double most = 0.999;
    const SimTime late = loop.timing.lateness.quantile(most);
    const double missed = static_cast<double>(loop.timing.missed) /
                          static_cast<double>(loop.timing.ticks + loop.timing.missed);
    if (late <= bench.latenessBudget && missed <= bench.missedBudget) return {};
    return fmt::format(
        "the loop broke its timing budget: 99.9 % of the ticks within {:.3f} ms for "
        "{:.3f}, {:.4f} % missed for {:.4f}",
        seconds(late) * 1e3, seconds(bench.latenessBudget) * 1e3, missed * 100.0,
        bench.missedBudget * 100.0);
}

/// Why no load could be judged with this source; empty when one can.
std::string unfit(const Scenario& scenario, const SourceUncertainty& source) {
    const double step_kg = source.step.si();
    const double limit_kg = scenario.scale.firstInterval().mass().si() / 10.0;
    if (step_kg > limit_kg) {
        return fmt::format(
            "the signal source is too coarse: one step is {:.2f} kg, more than 0.1 e = {:.2f} kg",
            step_kg, limit_kg);
    }
    std::vector<ExactMass> loads;
    const LoadPlan plan =
        planLoads(scenario.scale, scenario.regulation, scenario.weights, scenario.seed);
    for (const PlannedLoad& planned : plan.loads) loads.push_back(planned.load);
    return tooUncertain(source, scenario.scale, loads);
}

}  // namespace

RunOutcome runOnRealBench(const Scenario& scenario, const RunOptions& options) {
    const BenchModel& real = *scenario.bench;
    const BenchSource& source = *real.source;
    const SourceUncertainty contribution =
        contributionOf(source.profile, signalPerKg(scenario.scale, scenario.site), scenario.site);
    RecordFile record{scenario, options.record};
    record.source(contribution, scenario.scale.max());
    const auto ended = [&contribution](Verdict verdict, const std::string& cause) {
        RunOutcome outcome;
        outcome.result.verdict = verdict;
        outcome.result.cause = cause;
        outcome.result.source = contribution;
        return outcome;
    };
    const auto finish = [&](RunOutcome outcome, SimTime now) {
        record.finish(outcome.result, now, outcome.transactions);
        outcome.recordText = record.text();
        outcome.problem = record.problem();
        outcome.simulated = now;
        return outcome;
    };
    if (const std::string why = unfit(scenario, contribution); !why.empty()) {
        return finish(ended(Verdict::invalid, why), {});
    }
    const auto indicatorWire = IndicatorWire::open(real.indicator, scenario.indicator.replyTimeout);
    if (!indicatorWire) {
        return finish(ended(Verdict::error, indicatorWire.error().text), {});
    }
    const auto sourceWire = IndicatorWire::open(source.place, source.profile.replyTimeout);
    if (!sourceWire) return finish(ended(Verdict::error, sourceWire.error().text), {});

    const auto wallStart = std::chrono::steady_clock::now();
    const Seeds seeds{scenario.seed, scenario.visit};
    Ads1232Model adc;
    adc.rate_Hz = 80;  // how often the source gets a new signal
    VirtualBench bench{Plant{scenario.scale, scenario.site, seeds, scenario.faults}, adc,
                       powerOn(scenario.scale, scenario.settings, scenario.indicator, {}), seeds};
    bench.plant().allowNoise(scenario.noise);
    bench.stopRequested = options.stop;
    bench.unit = scenario.scale.unit;

    SourceOutput output{
        [&](BridgeRatio ratio) {
            auto done = (*sourceWire)
                            ->client()
                            .write(source.profile.output.address,
                                   sourceWords(source.profile, sourceSteps(source.profile, ratio)));
            if (done) return done;
            return Expected<void, IoError>{
                Unexpected<IoError>{(*sourceWire)->explained(done.error())}};
        },
        source.profile.safe};

    BenchLock lock;
    PatientClient client{**indicatorWire, real.patience, options.stop, &lock};
    ModbusIndicator indicator{scenario.indicator, client, bench, scenario.scale};
    const double perKg = signalPerKg(scenario.scale, scenario.site).si();
    LatencyWatch latency{5 * scenario.scale.firstInterval()};
    std::optional<double> empty;  // signal of the deck without load, at the begin
    bench.onConversion = [&](SimTime at, BridgeRatio ratio) {
        output.put(ratio, steadyNow());
        if (!empty) empty = ratio.si();
        latency.signal(at, Mass{(ratio.si() - *empty) / perKg});
    };
    std::string doing = "set up";
    SimulatedLoadSource crew{bench, scenario.scale, scenario.weights, seeds.visit};
    LoadTruth truth{bench};

    VerificationListener listener;
    // Files are written while the bench goes on.
    const auto aside = [&lock](const auto& act) {
        lock.letGoWhile([&act] {
            act();
            return true;
        });
    };
    listener.onStep = [&](const WorkStep& step) {
        aside([&] {
            record.step(step);
            if (options.onProgress) options.onProgress(step.end, doing);
        });
    };
    listener.onTestStart = [&](const TestRule& rule) { doing = rule.id; };
    listener.onMeasurement = [&](const TestResult& test) {
        bench.plant().happened(FaultStart::reading);
        aside([&] {
            record.test(test);
            if (options.onMeasurement) options.onMeasurement(test.measurements.back());
        });
    };
    listener.onTestEnd = [&](const TestResult& test) { aside([&] { record.test(test); }); };
    listener.afterAdjustment = [&] { bench.plant().happened(FaultStart::after_adjustment); };

    RunOutcome outcome;
    LoopReport loop;
    {
        WallExecutive executive{bench, lock, real.period};
        // While the procedure waits, the register is watched.
        bench.pace = [&](SimTime t) -> Expected<void, IoError> {
            while (bench.now() + glances < t) {
                if (output.outage() > real.patience) {
                    return Unexpected<IoError>{
                        {IoError::Kind::disconnected, "the signal source is gone"}};
                }
                auto waited = executive.waitUntil(nextOn(glances, bench.now() + 1ns));
                if (!waited) return waited;
                const auto gross = indicator.glance();
                if (gross) latency.seen(bench.now(), *gross);
                if (!gross && gross.error().kind == IoError::Kind::disconnected) {
                    return Unexpected<IoError>{gross.error()};
                }
            }
            return executive.waitUntil(t);
        };
        outcome.result =
            runVerification({indicator, indicator, crew, bench, &truth, &bench, nullptr},
                            {scenario.scale, scenario.regulation, scenario.weights,
                             scenario.appearance, scenario.seed, contribution},
                            listener);
        loop.timing = executive.stop();
        bench.pace = nullptr;
    }
    loop.source = output.stop();
    loop.transaction = client.duration();
    loop.signalToRegister = latency.latency();
    loop.line = (*indicatorWire)->statistics();
    loop.losses = client.losses();
    const bool decides =
        outcome.result.verdict == Verdict::pass || outcome.result.verdict == Verdict::fail;
    std::string broken = brokenBudget(real, loop);
    if (broken.empty()) {
        broken = tooUncertain(contribution, scenario.scale, judgedLoads(outcome.result));
    }
    if (decides && !broken.empty()) {
        outcome.result.verdict = Verdict::invalid;
        outcome.result.cause = broken;
    }
    record.loop(loopJson(loop));
    outcome.transactions = client.transactions();
    outcome.wall = std::chrono::steady_clock::now() - wallStart;
    return finish(std::move(outcome), bench.now());
}

}  // namespace jh
