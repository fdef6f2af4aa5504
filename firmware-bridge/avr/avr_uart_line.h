// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>

#include <cstdint>
#include <string>

#include "firmware-bridge/board/board.h"
#include "sim/base/sim_time.h"

namespace jh {

/// The two wires at an AVR's USART. simavr hands bytes over without a line: here each takes its
/// time at the baud rate and format that the firmware has set, and who listens at another rate
/// gets nothing of it.
class AvrUartLine {
public:
    AvrUartLine(UartOnBoard on, std::int64_t clock_Hz) : on_{std::move(on)}, clock_Hz_{clock_Hz} {}

    struct Outcome {
        bool readable{};      ///< by who listens as the board file says
        SimTime left{};       ///< end of its stop bit
        std::string problem;  ///< how the firmware's setting differs, if it does
    };
    /// The firmware puts a byte into the data register.
    Outcome send(avr_t* avr, avr_uart_t* uart, SimTime at, std::uint8_t byte);
    /// A byte from outside is complete. What is wrong with that, or nothing.
    std::string receive(avr_t* avr, avr_uart_t* uart, std::uint8_t byte) const;
    /// It has sent for 10 s without the least pause.
    bool flooded() const;

    struct Setting {
        double baud{};
        std::string format;
        std::int64_t cyclesPerBit{};
        int bits{};
    };
    /// As the registers stand; `format` where the chip cannot tell.
    static Setting settingOf(const avr_t* avr, const avr_uart_t* uart, std::int64_t clock_Hz,
                             const std::string& format);

private:
    Setting setting(const avr_t* avr, const avr_uart_t* uart) const {
        return settingOf(avr, uart, clock_Hz_, on_.format);
    }
    std::string difference(const Setting& s) const;

    UartOnBoard on_;
    std::int64_t clock_Hz_;
    SimTime lineFree_{}, busySince_{};
};

}  // namespace jh
