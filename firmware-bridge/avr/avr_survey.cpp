// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_survey.h"

#include <simavr/avr_eeprom.h>
#include <simavr/avr_spi.h>
#include <simavr/avr_twi.h>

#include <algorithm>
#include <utility>

#include "firmware-bridge/avr/avr_uart_line.h"

namespace jh {

namespace {

/// A burst is over after a pause of so many of its periods, within these bounds: what interrupts
/// a reading is shorter, and who reads again and again sends something in between.
constexpr int periods = 4;
constexpr SimTime leastRest = 50us, mostRest = 1ms;
constexpr int mostPulses = 64;

/// Opcodes as "AVR Instruction Set Manual" 0856 gives them.
bool is(unsigned op, unsigned mask, unsigned pattern) {
    return (op & mask) == pattern;
}

}  // namespace

BitsRead bitsRead(const avr_t& avr, std::uint32_t pc) {
    const auto opAt = [&](std::uint32_t at) {
        return at + 1 <= avr.flashend ? avr.flash[at] | unsigned{avr.flash[at + 1]} << 8U : 0U;
    };
    const unsigned first = opAt(pc);
    const bool sbic = is(first, 0xFF00, 0x9900), sbis = is(first, 0xFF00, 0x9B00);
    if (sbic || sbis) return {static_cast<std::uint8_t>(1U << (first & 7U)), true};
    if (is(first, 0xFD00, 0x9800)) return {0, true};  // SBI, CBI: it toggles pins
    // IN, LD, LDD, LDS: where the value goes, and how far it has been shifted since.
    std::array<int, 32> shift{};
    std::array<bool, 32> holds{};
    holds[first >> 4U & 31U] = true;
    const bool twoWords = is(first, 0xFE0F, 0x9000);
    std::uint32_t at = pc + (twoWords ? 4 : 2);
    constexpr int patience = 8;
    for (int i = 0; i < patience; ++i, at += 2) {
        const unsigned op = opAt(at), d = op >> 4U & 31U, upper = 16 + (op >> 4U & 15U);
        const unsigned r = (op & 15U) | (op >> 5U & 16U);
        const auto seen = [&](unsigned reg, unsigned mask) {
            const int by = shift[reg];
            return BitsRead{static_cast<std::uint8_t>(by >= 0 ? mask << by : mask >> -by), true};
        };
        if (is(op, 0xF000, 0x7000) && holds[upper]) {  // ANDI
            return seen(upper, (op >> 4U & 0xF0U) | (op & 15U));
        }
        if (is(op, 0xFC08, 0xFC00) && holds[d]) return seen(d, 1U << (op & 7U));  // SBRC, SBRS
        if (is(op, 0xFE08, 0xFA00) && holds[d]) return seen(d, 1U << (op & 7U));  // BST
        if (is(op, 0xFC00, 0x2000) && d != r && holds[d] != holds[r]) {           // AND
            return holds[d] ? seen(d, avr.data[r]) : seen(r, avr.data[d]);
        }
        if (is(op, 0xFC00, 0x2000) && d == r && holds[d]) {  // TST, then by the sign
            return is(opAt(at + 2), 0xF803, 0xF002) ? seen(d, 0x80) : BitsRead{};
        }
        if (is(op, 0xFC00, 0x2C00)) {  // MOV
            holds[d] = holds[r];
            shift[d] = shift[r];
        } else if (is(op, 0xFE0F, 0x9406) && holds[d]) {  // LSR
            ++shift[d];
        } else if (is(op, 0xFC00, 0x0C00) && d == r && holds[d]) {  // LSL
            --shift[d];
        } else if (is(op, 0xF000, 0xF000) || is(op, 0xE000, 0xC000)) {
            return {};  // it goes elsewhere
        }
    }
    return {};
}

struct AvrSurvey::Port {
    AvrSurvey* survey{};
    avr_ioport_t* port{};
    std::size_t firstPin{};
    std::uint8_t outputs{};  ///< pins that were ever one
    void* readParam{};       ///< of simavr's own function
    avr_io_read_t readPins{};
};

struct AvrSurvey::Uart {
    avr_uart_t* uart{};
    std::uint64_t sent{};
};

AvrSurvey::AvrSurvey(AvrCore& core, const Board& board) : core_{core}, board_{board} {
    avr_t* avr = core.avr();
    for (avr_io_t* io = avr->io_port; io != nullptr; io = io->next) {
        if (std::strcmp(io->kind, "port") == 0) {
            ports_.push_back(std::make_unique<Port>());
            Port& port = *ports_.back();
            port.survey = this;
            port.port = reinterpret_cast<avr_ioport_t*>(io);
            port.firstPin = pins_.size();
            for (char bit = '0'; bit < '8'; ++bit) {
                pins_.emplace_back().pin = std::string{"P"} + port.port->name + bit;
            }
            auto& reading = avr->io[AVR_DATA_TO_IO(port.port->r_pin)].r;
            port.readPins = std::exchange(reading.c, pinsRead);
            port.readParam = std::exchange(reading.param, &port);
            avr_irq_register_notify(
                avr_iomem_getirq(avr, port.port->r_ddr, nullptr, AVR_IOMEM_IRQ_ALL), directions,
                &port);
        } else if (std::strcmp(io->kind, "uart") == 0) {
            uarts_.push_back(std::make_unique<Uart>());
            uarts_.back()->uart = reinterpret_cast<avr_uart_t*>(io);
            const auto name =
                static_cast<std::uint32_t>(static_cast<unsigned char>(uarts_.back()->uart->name));
            avr_irq_register_notify(
                avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ(name), UART_IRQ_OUTPUT), counted,
                &uarts_.back()->sent);
        }
    }
    clocks_.resize(pins_.size());
    for (std::size_t i = 0; i < pins_.size(); ++i) {
        core_.watch(pins_[i].pin, [this, i](bool high) { edge(i, high); });
    }
    const auto count = [&](std::uint32_t port, int irq, std::uint64_t& counter) {
        if (avr_irq_t* found = avr_io_getirq(avr, port, irq)) {
            avr_irq_register_notify(found, counted, &counter);
        }
    };
    count(static_cast<std::uint32_t>(AVR_IOCTL_SPI_GETIRQ(0)), SPI_IRQ_OUTPUT, spiBytes_);
    count(static_cast<std::uint32_t>(AVR_IOCTL_TWI_GETIRQ(0)), TWI_IRQ_OUTPUT, twiMessages_);
    const auto* memory = core_.module<avr_eeprom_t>("eeprom");
    readBit_ = memory->eere.bit;
    avr_irq_register_notify(avr_iomem_getirq(avr, memory->r_eecr, nullptr, AVR_IOMEM_IRQ_ALL),
                            memoryControl, this);
}

