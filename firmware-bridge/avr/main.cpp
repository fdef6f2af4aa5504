// SPDX-License-Identifier: GPL-3.0-or-later
// jianheng-avr: emulates an AVR with its board; driven by lines on standard input, answers on
// standard output (docs/firmware-host.md).
#include <memory>
#include <string>

#include "firmware-bridge/avr/avr_emulator.h"
#include "firmware-bridge/host/serve_lines.h"

namespace {

using namespace jh;

std::unique_ptr<HostedBoard> make(const HostLines::Order& order, std::string& refusal) {
    std::string wrong;
    Board board = boardFromLines(order.board, wrong);
    if (!wrong.empty()) {
        refusal = "not a line of a board: " + wrong;
        return nullptr;
    }
    if (const auto problems = problemsOf(board); !problems.empty()) {
        refusal = problems.front().key + ": " + problems.front().text;
        return nullptr;
    }
    const auto bytes = fileAt(order.image, refusal);
    if (!refusal.empty()) return nullptr;
    FirmwareImage image = readFirmware(bytes, wrong);
    if (wrong.empty()) wrong = misfit(board, image);
    if (!wrong.empty()) {
        refusal = order.image + ": " + wrong;
        return nullptr;
    }
    return std::make_unique<AvrEmulator>(std::move(board), std::move(image), order.nonvolatile);
}

}  // namespace

int main() {
    HostLines lines{"avr", make};
    serveLines(lines);
    return 0;
}
