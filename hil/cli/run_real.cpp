// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/run_real.h"

#include <fmt/format.h>

#include <deque>

#include "hil/cli/device_connection.h"
#include "hil/cli/power_on.h"
#include "hil/cli/source_contribution.h"
#include "hil/driver/modbus_indicator.h"
#include "hil/driver/simulated_load_source.h"
#include "hil/loop/source_output.h"
#include "hil/loop/wall_executive.h"
#include "hil/procedure/load_plan.h"
#include "hil/procedure/runner.h"
#include "hil/procedure/uncertainty.h"
#include "hil/report/record_file.h"

namespace jh {

namespace {

/// A client whose transactions take place while the bench goes on.
class TimedClient final : public ModbusClient {
    template <class Ask>
    auto timed(const Ask& ask) {
        const SimTime begin = steadyNow();
        auto outcome = lock_.letGoWhile(ask);
        duration_.add(steadyNow() - begin);
        return outcome;
    }

public:
    TimedClient(ModbusClient& inner, BenchLock& lock) : inner_{inner}, lock_{lock} {}

    Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) override {
        return timed([&] { return inner_.read(address, count, table); });
    }
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override {
        return timed([&] { return inner_.write(address, values); });
    }
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override {
        return timed([&] { return inner_.writeOne(address, value); });
    }
    Expected<void, IoError> writeCoil(int address, bool on) override {
        return timed([&] { return inner_.writeCoil(address, on); });
    }
    std::uint64_t transactions() const override { return inner_.transactions(); }
    const DurationHistogram& duration() const { return duration_; }

private:
    ModbusClient& inner_;
    BenchLock& lock_;
    DurationHistogram duration_;
};

/// Reads on behalf of the procedure and sees how long a change of the load takes to the register:
/// from the moment at which half of it was on the deck to the first reading beyond that half.
class WatchedIndicator final : public Indicator {
public:
    WatchedIndicator(Indicator& inner, Clock& clock, ExactMass smallest)
        : inner_{inner}, clock_{clock}, smallest_{smallest} {}

    void load(SimTime at, Mass onDeck) {
        course_.push_back({at, onDeck});
        if (course_.front().at + kept < at) course_.pop_front();
    }
    const DurationHistogram& latency() const { return latency_; }

    Expected<Reading, IoError> read() override {
        auto reading = inner_.read();
        if (!reading || !reading->gross) return reading;
        if (last_ && (*reading->gross - *last_).abs() >= smallest_) {
            const double half = (last_->mass().si() + reading->gross->mass().si()) / 2.0;
            const bool rises = *reading->gross > *last_;
            // The last time at which the load went through that half.
            for (std::size_t i = course_.size(); i-- > 1;) {
                const double before = course_[i - 1].mass.si(), after = course_[i].mass.si();
                if (rises ? before < half && after >= half : before > half && after <= half) {
                    latency_.add(clock_.now() - course_[i].at);
                    break;
                }
            }
        }
        last_ = reading->gross;
        return reading;
    }
    Expected<IndicatorIdentity, IoError> identify() override { return inner_.identify(); }
    Expected<void, IoError> zero() override { return inner_.zero(); }
    Expected<void, IoError> tare() override { return inner_.tare(); }
    Expected<void, IoError> clearTare() override { return inner_.clearTare(); }

private:
    static constexpr SimTime kept = 30s;
    struct Point {
        SimTime at;
        Mass mass;
    };
    Indicator& inner_;
    Clock& clock_;
    ExactMass smallest_;
    std::deque<Point> course_;
    std::optional<ExactMass> last_;
    DurationHistogram latency_;
};

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

std::string brokenBudget(const BenchModel& bench, const LoopReport& loop) {
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
    auto indicatorLine = connect(real.indicator, scenario.indicator.replyTimeout);
    if (!indicatorLine) return finish(ended(Verdict::error, indicatorLine.error().text), {});
    auto sourceLine = connect(source.place, source.profile.replyTimeout);
    if (!sourceLine) return finish(ended(Verdict::error, sourceLine.error().text), {});

    const auto wallStart = std::chrono::steady_clock::now();
    const Seeds seeds{scenario.seed, scenario.visit};
    Ads1232Model adc;
    adc.rate_Hz = 80;  // how often the source gets a new signal
    VirtualBench bench{Plant{scenario.scale, scenario.site, seeds, scenario.faults}, adc,
                       powerOn(scenario.scale, scenario.settings, scenario.indicator, {}), seeds};
    bench.plant().allowNoise(scenario.noise);
    bench.stopRequested = options.stop;
    bench.unit = scenario.scale.unit;

    SourceOutput output{[&](BridgeRatio ratio) {
                            return sourceLine->client->write(
                                source.profile.output.address,
                                sourceWords(source.profile, sourceSteps(source.profile, ratio)));
                        },
                        source.profile.safe};

    BenchLock lock;
    TimedClient client{*indicatorLine->client, lock};
    ModbusIndicator indicator{scenario.indicator, client, bench, scenario.scale};
    WatchedIndicator watched{indicator, bench, 50 * scenario.scale.firstInterval()};
    bench.onConversion = [&](SimTime at, BridgeRatio ratio) {
        output.put(ratio, steadyNow());
        watched.load(at, bench.plant().massOnDeck());
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
        bench.pace = [&](SimTime t) { return executive.waitUntil(t); };
        outcome.result = runVerification({watched, indicator, crew, bench, &truth, &bench, nullptr},
                                         {scenario.scale, scenario.regulation, scenario.weights,
                                          scenario.appearance, scenario.seed, contribution},
                                         listener);
        loop.timing = executive.stop();
        bench.pace = nullptr;
    }
    loop.source = output.stop();
    loop.transaction = client.duration();
    loop.signalToRegister = watched.latency();
    if (indicatorLine->line) loop.line = indicatorLine->line->statistics();
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
    outcome.loop = loop;
    outcome.transactions = client.transactions();
    outcome.wall = std::chrono::steady_clock::now() - wallStart;
    return finish(std::move(outcome), bench.now());
}

}  // namespace jh
