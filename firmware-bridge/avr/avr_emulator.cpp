// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_emulator.h"

#include <simavr/avr_eeprom.h>
#include <simavr/avr_extint.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_spi.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_core.h>
#include <simavr/sim_cycle_timers.h>
#include <simavr/sim_gdb.h>
#include <simavr/sim_interrupts.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "firmware-bridge/adc/adc_chip.h"
#include "firmware-bridge/adc/adc_chips.h"
#include "firmware-bridge/avr/avr_uart_line.h"
#include "sim/base/check.h"

namespace jh {

namespace {

constexpr std::int64_t nsPerSecond = 1'000'000'000;
/// RAM that nobody has written yet; a real one wakes up with anything.
constexpr std::uint8_t untouched = 0xC5;
/// An EEPROM byte takes 3.3 ms (data sheet, "EEPROM Programming Time"): without supply in the
/// middle it stays erased.
constexpr SimTime eepromWriteTakes = 3'300us;

/// simavr writes to the terminal; here nobody reads there.
void silence(avr_t*, int, const char*, va_list) {}

int portOf(const PinName& pin) {
    return pin[1];
}
int bitOf(const PinName& pin) {
    return pin[2] - '0';
}

}  // namespace

std::string misfit(const Board& board, const FirmwareImage& image) {
    if (image.machine == FirmwareImage::Machine::arm) return "a program for ARM, not for AVR";
    avr_t* avr = avr_make_mcu_by_name(board.mcu.c_str());
    if (avr == nullptr) return "simavr does not know " + board.mcu;
    const std::size_t flash = avr->flashend + 1, eeprom = avr->e2end + 1;
    std::free(avr);
    if (image.flash.size() > flash) {
        return std::to_string(image.flash.size()) + " bytes of program; " + board.mcu + " has " +
               std::to_string(flash);
    }
    if (image.eeprom.size() > eeprom) {
        return std::to_string(image.eeprom.size()) + " bytes of EEPROM; " + board.mcu + " has " +
               std::to_string(eeprom);
    }
    return {};
}

/// What a pin of the board is to whom.
struct AvrEmulator::Chip {
    struct Wire {
        Chip* chip{};
        PinName name;
        std::size_t index{};
        bool level{};
    };

    AvrEmulator& owner;
    avr_t* avr{};
    SimTime since{};             ///< of the supply
    avr_cycle_count_t target{};  ///< run no further
    std::unique_ptr<AdcChip> converter;
    std::vector<std::unique_ptr<Wire>> wires;  ///< addresses are handed to simavr
    std::vector<Wire*> ofConverter;            ///< by its pins; none where a pin goes nowhere
    avr_uart_t* uart{};
    std::optional<AvrUartLine> line;
    avr_eeprom_t* memory{};
    avr_spi_t* spi{};
    std::optional<std::pair<std::size_t, avr_cycle_count_t>> writing;  ///< EEPROM address, begin
    std::uint64_t asleep{}, eepromWrites{}, resets{};
    void (*coreReset)(avr_t*){};

    Chip(AvrEmulator& emulator, SimTime at);
    ~Chip();
    Chip(const Chip&) = delete;
    Chip& operator=(const Chip&) = delete;

    /// A peripheral of simavr by its kind, and its name where there are several.
    template <class Module>
    Module* module(const char* kind, char name = 0) const {
        for (avr_io_t* io = avr->io_port; io != nullptr; io = io->next) {
            // The peripheral begins with its avr_io_t.
            auto* candidate = reinterpret_cast<Module*>(io);
            if (std::strcmp(io->kind, kind) != 0) continue;
            if constexpr (requires { candidate->name; }) {
                if (name != 0 && candidate->name != name) continue;
            }
            return candidate;
        }
        return nullptr;
    }
    SimTime timeOf(avr_cycle_count_t cycle) const;
    avr_cycle_count_t cycleAt(SimTime t) const;
    SimTime timeNow() const { return timeOf(avr->cycle); }
    void stopSoon(avr_cycle_count_t by);
    avr_irq_t* irqOf(const PinName& pin) const;
    template <class Hook>
    Wire& wire(const PinName& pin, Hook hook, std::size_t index);
    void connectConverter();
    void connectUart();
    void showConverter();
    void put(const PinName& pin, bool level);

