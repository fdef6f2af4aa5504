// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/host/host_lines.h"
#include "firmware-bridge/host/hosted_board.h"
#include "firmware-bridge/image/firmware_image.h"

namespace jh {

/// What a host program puts together: a board without problems, and its program as it was read; of
/// a native one the symbols alone.
struct HostedParts {
    Board board;
    FirmwareImage image;
    HostLines::Order order;
};
/// Says in `refusal` why the program cannot run on the board.
using MakeHosted =
    std::function<std::unique_ptr<HostedBoard>(HostedParts parts, std::string& refusal)>;

/// A host program from begin to end: answers lines on standard input (docs/firmware-host.md) until
/// nobody asks any more. Returns its exit code.
int runHostProgram(std::string name, const MakeHosted& make);

}  // namespace jh
