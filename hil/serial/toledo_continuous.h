// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hil/serial/frame_stream.h"
#include "hil/serial/serial_weight.h"

namespace jh {

/// The continuous output of Toledo indicators and of the many that copy it: STX, status words A B
/// C, 6 digits of weight, 6 digits of tare, CR, checksum. Sources: docs/serial-protocols.md.
struct ToledoFormat {
    bool tare{true};  ///< without: the short form
    bool checksum{true};

    /// Characters of a frame: 18, 17, 12 or 11.
    std::size_t length() const { return 11U + (tare ? 6U : 0U) + (checksum ? 1U : 0U); }
};

/// Reads the continuous output.
class ToledoReader {
public:
    explicit ToledoReader(ToledoFormat format) : format_{format} {}
    /// The weights that these bytes complete, in order.
    std::vector<SerialWeight> feed(std::span<const std::uint8_t> bytes);
    const FrameCounts& counts() const { return stream_.counts(); }

private:
    ToledoFormat format_;
    FrameStream stream_{0x02};
};

/// The frame that says this, 7 bits a character. Nothing when the protocol cannot say it: a weight
/// of more than six digits, more than 5 or less than -2 decimals, a tare weight as the main one.
std::optional<std::vector<std::uint8_t>> toledoFrame(const SerialWeight& shown,
                                                     ToledoFormat format);

}  // namespace jh
