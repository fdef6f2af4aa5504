// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/board/board.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "firmware-bridge/board/avr_pins.h"

namespace jh {

namespace {

using Words = std::vector<std::string>;

Words wordsOf(std::string_view line) {
    Words words;
    while (true) {
        const auto begin = line.find_first_not_of(' ');
        if (begin == std::string_view::npos) return words;
        const auto end = std::min(line.find(' ', begin), line.size());
        words.emplace_back(line.substr(begin, end - begin));
        line.remove_prefix(end);
    }
}

template <class Number>
bool take(const std::string& word, Number& number) {
    const char* end = word.data() + word.size();
    const auto result = std::from_chars(word.data(), end, number);
    return result.ec == std::errc{} && result.ptr == end;
}

std::string_view levelWord(bool high) {
    return high ? "high" : "low";
}

/// The pins of a port that a chip has, one bit each.
struct PortOfChip {
    char port;
    std::uint8_t pins;
};
struct AvrChip {
    std::string_view name;
    std::vector<PortOfChip> ports;
    int uarts;
};

/// Data sheets 2466 (16), 2503 (32), 8271 (328P), 2593 (644P), 8059 (1284P), 2549 (2560).
const std::vector<AvrChip>& avrChips() {
    static const std::vector<PortOfChip> fortyPins{
        {'A', 0xFF}, {'B', 0xFF}, {'C', 0xFF}, {'D', 0xFF}};
    static const std::vector<AvrChip> chips{
        {"atmega16", fortyPins, 1},
        {"atmega32", fortyPins, 1},
        {"atmega328p", {{'B', 0xFF}, {'C', 0x7F}, {'D', 0xFF}}, 1},
        {"atmega644p", fortyPins, 2},
        {"atmega1284p", fortyPins, 2},
        {"atmega2560",
         {{'A', 0xFF},
          {'B', 0xFF},
          {'C', 0xFF},
          {'D', 0xFF},
          {'E', 0xFF},
          {'F', 0xFF},
          {'G', 0x3F},
          {'H', 0xFF},
          {'J', 0xFF},
          {'K', 0xFF},
          {'L', 0xFF}},
         4},
    };
    return chips;
}

bool hasPin(const AvrChip& chip, const PinName& pin) {
    if (pin.size() != 3 || pin[0] != 'P' || pin[2] < '0' || pin[2] > '7') return false;
    return std::any_of(chip.ports.begin(), chip.ports.end(), [&](const PortOfChip& port) {
        return port.port == pin[1] && (port.pins >> (pin[2] - '0') & 1) != 0;
    });
}

/// Reads the lines of a board one by one.
class Reader {
public:
    explicit Reader(Board& board) : board_{board} {}

