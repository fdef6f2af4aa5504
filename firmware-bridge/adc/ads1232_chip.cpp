// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/ads1232_chip.h"

#include <algorithm>

namespace jh {

namespace {

constexpr SimTime dataValid = 50ns;             // from memory, verify
constexpr SimTime update = 39us;                // from memory, verify
constexpr SimTime leastPowerDown = 26us;        // PDWN low
constexpr SimTime slowCalibration = 801'020us;  // from memory, verify
constexpr SimTime fastCalibration = 101'280us;  // from memory, verify
constexpr int conversionsToSettle = 4;

}  // namespace

// The board straps SPEED as the bench converts, the gain at 128, and has the chip switched on.
Ads1232Chip::Ads1232Chip(int rate_Hz)
    : AdcChip{rate_Hz},
      pins_{{"SCLK", false, false},         {"DRDY/DOUT", true, true}, {"PDWN", false, true},
            {"SPEED", false, rate_Hz > 10}, {"GAIN0", false, true},    {"GAIN1", false, true},
            {"A0", false, false},           {"TEMP", false, false}},
      port_{dataValid, update} {
    for (const Pin& pin : pins_) inputs_.push_back(pin.level);
    powerOn(SimTime{});
}

void Ads1232Chip::powerOn(SimTime at) {
    restart(at);
    standby_ = false;
    rateSet(at, in(speed) ? 80'000 : 10'000);
    settle(at, conversionsToSettle * conversionTime());
}

void Ads1232Chip::settle(SimTime at, SimTime lasts) {
    port_.clear();
    calibrating_ = false;
    settledAt_ = at + lasts;
}

int Ads1232Chip::gain() const {
    if (in(gain1)) return in(gain0) ? 128 : 64;
    return in(gain0) ? 2 : 1;
}

void Ads1232Chip::conversion(SimTime at, std::int64_t code) {
    advanceTo(at);
    if (!in(pdwn) || standby_ || at < settledAt_) return;
    calibrating_ = false;
    port_.endRead(at, true);  // of 24 or 25 pulses, or one that was left
    countGiven();
    port_.give(limited(scaled(code, gain(), 128)), at);
}

void Ads1232Chip::drive(std::size_t pin, bool level, SimTime at) {
    advanceTo(at);
    if (pin == drdyDout || level == in(pin)) return;
    inputs_[pin] = level;
    if (pin == sclk) clock(level, at);
    if (pin == pdwn) power(level, at);
    if (pin == speed) rateSet(at, level ? 80'000 : 10'000);
    if (pin == speed || pin == gain0 || pin == gain1) {
        settle(at, conversionsToSettle * conversionTime());
    }
}

void Ads1232Chip::clock(bool high, SimTime at) {
    if (port_.clock(high, at) && in(pdwn)) countTaken();
    if (!in(pdwn) || calibrating_) {
        port_.clear();  // pulses count for nothing
    } else if (standby_ && !high) {
        standby_ = false;
        settle(at, conversionsToSettle * conversionTime());
    } else if (high && port_.pulses() == 2 && port_.empty()) {
        say(at, "a read while no data are ready");
    } else if (high && port_.pulses() == 26) {
        settle(at, in(speed) ? fastCalibration : slowCalibration);
        calibrating_ = true;
    }
}

void Ads1232Chip::power(bool on, SimTime at) {
    if (on && at - offSince_ < leastPowerDown) say(at, "PDWN was low for less than 26 us");
    if (!on) offSince_ = at;
    standby_ = false;
    settle(at, conversionsToSettle * conversionTime());
}

void Ads1232Chip::advanceTo(SimTime at) {
    pass(at);
    port_.advanceTo(at);
    const SimTime standbyAt = port_.clockSince() + conversionTime();
    if (in(pdwn) && !standby_ && port_.clockHigh() && at >= standbyAt) {
        // one pulse that stays is how a firmware asks for it
        const int pulses = port_.pulses();
        if (pulses >= 2 && pulses < 24) {
            say(standbyAt, "standby in the middle of a read, at pulse " + std::to_string(pulses));
        }
        port_.clear();
        standby_ = true;
        calibrating_ = false;
    }
    port_.endRead(at, false);
}

std::optional<SimTime> Ads1232Chip::wake() const {
    std::optional<SimTime> next = port_.wake();
    if (in(pdwn) && !standby_ && port_.clockHigh()) {
        const SimTime standbyAt = port_.clockSince() + conversionTime();
        next = next ? std::min(*next, standbyAt) : standbyAt;
    }
    return next;
}

void Ads1232Chip::hashInto(Hash& hash) const {
    AdcChip::hashInto(hash);
    port_.hashInto(hash);
    for (const bool level : inputs_) hash.add(std::uint64_t{level ? 1U : 0U});
    hash.add(std::uint64_t{standby_ ? 1U : 0U});
    hash.add(std::uint64_t{calibrating_ ? 1U : 0U});
    hash.add(static_cast<std::uint64_t>(settledAt_.count()));
    hash.add(static_cast<std::uint64_t>(offSince_.count()));
}

}  // namespace jh
