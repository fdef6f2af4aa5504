// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace jh {

/// CRC-16 of a serial frame; on the wire its low byte goes first (serial line 1.02, 6.2.2). Over a
/// frame together with its own CRC it is zero.
std::uint16_t crc16(std::span<const std::uint8_t> bytes);

/// Redundancy check of Modbus ASCII over the bytes behind the hexadecimal digits: the two's
/// complement of their sum (serial line 1.02, 6.2.1). Over bytes and their own LRC it is zero.
std::uint8_t lrc(std::span<const std::uint8_t> bytes);

}  // namespace jh
