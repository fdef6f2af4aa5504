// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_core.h"

#include <simavr/avr_extint.h>
#include <simavr/avr_twi.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_core.h>
#include <simavr/sim_cycle_timers.h>
#include <simavr/sim_gdb.h>
#include <simavr/sim_interrupts.h>

#include <algorithm>
#include <cstdarg>
#include <cstdlib>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr std::int64_t nsPerSecond = 1'000'000'000;
/// An EEPROM byte takes 3.3 ms (data sheet, "EEPROM Programming Time").
constexpr SimTime eepromWriteTakes = 3'300us;

/// simavr writes to the terminal; here nobody reads there.
void silence(avr_t*, int, const char*, va_list) {}
void sleepNot(avr_t*, avr_cycle_count_t) {}

int portOf(const PinName& pin) {
    return pin[1];
}
int bitOf(const PinName& pin) {
    return pin[2] - '0';
}

void pinChanged(avr_irq_t*, std::uint32_t value, void* hook) {
    (*static_cast<std::function<void(bool)>*>(hook))((value & 1U) != 0);
}

}  // namespace

AvrCore::AvrCore(const Board& board, const FirmwareImage& image,
                 const std::vector<std::uint8_t>& eeprom, SimTime since)
    : since_{since} {
    avr_global_logger_set(silence);
    avr_ = avr_make_mcu_by_name(board.mcu.c_str());
    JH_CHECK(avr_ != nullptr);
    avr_init(avr_);
    avr_->custom.data = this;
    avr_->frequency = static_cast<std::uint32_t>(board.clock_Hz);
    avr_->run = step<false>;
    avr_->sleep = sleepNot;
    avr_->log = LOG_NONE;
    constexpr avr_cycle_count_t longRun = 16'000;
    avr_->run_cycle_limit = longRun;
    constexpr std::uint8_t externalInterrupts = 8;  // of the largest chip
    for (std::uint8_t i = 0; i < externalInterrupts; ++i) {
        avr_extint_set_strict_lvl_trig(avr_, i, 0);
    }

    const std::size_t flashBytes = avr_->flashend + 1;
    JH_CHECK(image.flash.size() <= flashBytes);
    std::fill_n(avr_->flash, flashBytes, 0xFF);
    std::copy(image.flash.begin(), image.flash.end(), avr_->flash);
    avr_->codeend = static_cast<std::uint32_t>(image.flash.size());
    const std::size_t ramFrom = avr_->ioend + 1U;
    std::fill_n(avr_->data + ramFrom, avr_->ramend + 1U - ramFrom, untouchedRam);

    // No terminal, and no sleep of this process while the program polls.
    for (avr_io_t* io = avr_->io_port; io != nullptr; io = io->next) {
        if (std::strcmp(io->kind, "uart") == 0) reinterpret_cast<avr_uart_t*>(io)->flags = 0;
    }

    memory_ = module<avr_eeprom_t>("eeprom");
    JH_CHECK(memory_ != nullptr);
    std::fill_n(memory_->eeprom, memory_->size, 0xFF);
    const std::size_t known = std::min<std::size_t>(eeprom.size(), memory_->size);
    std::copy_n(eeprom.begin(), known, memory_->eeprom);
    avr_irq_register_notify(avr_iomem_getirq(avr_, memory_->r_eecr, nullptr, AVR_IOMEM_IRQ_ALL),
                            eepromControl, this);

    mendTwi();

    coreReset_ = avr_->reset;
    avr_->reset = reset;
}

AvrCore::~AvrCore() {
    if (avr_->gdb != nullptr) avr_deinit_gdb(avr_);
    avr_terminate(avr_);
    std::free(avr_);
}

SimTime AvrCore::timeOf(avr_cycle_count_t cycle) const {
    const auto f = static_cast<std::int64_t>(avr_->frequency);
    const auto c = static_cast<std::int64_t>(cycle);
    return since_ + SimTime{c / f * nsPerSecond + c % f * nsPerSecond / f};
}

avr_cycle_count_t AvrCore::cycleAt(SimTime t) const {
    const auto f = static_cast<std::int64_t>(avr_->frequency);
    const std::int64_t ns = std::max<std::int64_t>((t - since_).count(), 0);
    const std::int64_t cycles =
        ns / nsPerSecond * f + (ns % nsPerSecond * f + nsPerSecond - 1) / nsPerSecond;
    return static_cast<avr_cycle_count_t>(cycles);
}

void AvrCore::note(std::vector<std::uint8_t>& words) {
    words.resize((std::size_t{avr_->flashend} + 1) / 2);
    executed_ = words.data();
    avr_->run = step<true>;
}

void AvrCore::runTo(avr_cycle_count_t cycle) {
    target_ = cycle;
    // Through the pointer: the watchdog of simavr resets by changing it.
    while (avr_->cycle < target_ && !ended()) avr_->run(avr_);
}

void AvrCore::stopSoon(avr_cycle_count_t by) {
    target_ = std::min(target_, std::max(by, avr_->cycle));
    avr_->run_cycle_count = 1;
}

/// As the documentation of avr_run_t asks, never beyond the target.
template <bool noting>
void AvrCore::step(avr_t* avr) {
    AvrCore& core = of(avr);
    avr_flashaddr_t next = avr->pc;
    if (avr->state == cpu_Running) {
        // Ran past a cycle timer's time or the target it comes back after the instruction.
        const avr_cycle_count_t room = core.target_ > avr->cycle ? core.target_ - avr->cycle : 1;
        avr->run_cycle_count = std::min(avr->run_cycle_count, room);
        if constexpr (noting) {
            core.executed_[std::min(next, avr->flashend) / 2] = 1;
            avr->run_cycle_count = 1;  // else it would run several instructions
        }
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
            const avr_cycle_count_t room =
                core.target_ > avr->cycle ? core.target_ - avr->cycle : 0;
            const avr_cycle_count_t nap = std::min<avr_cycle_count_t>(1 + toTimer, room);
            avr->cycle += nap;
            core.asleep_ += nap;
        }
    }
    if (avr->state == cpu_Running || avr->state == cpu_Sleeping) avr_service_interrupts(avr);
}

