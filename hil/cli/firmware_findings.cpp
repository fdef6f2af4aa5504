// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/firmware_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>

#include "firmware-bridge/board/avr_pins.h"

namespace jh {

namespace {

/// 24 bits, and up to three pulses that tell an HX711 its gain.
constexpr int leastOfWord = 24, mostOfWord = 27;

/// The baud rate that was meant: divided from a clock it is seldom exact.
std::int64_t meant(std::int64_t baud) {
    constexpr std::array<std::int64_t, 15> usual{300,    600,    1'200,   2'400,   4'800,
                                                 9'600,  14'400, 19'200,  28'800,  38'400,
                                                 57'600, 76'800, 115'200, 250'000, 500'000};
    for (const std::int64_t rate : usual) {
        if (std::abs(baud - rate) * 25 <= rate) return rate;
    }
    return baud;
}

class Judge {
public:
    Judge(const Board& board, const FirmwareTrial& trial) : board_{board}, trial_{trial} {
        for (const PinSeen& pin : trial.seen.pins) seen_[pin.pin] = &pin;
    }

    std::vector<FirmwareFinding> judge() {
        program();
        // What it would have done is not known.
        if (!trial_.lost.empty()) return std::move(findings_);
        converter();
        uart();
        outputs();
        buttons();
        others();
        return std::move(findings_);
    }

private:
    template <class... Words>
    void problem(const std::string& key, fmt::format_string<Words...> text, Words&&... words) {
        findings_.push_back({key, fmt::format(text, std::forward<Words>(words)...), true});
    }
    template <class... Words>
    void note(fmt::format_string<Words...> text, Words&&... words) {
        findings_.push_back({"", fmt::format(text, std::forward<Words>(words)...), false});
    }
    const PinSeen& of(const PinName& pin) const {
        static const PinSeen nothing;
        const auto found = seen_.find(pin);
        return found == seen_.end() ? nothing : *found->second;
    }
    bool drives(const PinName& pin) {
        known_.insert(pin);
        return of(pin).output;
    }
    bool looksAt(const PinName& pin) {
        known_.insert(pin);
        return of(pin).reads + of(pin).wide > 0;
    }

    void program() {
        constexpr std::uint64_t manyResets = 3;
        if (!trial_.lost.empty()) problem("", "the program ends: {}", trial_.lost);
        if (trial_.figures.resets > manyResets) {
            problem("", "it resets again and again, {} times; a watchdog that waits for a part?",
                    trial_.figures.resets);
        }
        for (const std::string& notice : trial_.notices) {
            const bool told = notice.starts_with("it does not read the converter") ||
                              notice.starts_with("its UART is set to") ||
                              notice.starts_with("it resets");
            if (!told) problem("", "{}", notice);
        }
        if (trial_.seen.nonvolatileReads + trial_.seen.nonvolatileWrites > 0) {
            note("it uses its EEPROM: {} bytes written", trial_.seen.nonvolatileWrites);
        }
        if (trial_.figures.asleep == trial_.figures.cycles) return;
        const auto awake = trial_.figures.cycles - trial_.figures.asleep;
        note("it is awake {:.0f} % of the time",
             100.0 * static_cast<double>(awake) / static_cast<double>(trial_.figures.cycles));
    }

    /// The pin that most often gave as many pulses as read a word.
    const PinSeen* wordClock() const {
        const PinSeen* best = nullptr;
        std::uint64_t most = 0;
        for (const PinSeen& pin : trial_.seen.pins) {
            std::uint64_t words = 0;
            for (const auto& [pulses, times] : pin.bursts) {
                if (pulses >= leastOfWord && pulses <= mostOfWord) words += times;
            }
            if (words <= most) continue;
            most = words;
            best = &pin;
        }
        return best;
    }

    static std::string pulsesOf(const PinSeen& pin) {
        const auto most =
            std::max_element(pin.bursts.begin(), pin.bursts.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; });
        return std::to_string(most->first);
    }

    /// The board's pin of the converter that has one of these names, and its key.
    std::pair<std::string, PinName> converterPin(std::initializer_list<const char*> names) const {
        for (const char* name : names) {
            const auto at = board_.converter->pins.find(name);
            if (at != board_.converter->pins.end()) return {name, at->second};
        }
        return {"", ""};
    }

    void converter() {
        const PinSeen* clock = wordClock();
        if (!board_.converter) {
            if (clock == nullptr) return;
            known_.insert({clock->pin, clock->dataPin});
            problem("converter",
                    "none; but bursts of {} pulses on {} with {} read look like an HX711: "
                    "converter: {{chip: hx711, pins: {{DOUT: {}, PD_SCK: {}}}}}",
                    pulsesOf(*clock), clock->pin, clock->dataPin, clock->dataPin, clock->pin);
            return;
        }
        for (const auto& [name, pin] : board_.converter->pins) known_.insert(pin);
        if (trial_.figures.taken > 0) {
            note("it has read {} of {} conversions of the {}", trial_.figures.taken,
                 trial_.figures.converted, board_.converter->chip);
            return;
        }
        if (clock != nullptr) return otherPins(*clock);
        const auto [sclk, boardClock] = converterPin({"SCLK", "SCK", "PD_SCK"});
        const auto spi = spiPins(board_.mcu);
        if (trial_.seen.spiBytes > 0 && boardClock != spi[0]) {
            for (const PinName& pin : spi) known_.insert(pin);
            problem("converter.pins",
                    "the program sends {} bytes by its SPI, which has SCK at {}, MISO at {} and "
                    "MOSI at {}; the board has {} at {}",
                    trial_.seen.spiBytes, spi[0], spi[1], spi[2], sclk, boardClock);
            return;
        }
        problem("converter", "the program never reads the {}; at the end it is at {}{}",
                board_.converter->chip, trial_.where, waitsFor());
    }

    /// The converter is read elsewhere.
    void otherPins(const PinSeen& clock) {
        known_.insert({clock.pin, clock.dataPin});
        const auto [clockName, boardClock] = converterPin({"PD_SCK", "SCLK", "SCK"});
        const auto [dataName, boardData] = converterPin({"DOUT", "DRDY/DOUT", "SDO"});
        if (boardClock != clock.pin) {
            problem("converter.pins." + clockName,
                    "{}; but the program gives bursts of {} pulses on {}: {}: {}", boardClock,
                    pulsesOf(clock), clock.pin, clockName, clock.pin);
        }
        if (!clock.dataPin.empty() && boardData != clock.dataPin) {
            problem("converter.pins." + dataName,
                    "{}; but the program reads {} with each pulse: {}: {}", boardData,
                    clock.dataPin, dataName, clock.dataPin);
        }
        if (boardClock == clock.pin && (clock.dataPin.empty() || boardData == clock.dataPin)) {
            problem("converter.chip",
                    "the program gives bursts of {} pulses, but the {} was never read whole",
                    pulsesOf(clock), board_.converter->chip);
        }
    }

    /// A pin it looks at all the time, where the board has nothing.
    std::string waitsFor() {
        const PinSeen* most = nullptr;
        constexpr std::uint64_t many = 1'000;
        for (const PinSeen& pin : trial_.seen.pins) {
            if (pin.reads < many || known_.count(pin.pin) > 0) continue;
            if (most == nullptr || pin.reads > most->reads) most = &pin;
        }
        if (most == nullptr) return "";
        known_.insert(most->pin);
        return fmt::format("; it waits for {}, where the board has nothing: is that a pin of it?",
                           most->pin);
    }

    static std::string line(const UartSeen& uart) {
        return fmt::format("uart: {{number: {}, baud: {}, format: {}}}", uart.number,
                           meant(uart.baud), uart.format);
    }

    void uart() {
        const UartSeen* same = nullptr;
        for (const UartSeen& uart : trial_.seen.uarts) {
            for (const PinName& pin : uartPins(board_.mcu, uart.number)) known_.insert(pin);
            if (board_.uart && uart.number == board_.uart->number) {
                same = &uart;
            } else if (!board_.uart) {
                problem("uart", "none; but the program uses it: {}", line(uart));
            } else {
                note("it also uses {}, {} bytes sent", line(uart), uart.sent);
            }
        }
        if (!board_.uart) return;
        if (same == nullptr) {
            problem("uart", "the program never switches on its UART {}{}", board_.uart->number,
                    trial_.seen.uarts.empty() ? "" : "; it uses " + line(trial_.seen.uarts[0]));
            return;
        }
        const bool rateFits = meant(same->baud) == meant(board_.uart->baud);
        if (!rateFits || same->format != board_.uart->format) {
            problem("uart", "{} Bd {}; but the program sets {} Bd {}: {}", board_.uart->baud,
                    board_.uart->format, same->baud, same->format, line(*same));
            return;
        }
        note("it has sent {} bytes by UART {}", same->sent, same->number);
    }

    void outputs() {
        for (std::size_t i = 0; i < board_.lamps.size(); ++i) {
            const LampOnBoard& lamp = board_.lamps[i];
            if (drives(lamp.pin)) continue;
            problem(fmt::format("lamps[{}].pin", i), "the program never drives {} of '{}'",
                    lamp.pin, lamp.name);
        }
        const auto each = [&](const std::string& key, const PinName& pin) {
            if (!drives(pin)) problem(key, "the program never drives {}", pin);
        };
        if (board_.lcd) {
            for (const auto& [name, pin] : board_.lcd->pins) each("lcd.pins." + name, pin);
            if (board_.lcd->i2c != 0 && trial_.seen.twiBytes == 0) {
                problem("lcd.i2c", "the program sends nothing by its two-wire peripheral");
            }
        }
        if (!board_.digits) return;
        for (std::size_t i = 0; i < board_.digits->segments.size(); ++i) {
            each(fmt::format("digits.segments[{}]", i), board_.digits->segments[i]);
        }
        for (std::size_t i = 0; i < board_.digits->digits.size(); ++i) {
            each(fmt::format("digits.digits[{}]", i), board_.digits->digits[i]);
        }
    }

    void buttons() {
        for (std::size_t i = 0; i < board_.buttons.size(); ++i) {
            const ButtonOnBoard& button = board_.buttons[i];
            const std::string key = fmt::format("buttons[{}].pin", i);
            if (drives(button.pin)) {
                problem(key, "the program drives {} of '{}'", button.pin, button.name);
            } else if (!looksAt(button.pin)) {
                problem(key, "the program never looks at {} of '{}'", button.pin, button.name);
            }
        }
    }

    /// Pins where the board has nothing.
    void others() {
        if (trial_.seen.spiBytes > 0) {
            for (const PinName& pin : spiPins(board_.mcu)) known_.insert(pin);
            if (!board_.converter) note("it sends {} bytes by SPI", trial_.seen.spiBytes);
        }
        if (trial_.seen.twiBytes > 0) note("it uses I2C");
        for (const PinSeen& pin : trial_.seen.pins) {
            if (known_.count(pin.pin) > 0) continue;
            if (pin.output && pin.edges > 0) {
                note("it drives {} ({} changes), where the board has nothing: a lamp, a display?",
                     pin.pin, pin.edges);
            } else if (pin.output) {
                note("{} is an output that never changes; the board has nothing there", pin.pin);
            } else if (pin.reads > 0) {
                note("it looks at {} ({} times), where the board has nothing: a button?", pin.pin,
                     pin.reads);
            }
        }
    }

    const Board& board_;
    const FirmwareTrial& trial_;
    std::map<PinName, const PinSeen*> seen_;
    std::set<PinName> known_;  ///< of the board's parts, or told already
    std::vector<FirmwareFinding> findings_;
};

}  // namespace

std::vector<FirmwareFinding> findingsOf(const Board& board, const FirmwareTrial& trial) {
    return Judge{board, trial}.judge();
}

}  // namespace jh
