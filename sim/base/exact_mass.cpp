// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/base/exact_mass.h"

#include <charconv>
#include <cmath>

namespace jh {

namespace {

constexpr std::int64_t mgPerKg = 1'000'000;

std::string decimal(std::int64_t mg, int digits) {
    const bool negative = mg < 0;
    const std::int64_t magnitude = negative ? -mg : mg;
    std::string text = std::to_string(magnitude / mgPerKg);
    if (digits > 0) {
        std::string fraction = std::to_string(magnitude % mgPerKg);
        fraction.insert(0, 6 - fraction.size(), '0');
        fraction.resize(static_cast<std::size_t>(digits), '0');
        text += '.' + fraction;
    }
    return negative ? '-' + text : text;
}

}  // namespace

ExactMass ExactMass::nearest(Mass m) {
    return mg(std::llround(m.si() * 1e6));
}

std::optional<ExactMass> ExactMass::parseKg(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string fraction{point == text.npos ? "" : text.substr(point + 1)};
    if (whole.empty() || whole.size() > 12 || fraction.size() > 6) return std::nullopt;
    if (point != text.npos && fraction.empty()) return std::nullopt;
    fraction.resize(6, '0');

    const std::string digits = std::string{whole} + fraction;
    if (digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
    std::int64_t value{};
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return mg(negative ? -value : value);
}

std::string ExactMass::kgText() const {
    std::string text = decimal(mg_, 6);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string ExactMass::kgText(int digits) const {
    std::int64_t step = 1;
    for (int i = digits; i < 6; ++i) step *= 10;
    const std::int64_t half = mg_ < 0 ? -step / 2 : step / 2;
    return decimal((mg_ + half) / step * step, digits);
}

}  // namespace jh
