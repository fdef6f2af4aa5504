// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// A pin of the microcontroller by its name in the data sheet: PD2.
using PinName = std::string;

struct ConverterOnBoard {
    std::string chip;                     ///< hx711, ads1232, cs5530, cs5532, ad7190, nau7802
    int rate_Hz{10};                      ///< of its free-running clock
    std::map<std::string, PinName> pins;  ///< pin of the chip -> where it goes
};

struct UartOnBoard {
    int number{};
    int baud{9600};
    std::string format{"8N1"};
    bool idleHigh{true};  ///< level of RX while nobody sends
    /// Time of one character, its start bit included.
    SimTime character() const;
};

struct ButtonOnBoard {
    std::string name;
    PinName pin;
    bool pressedHigh{};
    friend bool operator==(const ButtonOnBoard&, const ButtonOnBoard&) = default;
};

struct LampOnBoard {
    std::string name;
    PinName pin;
    bool litHigh{true};
    friend bool operator==(const LampOnBoard&, const LampOnBoard&) = default;
};

/// A character display with an HD44780.
struct LcdOnBoard {
    int columns{16}, rows{2};
    std::map<std::string, PinName> pins;  ///< RS, E, D4 to D7, and D0 to D3 where it has 8 lines
    /// Address of a PCF8574 on the two wires, behind which it stands; 0: at the pins.
    int i2c{};
};

/// Digits that share their segment lines.
struct DigitsOnBoard {
    std::vector<PinName> segments;  ///< a to g, then the point
    std::vector<PinName> digits;    ///< left to right
    bool segmentLitHigh{true}, digitOnHigh{};
    std::map<std::string, std::string> table;  ///< lit segments ("abc") -> character, beyond 0 to 9
};

/// What stands around a firmware: which chip it runs on and what hangs at which pin.
struct Board {
    std::string host;  ///< avr, cortexm, native, serial
    std::string mcu;   ///< atmega328p
    std::int64_t clock_Hz{16'000'000};
    std::optional<ConverterOnBoard> converter;
    std::optional<UartOnBoard> uart;
    std::vector<ButtonOnBoard> buttons;
    std::vector<LampOnBoard> lamps;
    std::optional<LcdOnBoard> lcd;
    std::optional<DigitsOnBoard> digits;
    std::vector<PinName> trace;  ///< pins whose levels are recorded
};

/// A board as lines of text, in which it goes to the process that emulates it, and back.
std::string linesOf(const Board& board);
/// `problem` tells the first line that is none; the board is then what stood before it.
Board boardFromLines(std::string_view lines, std::string& problem);

struct BoardProblem {
    std::string key;  ///< where in the board file: converter.pins.SCK
    std::string text;
};

/// Microcontrollers that the AVR host knows.
const std::vector<std::string>& knownAvrs();
/// Chips, pins that do not exist, two parts on one pin, pins of a part that go nowhere.
std::vector<BoardProblem> problemsOf(const Board& board);

}  // namespace jh
