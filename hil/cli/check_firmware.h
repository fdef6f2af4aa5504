// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "hil/scenario/diagnostics.h"

namespace jh {

/// Whether this file is a program (ELF or Intel HEX) and no document.
bool isProgram(const std::filesystem::path& file);

/// Runs a program for some simulated seconds on the board of a board file, with a signal as of a
/// scale that is being loaded, and tells what the board file has wrong or lacks. What is only worth
/// knowing goes to standard output.
Diagnostics checkFirmware(const std::filesystem::path& board, const std::filesystem::path& program);

}  // namespace jh
