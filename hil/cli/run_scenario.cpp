// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/run_scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "hil/cli/cell_registers.h"
#include "hil/cli/first_failure.h"
#include "hil/cli/run_manual.h"
#include "hil/cli/run_real.h"
#include "hil/cli/scenario_bench.h"
#include "hil/driver/modbus_indicator.h"
#include "hil/driver/panel_adjustment.h"
#include "hil/driver/second_display.h"
#include "hil/driver/signal_load_source.h"
#include "hil/driver/simulated_load_source.h"
#include "hil/indicator/simulated_station.h"
#include "hil/loop/faulty_line.h"
#include "hil/loop/real_wire.h"
#include "hil/loop/virtual_line.h"
#include "hil/procedure/runner.h"
#include "hil/procedure/uncertainty.h"
#include "hil/report/record_file.h"
#include "sim/base/check.h"

namespace jh {

namespace {

void writeFrame(std::ofstream& out, const WireFrame& frame) {
    std::string hex;
    for (const std::uint8_t byte : frame.bytes) hex += fmt::format("{:02X}", byte);
    out << fmt::format("{{\"from\": \"{}\", \"start_ns\": {}, \"end_ns\": {}, \"hex\": \"{}\"}}\n",
                       frame.fromStation ? "station" : "client", frame.start.count(),
                       frame.end.count(), hex);
}

/// The station on a wire outside the simulation where the scenario wants that; else nothing.
Expected<std::unique_ptr<RealWire>, IoError> realWire(const Scenario& scenario,
                                                      SimulatedStation* station,
                                                      VirtualBench& bench, BenchLock& lock) {
    const IndicatorProfile& profile = scenario.indicator;
    const RealWire::Station served{station, static_cast<std::uint8_t>(profile.station),
                                   profile.replyTimeout, profile.replyDelay};
    switch (scenario.wire) {
        case Wire::pty:
            return RealWire::pty(served, profile.baud, CharacterFormat::n82, bench, lock);
        case Wire::tcp:
            return RealWire::tcp(served, bench, lock);
        case Wire::virtualTime:
            break;
    }
    return std::unique_ptr<RealWire>{};
}

/// A bench that could not be set up.
RunOutcome notStarted(const IoError& error) {
    RunOutcome outcome;
    outcome.problem = error.text;
    outcome.result.verdict = Verdict::error;
    outcome.result.cause = error.text;
    return outcome;
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
    if (scenario.bench && !scenario.bench->source) return runOnRealScale(scenario, options);
    if (scenario.bench) return runOnRealBench(scenario, options);
    const auto wallStart = std::chrono::steady_clock::now();
    const Seeds seeds{scenario.seed, scenario.visit};
    auto made = setUpBench(
        scenario, {options.allowRest, options.wrapFirmware, options.vcd, options.coverage});
    if (!made) return notStarted(made.error());
    VirtualBench& bench = *(*made)->bench;
    RemoteHost* const remote = (*made)->remote;
    FirmwareReport& emulated = (*made)->emulated;
    bench.stopRequested = options.stop;
    bench.stageTimes = options.stageTimes;

    RecordFile record{scenario, options.record};
    std::ofstream frames;
    // The reference firmware answers on its own UART; other families stand on a line beside it.
    VirtualLine line{bench, scenario.indicator.baud};
    std::optional<SimulatedStation> station;
    std::optional<CellRegisters> cells;
    if (remote == nullptr) {
        station.emplace(
            scenario.indicator, bench.nativeFirmware(), [&] { return bench.now(); },
            scenario.scale.unit);
        if (bench.box()) {
            cells.emplace(bench);
            station->cell = [&](std::size_t index) { return cells->at(index); };
        }
        line.attach(static_cast<std::uint8_t>(scenario.indicator.station), *station,
                    scenario.indicator.replyDelay, [&] { return bench.supplied(); });
    }
    if (!options.frames.empty()) {
        frames.open(options.frames);
        bench.onFrame = [&](const WireFrame& frame) { writeFrame(frames, frame); };
        line.onFrame = bench.onFrame;
    }
    std::string doing = "set up";
    bench.onSecond = [&](const SecondHash& hash) {
        record.second(hash.combined());
        if (options.onProgress) options.onProgress(bench.now(), doing);
    };

    BenchLock lock;
    auto real = realWire(scenario, station ? &*station : nullptr, bench, lock);
    if (!real) return notStarted(real.error());
    const bool onUart = remote != nullptr || scenario.indicator.ownFirmware;
    Line& virtualLine = onUart ? static_cast<Line&>(bench) : line;
    std::optional<FaultyLine> faulty;
    auto lineFaults = LineFaults::make(scenario.lineFaults, LineWire::rtu, seeds.visit);
    JH_CHECK(lineFaults.has_value());  // the scenario was checked
    if (!scenario.lineFaults.empty()) {
        faulty.emplace(virtualLine, *lineFaults, bench,
                       frameSilence(scenario.indicator.baud, CharacterFormat::n82));
    }
    RtuClient virtualClient{faulty ? *faulty : virtualLine, scenario.indicator.station,
                            scenario.indicator.replyTimeout};
    ModbusClient& client = *real ? (*real)->client() : virtualClient;
    if (*real) (*real)->onFrame = bench.onFrame;
    ModbusIndicator indicator{scenario.indicator, client, bench, scenario.scale};
    std::optional<PanelAdjustment> panel;
    const bool adjustsOverWire = scenario.indicator.commands.count("adjust_span") != 0;
    if (!adjustsOverWire) panel.emplace(bench.nativeFirmware(), bench, scenario.scale.unit);
    Adjustment& adjustment = adjustsOverWire ? static_cast<Adjustment&>(indicator) : *panel;
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

    std::optional<FirstFailure> failure;
    if (remote != nullptr && options.debugPort != 0) {
        failure.emplace(*remote, emulated, scenario, options);
    }

    VerificationListener listener;
    listener.onStep = [&](const WorkStep& step) { record.step(step); };
    listener.onTestStart = [&](const TestRule& rule) { doing = rule.id; };
    listener.onMeasurement = [&](const TestResult& test) {
        record.test(test);
        if (failure) failure->measured(test, bench.now());
        bench.plant().happened(FaultStart::reading);
        if (options.onMeasurement) options.onMeasurement(test.measurements.back());
    };
    listener.onTestEnd = [&](const TestResult& test) {
        record.test(test);
        if (failure) failure->ended(test, bench.now());
    };
    listener.afterAdjustment = [&] { bench.plant().happened(FaultStart::after_adjustment); };

    RunOutcome outcome;
    outcome.result = runVerification(
        {indicator, adjustment, loads, bench, &bench, &surroundings, second ? &*second : nullptr},
        {scenario.scale, scenario.regulation, scenario.weights, scenario.appearance, scenario.seed},
        listener);
    if (failure) failure->over(outcome.result, bench.now());
    if (outcome.result.verdict == Verdict::pass || outcome.result.verdict == Verdict::fail) {
        visitAgain(scenario, options, outcome.result);
    }
    outcome.transactions = client.transactions();
    outcome.simulated = bench.now();
    if (remote != nullptr && options.coverage) outcome.executed = remote->executed();
    if (remote != nullptr) {
        const bool written = finishFirmware(*remote, emulated);
        if (!written) outcome.problem = options.vcd.string() + ": cannot be written";
        record.firmware(firmwareJson(emulated));
        for (const BoardEvent& notice : emulated.notices) outcome.notices.push_back(notice.name);
    }
    if (options.beforeEnd) options.beforeEnd();
    record.finish(outcome.result, bench.now(), outcome.transactions);
    outcome.recordText = record.text();
    outcome.secondHashes = bench.secondHashes();
    if (!record.problem().empty()) outcome.problem = record.problem();
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
