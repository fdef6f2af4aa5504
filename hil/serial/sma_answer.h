// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hil/serial/serial_weight.h"

namespace jh {

/// The scale does not know the command.
struct SmaUnknownCommand {
    friend bool operator==(const SmaUnknownCommand&, const SmaUnknownCommand&) = default;
};
/// The scale has received damaged characters.
struct SmaCommunicationError {
    friend bool operator==(const SmaCommunicationError&, const SmaCommunicationError&) = default;
};
/// What the scale found when it tested itself.
struct SmaDiagnostics {
    bool memoryError{}, eepromError{}, calibrationError{};
    char ofMaker{' '};  ///< blank: nothing wrong
    friend bool operator==(const SmaDiagnostics&, const SmaDiagnostics&) = default;
};
/// One line of what a scale says about itself.
struct SmaAbout {
    std::string field;  ///< "SMA", "MFG", "MOD", "REV", "SN", "OP1" ..., "END"
    std::string text;   ///< 25 characters at most
    friend bool operator==(const SmaAbout&, const SmaAbout&) = default;
};
using SmaAnswer =
    std::variant<SerialWeight, SmaUnknownCommand, SmaCommunicationError, SmaDiagnostics, SmaAbout>;

/// Reads answers of a scale by SMA SCP-0499, also those that it repeats. Sources:
/// docs/serial-protocols.md. Units other than kg, lb, g and t are counted as bad frames.
class SmaReader {
public:
    /// The answers that these bytes complete, in order.
    std::vector<SmaAnswer> feed(std::span<const std::uint8_t> bytes);
    const FrameCounts& counts() const { return counts_; }

private:
    void finish(std::vector<SmaAnswer>& answers);
    void abandon(FrameFault fault);
    std::optional<std::string> body_;  ///< since the last LF
    FrameCounts counts_;
};

/// LF, 18 characters, CR. Nothing when the weight does not fit ten characters, or the range one.
std::optional<std::vector<std::uint8_t>> smaFrame(const SerialWeight& shown);
/// The frame of any other answer.
std::vector<std::uint8_t> smaFrame(SmaUnknownCommand answer);
std::vector<std::uint8_t> smaFrame(SmaCommunicationError answer);
std::vector<std::uint8_t> smaFrame(const SmaDiagnostics& answer);
/// Cut to 3 and 25 characters.
std::vector<std::uint8_t> smaFrame(const SmaAbout& answer);

}  // namespace jh
