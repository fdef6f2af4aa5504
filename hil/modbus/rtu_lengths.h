// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace jh {

/// Bytes of a serial frame: station, function, data, CRC (serial line 1.02, 2.5.1.1).
inline constexpr std::size_t leastRtuBytes = 4;
inline constexpr std::size_t mostRtuBytes = 256;

enum class RtuSide { request, reply };

/// Bytes of the serial frame, CRC included, that begins with these, as its function dictates
/// (application protocol 1.1b3, 6). While the byte that holds the count is still to come: the least
/// it can be, which is more than there is. None when the function dictates no length.
std::optional<std::size_t> rtuLength(RtuSide side, std::span<const std::uint8_t> bytes);

/// Whether this can be one frame: long enough, not too long, and its CRC right.
bool isRtuFrame(std::span<const std::uint8_t> bytes);

/// Takes a burst without silence inside apart into frames, front to back, each as long as its
/// function dictates and with a right CRC, until nothing is left; none when that is impossible.
/// Of two lengths that hold the longer is taken: bytes that look like a request of their own may be
/// the content of registers in somebody else's reply.
std::vector<std::span<const std::uint8_t>> splitRtuBurst(std::span<const std::uint8_t> burst);

}  // namespace jh
