// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/harmonics.h"

#include <cmath>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr std::int64_t stepsPerSetting = 1024;

}  // namespace

HarmonicSum::HarmonicSum(const std::vector<Harmonic>& lines, SimTime grid)
    : lines_{lines}, grid_{grid}, hands_((lines.size() + 3) / 4) {
    for (std::size_t k = 0; k < lines_.size(); ++k) {
        const double halfTurns = 2.0 * lines_[k].frequency_Hz * seconds(grid_);
        hands_[k / 4].turnCos[k % 4] = cosPi(halfTurns);
        hands_[k / 4].turnSin[k % 4] = sinPi(halfTurns);
    }
    if (!lines_.empty()) set(0);
    add();
}

double HarmonicSum::at(SimTime t) {
    const std::int64_t step = t / grid_;
    if (step == step_ || lines_.empty()) return value_;
    JH_CHECK(step > step_);
    const std::int64_t setting = step / stepsPerSetting * stepsPerSetting;
    if (setting > step_) set(setting);
    while (step_ < step) turn();
    add();
    return value_;
}

void HarmonicSum::set(std::int64_t step) {
    const double t_s = seconds(grid_ * step);
    for (std::size_t k = 0; k < lines_.size(); ++k) {
        const double turns = lines_[k].frequency_Hz * t_s + lines_[k].phaseInTurns;
        const double halfTurns = 2.0 * (turns - std::floor(turns));
        hands_[k / 4].cos[k % 4] = lines_[k].amplitude * cosPi(halfTurns);
        hands_[k / 4].sin[k % 4] = lines_[k].amplitude * sinPi(halfTurns);
    }
    step_ = step;
}

void HarmonicSum::turn() {
    for (Hands& h : hands_) {
        const std::array<double, 4> c = h.cos, s = h.sin;
        for (std::size_t k = 0; k < 4; ++k) h.cos[k] = c[k] * h.turnCos[k] - s[k] * h.turnSin[k];
        for (std::size_t k = 0; k < 4; ++k) h.sin[k] = s[k] * h.turnCos[k] + c[k] * h.turnSin[k];
    }
    ++step_;
}

void HarmonicSum::add() {
    std::array<double, 4> sums{};
    for (const Hands& h : hands_) {
        for (std::size_t k = 0; k < 4; ++k) sums[k] += h.cos[k];
    }
    value_ = (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace jh
