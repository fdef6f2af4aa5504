// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string_view>
#include <vector>

#include "hil/serial/serial_weight.h"
#include "sim/base/noise.h"

namespace jh {

// What Boost.Test prints when a comparison fails.
inline std::ostream& operator<<(std::ostream& os, FrameFault fault) {
    static constexpr const char* names[] = {"length",   "checksum", "status",   "digits",
                                            "decimals", "unit",     "too large"};
    return os << names[static_cast<int>(fault)];
}

inline std::ostream& operator<<(std::ostream& os, SerialUnit unit) {
    static constexpr const char* names[] = {"kg", "lb", "g", "t"};
    return os << names[static_cast<int>(unit)];
}

namespace test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes bytesOf(std::string_view text) {
    return {text.begin(), text.end()};
}

inline Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// Everything a reader makes of a stream when it comes in lumps of `size`.
template <class Reader>
auto inLumps(Reader& reader, std::span<const std::uint8_t> stream, std::size_t size) {
    auto all = reader.feed({});
    while (!stream.empty()) {
        const auto lump = stream.first(std::min(size, stream.size()));
        for (auto& one : reader.feed(lump)) all.push_back(std::move(one));
        stream = stream.subspan(lump.size());
    }
    return all;
}

inline Bytes noiseBytes(NoiseStream& noise, std::size_t count) {
    Bytes bytes(count);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(noise.bits() & 0xFF);
    return bytes;
}

inline Bytes flipped(Bytes bytes, std::size_t at, std::uint8_t by) {
    bytes.at(at) = static_cast<std::uint8_t>(bytes.at(at) ^ by);
    return bytes;
}

}  // namespace test
}  // namespace jh
