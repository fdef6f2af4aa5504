// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "firmware-bridge/avr/avr_core.h"
#include "firmware-bridge/host/board_survey.h"

namespace jh {

/// Watches what a program does with the pins and peripherals of its chip. It looks into the
/// instructions after a port was read for which of its pins that was.
class AvrSurvey {
public:
    /// From now on; lives no longer than the core.
    AvrSurvey(AvrCore& core, const Board& board);
    ~AvrSurvey();
    AvrSurvey(const AvrSurvey&) = delete;
    AvrSurvey& operator=(const AvrSurvey&) = delete;

    /// Until now.
    BoardSurvey seen();

private:
    struct Port;
    struct Uart;
    /// A pin that may be a clock.
    struct Clock {
        bool level{};
        int pulses{};
        SimTime last{}, risen{}, period{};     ///< last edge, last rising one, shortest period
        std::vector<std::uint64_t> between{};  ///< reads of every pin within the burst
    };
    void edge(std::size_t pin, bool high);
    void read(const Port& port);
    void endBurst(std::size_t pin);

    static std::uint8_t pinsRead(avr_t* avr, avr_io_addr_t address, void* port);
    static void directions(avr_irq_t* irq, std::uint32_t value, void* port);
    static void counted(avr_irq_t* irq, std::uint32_t value, void* counter);
    static void memoryControl(avr_irq_t* irq, std::uint32_t value, void* survey);

    AvrCore& core_;
    const Board& board_;
    std::vector<std::unique_ptr<Port>> ports_;  ///< addresses are handed to simavr
    std::vector<std::unique_ptr<Uart>> uarts_;
    std::vector<PinSeen> pins_;         ///< eight of each port
    std::vector<Clock> clocks_;         ///< the same
    std::vector<std::size_t> running_;  ///< pins with a burst under way
    std::uint64_t spiBytes_{}, twiMessages_{}, memoryReads_{};
    unsigned readBit_{};  ///< of the EEPROM's control register
};

/// Which bits of a port the program looks at that reads it with the instruction at `pc`; all where
/// the next instructions do not tell.
struct BitsRead {
    std::uint8_t bits{0xFF};
    bool exact{};
};
BitsRead bitsRead(const avr_t& avr, std::uint32_t pc);

}  // namespace jh
