// SPDX-License-Identifier: GPL-3.0-or-later
// jianheng-avr: emulates an AVR with its board (docs/firmware-host.md).
#include <memory>
#include <utility>

#include "firmware-bridge/avr/avr_emulator.h"
#include "firmware-bridge/program/host_program.h"

int main() {
    using namespace jh;
    return runHostProgram("avr", [](HostedParts parts, std::string& refusal) {
        refusal = misfit(parts.board, parts.image);
        if (!refusal.empty()) return std::unique_ptr<AvrEmulator>{};
        return std::make_unique<AvrEmulator>(std::move(parts.board), std::move(parts.image),
                                             std::move(parts.order.nonvolatile), parts.order.survey,
                                             parts.order.coverage);
    });
}