    bool line(const Words& words) {
        const std::string& what = words[0];
        const auto is = [&](std::string_view name, std::size_t count) {
            return what == name && words.size() == count;
        };
        if (is("host", 2)) return set(board_.host, words[1]);
        if (is("mcu", 2)) return set(board_.mcu, words[1]);
        if (is("clock", 2)) return take(words[1], board_.clock_Hz);
        if (is("converter", 3)) return converter(words);
        if (is("uart", 5)) return uart(words);
        if (is("button", 4)) return button(words);
        if (is("lamp", 4)) return lamp(words);
        if (is("lcd", 4)) return lcd(words);
        if (is("digits", 3)) return digits(words);
        if (is("trace", 2)) return add(board_.trace, words[1]);
        if (is("at", 3) && pins_ != nullptr) return pins_->emplace(words[1], words[2]).second;
        if (!board_.digits) return false;
        if (is("segment", 2)) return add(board_.digits->segments, words[1]);
        if (is("digit", 2)) return add(board_.digits->digits, words[1]);
        return is("glyph", 3) && board_.digits->table.emplace(words[1], words[2]).second;
    }

private:
    static bool set(std::string& to, const std::string& word) {
        to = word;
        return true;
    }
    static bool add(std::vector<PinName>& to, const std::string& pin) {
        to.push_back(pin);
        return true;
    }
    static bool level(const std::string& word, bool& high) {
        high = word == "high";
        return high || word == "low";
    }
    bool converter(const Words& words) {
        board_.converter = ConverterOnBoard{words[1], 0, {}};
        pins_ = &board_.converter->pins;
        return take(words[2], board_.converter->rate_Hz);
    }
    bool uart(const Words& words) {
        UartOnBoard uart;
        uart.format = words[3];
        const bool good = take(words[1], uart.number) && take(words[2], uart.baud) &&
                          level(words[4], uart.idleHigh);
        board_.uart = uart;
        return good;
    }
    bool button(const Words& words) {
        board_.buttons.push_back({words[1], words[2], false});
        return level(words[3], board_.buttons.back().pressedHigh);
    }
    bool lamp(const Words& words) {
        board_.lamps.push_back({words[1], words[2], false});
        return level(words[3], board_.lamps.back().litHigh);
    }
    bool lcd(const Words& words) {
        board_.lcd.emplace();
        pins_ = &board_.lcd->pins;
        return take(words[1], board_.lcd->columns) && take(words[2], board_.lcd->rows) &&
               take(words[3], board_.lcd->i2c);
    }
    bool digits(const Words& words) {
        board_.digits.emplace();
        return level(words[1], board_.digits->segmentLitHigh) &&
               level(words[2], board_.digits->digitOnHigh);
    }

