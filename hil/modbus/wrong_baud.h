// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hil/modbus/character_format.h"

namespace jh {

/// What a receiver set to `heardBaud` makes of bytes sent at `sentBaud` without pauses, both with
/// this format. It starts a character at a falling edge when the line is still low half a bit
/// later, and takes each bit in its middle. Characters with a wrong parity or stop bit are given
/// on, as the Linux drivers do unless told otherwise; after a wrong stop bit the next edge counts.
std::vector<std::uint8_t> heardAtOtherBaud(std::span<const std::uint8_t> sent, int sentBaud,
                                           int heardBaud, CharacterFormat format);

}  // namespace jh
