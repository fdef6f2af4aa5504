// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/checksum.h"

#include <array>

namespace jh {
namespace {

/// What one byte does to the CRC: polynomial x^16 + x^15 + x^2 + 1, low bit first.
constexpr std::array<std::uint16_t, 256> crcOfByte = [] {
    std::array<std::uint16_t, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        unsigned crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1) ^ 0xA001U : crc >> 1;
        table[byte] = static_cast<std::uint16_t>(crc);
    }
    return table;
}();

}  // namespace

std::uint16_t crc16(std::span<const std::uint8_t> bytes) {
    unsigned crc = 0xFFFF;
    for (const std::uint8_t byte : bytes) crc = (crc >> 8) ^ crcOfByte[(crc ^ byte) & 0xFFU];
    return static_cast<std::uint16_t>(crc);
}

std::uint8_t lrc(std::span<const std::uint8_t> bytes) {
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes) sum += byte;
    return static_cast<std::uint8_t>(0U - sum);
}

}  // namespace jh
