// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firmware-bridge/host/host_lines.h"

namespace jh {

/// What a host program does: lines from standard input to `lines`, answers to standard output,
/// until the bench says `quit` or is gone.
void serveLines(HostLines& lines);

/// The bytes of a file; `problem` says that there are none.
std::vector<std::uint8_t> fileAt(const std::string& path, std::string& problem);

}  // namespace jh
