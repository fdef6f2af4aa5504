// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/display/shown_text.h"

namespace jh {

/// A character display with an HD44780 (Hitachi data sheet ADE-207-272), by the levels on its pins.
/// It takes a byte or half of one with each falling edge of E, and loses what comes while it is
/// busy. Font A00, one controller, cursor and blinking not looked at.
class Hd44780 {
public:
    /// Index of a pin for drive(): as they are named in a board file.
    static constexpr std::array<std::string_view, 11> pins{"RS", "RW", "E",  "D0", "D1", "D2",
                                                           "D3", "D4", "D5", "D6", "D7"};
    static constexpr std::size_t dataPin = 3;  ///< D0

    /// Supply comes: it is busy with itself for 10 ms. Glass of 1 to 4 rows.
    Hd44780(int columns, int rows, SimTime at);

    /// Pins that nobody drives: RW low, as it is strapped; data lines are pulled up.
    void drive(std::size_t pin, bool high, SimTime at);
    /// Levels that it puts on D0 to D7 now; nothing while it listens.
    std::optional<std::uint8_t> output() const { return output_; }

    /// Rows in full width, with a bar between two of them; empty while it is switched off.
    std::string text() const;
    /// Texts that came and stayed for 20 ms until now, each once.
    std::vector<ShownText> takeShown(SimTime now);
    /// What the firmware did too early, each kind once.
    std::vector<ShownText> takeNotices();

private:
    void fall(SimTime at);
    void take(std::uint8_t byte, SimTime at);
    void instruct(std::uint8_t byte);
    void write(std::uint8_t byte);
    std::uint8_t readByte(SimTime at) const;
    void step(bool forward);
    void settle(SimTime at);
    std::size_t cellOf(unsigned address) const;

    int columns_, rows_;
    std::array<bool, pins.size()> levels_{};
    std::optional<std::uint8_t> output_;
    bool eight_{true}, twoLines_{false}, on_{false}, increment_{true}, shiftWithWrite_{false};
    bool inCharacters_{false};         ///< the address is one of the character generator
    bool halfTaken_{false};            ///< 4 lines: the upper half is there
    std::uint8_t half_{}, reading_{};  ///< upper half written; byte that is read in two halves
    unsigned address_{};
    int shift_{};                   ///< to the left
    std::array<char, 80> cells_{};  ///< 40 of either line
    std::array<std::uint8_t, 64> characters_{};
    SimTime busyUntil_{};
    std::string seen_;  ///< text now
    SimTime seenSince_{};
    std::string told_;
    std::vector<ShownText> shown_, notices_;
    bool lostOne_{false};
};

}  // namespace jh
