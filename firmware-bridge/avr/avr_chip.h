// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simavr/avr_spi.h>
#include <simavr/avr_twi.h>
#include <simavr/avr_uart.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/adc/adc_chip.h"
#include "firmware-bridge/avr/avr_core.h"
#include "firmware-bridge/avr/avr_uart_line.h"
#include "firmware-bridge/display/hd44780.h"
#include "firmware-bridge/display/multiplexed_digits.h"
#include "firmware-bridge/host/hosted_board.h"

namespace jh {

/// An AVR with the parts of its board soldered on: all that dies with the supply.
class AvrChip {
public:
    /// What comes out goes to `events`; `notice` hears what a maker wants to know, again and again.
    AvrChip(const Board& board, const FirmwareImage& image, const std::vector<std::uint8_t>& eeprom,
            SimTime since, std::vector<BoardEvent>& events,
            std::function<void(const std::string&)> notice);
    AvrChip(const AvrChip&) = delete;
    AvrChip& operator=(const AvrChip&) = delete;

    AvrCore& core() { return core_; }
    const AvrCore& core() const { return core_; }
    AdcChip* converter() { return converter_.get(); }
    const AdcChip* converter() const { return converter_.get(); }
    const std::optional<AvrUartLine>& line() const { return line_; }

    void conversion(SimTime at, std::int64_t code);
    void receive(std::uint8_t byte);
    void press(const ButtonOnBoard& button, bool pressed);
    /// Runs up to the first cycle not before `t`, or to where a byte has left, if asked to, or to
    /// the end of the program.
    void runTo(SimTime t, bool stopAtByte);
    /// By the UART of the board, readable or not.
    std::uint64_t bytesSent() const { return bytesSent_; }
    /// When each byte on its way out has left.
    std::deque<SimTime>& leaving() { return leaving_; }

private:
    void connectConverter();
    void connectUart();
    void connectLamps();
    void connectLcd();
    void connectDigits();
    void connectTwi();
    void expand(unsigned byte);
    void answerOfLcd();
    void tellDisplays();
    void showConverter();
    void converterPin(std::size_t pin, bool high);
    static void sent(avr_irq_t* irq, std::uint32_t value, void* chip);
    static void spiByte(avr_irq_t* irq, std::uint32_t value, void* chip);
    static void twiStep(avr_irq_t* irq, std::uint32_t value, void* chip);

    const Board& board_;
    std::vector<BoardEvent>& events_;
    std::function<void(const std::string&)> notice_;
    AvrCore core_;
    std::unique_ptr<AdcChip> converter_;
    std::vector<PinName> ofConverter_;  ///< by its pins; empty where a pin goes nowhere
    std::vector<bool> shown_;           ///< levels of its pins that the AVR was told
    avr_spi_t* spi_{};
    avr_twi_t* twi_{};           ///< where the converter is at it
    bool lcdAddressed_{};        ///< by the two wires
    std::uint8_t expander_{};    ///< what the PCF8574 was told last
    std::size_t scl_{}, sda_{};  ///< pins of the converter at the two-wire peripheral
    avr_uart_t* uart_{};
    std::optional<AvrUartLine> line_;
    std::uint64_t bytesSent_{};
    std::deque<SimTime> leaving_;
    std::optional<Hd44780> lcd_;
    bool lcdSpeaks_{false};  ///< it puts levels on its data lines
    std::optional<MultiplexedDigits> digits_;
};

}  // namespace jh
