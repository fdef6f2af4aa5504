// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/nau7802.h"

namespace jh {

namespace {

constexpr unsigned ownAddress = 0x2A;
enum : std::uint8_t { puCtrl = 0x00, ctrl1 = 0x01, ctrl2 = 0x02, adcoB2 = 0x12, adcoB1, adcoB0 };
// PU_CTRL
constexpr unsigned registerReset = 1, powerDigital = 2, powerAnalog = 4, powerReady = 8,
                   cycleStart = 0x10, cycleReady = 0x20;
// CTRL1, CTRL2
constexpr unsigned readyPinLow = 0x80, calibrate = 4, calibrationError = 8, channel2 = 0x80;

constexpr SimTime powerUp = 200us;  // from memory, verify
constexpr int conversionsToSettle = 4;
constexpr int conversionsToCalibrate = 4;  // no data sheet says

}  // namespace

Nau7802::Nau7802(int rate_Hz)
    : AdcChip{rate_Hz},
      pins_{{"SCL", false, true, true}, {"SDA", true, true, true}, {"DRDY", true, false}} {
    powerOn(SimTime{});
}

void Nau7802::powerOn(SimTime at) {
    restart(at);
    bus_ = Bus::idle;
    pull_ = false;
    resetRegisters();
}

void Nau7802::resetRegisters() {
    registers_.fill(0);
    registers_[0x07] = registers_[0x0E] = 0x80;  // gain calibrations: 0x00800000, one
    registers_[0x1F] = 0x0F;                     // revision
    ready_ = fresh_ = false;
    calibratedAt_.reset();
}

void Nau7802::settle(SimTime at) {
    ready_ = false;
    settledAt_ = at + conversionsToSettle * period();
}

std::int64_t Nau7802::millihertz() const {
    constexpr std::array<std::int64_t, 8> rates{10'000, 20'000, 40'000, 80'000, 0, 0, 0, 320'000};
    return rates[registers_[ctrl2] >> 4 & 7U];
}

void Nau7802::conversion(SimTime at, std::int64_t code) {
    advanceTo(at);
    constexpr unsigned on = powerDigital | powerAnalog | cycleStart;
    if ((registers_[puCtrl] & on) != on || at < poweredAt_ || calibratedAt_ || at < settledAt_) {
        return;
    }
    rateSet(at, millihertz());
    countGiven();
    if ((registers_[ctrl2] & channel2) != 0) code = 0;
    result_ = limited(scaled(code, std::int64_t{1} << (registers_[ctrl1] & 7U), 128));
    ready_ = true;
}

void Nau7802::advanceTo(SimTime at) {
    pass(at);
    if (!calibratedAt_ || at < *calibratedAt_) return;
    calibratedAt_.reset();
    registers_[ctrl2] &= static_cast<std::uint8_t>(~calibrate);
}

std::optional<SimTime> Nau7802::wake() const {
    return calibratedAt_;
}

bool Nau7802::level(std::size_t pin) const {
    if (pin == sda) return !pull_;
    return ready_ != ((registers_[ctrl1] & readyPinLow) != 0);
}

void Nau7802::drive(std::size_t pin, bool level, SimTime at) {
    advanceTo(at);
    if (pin == sda) {
        const bool before = line();
        sda_ = level;
        if (!scl_ || line() == before) return;
        // SDA moves while SCL is high: a start, or a stop
        bus_ = line() ? Bus::idle : Bus::address;
        bits_ = 0;
    } else if (pin == scl && level != scl_) {
        scl_ = level;
        if (level) {
            clockRise();
        } else {
            clockFall(at);
        }
    }
}

void Nau7802::clockRise() {
    if (bus_ == Bus::idle) return;
    if (bits_ < 8 && bus_ != Bus::reading) {
        byte_ = static_cast<std::uint8_t>(byte_ << 1 | (line() ? 1 : 0));
    } else if (bits_ == 8) {
        refused_ = line();
    }
    ++bits_;
}

void Nau7802::clockFall(SimTime at) {
    if (bus_ == Bus::idle) return;
    if (bits_ == 9) {
        bits_ = 0;
        pull_ = false;
        if (bus_ != Bus::reading) return;
        if (refused_) {
            bus_ = Bus::idle;
            return;
        }
        byte_ = readRegister(at);
    }
    if (bus_ == Bus::reading) {
        pull_ = bits_ < 8 && (byte_ >> (7 - bits_) & 1) == 0;
    } else if (bits_ == 8) {
        pull_ = received(at);
    }
}

bool Nau7802::received(SimTime at) {
    switch (bus_) {
        case Bus::address:
            if (byte_ >> 1 != ownAddress) {
                bus_ = Bus::idle;
                return false;
            }
            // the acknowledge is the chip's own
            bus_ = (byte_ & 1) != 0 ? Bus::reading : Bus::pointer;
            break;
        case Bus::pointer:
            pointer_ = byte_;
            bus_ = Bus::writing;
            break;
        default:
            writeRegister(byte_, at);
            break;
    }
    return true;
}

std::uint8_t Nau7802::readRegister(SimTime at) {
    const std::uint8_t address = pointer_++;
    switch (address) {
        case puCtrl:
            return static_cast<std::uint8_t>(
                registers_[puCtrl] |
                ((registers_[puCtrl] & powerDigital) != 0 && at >= poweredAt_ ? powerReady : 0U) |
                (ready_ ? cycleReady : 0U));
        case adcoB2:  // the other two bytes are of the same conversion
            latched_ = result_;
            fresh_ = ready_;
            ready_ = false;
            return static_cast<std::uint8_t>(latched_ >> 16 & 0xFF);
        case adcoB1:
            return static_cast<std::uint8_t>(latched_ >> 8 & 0xFF);
        case adcoB0:
            if (fresh_) countTaken();
            fresh_ = false;
            return static_cast<std::uint8_t>(latched_ & 0xFF);
        default:
            return address < registers_.size() ? registers_[address] : std::uint8_t{0};
    }
}

void Nau7802::writeRegister(std::uint8_t value, SimTime at) {
    const std::uint8_t address = pointer_++;
    const unsigned before = address < registers_.size() ? registers_[address] : 0U;
    if (address >= registers_.size() || (address >= adcoB2 && address <= adcoB0)) {
        say(at, "a write to a register that can only be read");
        return;
    }
    registers_[address] = value;
    const unsigned changed = before ^ value;
    if (address == puCtrl) {
        registers_[puCtrl] &= static_cast<std::uint8_t>(~(powerReady | cycleReady));
        if ((value & registerReset) != 0) {
            resetRegisters();
            registers_[puCtrl] = registerReset;
        } else if ((changed & (powerDigital | powerAnalog | cycleStart)) != 0) {
            if ((changed & powerDigital) != 0) poweredAt_ = at + powerUp;
            settle(at);
        }
    } else if (address == ctrl1 && (changed & 7U) != 0) {
        settle(at);
    } else if (address == ctrl2) {
        registers_[ctrl2] &= static_cast<std::uint8_t>(~calibrationError);
        if ((changed & 0xF0U) != 0) settle(at);
        if ((value & calibrate) != 0) {
            ready_ = false;
            calibratedAt_ = at + conversionsToCalibrate * period();
        }
    }
}

void Nau7802::hashInto(Hash& hash) const {
    AdcChip::hashInto(hash);
    for (const bool flag : {scl_, sda_, pull_, refused_, ready_, fresh_}) {
        hash.add(std::uint64_t{flag ? 1U : 0U});
    }
    for (const std::uint8_t value : registers_) hash.add(std::uint64_t{value});
    for (const int value :
         {static_cast<int>(bus_), bits_, int{byte_}, int{pointer_}, result_, latched_}) {
        hash.add(static_cast<std::uint64_t>(value));
    }
    hash.add(static_cast<std::uint64_t>(poweredAt_.count()));
    hash.add(static_cast<std::uint64_t>(settledAt_.count()));
    hash.add(static_cast<std::uint64_t>(calibratedAt_ ? calibratedAt_->count() : -1));
}

}  // namespace jh
