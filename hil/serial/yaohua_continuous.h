// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hil/serial/frame_stream.h"
#include "hil/serial/serial_weight.h"

namespace jh {

/// What a Yaohua XK3190 sends without being asked. The numbers are those of the A26 manual; the
/// A23p manual counts otherwise. Sources: docs/serial-protocols.md.
enum class YaohuaFormat {
    checked,   ///< 0: STX, sign, 6 digits, decimals, XOR in two characters, ETX
    reversed,  ///< 1: "=", 7 characters with the point, lowest first, then "0" or "-"
    upright,   ///< 2: "=", "0" or "-", 7 characters with the point, highest first
};

/// Reads it. These formats name no unit and no state: the unit is the one set on the indicator.
class YaohuaReader {
public:
    YaohuaReader(YaohuaFormat format, SerialUnit unit);
    /// The weights that these bytes complete, in order.
    std::vector<SerialWeight> feed(std::span<const std::uint8_t> bytes);
    const FrameCounts& counts() const { return stream_.counts(); }

private:
    YaohuaFormat format_;
    SerialUnit unit_;
    FrameStream stream_;
};

/// The frame that shows this weight. Nothing when the format cannot: no weight, more than 4
/// decimals, too many digits.
std::optional<std::vector<std::uint8_t>> yaohuaFrame(const SerialWeight& shown,
                                                     YaohuaFormat format);

}  // namespace jh