    static Chip& of(avr_t* avr) { return *static_cast<Chip*>(avr->custom.data); }
    static void run(avr_t* avr);
    static void sleep(avr_t*, avr_cycle_count_t) {}
    static void reset(avr_t* avr);
    static void converterPin(avr_irq_t* irq, std::uint32_t value, void* wire);
    static void lampPin(avr_irq_t* irq, std::uint32_t value, void* wire);
    static void tracedPin(avr_irq_t* irq, std::uint32_t value, void* wire);
    static void buttonPin(avr_irq_t*, std::uint32_t, void*) {}
    static void sent(avr_irq_t* irq, std::uint32_t value, void* chip);
    static void eepromControl(avr_irq_t* irq, std::uint32_t value, void* chip);
    static void spiByte(avr_irq_t* irq, std::uint32_t value, void* chip);
};

AvrEmulator::Chip::Chip(AvrEmulator& emulator, SimTime at) : owner{emulator}, since{at} {
    const Board& board = owner.board_;
    avr_global_logger_set(silence);
    avr = avr_make_mcu_by_name(board.mcu.c_str());
    JH_CHECK(avr != nullptr);
    avr_init(avr);
    avr->custom.data = this;
    avr->frequency = static_cast<std::uint32_t>(board.clock_Hz);
    avr->run = run;
    avr->sleep = sleep;
    avr->log = LOG_NONE;
    constexpr avr_cycle_count_t longRun = 16'000;
    avr->run_cycle_limit = longRun;
    avr_extint_set_strict_lvl_trig(avr, 0, 0);
    avr_extint_set_strict_lvl_trig(avr, 1, 0);

    const std::size_t flashBytes = avr->flashend + 1;
    JH_CHECK(owner.image_.flash.size() <= flashBytes);
    std::fill_n(avr->flash, flashBytes, 0xFF);
    std::copy(owner.image_.flash.begin(), owner.image_.flash.end(), avr->flash);
    avr->codeend = static_cast<std::uint32_t>(owner.image_.flash.size());
    const std::size_t ramFrom = avr->ioend + 1U;
    std::fill_n(avr->data + ramFrom, avr->ramend + 1U - ramFrom, untouched);

    memory = module<avr_eeprom_t>("eeprom");
    JH_CHECK(memory != nullptr);
    owner.eeprom_.resize(memory->size, 0xFF);
    std::copy(owner.eeprom_.begin(), owner.eeprom_.end(), memory->eeprom);
    avr_irq_register_notify(avr_iomem_getirq(avr, memory->r_eecr, nullptr, AVR_IOMEM_IRQ_ALL),
                            eepromControl, this);

    coreReset = avr->reset;
    avr->reset = reset;
    connectUart();
    connectConverter();
    std::size_t index = 0;
    for (const ButtonOnBoard& button : board.buttons) {
        wire(button.pin, buttonPin, index++);
        put(button.pin, !button.pressedHigh);
    }
    index = 0;
    for (const LampOnBoard& lamp : board.lamps) wire(lamp.pin, lampPin, index++);
    for (const PinName& pin : board.trace) wire(pin, tracedPin, 0);
}

AvrEmulator::Chip::~Chip() {
    if (avr->gdb != nullptr) avr_deinit_gdb(avr);
    avr_terminate(avr);
    std::free(avr);
}

SimTime AvrEmulator::Chip::timeOf(avr_cycle_count_t cycle) const {
    const auto f = static_cast<std::int64_t>(avr->frequency);
    const auto c = static_cast<std::int64_t>(cycle);
    return since + SimTime{c / f * nsPerSecond + c % f * nsPerSecond / f};
}

/// The first cycle that is not before this time.
avr_cycle_count_t AvrEmulator::Chip::cycleAt(SimTime t) const {
    const auto f = static_cast<std::int64_t>(avr->frequency);
    const std::int64_t ns = std::max<std::int64_t>((t - since).count(), 0);
    const std::int64_t cycles =
        ns / nsPerSecond * f + (ns % nsPerSecond * f + nsPerSecond - 1) / nsPerSecond;
    return static_cast<avr_cycle_count_t>(cycles);
}

/// From within simavr: it comes back when this cycle is reached.
void AvrEmulator::Chip::stopSoon(avr_cycle_count_t by) {
    target = std::min(target, std::max(by, avr->cycle));
    avr->run_cycle_count = 1;
}

/// One step of simavr, as its documentation of avr_run_t asks, never beyond the target.
void AvrEmulator::Chip::run(avr_t* avr) {
    Chip& chip = of(avr);
    avr_flashaddr_t next = avr->pc;
    if (avr->state == cpu_Running) {
        // Ran past a cycle timer's time or the target it comes back after the instruction.
        const avr_cycle_count_t room = chip.target > avr->cycle ? chip.target - avr->cycle : 1;
        avr->run_cycle_count = std::min(avr->run_cycle_count, room);
        next = avr_run_one(avr);
    }
    const avr_cycle_count_t toTimer = avr_cycle_timer_process(avr);
    avr->pc = next;
    if (avr->state == cpu_Sleeping) {
        if (!avr->sreg[S_I]) {
            avr->state = cpu_Done;
            return;
        }
        if (avr_has_pending_interrupts(avr) == 0) {
            const avr_cycle_count_t room = chip.target > avr->cycle ? chip.target - avr->cycle : 0;
            const avr_cycle_count_t nap = std::min<avr_cycle_count_t>(1 + toTimer, room);
            avr->cycle += nap;
            chip.asleep += nap;
        }
    }
    if (avr->state == cpu_Running || avr->state == cpu_Sleeping) avr_service_interrupts(avr);
}

void AvrEmulator::Chip::reset(avr_t* avr) {
    Chip& chip = of(avr);
    ++chip.resets;
    if (chip.coreReset != nullptr) chip.coreReset(avr);
}

avr_irq_t* AvrEmulator::Chip::irqOf(const PinName& pin) const {
    const auto port = static_cast<std::uint32_t>(AVR_IOCTL_IOPORT_GETIRQ(portOf(pin)));
    avr_irq_t* irq = avr_io_getirq(avr, port, IOPORT_IRQ_PIN0 + bitOf(pin));
    JH_CHECK(irq != nullptr);
    return irq;
}

template <class Hook>
AvrEmulator::Chip::Wire& AvrEmulator::Chip::wire(const PinName& pin, Hook hook, std::size_t index) {
    auto made = std::make_unique<Wire>();
    made->chip = this;
    made->name = pin;
    made->index = index;
    avr_irq_register_notify(irqOf(pin), hook, made.get());
    wires.push_back(std::move(made));
    return *wires.back();
}

/// Somebody else drives this pin: simavr must not let a pull-up win over it.
void AvrEmulator::Chip::put(const PinName& pin, bool level) {
    auto* port = module<avr_ioport_t>("port", static_cast<char>(portOf(pin)));
    JH_CHECK(port != nullptr);
    const auto bit = static_cast<std::uint8_t>(1U << bitOf(pin));
    port->external.pull_mask |= bit;
    port->external.pull_value = static_cast<std::uint8_t>(level ? port->external.pull_value | bit
                                                                : port->external.pull_value & ~bit);
    avr_raise_irq(irqOf(pin), level ? 1 : 0);
}

void AvrEmulator::Chip::connectConverter() {
    const auto& on = owner.board_.converter;
    if (!on) return;
    converter = makeAdcChip(on->chip, on->rate_Hz);
    JH_CHECK(converter != nullptr);
    converter->powerOn(since);
    const auto& pins = converter->pins();
    for (std::size_t i = 0; i < pins.size(); ++i) {
        const auto at = on->pins.find(std::string{pins[i].name});
        if (at == on->pins.end()) {
            ofConverter.push_back(nullptr);
            continue;
        }
        Wire& made = wire(at->second, converterPin, i);
        ofConverter.push_back(&made);
        if (!pins[i].drivenByChip) continue;
        made.level = converter->level(i);
        put(made.name, made.level);
    }
    avr_irq_t* byte =
        avr_io_getirq(avr, static_cast<std::uint32_t>(AVR_IOCTL_SPI_GETIRQ(0)), SPI_IRQ_OUTPUT);
    spi = module<avr_spi_t>("spi");
    if (byte != nullptr && spi != nullptr) avr_irq_register_notify(byte, spiByte, this);
}

/// The converter's outputs onto the pins, and its next timer as a place to stop.
void AvrEmulator::Chip::showConverter() {
    const auto& pins = converter->pins();
    for (std::size_t i = 0; i < pins.size(); ++i) {
        Wire* wire = ofConverter[i];
        if (wire == nullptr || !pins[i].drivenByChip || wire->level == converter->level(i))
            continue;
        wire->level = converter->level(i);
        put(wire->name, wire->level);
    }
    if (const auto wake = converter->wake()) stopSoon(cycleAt(*wake));
}

void AvrEmulator::Chip::converterPin(avr_irq_t*, std::uint32_t value, void* param) {
    auto& wire = *static_cast<Wire*>(param);
    Chip& chip = *wire.chip;
    const AdcChip::Pin& pin = chip.converter->pins()[wire.index];
    if (pin.drivenByChip) return;
    const SimTime at = chip.timeNow();
    chip.converter->advanceTo(at);
    chip.converter->drive(wire.index, (value & 1U) != 0, at);
    chip.showConverter();
}

void AvrEmulator::Chip::lampPin(avr_irq_t*, std::uint32_t value, void* param) {
    auto& wire = *static_cast<Wire*>(param);
    Chip& chip = *wire.chip;
    const LampOnBoard& lamp = chip.owner.board_.lamps[wire.index];
    const bool lit = ((value & 1U) != 0) == lamp.litHigh;
    if (lit == wire.level) return;
    wire.level = lit;
    chip.owner.events_.push_back({chip.timeNow(), BoardEvent::Kind::lamp, lit ? 1 : 0, lamp.name});
}

void AvrEmulator::Chip::tracedPin(avr_irq_t*, std::uint32_t value, void* param) {
    auto& wire = *static_cast<Wire*>(param);
    Chip& chip = *wire.chip;
    const bool level = (value & 1U) != 0;
    if (level == wire.level) return;
    wire.level = level;
    chip.owner.events_.push_back({chip.timeNow(), BoardEvent::Kind::pin, level ? 1 : 0, wire.name});
}

/// A byte by the SPI peripheral: its eight bits on the converter's pins, at one instant.
void AvrEmulator::Chip::spiByte(avr_irq_t*, std::uint32_t value, void* param) {
    Chip& chip = *static_cast<Chip*>(param);
    const auto& pins = chip.converter->pins();
    const auto find = [&](std::initializer_list<std::string_view> names) {
        for (std::size_t i = 0; i < pins.size(); ++i) {
            if (std::find(names.begin(), names.end(), pins[i].name) != names.end()) return i;
        }
        return pins.size();
    };
    const std::size_t clock = find({"SCLK", "SCK", "PD_SCK"}), in = find({"SDI", "DIN"}),
                      out = find({"SDO", "DOUT", "DRDY/DOUT"});
    if (clock == pins.size() || out == pins.size()) return;
    const SimTime at = chip.timeNow();
    chip.converter->advanceTo(at);
    const bool idleHigh = (chip.avr->data[chip.spi->r_spcr] >> 3U & 1U) != 0;  // CPOL
    unsigned received = 0;
    for (int bit = 7; bit >= 0; --bit) {
        if (in != pins.size()) chip.converter->drive(in, (value >> bit & 1U) != 0, at);
        chip.converter->drive(clock, !idleHigh, at);
        if (!idleHigh) received = received << 1U | (chip.converter->level(out) ? 1U : 0U);
        chip.converter->drive(clock, idleHigh, at);
        if (idleHigh) received = received << 1U | (chip.converter->level(out) ? 1U : 0U);
    }
    chip.showConverter();
    avr_raise_irq(
        avr_io_getirq(chip.avr, static_cast<std::uint32_t>(AVR_IOCTL_SPI_GETIRQ(0)), SPI_IRQ_INPUT),
        received);
}

void AvrEmulator::Chip::connectUart() {
    const auto& on = owner.board_.uart;
    if (!on) return;
    const char name = static_cast<char>('0' + on->number);
    uart = module<avr_uart_t>("uart", name);
    JH_CHECK(uart != nullptr);
    std::uint32_t flags = 0;
    const auto port = static_cast<std::uint32_t>(static_cast<unsigned char>(name));
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS(port), &flags);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ(port), UART_IRQ_OUTPUT), sent,
                            this);
    line.emplace(*on, owner.board_.clock_Hz);
}

