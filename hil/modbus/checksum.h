// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace jh {

/// CRC-16 of Modbus RTU: polynomial A001 (reflected), start value FFFF; goes low byte first. Over a
/// frame with its own CRC behind it the result is 0.
std::uint16_t crc16(std::span<const std::uint8_t> bytes);

}  // namespace jh
