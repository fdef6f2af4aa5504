// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hil/serial/serial_weight.h"
#include "sim/base/expected.h"

namespace jh::yaohua {

inline constexpr std::uint8_t stx = 0x02, etx = 0x03;
inline constexpr std::size_t signedWeightLength = 8;
inline constexpr int mostDecimals = 4;

/// XOR of all as two characters, high half first: 0-9 as "0"-"9", 10-15 as "A"-"F".
std::string xorCharacters(std::span<const std::uint8_t> bytes);

/// STX, the body, its XOR, ETX around it taken away; `length` when the end is not there, `checksum`
/// when the XOR is another.
Expected<std::span<const std::uint8_t>, FrameFault> opened(std::span<const std::uint8_t> frame);
std::vector<std::uint8_t> enclosed(const std::string& body);

/// Sign, 6 digits highest first, number of decimals 0 to 4.
Expected<SerialWeight, FrameFault> parseSignedWeight(std::span<const std::uint8_t> field,
                                                     SerialUnit unit);
std::optional<std::string> signedWeight(ExactMass mass, int decimals, SerialUnit unit);

}  // namespace jh::yaohua