void AvrEmulator::Chip::sent(avr_irq_t*, std::uint32_t value, void* param) {
    Chip& chip = *static_cast<Chip*>(param);
    const AvrUartLine::Outcome outcome =
        chip.line->send(chip.avr, chip.uart, chip.timeNow(), static_cast<std::uint8_t>(value));
    if (!outcome.problem.empty()) chip.owner.notice(outcome.problem);
    if (!outcome.readable) return;
    chip.owner.events_.push_back(
        {outcome.left, BoardEvent::Kind::byte, static_cast<int>(value & 0xFFU), {}});
    chip.owner.leaving_.push_back(outcome.left);
    chip.stopSoon(chip.cycleAt(outcome.left));
}

/// EEPE in the control register begins to write a byte.
void AvrEmulator::Chip::eepromControl(avr_irq_t*, std::uint32_t value, void* param) {
    Chip& chip = *static_cast<Chip*>(param);
    const auto& memory = *chip.memory;
    if ((value >> memory.eepe.bit & 1U) == 0 || (value >> memory.eempe.bit & 1U) == 0) return;
    const auto* data = chip.avr->data;
    const std::size_t at = data[memory.r_eearl] | std::size_t{data[memory.r_eearh]} << 8U;
    chip.writing = {at % memory.size, chip.avr->cycle};
    ++chip.eepromWrites;
}

