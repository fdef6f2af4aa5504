// SPDX-License-Identifier: GPL-3.0-or-later
// jianheng-native: runs a firmware compiled for this machine (docs/firmware-host.md).
#include <memory>
#include <utility>

#include "firmware-bridge/native/firmware_guard.h"
#include "firmware-bridge/native/native_board.h"
#include "firmware-bridge/native/shared_firmware.h"
#include "firmware-bridge/program/host_program.h"

namespace {

using namespace jh;

std::unique_ptr<HostedBoard> make(HostedParts parts, std::string& refusal) {
    const auto firmware = std::make_shared<SharedFirmware>(
        loadShared(parts.order.image, std::move(parts.image), refusal));
    if (!refusal.empty()) return nullptr;
    const std::size_t most = firmware->api->nonvolatile_bytes;
    if (parts.order.nonvolatile.size() > most) {
        refusal = std::to_string(parts.order.nonvolatile.size()) +
                  " bytes of non-volatile memory; it has " + std::to_string(most);
        return nullptr;
    }
    return std::make_unique<NativeBoard>(
        *firmware->api, std::move(parts.order.nonvolatile),
        parts.board.uart.value_or(UartOnBoard{}).character(),
        [firmware](const void* address) { return firmware->functionAt(address); });
}

}  // namespace

int main() {
    prepareGuard();
    return runHostProgram("native", make);
}
