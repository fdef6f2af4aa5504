// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hil/serial/frame_stream.h"
#include "hil/serial/serial_weight.h"

namespace jh {

/// What a Yaohua XK3190 in command mode can be asked. Sources: docs/serial-protocols.md.
enum class YaohuaCommand : char { handshake = 'A', gross = 'B', tare = 'C', net = 'D' };

/// STX, address "A" to "Z", command, XOR in two characters, ETX.
std::vector<std::uint8_t> yaohuaRequest(char address, YaohuaCommand command);

/// What an indicator answered.
struct YaohuaAnswer {
    YaohuaCommand command{};             ///< that was asked
    bool refused{};                      ///< it does not know the command (DS1: command 04h)
    std::optional<SerialWeight> weight;  ///< none for a handshake
};

/// Asks one indicator and understands its answers. Answers of others on the line, and to other
/// commands than the last one asked, are counted as foreign and left aside. The unit is the one set
/// on the indicator; the protocol does not name it.
class YaohuaPoller {
public:
    YaohuaPoller(char address, SerialUnit unit) : address_{address}, unit_{unit} {}
    /// The bytes to send; what has not been answered yet is given up.
    std::vector<std::uint8_t> ask(YaohuaCommand command);
    /// The answer that these bytes complete, if any.
    std::optional<YaohuaAnswer> feed(std::span<const std::uint8_t> bytes);
    const FrameCounts& counts() const { return stream_.counts(); }
    std::uint64_t foreign() const { return foreign_; }

private:
    std::optional<FrameFault> take(std::span<const std::uint8_t> frame,
                                   std::optional<YaohuaAnswer>& answer);
    char address_;
    SerialUnit unit_;
    std::optional<YaohuaCommand> asked_;
    std::uint64_t foreign_{};
    FrameStream stream_{0x02};
};

/// What a simulated indicator has to tell. An empty mass is not answered: the manuals know no
/// answer for a blanked display.
struct YaohuaDisplay {
    std::optional<ExactMass> gross, tare, net;
    SerialUnit unit{SerialUnit::kg};
    int decimals{};  ///< 0 to 4
};

/// The indicator's side: understands requests and answers those to its own address.
class YaohuaResponder {
public:
    explicit YaohuaResponder(char address) : address_{address} {}
    /// The bytes to send back, one frame for each request that these bytes complete.
    std::vector<std::uint8_t> feed(std::span<const std::uint8_t> bytes,
                                   const YaohuaDisplay& display);
    const FrameCounts& counts() const { return stream_.counts(); }

private:
    char address_;
    FrameStream stream_{0x02};
};

}  // namespace jh
