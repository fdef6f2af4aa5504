// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "hil/cli/start_firmware.h"
#include "hil/loop/virtual_bench.h"
#include "hil/port/io_error.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// What a scenario is about: its plant, converter and firmware, with nobody yet to use them.
struct ScenarioBench {
    FirmwareReport emulated;  ///< of a firmware in another process
    RemoteHost* remote{};     ///< that firmware; null where it runs in this process
    std::optional<VirtualBench> bench;
};

/// Puts a firmware into something else that acts as one.
using WrapFirmware =
    std::function<std::unique_ptr<FirmwareHost>(std::unique_ptr<FirmwareHost> firmware)>;

struct BenchOptions {
    bool allowRest{true};       ///< only a test switches rest detection off
    WrapFirmware wrap;          ///< when set
    std::filesystem::path vcd;  ///< signals of an emulated board; empty: none
    bool coverage{};            ///< its host notes what is executed
};

/// In virtual time. The error says why the firmware could not be started.
Expected<std::unique_ptr<ScenarioBench>, IoError> setUpBench(const Scenario& scenario,
                                                             const BenchOptions& options = {});

}  // namespace jh
