// SPDX-License-Identifier: GPL-3.0-or-later
// jianheng-cortexm: a Cortex-M3 in QEMU with its board (docs/firmware-host.md).
#include <memory>
#include <utility>

#include "firmware-bridge/cortexm/cortexm_board.h"
#include "firmware-bridge/program/host_program.h"

int main() {
    using namespace jh;
    return runHostProgram("cortexm", [](HostedParts parts, std::string& refusal) {
        refusal = misfit(parts.board, parts.image);
        if (!refusal.empty()) return std::unique_ptr<CortexmBoard>{};
        auto board = std::make_unique<CortexmBoard>(std::move(parts.board), std::move(parts.image),
                                                    std::move(parts.order.image),
                                                    std::move(parts.order.nonvolatile));
        refusal = board->lost();
        return refusal.empty() ? std::move(board) : nullptr;
    });
}
