// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/wrong_baud.h"

#include <bit>
#include <cstddef>
#include <optional>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr int dataBits = 8;

/// The line bit by bit: true is high, which is also its rest.
std::vector<bool> bitStream(std::span<const std::uint8_t> bytes, CharacterFormat format) {
    std::vector<bool> line{true};
    for (const std::uint8_t byte : bytes) {
        line.push_back(false);
        for (int bit = 0; bit < dataBits; ++bit) line.push_back(((byte >> bit) & 1) != 0);
        const bool odd = std::popcount(byte) % 2 != 0;
        if (format == CharacterFormat::e81) line.push_back(odd);
        if (format == CharacterFormat::o81) line.push_back(!odd);
        line.push_back(true);
        if (format == CharacterFormat::n82) line.push_back(true);
    }
    line.push_back(true);
    return line;
}

/// The line as a receiver at another rate meets it. Time is counted in 1 / (2 sent heard) s, so
/// that a bit of either side and half of it are whole numbers.
struct Receiver {
    const std::vector<bool>& line;
    std::int64_t sentBit, heardBit;

    bool levelAt(std::int64_t t) const {
        const auto bit = static_cast<std::size_t>(t / sentBit);
        return bit >= line.size() || line[bit];
    }
    /// First falling edge at `t` or later.
    std::optional<std::int64_t> fallingEdge(std::int64_t t) const {
        auto bit = static_cast<std::size_t>((t + sentBit - 1) / sentBit);
        if (bit == 0) bit = 1;
        for (; bit < line.size(); ++bit) {
            if (line[bit - 1] && !line[bit]) return static_cast<std::int64_t>(bit) * sentBit;
        }
        return std::nullopt;
    }
    /// Middle of a bit of a character whose start bit (0) began at `start`.
    std::int64_t middleOf(std::int64_t start, int bit) const {
        return start + bit * heardBit + heardBit / 2;
    }
};

}  // namespace

std::vector<std::uint8_t> heardAtOtherBaud(std::span<const std::uint8_t> sent, int sentBaud,
                                           int heardBaud, CharacterFormat format) {
    JH_CHECK(sentBaud > 0 && heardBaud > 0);
    const std::vector<bool> line = bitStream(sent, format);
    const Receiver receiver{line, 2LL * heardBaud, 2LL * sentBaud};
    // A receiver looks at one stop bit only.
    const int stopBit =
        1 + dataBits + (format == CharacterFormat::e81 || format == CharacterFormat::o81 ? 1 : 0);
    std::vector<std::uint8_t> heard;
    std::int64_t t = 0;
    while (const auto start = receiver.fallingEdge(t)) {
        if (receiver.levelAt(receiver.middleOf(*start, 0))) {
            t = *start + 1;  // too short for a start bit
            continue;
        }
        unsigned byte = 0;
        for (int bit = 0; bit < dataBits; ++bit) {
            if (receiver.levelAt(receiver.middleOf(*start, 1 + bit))) byte |= 1U << bit;
        }
        heard.push_back(static_cast<std::uint8_t>(byte));
        t = receiver.middleOf(*start, stopBit);
    }
    return heard;
}

}  // namespace jh