void AvrCore::reset(avr_t* avr) {
    AvrCore& core = of(avr);
    ++core.resets_;
    if (core.coreReset_ != nullptr) core.coreReset_(avr);
}

avr_irq_t* AvrCore::irqOf(const PinName& pin) const {
    const auto port = static_cast<std::uint32_t>(AVR_IOCTL_IOPORT_GETIRQ(portOf(pin)));
    avr_irq_t* irq = avr_io_getirq(avr_, port, IOPORT_IRQ_PIN0 + bitOf(pin));
    JH_CHECK(irq != nullptr);
    return irq;
}

void AvrCore::watch(const PinName& pin, std::function<void(bool high)> hook) {
    hooks_.push_back(std::make_unique<std::function<void(bool)>>(std::move(hook)));
    avr_irq_register_notify(irqOf(pin), pinChanged, hooks_.back().get());
}

avr_ioport_t* AvrCore::portWith(const PinName& pin) const {
    auto* port = module<avr_ioport_t>("port", static_cast<char>(portOf(pin)));
    JH_CHECK(port != nullptr);
    return port;
}

bool AvrCore::drives(const PinName& pin) const {
    return (unsigned{avr_->data[portWith(pin)->r_ddr]} >> bitOf(pin) & 1U) != 0;
}

bool AvrCore::pulls(const PinName& pin) const {
    return drives(pin) && (unsigned{avr_->data[portWith(pin)->r_port]} >> bitOf(pin) & 1U) == 0;
}

/// simavr must not let a pull-up win over it.
void AvrCore::put(const PinName& pin, bool level) {
    avr_ioport_t* port = portWith(pin);
    const auto bit = static_cast<std::uint8_t>(1U << bitOf(pin));
    port->external.pull_mask |= bit;
    port->external.pull_value = static_cast<std::uint8_t>(level ? port->external.pull_value | bit
                                                                : port->external.pull_value & ~bit);
    avr_raise_irq(irqOf(pin), level ? 1 : 0);
}

/// simavr 1.6 has the two-wire peripheral wrong in two places; both come after its own handlers.
void AvrCore::mendTwi() {
    auto* twi = module<avr_twi_t>("twi");
    if (twi == nullptr) return;
    avr_register_io_write(avr_, twi->twen.reg, twiControl, twi);
    const auto port = static_cast<std::uint32_t>(AVR_IOCTL_TWI_GETIRQ(0));
    avr_irq_register_notify(avr_io_getirq(avr_, port, TWI_IRQ_OUTPUT), twiMessage, this);
    avr_irq_register_notify(avr_io_getirq(avr_, port, TWI_IRQ_STATUS), twiStatus, this);
}

void AvrCore::twiMessage(avr_irq_t*, std::uint32_t value, void* param) {
    avr_twi_msg_irq_t message{};
    message.u.v = value;
    static_cast<AvrCore*>(param)->twiAddressed_ = (message.u.twi.msg & TWI_COND_START) != 0;
}

/// An address has statuses of its own, 0x18 and 0x20 (data sheet 8271, table 22-2); simavr tells
/// those of a byte of data, 0x28 and 0x30.
void AvrCore::twiStatus(avr_irq_t*, std::uint32_t value, void* param) {
    AvrCore& core = *static_cast<AvrCore*>(param);
    constexpr unsigned dataAcknowledged = 0x28, dataRefused = 0x30, less = 0x10;
    if (!std::exchange(core.twiAddressed_, false)) return;
    if (value != dataAcknowledged && value != dataRefused) return;
    avr_regbit_setto_raw(core.avr_, core.module<avr_twi_t>("twi")->twsr,
                         static_cast<std::uint8_t>(value - less));
}

/// A one written to TWINT clears it (data sheet 8271, 22.9.2); simavr leaves it set, and who polls
/// it goes on before the bus has done anything.
void AvrCore::twiControl(avr_t* avr, avr_io_addr_t address, std::uint8_t value, void* param) {
    const auto& flag = static_cast<avr_twi_t*>(param)->twi.raised;
    const unsigned bit = unsigned{flag.mask} << flag.bit;
    if ((value & bit) != 0) avr->data[address] &= static_cast<std::uint8_t>(~bit);
}

/// EEPE in the control register begins to write a byte.
void AvrCore::eepromControl(avr_irq_t*, std::uint32_t value, void* param) {
    AvrCore& core = *static_cast<AvrCore*>(param);
    const auto& memory = *core.memory_;
    if ((value >> memory.eepe.bit & 1U) == 0 || (value >> memory.eempe.bit & 1U) == 0) return;
    const auto* data = core.avr_->data;
    const std::size_t at = data[memory.r_eearl] | std::size_t{data[memory.r_eearh]} << 8U;
    core.writing_ = {at % memory.size, core.avr_->cycle};
    ++core.eepromWrites_;
}

std::vector<std::uint8_t> AvrCore::eeprom() const {
    return {memory_->eeprom, memory_->eeprom + memory_->size};
}

std::optional<std::size_t> AvrCore::eepromWriting(SimTime at) const {
    if (!writing_ || timeOf(writing_->second) + eepromWriteTakes <= at) return std::nullopt;
    return writing_->first;
}

}  // namespace jh
