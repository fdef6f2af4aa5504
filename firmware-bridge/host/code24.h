// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace jh {

/// Two's complement codes of 24 bits: what a converter gives out beyond its range is the end of it.
constexpr std::int32_t limitedTo24Bits(std::int64_t code) {
    constexpr std::int64_t most = 0x7FFFFF;
    return static_cast<std::int32_t>(std::clamp(code, -most - 1, most));
}

}  // namespace jh
