// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/checksum.h"

namespace jh {

std::uint16_t crc16(std::span<const std::uint8_t> bytes) {
    unsigned crc = 0xFFFF;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xA001U : crc >> 1U;
    }
    return static_cast<std::uint16_t>(crc);
}

}  // namespace jh