AvrEmulator::AvrEmulator(Board board, FirmwareImage image, std::vector<std::uint8_t> eeprom)
    : board_{std::move(board)}, image_{std::move(image)}, eeprom_{std::move(eeprom)} {
    JH_CHECK(problemsOf(board_).empty());
    if (eeprom_.empty()) eeprom_ = image_.eeprom;
    chip_ = std::make_unique<Chip>(*this, now_);
}

AvrEmulator::~AvrEmulator() = default;

void AvrEmulator::conversion(SimTime at, std::int64_t code) {
    inputs_.push_back({at, Input::Kind::conversion, code, 0});
}

void AvrEmulator::receive(SimTime at, std::uint8_t byte) {
    inputs_.push_back({at, Input::Kind::byte, byte, 0});
}

bool AvrEmulator::press(SimTime at, const std::string& button, bool pressed) {
    for (std::size_t i = 0; i < board_.buttons.size(); ++i) {
        if (board_.buttons[i].name != button) continue;
        inputs_.push_back({at, Input::Kind::press, pressed ? 1 : 0, i});
        return true;
    }
    return false;
}

void AvrEmulator::powerOn(SimTime at) {
    inputs_.push_back({at, Input::Kind::on, 0, 0});
}

void AvrEmulator::powerOff(SimTime at) {
    inputs_.push_back({at, Input::Kind::off, 0, 0});
}

