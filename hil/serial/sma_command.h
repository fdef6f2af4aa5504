// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace jh {

/// What a host tells a scale by SMA SCP-0499, levels 1 and 2. Sources: docs/serial-protocols.md.
struct SmaCommand {
    enum class Kind : char {
        weight = 'W',
        highResolution = 'H',
        zero = 'Z',
        tare = 'T',  ///< with a number: preset tare
        clearTare = 'C',
        tareWeight = 'M',
        repeat = 'R',
        diagnostics = 'D',
        about = 'A',
        aboutNext = 'B',
        abort = '\x1B',  ///< acted on wherever it stands, never answered
        unknown = '?',   ///< to be answered with "?"
        garbled = '!',   ///< not ASCII: a communication error, to be answered with "!"
    };
    Kind kind{Kind::unknown};
    std::string presetTare;  ///< the number behind a T, in the unit shown, as the host wrote it

    friend bool operator==(const SmaCommand&, const SmaCommand&) = default;
};

/// LF, command, CR; ESC alone for an abort.
std::vector<std::uint8_t> smaRequest(const SmaCommand& command);

/// Takes commands out of a stream of bytes. Bytes outside of LF ... CR are left aside.
class SmaCommandReader {
public:
    /// The commands that these bytes complete, in order.
    std::vector<SmaCommand> feed(std::span<const std::uint8_t> bytes);
    std::uint64_t skippedBytes() const { return skippedBytes_; }

private:
    std::optional<std::string> body_;  ///< since the last LF
    std::uint64_t skippedBytes_{};
};

}  // namespace jh
