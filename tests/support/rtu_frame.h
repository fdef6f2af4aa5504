// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jh::test {

using Bytes = std::vector<std::uint8_t>;

/// CRC-16 of Modbus RTU bit by bit from its definition: polynomial x^16 + x^15 + x^2 + 1, low bit
/// first, start value FFFF. Shares nothing with the library or the firmware.
inline std::uint16_t crc16(std::span<const std::uint8_t> bytes) {
    unsigned crc = 0xFFFF;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1) ^ 0xA001U : crc >> 1;
    }
    return static_cast<std::uint16_t>(crc);
}

/// The body with its CRC behind it, low byte first.
inline Bytes framed(Bytes body) {
    const std::uint16_t crc = crc16(body);
    body.push_back(static_cast<std::uint8_t>(crc & 0xFF));
    body.push_back(static_cast<std::uint8_t>(crc >> 8));
    return body;
}

/// Over a frame with its own CRC behind it the remainder is zero.
inline bool crcRight(std::span<const std::uint8_t> frame) {
    return frame.size() >= 4 && crc16(frame) == 0;
}

}  // namespace jh::test