void AvrEmulator::take(const Input& input) {
    if (input.kind == Input::Kind::on) {
        supplyGone(input.at);
        chip_ = std::make_unique<Chip>(*this, input.at);
        return;
    }
    if (!chip_) return;
    Chip& chip = *chip_;
    switch (input.kind) {
        case Input::Kind::conversion:
            if (!chip.converter) return;
            // The chip may stand a few cycles further.
            chip.converter->advanceTo(std::max(input.at, chip.timeNow()));
            chip.converter->conversion(std::max(input.at, chip.timeNow()), input.value);
            chip.showConverter();
            return;
        case Input::Kind::byte:
            if (!chip.line) return;
            if (const std::string problem =
                    chip.line->receive(chip.avr, chip.uart, static_cast<std::uint8_t>(input.value));
                !problem.empty()) {
                notice(problem);
            }
            return;
        case Input::Kind::press: {
            const ButtonOnBoard& button = board_.buttons[input.button];
            chip.put(button.pin, (input.value != 0) == button.pressedHigh);
            return;
        }
        case Input::Kind::off: {
            const auto writing = chip.writing;
            const bool halfWritten =
                writing && chip.timeOf(writing->second) + eepromWriteTakes > input.at;
            supplyGone(input.at);
            if (halfWritten) eeprom_[writing->first] = 0xFF;
            return;
        }
        case Input::Kind::on:
            return;
    }
}

