// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jh {

/// What a program was seen to do with one pin.
struct PinSeen {
    std::string pin;        ///< PD2
    bool output{};          ///< it drove it at some time
    std::uint64_t edges{};  ///< changes of level that it made
    std::uint64_t reads{};  ///< instructions that looked at this pin while it was an input
    std::uint64_t wide{};   ///< looks at the whole port, nobody knows for which of its pins
    /// Pulses in a burst, 64 for more, and how often that came: 25 pulses read an HX711.
    std::map<int, std::uint64_t> bursts;
    std::string dataPin;  ///< the pin that was read with each pulse of the last burst, if one was
    friend bool operator==(const PinSeen&, const PinSeen&) = default;
};

/// A UART that a program has switched on, as its registers stand.
struct UartSeen {
    int number{};
    std::int64_t baud{};
    std::string format;
    std::uint64_t sent{};  ///< bytes
    bool receives{};
    friend bool operator==(const UartSeen&, const UartSeen&) = default;
};

/// What a program does with its chip, whatever the board file says.
struct BoardSurvey {
    std::vector<PinSeen> pins;  ///< only those that it used
    std::vector<UartSeen> uarts;
    std::uint64_t spiBytes{}, twiBytes{};
    std::uint64_t nonvolatileReads{}, nonvolatileWrites{};
    friend bool operator==(const BoardSurvey&, const BoardSurvey&) = default;
};

/// As lines of text (docs/firmware-host.md), each with its end.
std::string linesOf(const BoardSurvey& survey);
/// Takes one of these lines without its end; false where it is none.
bool takeLine(BoardSurvey& survey, std::string_view line);

}  // namespace jh
