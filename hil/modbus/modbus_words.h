// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace jh {

/// "read holding registers"; "function 41" for one that the application protocol does not name.
std::string functionName(std::uint8_t function);
/// "illegal data address"; empty for a code that the application protocol does not name.
std::string exceptionName(std::uint8_t code);

}  // namespace jh
