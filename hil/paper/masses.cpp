// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/masses.h"

#include <fmt/format.h>

#include <cmath>

namespace jh {

namespace {

/// A whole number of thousandths without needless digits, minus sign as in print.
std::string thousandths(std::int64_t value, bool sign) {
    const std::int64_t size = value < 0 ? -value : value;
    std::string text = fmt::format("{}.{:03}", size / 1000, size % 1000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    if (value < 0) return "\u2212" + text;
    return sign && value > 0 ? "+" + text : text;
}

std::int64_t inThousandths(ExactMass mass, const std::string& unit) {
    constexpr double poundInMg = 453'592.37;
    const auto mg = static_cast<double>(mass.inMg());
    return unit == "lb" ? std::llround(mg / poundInMg * 1000.0) : std::llround(mg / 1000.0);
}

}  // namespace

std::string Masses::number(const std::optional<ExactMass>& mass) const {
    return mass ? thousandths(inThousandths(*mass, unit_), false) : std::string{};
}

std::string Masses::text(ExactMass mass) const {
    return number(mass) + " " + unit_;
}

std::string Masses::error(const std::optional<ExactMass>& mass) const {
    return mass ? thousandths(inThousandths(*mass, unit_), true) : std::string{};
}

std::string inIntervals(ExactMass mass, ExactMass e) {
    return thousandths(
        std::llround(static_cast<double>(mass.inMg()) * 1000.0 / static_cast<double>(e.inMg())),
        true);
}

}  // namespace jh
