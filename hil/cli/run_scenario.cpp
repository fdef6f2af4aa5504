// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/run_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>

#include "firmware-bridge/reference/indicator_parameters.h"
#include "hil/driver/modbus_indicator.h"
#include "hil/driver/second_display.h"
#include "hil/driver/signal_load_source.h"
#include "hil/driver/simulated_load_source.h"
#include "hil/procedure/runner.h"
#include "hil/procedure/uncertainty.h"
#include "hil/report/record_file.h"

namespace jh {

namespace {

std::uint16_t hundredths(double v) {
    return static_cast<std::uint16_t>(std::lround(v * 100.0));
}

/// Thousandths of the scale's unit, in which the firmware counts: grams on a scale in kg.
std::int64_t thousandths(ExactMass mass, MassUnit unit) {
    return mass.times(1000, 1).wholeParts(ExactMass::one(unit));
}

/// Digits after the point that masses need on the wire.
std::uint8_t decimalsFor(std::int64_t inThousandths) {
    std::uint8_t decimals = 0;
    for (std::int64_t place = 1000; decimals < 3 && inThousandths % place != 0; place /= 10)
        ++decimals;
    return decimals;
}

/// The sealed parameters of the reference indicator for this scale, its faults included.
jh_indicator_parameters indicatorParameters(const Scenario& s) {
    jh_indicator_parameters p{};
    std::from_chars(s.settings.serial.data(), s.settings.serial.data() + s.settings.serial.size(),
                    p.serial);
    p.ranges = static_cast<std::uint8_t>(s.scale.ranges.size());
    p.multiple_range = s.scale.multipleRange ? 1 : 0;
    for (std::size_t i = 0; i < s.scale.ranges.size(); ++i) {
        p.max_g[i] = thousandths(s.scale.ranges[i].max, s.scale.unit);
        p.interval_g[i] = thousandths(s.scale.ranges[i].e, s.scale.unit);
    }
    p.decimals = decimalsFor(thousandths(s.scale.firstInterval(), s.scale.unit));
    p.rate_hz = static_cast<std::uint16_t>(s.settings.conversionRate_Hz);
    p.filter_ms = static_cast<std::uint16_t>(s.settings.filter / 1ms);
    p.stability_band_cd = hundredths(s.settings.stabilityBand_d);
    p.stability_ms = static_cast<std::uint16_t>(s.settings.stabilityTime / 1ms);
    p.tracking_band_cd = hundredths(s.settings.trackingBand_d);
    p.tracking_rate_cd_s = hundredths(s.settings.trackingRate_d_s);
    p.initial_zero_pm =
        static_cast<std::uint16_t>(std::lround(s.settings.initialZeroRange_pct * 10.0));
    p.zero_pm = static_cast<std::uint16_t>(std::lround(s.settings.zeroRange_pct * 10.0));
    p.station = static_cast<std::uint8_t>(s.indicator.station);
    p.baud = static_cast<std::uint32_t>(s.indicator.baud);
    for (const Fault& fault : s.faults) {
        if (const auto* tracking = std::get_if<ZeroTrackingFault>(&fault.what)) {
            p.tracking_band_cd = hundredths(tracking->band_d);
            p.tracking_rate_cd_s = hundredths(tracking->rate_d_s);
        } else if (const auto* rounding = std::get_if<RoundingHysteresisFault>(&fault.what)) {
            p.rounding_hysteresis_g =
                static_cast<std::uint16_t>(thousandths(rounding->width, s.scale.unit));
        }
    }
    return p;
}

NativeHost powerOn(const Scenario& scenario) {
    const jh_firmware_api& api = *jh_reference_firmware();
    const jh_indicator_parameters parameters = indicatorParameters(scenario);
    std::vector<std::uint8_t> nonvolatile(api.nonvolatile_bytes);
    jh_reference_nonvolatile(&parameters, nonvolatile.data());
    return NativeHost{api, std::move(nonvolatile), scenario.indicator.baud};
}

void writeFrame(std::ofstream& out, const WireFrame& frame) {
    std::string hex;
    for (const std::uint8_t byte : frame.bytes) hex += fmt::format("{:02X}", byte);
    out << fmt::format("{{\"from\": \"{}\", \"start_ns\": {}, \"end_ns\": {}, \"hex\": \"{}\"}}\n",
                       frame.fromStation ? "station" : "client", frame.start.count(),
                       frame.end.count(), hex);
}

/// The same scale visited again and again, for the uncertainty by chance.
void visitAgain(const Scenario& scenario, const RunOptions& options, VerificationResult& result) {
    std::vector<VerificationResult> visits;
    for (int i = 1; i <= scenario.uncertaintyVisits; ++i) {
        Scenario again = scenario;
        again.visit += static_cast<std::uint64_t>(i);
        again.uncertaintyVisits = 0;
        RunOptions quietly;
        quietly.stop = options.stop;
        quietly.allowRest = options.allowRest;
        quietly.onProgress = [&](SimTime t, const std::string&) {
            if (!options.onProgress) return;
            options.onProgress(t, fmt::format("visit {} / {}", i, scenario.uncertaintyVisits));
        };
        visits.push_back(runScenario(again, quietly).result);
        if (visits.back().verdict != Verdict::interrupted) continue;
        result.verdict = Verdict::interrupted;
        result.cause = visits.back().cause;
        return;
    }
    addSimulatedUncertainty(result, visits);
}

}  // namespace

RunOutcome runScenario(const Scenario& scenario, const RunOptions& options) {
    const auto wallStart = std::chrono::steady_clock::now();
    const Seeds seeds{scenario.seed, scenario.visit};
    Plant plant{scenario.scale, scenario.site, seeds, scenario.faults};
    plant.allowRest(options.allowRest);
    Ads1232Model adc;
    adc.rate_Hz = scenario.settings.conversionRate_Hz;
    VirtualBench bench{std::move(plant), adc, powerOn(scenario), seeds};
    bench.stopRequested = options.stop;
    bench.stageTimes = options.stageTimes;
    bench.unit = scenario.scale.unit;

    RecordFile record{scenario, options.record};
    std::ofstream frames;
    if (!options.frames.empty()) {
        frames.open(options.frames);
        bench.onFrame = [&](const WireFrame& frame) { writeFrame(frames, frame); };
    }
    std::string doing = "set up";
    bench.onSecond = [&](const SecondHash& hash) {
        record.second(hash.combined());
        if (options.onProgress) options.onProgress(bench.now(), doing);
    };

    RtuClient client{bench, scenario.indicator.station, scenario.indicator.replyTimeout};
    ModbusIndicator indicator{scenario.indicator, client, bench, scenario.scale};
    std::optional<SecondDisplay> second;
    if (scenario.secondDisplay) {
        second.emplace(indicator, bench, scenario.secondDisplay->lag,
                       [&] { return bench.plant().acting<SecondDisplayFault>(); });
    }
    std::optional<SimulatedLoadSource> crew;
    std::optional<SignalLoadSource> source;
    if (scenario.signal) {
        source.emplace(bench, *scenario.signal, scenario.scale);
    } else {
        crew.emplace(bench, scenario.scale, scenario.weights, seeds.visit);
    }
    LoadSource& loads = scenario.signal ? static_cast<LoadSource&>(*source) : *crew;
    Surroundings& surroundings = scenario.signal ? static_cast<Surroundings&>(*source) : bench;

    VerificationListener listener;
    listener.onStep = [&](const WorkStep& step) { record.step(step); };
    listener.onTestStart = [&](const TestRule& rule) { doing = rule.id; };
    listener.onMeasurement = [&](const TestResult& test) {
        record.test(test);
        bench.plant().happened(FaultStart::reading);
        if (options.onMeasurement) options.onMeasurement(test.measurements.back());
    };
    listener.onTestEnd = [&](const TestResult& test) { record.test(test); };
    listener.afterAdjustment = [&] { bench.plant().happened(FaultStart::after_adjustment); };

    RunOutcome outcome;
    outcome.result = runVerification(
        {indicator, indicator, loads, bench, &bench, &surroundings, second ? &*second : nullptr},
        {scenario.scale, scenario.regulation, scenario.weights, scenario.appearance, scenario.seed},
        listener);
    if (outcome.result.verdict == Verdict::pass || outcome.result.verdict == Verdict::fail) {
        visitAgain(scenario, options, outcome.result);
    }
    outcome.transactions = client.transactions();
    outcome.simulated = bench.now();
    record.finish(outcome.result, bench.now(), outcome.transactions);
    outcome.recordText = record.text();
    outcome.secondHashes = bench.secondHashes();
    outcome.problem = record.problem();
    if (!options.frames.empty() && !frames.flush()) {
        outcome.problem = options.frames.string() + ": cannot be written";
    }
    outcome.wall = std::chrono::steady_clock::now() - wallStart;
    return outcome;
}

bool asExpected(const Scenario& scenario, const VerificationResult& result) {
    if (!scenario.expect) return result.verdict == Verdict::pass;
    std::vector<std::string> wanted = scenario.expect->failingTests, got = result.failingTests();
    std::sort(wanted.begin(), wanted.end());
    std::sort(got.begin(), got.end());
    return scenario.expect->verdict == word(result.verdict) && wanted == got;
}

}  // namespace jh
