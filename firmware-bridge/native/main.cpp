// SPDX-License-Identifier: GPL-3.0-or-later
// jianheng-native: runs a firmware compiled for this machine; driven by lines on standard input,
// answers on standard output (docs/firmware-host.md).
#include <memory>
#include <string>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/host/serve_lines.h"
#include "firmware-bridge/native/firmware_guard.h"
#include "firmware-bridge/native/native_board.h"
#include "firmware-bridge/native/shared_firmware.h"

namespace {

using namespace jh;

std::unique_ptr<HostedBoard> make(const HostLines::Order& order, std::string& refusal) {
    std::string wrong;
    const Board board = boardFromLines(order.board, wrong);
    if (!wrong.empty()) {
        refusal = "not a line of a board: " + wrong;
        return nullptr;
    }
    const auto firmware = std::make_shared<SharedFirmware>(loadShared(order.image, wrong));
    const std::size_t most = firmware->api == nullptr ? 0 : firmware->api->nonvolatile_bytes;
    if (wrong.empty() && order.nonvolatile.size() > most) {
        wrong = std::to_string(order.nonvolatile.size()) +
                " bytes of non-volatile memory; it has " + std::to_string(most);
    }
    if (!wrong.empty()) {
        refusal = order.image + ": " + wrong;
        return nullptr;
    }
    return std::make_unique<NativeBoard>(
        *firmware->api, order.nonvolatile, board.uart.value_or(UartOnBoard{}).character(),
        [firmware](const void* address) { return firmware->functionAt(address); });
}

}  // namespace

int main() {
    prepareGuard();
    HostLines lines{"native", make};
    serveLines(lines);
    return 0;
}
