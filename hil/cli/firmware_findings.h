// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/host/hosted_board.h"

namespace jh {

/// A program that has run for a while on the board of a board file, and what was seen.
struct FirmwareTrial {
    BoardSurvey seen;
    BoardFigures figures;
    std::vector<std::string> notices;
    std::string lost;   ///< why it could not go on; empty if it could
    std::string where;  ///< it stood at the end
};

/// What a board file has wrong or lacks for a program, with a suggestion.
struct FirmwareFinding {
    std::string key;  ///< of the board file; empty: the program as a whole
    std::string text;
    bool problem{true};  ///< else only worth knowing
};
std::vector<FirmwareFinding> findingsOf(const Board& board, const FirmwareTrial& trial);

}  // namespace jh
