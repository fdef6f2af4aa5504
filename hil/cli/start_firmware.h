// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/host/remote_host.h"
#include "hil/cli/firmware_vcd.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// What an emulated board let be known besides its bytes.
struct FirmwareReport {
    std::string host;  ///< avr, cortexm, native
    int process{};     ///< of the host program
    std::vector<BoardEvent> notices;
    std::string display;  ///< last text shown
    BoardFigures figures;
    std::string lost;                ///< why it could not go on; empty if it could
    std::optional<FirmwareVcd> vcd;  ///< where its signals are wanted
};

/// The host program that the scenario's board names, started with its program in the board's
/// memory. The error says what is against it. Its events are added to `report`, its signals written
/// to the file `vcd`, if that has a name. With `coverage` it notes what is executed.
Expected<std::unique_ptr<RemoteHost>, std::string> startFirmware(const Scenario& scenario,
                                                                 FirmwareReport& report,
                                                                 const std::filesystem::path& vcd,
                                                                 bool coverage = false);
/// After the run. False where a file could not be written.
bool finishFirmware(RemoteHost& host, FirmwareReport& report);

/// As it stands in the record: docs/record.md, `firmware`.
std::string firmwareJson(const FirmwareReport& report);

}  // namespace jh
