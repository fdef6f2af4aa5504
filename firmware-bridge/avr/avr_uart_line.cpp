// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_uart_line.h"

#include <simavr/sim_regbit.h>

#include <algorithm>
#include <cmath>

namespace jh {

namespace {

/// A receiver that samples in the middle of bits bears about half a bit in ten.
constexpr double bearableError = 0.04;

}  // namespace

/// As the data sheets compute it, section "USART": baud = f / (16 (UBRR + 1)), or 8 with U2X.
AvrUartLine::Setting AvrUartLine::settingOf(const avr_t* avr, const avr_uart_t* uart,
                                            std::int64_t clock_Hz, const std::string& format) {
    const auto* data = avr->data;
    const auto bits = [&](const avr_regbit_t& field) {
        return unsigned{data[field.reg]} >> field.bit & field.mask;
    };
    // ATmega16 and 32 have UBRRH and UCSRC at one address: what was written last stands there.
    const bool shared = uart->ubrrh.reg == uart->r_ucsrc;
    const unsigned ubrr = bits(uart->ubrrl) | (shared ? 0U : bits(uart->ubrrh) << 8U);
    Setting s;
    s.cyclesPerBit = std::int64_t{ubrr + 1} * (bits(uart->u2x) != 0 ? 8 : 16);
    s.baud = static_cast<double>(clock_Hz) / static_cast<double>(s.cyclesPerBit);
    s.format = format;
    if (!shared) {
        const unsigned control = data[uart->r_ucsrc];
        const unsigned parity = control >> 4U & 3U, size = control >> 1U & 3U;
        s.format = std::to_string(5 + size) +
                   (parity == 2   ? "E"
                    : parity == 3 ? "O"
                                  : "N") +
                   ((control >> 3U & 1U) != 0 ? "2" : "1");
    }
    s.bits = 1 + (s.format[0] - '0') + (s.format[1] == 'N' ? 0 : 1) + (s.format[2] - '0');
    return s;
}

std::string AvrUartLine::difference(const Setting& s) const {
    if (std::abs(s.baud / on_.baud - 1.0) <= bearableError && s.format == on_.format) return {};
    return "its UART is set to " + std::to_string(std::lround(s.baud)) + " Bd " + s.format +
           "; the board file says " + std::to_string(on_.baud) + " Bd " + on_.format;
}

AvrUartLine::Outcome AvrUartLine::send(avr_t* avr, avr_uart_t* uart, SimTime at,
                                       std::uint8_t /*byte*/) {
    const Setting s = setting(avr, uart);
    const std::int64_t cycles = s.cyclesPerBit * s.bits;
    // simavr rounds otherwise, and looks here for when the next byte may come.
    uart->cycles_per_byte = static_cast<avr_cycle_count_t>(cycles);
    constexpr std::int64_t nsPerSecond = 1'000'000'000;
    const SimTime character{cycles * nsPerSecond / clock_Hz_};
    // A program that polls loses some cycles between two bytes.
    if (at > lineFree_ + character / 2) busySince_ = at;
    lineFree_ = std::max(at, lineFree_) + character;
    Outcome outcome{true, lineFree_, difference(s)};
    outcome.readable = outcome.problem.empty();
    return outcome;
}

std::string AvrUartLine::receive(avr_t* avr, avr_uart_t* uart, std::uint8_t byte) const {
    const Setting s = setting(avr, uart);
    if (!avr_regbit_get(avr, uart->rxen)) return {};
    if (std::string problem = difference(s); !problem.empty()) return problem;
    // It is complete now; simavr would let it begin now.
    const avr_cycle_count_t takes = uart->cycles_per_byte;
    uart->cycles_per_byte = 1;
    const auto port = static_cast<std::uint32_t>(static_cast<unsigned char>(uart->name));
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ(port), UART_IRQ_INPUT), byte);
    uart->cycles_per_byte = takes;
    return {};
}

bool AvrUartLine::flooded() const {
    constexpr SimTime tooLong = 10s;
    return lineFree_ - busySince_ > tooLong;
}

}  // namespace jh