    Board& board_;
    std::map<std::string, PinName>* pins_{};  ///< of the part that the last line began
};

/// Every place on the board where a pin is named, with its key.
std::vector<std::pair<std::string, PinName>> usesOf(const Board& board) {
    std::vector<std::pair<std::string, PinName>> uses;
    const auto all = [&](const std::string& part, const std::map<std::string, PinName>& pins) {
        for (const auto& [name, pin] : pins) uses.emplace_back(part + "." + name, pin);
    };
    const auto list = [&](const std::string& part, const std::vector<PinName>& pins) {
        for (std::size_t i = 0; i < pins.size(); ++i) {
            uses.emplace_back(part + "[" + std::to_string(i) + "]", pins[i]);
        }
    };
    if (board.converter) all("converter.pins", board.converter->pins);
    for (std::size_t i = 0; i < board.buttons.size(); ++i) {
        uses.emplace_back("buttons[" + std::to_string(i) + "].pin", board.buttons[i].pin);
    }
    for (std::size_t i = 0; i < board.lamps.size(); ++i) {
        uses.emplace_back("lamps[" + std::to_string(i) + "].pin", board.lamps[i].pin);
    }
    if (board.lcd) all("lcd.pins", board.lcd->pins);
    if (board.digits) {
        list("digits.segments", board.digits->segments);
        list("digits.digits", board.digits->digits);
    }
    return uses;
}

void checkAvr(const Board& board, std::vector<BoardProblem>& problems) {
    const auto chip = std::find_if(avrChips().begin(), avrChips().end(),
                                   [&](const AvrChip& c) { return c.name == board.mcu; });
    if (chip == avrChips().end()) {
        problems.push_back({"mcu", "the AVR host does not know '" + board.mcu + "'"});
        return;
    }
    auto uses = usesOf(board);
    std::map<PinName, std::string> taken;
    if (board.uart && (board.uart->number < 0 || board.uart->number >= chip->uarts)) {
        problems.push_back(
            {"uart.number", board.mcu + " has USARTs 0 to " + std::to_string(chip->uarts - 1)});
    } else if (board.uart) {
        for (const PinName& pin : uartPins(board.mcu, board.uart->number)) taken[pin] = "uart";
    }
    for (const auto& [key, pin] : uses) {
        if (!hasPin(*chip, pin)) {
            problems.push_back({key, board.mcu + " has no pin '" + pin + "'; its ports are " + [&] {
                                    std::string ports;
                                    for (const PortOfChip& port : chip->ports) {
                                        ports += ports.empty() ? "P" : ", P";
                                        ports += port.port;
                                    }
                                    return ports;
                                }()});
            continue;
        }
        const auto [other, free] = taken.emplace(pin, key);
        if (!free) problems.push_back({key, pin + " is taken by " + other->second});
    }
    for (std::size_t i = 0; i < board.trace.size(); ++i) {
        if (hasPin(*chip, board.trace[i])) continue;
        problems.push_back({"trace[" + std::to_string(i) + "]",
                            board.mcu + " has no pin '" + board.trace[i] + "'"});
    }
}

/// Pins of a real board may have any names where its chip is none that is known here.
void checkReal(const Board& board, std::vector<BoardProblem>& problems) {
    const auto& names = knownAvrs();
    if (std::find(names.begin(), names.end(), board.mcu) != names.end()) {
        return checkAvr(board, problems);
    }
    std::map<PinName, std::string> taken;
    for (const auto& [key, pin] : usesOf(board)) {
        const auto [other, free] = taken.emplace(pin, key);
        if (!free) problems.push_back({key, pin + " is taken by " + other->second});
    }
}

/// A firmware compiled for this machine is handed conversions and bytes, and has no pins.
void checkNative(const Board& board, std::vector<BoardProblem>& problems) {
    if (!board.mcu.empty()) problems.push_back({"mcu", "a native firmware runs on this machine"});
    for (const auto& [key, pin] : usesOf(board)) {
        problems.push_back({key, "a native firmware has no pins"});
    }
    if (!board.trace.empty()) problems.push_back({"trace", "a native firmware has no pins"});
}

/// What the firmware meets in its mailbox has no pins, and no other part is there.
void checkCortexm(const Board& board, std::vector<BoardProblem>& problems) {
    if (board.mcu != "mps2-an385") {
        problems.push_back({"mcu", "the Cortex-M3 host is an mps2-an385, no '" + board.mcu + "'"});
    }
    constexpr std::int64_t clock_Hz = 25'000'000;
    if (board.clock_Hz != clock_Hz) {
        problems.push_back({"clock", "mps2-an385 runs at " + std::to_string(clock_Hz) + " Hz"});
    }
    if (board.converter) {
        problems.push_back({"converter", "conversions come through the mailbox, without a chip"});
    }
    const auto absent = [&](const char* key, bool there) {
        if (there) problems.push_back({key, "the Cortex-M3 host has no pins"});
    };
    absent("buttons", !board.buttons.empty());
    absent("lamps", !board.lamps.empty());
    absent("lcd", board.lcd.has_value());
    absent("digits", board.digits.has_value());
    absent("trace", !board.trace.empty());
}

void checkLcd(const LcdOnBoard& lcd, std::vector<BoardProblem>& problems) {
    if (lcd.i2c != 0) {
        // PCF8574 and PCF8574A, by their three address pins.
        const int block = lcd.i2c & ~7;
        if (block != 0x20 && block != 0x38) {
            problems.push_back(
                {"lcd.i2c", "a PCF8574 is at 0x20 to 0x27, a PCF8574A at 0x38 to 0x3F"});
        }
        if (!lcd.pins.empty()) problems.push_back({"lcd.pins", "it stands behind the PCF8574"});
        return;
    }
    static const std::set<std::string> known{"RS", "RW", "E",  "D0", "D1", "D2",
                                             "D3", "D4", "D5", "D6", "D7"};
    for (const auto& [name, pin] : lcd.pins) {
        if (known.count(name) > 0) continue;
        problems.push_back({"lcd.pins." + name, "an HD44780 has RS, RW, E and D0 to D7"});
    }
    for (const char* needed : {"RS", "E", "D4", "D5", "D6", "D7"}) {
        if (lcd.pins.count(needed) > 0) continue;
        problems.push_back({"lcd.pins", std::string{"it needs "} + needed});
    }
    int lower = 0;
    for (const char* name : {"D0", "D1", "D2", "D3"}) lower += lcd.pins.count(name) > 0 ? 1 : 0;
    if (lower != 0 && lower != 4) problems.push_back({"lcd.pins", "D0 to D3: all or none"});
}

void checkDigits(const DigitsOnBoard& digits, std::vector<BoardProblem>& problems) {
    if (digits.segments.size() != 7 && digits.segments.size() != 8) {
        problems.push_back({"digits.segments", "expected a to g, or a to g and the point"});
    }
    if (digits.digits.empty()) problems.push_back({"digits.digits", "expected one or more"});
    for (const auto& [lit, shown] : digits.table) {
        if (lit.empty() || lit.find_first_not_of("abcdefg") != std::string::npos) {
            problems.push_back({"digits.table." + lit, "expected letters of segments, as abc"});
        } else if (shown.empty() || shown.find(' ') != std::string::npos) {
            problems.push_back({"digits.table." + lit, "expected a character"});
        }
    }
}

}  // namespace

SimTime UartOnBoard::character() const {
    const int bits = 1 + (format[0] - '0') + (format[1] == 'N' ? 0 : 1) + (format[2] - '0');
    constexpr std::int64_t nsPerSecond = 1'000'000'000;
    return SimTime{(bits * nsPerSecond + baud / 2) / baud};
}

std::string linesOf(const Board& board) {
    std::string text = "host " + board.host + "\n";
    if (!board.mcu.empty()) text += "mcu " + board.mcu + "\n";
    text += "clock " + std::to_string(board.clock_Hz) + "\n";
    const auto pins = [&](const std::map<std::string, PinName>& from) {
        for (const auto& [name, pin] : from)
            text.append("at ").append(name).append(" ").append(pin).append("\n");
    };
    if (board.converter) {
        text += "converter " + board.converter->chip + " " +
                std::to_string(board.converter->rate_Hz) + "\n";
        pins(board.converter->pins);
    }
    if (const auto& uart = board.uart) {
        text += "uart " + std::to_string(uart->number) + " " + std::to_string(uart->baud) + " " +
                uart->format + " ";
        text.append(levelWord(uart->idleHigh)).append("\n");
    }
    for (const ButtonOnBoard& b : board.buttons) {
        text += "button " + b.name + " " + b.pin + " ";
        text.append(levelWord(b.pressedHigh)).append("\n");
    }
    for (const LampOnBoard& l : board.lamps) {
        text += "lamp " + l.name + " " + l.pin + " ";
        text.append(levelWord(l.litHigh)).append("\n");
    }
    if (board.lcd) {
        text += "lcd " + std::to_string(board.lcd->columns) + " " +
                std::to_string(board.lcd->rows) + " " + std::to_string(board.lcd->i2c) + "\n";
        pins(board.lcd->pins);
    }
    if (const auto& digits = board.digits) {
        text.append("digits ").append(levelWord(digits->segmentLitHigh));
        text.append(" ").append(levelWord(digits->digitOnHigh)).append("\n");
        for (const PinName& pin : digits->segments) text += "segment " + pin + "\n";
        for (const PinName& pin : digits->digits) text += "digit " + pin + "\n";
        for (const auto& [lit, shown] : digits->table) text += "glyph " + lit + " " + shown + "\n";
    }
    for (const PinName& pin : board.trace) text += "trace " + pin + "\n";
    return text;
}

Board boardFromLines(std::string_view lines, std::string& problem) {
    Board board;
    Reader reader{board};
    problem.clear();
    while (!lines.empty() && problem.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const Words words = wordsOf(line);
        if (!words.empty() && !reader.line(words)) problem = std::string{line};
    }
    return board;
}

const std::vector<std::string>& knownAvrs() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const AvrChip& chip : avrChips()) all.emplace_back(chip.name);
        return all;
    }();
    return names;
}

std::vector<BoardProblem> problemsOf(const Board& board) {
    std::vector<BoardProblem> problems;
    if (board.host == "avr") checkAvr(board, problems);
    if (board.host == "serial") checkReal(board, problems);
    if (board.host == "native") checkNative(board, problems);
    if (board.host == "cortexm") checkCortexm(board, problems);
    if (board.lcd) checkLcd(*board.lcd, problems);
    if (board.digits) checkDigits(*board.digits, problems);
    return problems;
}

}  // namespace jh
