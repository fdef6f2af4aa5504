// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/adc_chip.h"

#include <algorithm>
#include <cstdlib>

#include "sim/base/check.h"

namespace jh {

namespace {

/// "6.25 Hz"
std::string rateText(std::int64_t millihertz) {
    std::string text = std::to_string(millihertz / 1000);
    if (millihertz % 1000 != 0) {
        std::string digits = std::to_string(1000 + millihertz % 1000).substr(1);
        while (digits.back() == '0') digits.pop_back();
        text += "." + digits;
    }
    return text + " Hz";
}

}  // namespace

AdcChip::AdcChip(int rate_Hz) : rate_Hz_{rate_Hz} {
    JH_CHECK(rate_Hz > 0);
}

void AdcChip::pass(SimTime at) {
    JH_CHECK(at >= now_);
    now_ = at;
}

void AdcChip::restart(SimTime at) {
    pass(at);
    millihertzSet_ = 0;
    converted_ = taken_ = 0;
}

void AdcChip::say(SimTime at, std::string what) {
    notices_.push_back({at, std::move(what)});
}

void AdcChip::rateSet(SimTime at, std::int64_t millihertz) {
    if (millihertz == millihertzSet_) return;
    millihertzSet_ = millihertz;
    // Clocks inside of chips are some 4 % off; 6.25 Hz is the 6 Hz of a bench that counts in whole
    // ones. The nearest rates that a chip offers are farther apart.
    const std::int64_t benchMillihertz = std::int64_t{1000} * rate_Hz_;
    if (std::abs(millihertz - benchMillihertz) * 20 <= benchMillihertz) return;
    say(at, "rate set to " + rateText(millihertz) + ", the bench converts at " +
                rateText(benchMillihertz));
}

void AdcChip::hashInto(Hash& hash) const {
    hash.add(static_cast<std::uint64_t>(now_.count()));
    hash.add(static_cast<std::uint64_t>(millihertzSet_));
    hash.add(converted_);
    hash.add(taken_);
}

std::int64_t scaled(std::int64_t code, std::int64_t numerator, std::int64_t denominator) {
    constexpr std::int64_t far = std::int64_t{1} << 32;
    const std::int64_t product = std::clamp(code, -far, far) * numerator;
    const std::int64_t half = denominator / 2;
    return product >= 0 ? (product + half) / denominator : -((-product + half) / denominator);
}

std::int32_t limited(std::int64_t code) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(code, -std::int64_t{0x800000}, std::int64_t{0x7FFFFF}));
}

}  // namespace jh
