// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/cs5530.h"

#include <algorithm>
#include <cstdlib>

namespace jh {

namespace {

// configuration register
constexpr std::uint32_t powerDown = 1U << 30, resetSystem = 1U << 29, resetValid = 1U << 28,
                        inputShort = 1U << 27, registersByPointer = 1U << 20, filterRate = 1U << 19;
// channel setup, 16 bits; the CS5530 has rate and polarity in the configuration register
constexpr std::uint32_t unipolar = 1U << 6;
// conversion word
constexpr std::uint32_t overflow = 1U << 3, oscillation = 1U << 2;

constexpr std::uint32_t gainOne = 0x01000000;
constexpr int onesOfInit = 15 * 8 + 7;  // 15 bytes FF and the ones of FE
constexpr int conversionsToSettle = 3;

}  // namespace

Cs5530::Cs5530(Kind kind, int rate_Hz)
    : AdcChip{rate_Hz},
      kind_{kind},
      pins_{
          {"CS", false, true}, {"SCLK", false, false}, {"SDI", false, false}, {"SDO", true, true}} {
    powerOn(SimTime{});
}

void Cs5530::powerOn(SimTime at) {
    restart(at);
    ones_ = 0;
    resetRegisters();
    enterCommand();
}

void Cs5530::resetRegisters() {
    offset_.fill(0);
    gain_.fill(gainOne);
    setup_.fill(0);
    config_ = 0;
    resetValid_ = true;
}

void Cs5530::enterCommand() {
    port_ = Port::command;
    bits_ = 0;
    ready_ = waiting_ = calibrated_ = false;
    rest();
}

// What SDO says while no bits go out.
void Cs5530::rest() {
    sdo_ = !(calibrated_ || (port_ == Port::converting && ready_));
}

void Cs5530::drive(std::size_t pin, bool level, SimTime at) {
    advanceTo(at);
    if (pin == cs) cs_ = level;
    if (pin == sdi) sdi_ = level;
    if (pin != sclk || level == sclk_) return;
    sclk_ = level;
    if (cs_) return;
    if (level) {
        rise(at);
    } else {
        fall();
    }
}

void Cs5530::rise(SimTime at) {
    const int onesBefore = ones_;
    ones_ = sdi_ ? ones_ + 1 : 0;
    if (!sdi_ && onesBefore >= onesOfInit) {
        enterCommand();
        return;
    }
    if (port_ == Port::converting && !ready_) {
        if (!told_ && !sdi_) say(at, "clocked before SDO fell");
        told_ = told_ || !sdi_;
        return;
    }
    ++bits_;
    switch (port_) {
        case Port::command:
            if (calibrated_) {
                calibrated_ = false;
                rest();
            }
            command_ = ((command_ << 1) | (sdi_ ? 1U : 0U)) & 0xFFU;
            if (bits_ == 8) command(at);
            break;
        case Port::writing:
            shift_ = (shift_ << 1) | (sdi_ ? 1U : 0U);
            if (bits_ == 32) writeRegister();
            break;
        case Port::reading:
            if (bits_ == 32) {
                port_ = Port::command;
                bits_ = 0;
            }
            break;
        case Port::converting:
            readWord(at);
            break;
    }
}

void Cs5530::fall() {
    const int sent = port_ == Port::converting ? bits_ - 8 : bits_;
    if (port_ == Port::reading || (port_ == Port::converting && ready_ && sent >= 0)) {
        sdo_ = ((shift_ >> (31 - sent)) & 1U) != 0;
    } else {
        rest();
    }
}

// 8 clocks that clear SDO, 32 of the word.
void Cs5530::readWord(SimTime at) {
    if (bits_ == 1) shift_ = result_;
    if (bits_ <= 8)
        command_ = (command_ & ~0xFF00U) | ((command_ << 1) & 0xFE00U) | (sdi_ ? 0x100U : 0U);
    const unsigned asked = command_ >> 8;
    if (bits_ == 8 && asked != 0x00 && asked != 0xFF) say(at, "SDO cleared by neither 00 nor FF");
    if (bits_ < 40) return;
    countTaken();
    command_ &= 0xFFU;
    if ((command_ & 0x40U) == 0 || asked == 0xFF) {
        port_ = Port::command;
        ready_ = waiting_ = false;
    }
    bits_ = 0;
    ready_ = waiting_;
    waiting_ = false;
    result_ = next_;
}

void Cs5530::command(SimTime at) {
    bits_ = 0;
    if (command_ == 0x00 || command_ >= 0xFE) return;  // null, and what begins and ends an init
    if ((command_ & 0x80U) == 0) {
        const bool read = (command_ & 8U) != 0;
        const bool configuration = (command_ & 7U) == 3;
        const std::uint32_t* const target = registerOf(command_);
        if (!target || ((config_ & resetSystem) != 0 && !configuration)) {
            say(at, target ? "a command while RS is set" : "a command that there is not");
            return;
        }
        port_ = read ? Port::reading : Port::writing;
        if (read) readRegister();
        return;
    }
    const unsigned what = command_ & 7U;
    const bool calibration = what == 1 || what == 2 || what == 5 || what == 6;
    if ((config_ & (resetSystem | powerDown)) != 0 || (what != 0 && !calibration)) {
        say(at, what == 0 || calibration ? "a conversion while RS or PDW is set"
                                         : "a command that there is not");
        return;
    }
    if (calibration) say(at, "a calibration; the registers stay as they are");
    port_ = Port::converting;
    told_ = ready_ = waiting_ = false;
    skip_ = calibration || (command_ & 0x40U) == 0 ? conversionsToSettle : 0;
}

std::uint32_t* Cs5530::registerOf(unsigned command) {
    const unsigned index = (command >> 4) & 3U;
    const bool two = kind_ == Kind::cs5532;
    if ((command & 0x40U) != 0 || (!two && index > 0)) return nullptr;
    switch (command & 7U) {
        case 1:
            return index < 2 ? &offset_[index] : nullptr;
        case 2:
            return index < 2 ? &gain_[index] : nullptr;
        case 3:
            return index == 0 ? &config_ : nullptr;
        case 5:
            return two ? &setup_[index] : nullptr;
        default:
            return nullptr;
    }
}

void Cs5530::readRegister() {
    shift_ = *registerOf(command_);
    if ((command_ & 7U) != 3) return;
    if (resetValid_) shift_ |= resetValid;
    resetValid_ = false;
}

void Cs5530::writeRegister() {
    if ((command_ & 7U) != 3) {
        *registerOf(command_) = shift_;
    } else if ((shift_ & resetSystem) != 0) {
        resetRegisters();
        config_ = resetSystem;
    } else {
        config_ = shift_ & ~resetValid;
    }
    port_ = Port::command;
    bits_ = 0;
}

std::uint32_t Cs5530::setup() const {
    if (kind_ == Kind::cs5530) return config_ >> 4 & 0x7C0U;  // WR3..WR0, U/B: bits 14 to 10
    const unsigned pointer = (command_ >> 3) & 7U;
    const std::uint32_t two = setup_[pointer / 2];
    return pointer % 2 == 0 ? two >> 16 : two & 0xFFFFU;
}

std::int64_t Cs5530::millihertz() const {
    const unsigned code = setup() >> 7 & 0xFU;
    const std::int64_t rate = code < 5    ? 120'000 >> code
                              : code < 8  ? 0
                              : code < 13 ? 3'840'000 >> (code - 8)
                                          : 0;
    return (config_ & filterRate) != 0 ? rate * 5 / 6 : rate;
}

std::uint32_t Cs5530::word(std::int64_t code) const {
    const bool two = kind_ == Kind::cs5532;
    const std::uint32_t channel = two ? setup() >> 14 & 3U : 0U;
    if (channel != 0 || (config_ & inputShort) != 0) code = 0;
    const std::int64_t amplifier = two ? std::int64_t{1} << std::min(setup() >> 11 & 7U, 6U) : 64;
    // the gain register is that of the channel, or the one that the setup points to
    const unsigned set = (config_ & registersByPointer) != 0 ? setup() & 1U : channel & 1U;
    const bool positive = (setup() & unipolar) != 0;
    const std::int64_t bridge = scaled(code, positive ? 2 * amplifier : amplifier, 64);
    const std::int64_t data = scaled(bridge, gain_[set] & 0x3FFFFFFFU, gainOne);
    const std::int64_t inside =
        positive ? std::clamp<std::int64_t>(data, 0, 0xFFFFFF) : limited(data);
    std::uint32_t flags = channel;
    if (inside != data) flags |= overflow;
    if (std::abs(bridge) > (positive ? 4 : 2) * std::int64_t{0x800000}) flags |= oscillation;
    return static_cast<std::uint32_t>(inside & 0xFFFFFF) << 8 | flags;
}

void Cs5530::conversion(SimTime at, std::int64_t code) {
    advanceTo(at);
    const bool continuous = (command_ & 0x40U) != 0;
    if (port_ != Port::converting || (ready_ && !continuous)) return;
    if (skip_ > 0) {
        --skip_;
        return;
    }
    if ((command_ & 7U) != 0) {
        enterCommand();
        calibrated_ = true;
        rest();
        return;
    }
    rateSet(at, millihertz());
    countGiven();
    if (bits_ > 0) {
        next_ = word(code);  // the word that is being read stays
        waiting_ = true;
        return;
    }
    result_ = word(code);
    ready_ = true;
    rest();
}

void Cs5530::hashInto(Hash& hash) const {
    AdcChip::hashInto(hash);
    for (const bool flag : {cs_, sclk_, sdi_, sdo_, resetValid_, ready_, waiting_, calibrated_}) {
        hash.add(std::uint64_t{flag ? 1U : 0U});
    }
    for (const std::uint32_t value :
         {offset_[0], offset_[1], gain_[0], gain_[1], setup_[0], setup_[1], setup_[2], setup_[3],
          config_, shift_, result_, next_, std::uint32_t{command_}}) {
        hash.add(std::uint64_t{value});
    }
    for (const int value : {static_cast<int>(port_), bits_, ones_, skip_}) {
        hash.add(static_cast<std::uint64_t>(value));
    }
}

}  // namespace jh
