// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "firmware-bridge/host/firmware_host.h"
#include "firmware-bridge/host/hosted_board.h"
#include "hil/driver/manual_load_source.h"
#include "hil/loop/source_output.h"
#include "hil/loop/timing.h"
#include "hil/loop/virtual_bench.h"
#include "hil/modbus/serial_line.h"
#include "hil/procedure/record.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// How one scenario is run; none of it changes a byte of the record.
struct RunOptions {
    std::filesystem::path record;  ///< file that grows as the run goes; empty: memory only
    std::filesystem::path frames;  ///< every frame on the wire as JSON lines; empty: none
    std::filesystem::path vcd;     ///< signals of an emulated board; empty: none
    int debugPort{};               ///< a debugger is let in here at the first failure; 0: none
    bool coverage{};               ///< what an emulated firmware executes is noted
    const std::atomic<bool>* stop{};
    bool allowRest{true};  ///< only a test switches rest detection off
    StageTimes* stageTimes{};
    /// Called now and then with the simulated time and what is being done.
    std::function<void(SimTime, const std::string&)> onProgress;
    std::function<void(const Measurement&)> onMeasurement;
    /// Puts the firmware into something else that acts as one, when set.
    std::function<std::unique_ptr<FirmwareHost>(std::unique_ptr<FirmwareHost>)> wrapFirmware;
    /// Called when all is done and the bench is still there, when set.
    std::function<void()> beforeEnd;
    /// Tells a person at a real scale what to do; returns when it is done.
    ManualLoadSource::Ask ask;
};

/// How a run by the clock kept its time.
struct LoopReport {
    LoopTiming timing;
    SourceReport source;
    LineStatistics line;  ///< to the indicator, of a serial one
    DurationHistogram transaction, signalToRegister;
    int losses{};  ///< of the line to the indicator, which came back
};

struct RunOutcome {
    VerificationResult result;
    std::string recordText;
    std::vector<SecondHash> secondHashes;
    SimTime simulated{};
    std::chrono::nanoseconds wall{};
    std::uint64_t transactions{};
    std::vector<std::string>
        notices;  ///< what a firmware of its own did that its maker should know
    std::vector<AddressRange> executed;  ///< by an emulated firmware, where that was wanted
    std::string problem;                 ///< a file that could not be written
};

/// Builds the bench that a scenario describes and runs its verification on it.
RunOutcome runScenario(const Scenario& scenario, const RunOptions& options);

/// Whether the outcome is what the scenario says must come out; pass when it says nothing.
bool asExpected(const Scenario& scenario, const VerificationResult& result);

}  // namespace jh