AvrSurvey::~AvrSurvey() = default;

void AvrSurvey::directions(avr_irq_t*, std::uint32_t value, void* param) {
    auto& port = *static_cast<Port*>(param);
    port.outputs = static_cast<std::uint8_t>(port.outputs | value);
}

void AvrSurvey::counted(avr_irq_t*, std::uint32_t, void* counter) {
    ++*static_cast<std::uint64_t*>(counter);
}

void AvrSurvey::memoryControl(avr_irq_t*, std::uint32_t value, void* param) {
    auto& survey = *static_cast<AvrSurvey*>(param);
    if ((value >> survey.readBit_ & 1U) != 0) ++survey.memoryReads_;
}

std::uint8_t AvrSurvey::pinsRead(avr_t* avr, avr_io_addr_t address, void* param) {
    auto& port = *static_cast<Port*>(param);
    port.survey->read(port);
    return port.readPins != nullptr ? port.readPins(avr, address, port.readParam)
                                    : avr->data[address];
}

void AvrSurvey::read(const Port& port) {
    const avr_t& avr = *core_.avr();
    const BitsRead looked = bitsRead(avr, avr.pc);
    const unsigned bits = looked.bits & ~unsigned{avr.data[port.port->r_ddr]};
    for (unsigned bit = 0; bit < 8; ++bit) {
        if ((bits >> bit & 1U) == 0) continue;
        const std::size_t pin = port.firstPin + bit;
        ++(looked.exact ? pins_[pin].reads : pins_[pin].wide);
        for (const std::size_t clock : running_) ++clocks_[clock].between[pin];
    }
}

void AvrSurvey::edge(std::size_t pin, bool high) {
    Clock& clock = clocks_[pin];
    if (std::exchange(clock.level, high) == high || !core_.drives(pins_[pin].pin)) return;
    ++pins_[pin].edges;
    const SimTime now = core_.now();
    const SimTime rest = std::clamp(clock.period * periods, leastRest, mostRest);
    if (clock.pulses > 0 && now - clock.last > rest) endBurst(pin);
    if (clock.pulses > 0 && high) clock.period = std::min(clock.period, now - clock.risen);
    clock.last = now;
    if (!high) return;
    clock.risen = now;
    if (clock.pulses == 0) {
        clock.period = mostRest;
        clock.between.assign(pins_.size(), 0);
        running_.push_back(pin);
    }
    clock.pulses = std::min(clock.pulses + 1, mostPulses);
}

void AvrSurvey::endBurst(std::size_t pin) {
    Clock& clock = clocks_[pin];
    PinSeen& seen = pins_[pin];
    ++seen.bursts[clock.pulses];
    // Who clocks a word in looks at its line with each pulse, the last ones perhaps not.
    constexpr int beyondTheWord = 4, least = 8;
    const auto most = std::max_element(clock.between.begin(), clock.between.end());
    if (clock.pulses >= least && *most + beyondTheWord >= std::uint64_t(clock.pulses)) {
        seen.dataPin = pins_[static_cast<std::size_t>(most - clock.between.begin())].pin;
    }
    clock.pulses = 0;
    running_.erase(std::find(running_.begin(), running_.end(), pin));
}

BoardSurvey AvrSurvey::seen() {
    while (!running_.empty()) endBurst(running_.front());
    BoardSurvey survey;
    for (const auto& port : ports_) {
        for (std::size_t bit = 0; bit < 8; ++bit) {
            PinSeen pin = pins_[port->firstPin + bit];
            pin.output = (port->outputs >> bit & 1) != 0;
            if (pin.output || pin.reads > 0 || pin.wide > 0) survey.pins.push_back(pin);
        }
    }
    for (const auto& uart : uarts_) {
        avr_t* avr = core_.avr();
        // simavr switches every transmitter on by itself; who means it sets a rate.
        const bool sends = uart->sent > 0 || (avr_regbit_get(avr, uart->uart->txen) != 0 &&
                                              avr_regbit_get_raw(avr, uart->uart->ubrrl) != 0);
        const bool receives = avr_regbit_get(avr, uart->uart->rxen) != 0;
        if (!sends && !receives) continue;
        const int number = uart->uart->name - '0';
        const bool known = board_.uart && board_.uart->number == number;
        const auto setting = AvrUartLine::settingOf(avr, uart->uart, board_.clock_Hz,
                                                    known ? board_.uart->format : "8N1");
        survey.uarts.push_back({number, static_cast<std::int64_t>(setting.baud + 0.5),
                                setting.format, uart->sent, receives});
    }
    survey.spiBytes = spiBytes_;
    survey.twiBytes = twiMessages_;
    survey.nonvolatileReads = memoryReads_;
    survey.nonvolatileWrites = core_.eepromWrites();
    return survey;
}

}  // namespace jh
