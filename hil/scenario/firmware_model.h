// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "firmware-bridge/board/board.h"

namespace jh {

/// A maker's firmware on its board, in place of the reference firmware inside this program.
struct FirmwareModel {
    enum class Memory {
        image,  ///< as the program file has it
        works   ///< as the reference firmware leaves the works for this scale
    };
    std::string title;  ///< of the board
    Board board;
    std::string image;           ///< program file as it is written
    std::filesystem::path file;  ///< where that is
    Memory memory{Memory::image};
    /// It runs in virtual time, and not on a board that stands there.
    bool emulated() const { return board.host != "serial"; }
};

}  // namespace jh
