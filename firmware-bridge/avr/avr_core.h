// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <simavr/avr_eeprom.h>
#include <simavr/avr_ioport.h>
#include <simavr/sim_avr.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/image/firmware_image.h"
#include "sim/base/sim_time.h"

namespace jh {

/// RAM that nobody has written yet reads so; a real one wakes up with anything.
constexpr std::uint8_t untouchedRam = 0xC5;

/// An AVR of simavr with its program, from power-on until the supply goes. It runs instruction by
/// instruction and stops at most 3 cycles after its target.
class AvrCore {
public:
    AvrCore(const Board& board, const FirmwareImage& image, const std::vector<std::uint8_t>& eeprom,
            SimTime since);
    ~AvrCore();
    AvrCore(const AvrCore&) = delete;
    AvrCore& operator=(const AvrCore&) = delete;

    avr_t* avr() const { return avr_; }
    SimTime timeOf(avr_cycle_count_t cycle) const;
    /// The first cycle that is not before this time.
    avr_cycle_count_t cycleAt(SimTime t) const;
    SimTime now() const { return timeOf(avr_->cycle); }

    /// From now on notes in `words` of flash where an instruction began that was executed.
    void note(std::vector<std::uint8_t>& words);

    /// Runs to this cycle, to where stopSoon() wants it, or to its end.
    void runTo(avr_cycle_count_t cycle);
    /// From within the run: it comes back when this cycle is reached.
    void stopSoon(avr_cycle_count_t by);
    /// It sleeps for ever; the other end is a crash.
    bool done() const { return avr_->state == cpu_Done; }
    bool ended() const { return done() || avr_->state == cpu_Crashed; }

    /// Called with each new level of a pin, whoever drives it.
    void watch(const PinName& pin, std::function<void(bool high)> hook);
    /// Somebody else drives this pin.
    void put(const PinName& pin, bool level);
    /// It is an output of the AVR now.
    bool drives(const PinName& pin) const;
    /// It drives the pin low.
    bool pulls(const PinName& pin) const;

    std::vector<std::uint8_t> eeprom() const;
    /// Address of the EEPROM byte that is being written then.
    std::optional<std::size_t> eepromWriting(SimTime at) const;
    std::uint64_t eepromWrites() const { return eepromWrites_; }
    std::uint64_t asleep() const { return asleep_; }  ///< cycles
    std::uint64_t resets() const { return resets_; }

    /// A peripheral of simavr by its kind, and its name where there are several.
    template <class Module>
    Module* module(const char* kind, char name = 0) const {
        for (avr_io_t* io = avr_->io_port; io != nullptr; io = io->next) {
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

private:
    template <bool noting>
    static void step(avr_t* avr);
    static AvrCore& of(avr_t* avr) { return *static_cast<AvrCore*>(avr->custom.data); }
    static void reset(avr_t* avr);
    void mendTwi();
    static void twiControl(avr_t* avr, avr_io_addr_t address, std::uint8_t value, void* twi);
    static void twiMessage(avr_irq_t* irq, std::uint32_t value, void* core);
    static void twiStatus(avr_irq_t* irq, std::uint32_t value, void* core);
    static void eepromControl(avr_irq_t* irq, std::uint32_t value, void* core);
    avr_irq_t* irqOf(const PinName& pin) const;
    avr_ioport_t* portWith(const PinName& pin) const;

    SimTime since_;
    avr_t* avr_{};
    avr_cycle_count_t target_{};  ///< run no further
    bool twiAddressed_{};         ///< the last thing that went over the two wires was an address
    avr_eeprom_t* memory_{};
    std::optional<std::pair<std::size_t, avr_cycle_count_t>> writing_;  ///< address, begin
    std::uint64_t asleep_{}, eepromWrites_{}, resets_{};
    void (*coreReset_)(avr_t*){};
    std::uint8_t* executed_{};  ///< by word of flash
    /// Their addresses are handed to simavr.
    std::vector<std::unique_ptr<std::function<void(bool)>>> hooks_;
};

}  // namespace jh
