// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/rtu_lengths.h"

#include <algorithm>
#include <array>

#include "hil/modbus/checksum.h"

namespace jh {
namespace {

/// Length of a frame: fixed, or fixed and as many bytes more as a count says.
struct Rule {
    std::uint8_t function;
    std::uint8_t fixed;      ///< bytes without what the count counts, CRC included
    std::uint8_t countAt{};  ///< place of the count's (low) byte; 0: no count
    bool wideCount{};        ///< the count has a high byte before it
};

constexpr Rule requests[] = {
    {0x01, 8},    {0x02, 8},  {0x03, 8},      {0x04, 8},    {0x05, 8},    {0x06, 8}, {0x07, 4},
    {0x08, 8},    {0x0B, 4},  {0x0C, 4},      {0x0F, 9, 6}, {0x10, 9, 6}, {0x11, 4}, {0x14, 5, 2},
    {0x15, 5, 2}, {0x16, 10}, {0x17, 13, 10}, {0x18, 6},    {0x2B, 7},
};

// Function 2B has no length to be told from its head.
constexpr Rule replies[] = {
    {0x01, 5, 2}, {0x02, 5, 2}, {0x03, 5, 2}, {0x04, 5, 2}, {0x05, 8},    {0x06, 8},
    {0x07, 5},    {0x08, 8},    {0x0B, 8},    {0x0C, 5, 2}, {0x0F, 8},    {0x10, 8},
    {0x11, 5, 2}, {0x14, 5, 2}, {0x15, 5, 2}, {0x16, 10},   {0x17, 5, 2}, {0x18, 6, 3, true},
};

constexpr std::size_t exceptionBytes = 5;

}  // namespace

std::optional<std::size_t> rtuLength(RtuSide side, std::span<const std::uint8_t> bytes) {
    if (bytes.size() < 2) return leastRtuBytes;
    const std::uint8_t function = bytes[1];
    if (function >= 0x80) {
        if (side == RtuSide::request) return std::nullopt;
        return exceptionBytes;
    }
    const std::span<const Rule> rules =
        side == RtuSide::request ? std::span<const Rule>{requests} : std::span<const Rule>{replies};
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const Rule& r) { return r.function == function; });
    if (rule == rules.end()) return std::nullopt;
    if (rule->countAt == 0) return rule->fixed;
    if (bytes.size() <= rule->countAt)
        return std::max<std::size_t>(rule->fixed, rule->countAt + 1U);
    const std::size_t high = rule->wideCount ? bytes[rule->countAt - 1U] : 0U;
    return rule->fixed + (high << 8) + bytes[rule->countAt];
}

bool isRtuFrame(std::span<const std::uint8_t> bytes) {
    return bytes.size() >= leastRtuBytes && bytes.size() <= mostRtuBytes && crc16(bytes) == 0;
}

std::vector<std::span<const std::uint8_t>> splitRtuBurst(std::span<const std::uint8_t> burst) {
    // From the back: lengthAt[i] is the frame at i after which the rest can be split too.
    std::vector<std::size_t> lengthAt(burst.size() + 1);
    const auto splits = [&](std::size_t at) { return at == burst.size() || lengthAt[at] != 0; };
    for (std::size_t at = burst.size(); at-- > 0;) {
        const auto rest = burst.subspan(at);
        for (const RtuSide side : {RtuSide::request, RtuSide::reply}) {
            const std::size_t length = rtuLength(side, rest).value_or(0);
            if (length > lengthAt[at] && length <= rest.size() && splits(at + length) &&
                isRtuFrame(rest.first(length))) {
                lengthAt[at] = length;
            }
        }
    }
    std::vector<std::span<const std::uint8_t>> frames;
    if (burst.empty() || lengthAt[0] == 0) return frames;
    for (std::size_t at = 0; at < burst.size(); at += lengthAt[at]) {
        frames.push_back(burst.subspan(at, lengthAt[at]));
    }
    return frames;
}

}  // namespace jh