/// Runs up to the first cycle not before `t`, or to where a byte has left, if asked to.
void AvrEmulator::stepTo(SimTime t, bool stopAtByte) {
    Chip& chip = *chip_;
    const avr_cycle_count_t end = chip.cycleAt(t);
    const auto byteLeft = [&] { return stopAtByte && !leaving_.empty(); };
    while (chip.avr->cycle < end) {
        chip.target = end;
        if (byteLeft()) chip.target = std::min(end, chip.cycleAt(leaving_.front()));
        if (chip.converter) {
            if (const auto wake = chip.converter->wake()) chip.stopSoon(chip.cycleAt(*wake));
        }
        while (chip.avr->cycle < chip.target) {
            chip.avr->run(chip.avr);
            if (chip.avr->state != cpu_Crashed && chip.avr->state != cpu_Done) continue;
            const std::string how = chip.avr->state == cpu_Done
                                        ? "it sleeps for ever with interrupts off, at "
                                        : "it crashed at ";
            events_.push_back({chip.timeNow(), BoardEvent::Kind::lost, 0, how + whereabouts()});
            supplyGone(chip.timeNow());
            return;
        }
        if (chip.converter) {
            chip.converter->advanceTo(chip.timeNow());
            chip.showConverter();
        }
        if (byteLeft() && chip.timeNow() >= leaving_.front()) return;
    }
    past_.lateness = std::max(past_.lateness, chip.timeNow() - t);
}

void AvrEmulator::supplyGone(SimTime at) {
    eeprom_ = nonvolatile();
    past_ = figures();
    chip_.reset();
    leaving_.clear();
    // What was on its way out is lost.
    events_.erase(std::remove_if(events_.begin(), events_.end(),
                                 [at](const BoardEvent& event) {
                                     return event.kind == BoardEvent::Kind::byte && event.at > at;
                                 }),
                  events_.end());
}

void AvrEmulator::takeDue() {
    while (!inputs_.empty() && inputs_.front().at <= now_) {
        const Input input = inputs_.front();
        inputs_.pop_front();
        take(input);
    }
}

SimTime AvrEmulator::runUntil(SimTime until, bool stopAtByte) {
    for (takeDue(); now_ < until; takeDue()) {
        const SimTime next = inputs_.empty() ? until : std::min(inputs_.front().at, until);
        if (chip_) stepTo(next, stopAtByte);
        if (stopAtByte && !leaving_.empty() && leaving_.front() <= next) {
            now_ = std::max(now_, leaving_.front());
            break;
        }
        now_ = next;
    }
    while (!leaving_.empty() && leaving_.front() <= now_) leaving_.pop_front();
    checkHabits();
    return now_;
}

