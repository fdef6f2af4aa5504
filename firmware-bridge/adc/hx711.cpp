// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/hx711.h"

#include <algorithm>

namespace jh {

namespace {

constexpr SimTime dataValid = 100ns;  // T2, at most
constexpr SimTime update = 40us;      // no data sheet says
constexpr SimTime sleepAfter = 60us;  // of PD_SCK high, and not a nanosecond sooner
constexpr SimTime sleepDelay = sleepAfter + 1ns;

}  // namespace

// The board straps RATE as the bench converts.
Hx711::Hx711(int rate_Hz)
    : AdcChip{rate_Hz},
      pins_{{"PD_SCK", false, false}, {"DOUT", true, true}, {"RATE", false, rate_Hz > 10}},
      port_{dataValid, update},
      fast_{rate_Hz > 10} {
    powerOn(SimTime{});
}

void Hx711::powerOn(SimTime at) {
    restart(at);
    rateSet(at, fast_ ? 80'000 : 10'000);
    reset(at);
}

void Hx711::reset(SimTime at) {
    port_.clear();
    asleep_ = false;
    input_ = Input::a128;
    settledAt_ = at + settling();
}

void Hx711::conversion(SimTime at, std::int64_t code) {
    advanceTo(at);
    if (asleep_) return;
    if (const auto pulses = port_.endRead(at, true)) finishRead(*pulses, at);
    if (at < settledAt_) return;
    countGiven();
    port_.give(input_ == Input::b32 ? 0 : limited(scaled(code, 1, input_ == Input::a64 ? 2 : 1)),
               at);
}

void Hx711::finishRead(int pulses, SimTime at) {
    if (pulses < 25 || pulses > 27) {
        say(at, "a read of " + std::to_string(pulses) + " pulses; 25 to 27 are a read");
        return;
    }
    const Input chosen{pulses};
    if (chosen == input_) return;
    input_ = chosen;
    settledAt_ = port_.clockSince() + settling();
    port_.clear();
}

void Hx711::drive(std::size_t pin, bool level, SimTime at) {
    advanceTo(at);
    if (pin == rate && level != fast_) {
        fast_ = level;
        rateSet(at, fast_ ? 80'000 : 10'000);
    }
    if (pin != pdSck || level == port_.clockHigh()) return;
    if (port_.clock(level, at)) countTaken();
    if (level && port_.pulses() == 2 && port_.empty()) say(at, "a read while no data are ready");
    if (!level && asleep_) reset(at);
}

void Hx711::advanceTo(SimTime at) {
    pass(at);
    port_.advanceTo(at);
    if (!asleep_ && port_.clockHigh() && at >= port_.clockSince() + sleepDelay) {
        // one pulse that stays is how a firmware asks for it
        const int pulses = port_.pulses();
        if (pulses >= 2 && pulses <= 24) {
            say(port_.clockSince() + sleepDelay,
                "powered down in the middle of a read, at pulse " + std::to_string(pulses));
        }
        port_.clear();
        asleep_ = true;
    }
    if (const auto pulses = port_.endRead(at, false)) finishRead(*pulses, at);
}

std::optional<SimTime> Hx711::wake() const {
    std::optional<SimTime> next = port_.wake();
    if (!asleep_ && port_.clockHigh()) {
        const SimTime sleep = port_.clockSince() + sleepDelay;
        next = next ? std::min(*next, sleep) : sleep;
    }
    return next;
}

void Hx711::hashInto(Hash& hash) const {
    AdcChip::hashInto(hash);
    port_.hashInto(hash);
    hash.add(std::uint64_t{fast_ ? 1U : 0U});
    hash.add(std::uint64_t{asleep_ ? 1U : 0U});
    hash.add(static_cast<std::uint64_t>(input_));
    hash.add(static_cast<std::uint64_t>(settledAt_.count()));
}

}  // namespace jh