/// What only shows over time.
void AvrEmulator::checkHabits() {
    if (!chip_) return;
    if (chip_->converter) {
        for (AdcChip::Notice& said : chip_->converter->takeNotices()) {
            events_.push_back({said.at, BoardEvent::Kind::notice, 0, std::move(said.what)});
        }
        if (chip_->converter->taken() != takenBefore_ || chip_->converter->converted() == 0) {
            takenBefore_ = chip_->converter->taken();
            lastTaken_ = now_;
        }
        constexpr SimTime patience = 5s;
        if (now_ - lastTaken_ > patience) {
            notice("it does not read the converter; it is at " + whereabouts());
        }
    }
    constexpr std::uint64_t manyResets = 20, manyWrites = 5'000;
    if (chip_->resets > manyResets) notice("it resets again and again");
    if (chip_->eepromWrites > manyWrites) notice("it writes its EEPROM again and again");
    if (chip_->line && chip_->line->flooded()) {
        notice("its UART has been sending without a pause for 10 s");
    }
}

/// Each said once.
void AvrEmulator::notice(const std::string& what) {
    const std::string kind = what.substr(0, what.find(';'));
    if (std::find(noticed_.begin(), noticed_.end(), kind) != noticed_.end()) return;
    noticed_.push_back(kind);
    events_.push_back({now_, BoardEvent::Kind::notice, 0, what});
}

std::vector<BoardEvent> AvrEmulator::takeEvents() {
    std::stable_sort(events_.begin(), events_.end(),
                     [](const BoardEvent& a, const BoardEvent& b) { return a.at < b.at; });
    return std::exchange(events_, {});
}

std::vector<std::uint8_t> AvrEmulator::nonvolatile() const {
    if (!chip_) return eeprom_;
    return {chip_->memory->eeprom, chip_->memory->eeprom + chip_->memory->size};
}

BoardFigures AvrEmulator::figures() const {
    BoardFigures f = past_;
    if (!chip_) return f;
    f.cycles += chip_->avr->cycle;
    f.asleep += chip_->asleep;
    f.nonvolatileWrites += chip_->eepromWrites;
    f.resets += chip_->resets;
    if (chip_->converter) {
        f.converted += chip_->converter->converted();
        f.taken += chip_->converter->taken();
    }
    const std::uint32_t from = image_.ramUsedTo.value_or(chip_->avr->ioend + 1U);
    std::uint32_t free = 0;
    while (from + free <= chip_->avr->ramend && chip_->avr->data[from + free] == untouched) ++free;
    f.leastStackFree = std::min(f.leastStackFree.value_or(free), free);
    return f;
}

std::string AvrEmulator::whereabouts() const {
    if (!chip_) return "no supply";
    std::array<char, 8> digits{};
    std::uint32_t rest = chip_->avr->pc;
    for (std::size_t i = digits.size(); i-- > 0; rest >>= 4U)
        digits[i] = "0123456789abcdef"[rest & 15U];
    std::string text = "0x" + std::string{digits.begin() + 3, digits.end()};
    const std::string function = image_.functionAt(chip_->avr->pc);
    return function.empty() ? text : text + " (" + function + ")";
}

void AvrEmulator::hashInto(Hash& hash) const {
    for (const std::uint8_t byte : nonvolatile()) hash.add(std::uint64_t{byte});
    hash.add(static_cast<std::uint64_t>(now_.count()));
    if (!chip_) return;
    for (std::uint32_t i = 0; i <= chip_->avr->ramend; ++i) {
        hash.add(std::uint64_t{chip_->avr->data[i]});
    }
    hash.add(std::uint64_t{chip_->avr->pc});
    hash.add(std::uint64_t{chip_->avr->cycle});
    if (chip_->converter) chip_->converter->hashInto(hash);
}

void AvrEmulator::debug(int port) {
    if (!chip_) return;
    chip_->avr->gdb_port = port;
    chip_->avr->state = cpu_Stopped;
    avr_gdb_init(chip_->avr);
    constexpr int poll_us = 10'000;
    bool met = false;
    while (chip_->avr->gdb != nullptr && chip_->avr->state != cpu_Done) {
        avr_gdb_processor(chip_->avr, poll_us);
        if (chip_->avr->state == cpu_Running || chip_->avr->state == cpu_Step) {
            met = true;
            Chip::run(chip_->avr);
        }
        if (met && chip_->avr->gdb == nullptr) break;
    }
}

}  // namespace jh
