// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/base/exact_mass.h"

#include <charconv>
#include <cmath>

namespace jh {

namespace {

constexpr int mostDigits = 8;  ///< of a kilogram; of a pound they end at a millionth

/// `value` in millionths (or 1e-8) of a unit, `places` digits after the point.
std::string decimal(std::int64_t value, int places, int digits) {
    std::int64_t one = 1, step = 1;
    for (int i = 0; i < places; ++i) one *= 10;
    for (int i = digits; i < places; ++i) step *= 10;
    const std::int64_t half = value < 0 ? -step / 2 : step / 2;
    value = (value + half) / step * step;
    const bool negative = value < 0;
    const std::int64_t magnitude = negative ? -value : value;
    std::string text = std::to_string(magnitude / one);
    if (digits > 0) {
        std::string fraction = std::to_string(magnitude % one);
        fraction.insert(0, static_cast<std::size_t>(places) - fraction.size(), '0');
        fraction.resize(static_cast<std::size_t>(digits), '0');
        text += '.' + fraction;
    }
    return negative ? '-' + text : text;
}

std::string withoutZeros(std::string text) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

/// Nearest millionth of a pound: whole pounds first, so that nothing overflows.
std::int64_t millionthsOfPound(std::int64_t tenUg) {
    constexpr std::int64_t lb = ExactMass::lb(1).inTenUg(), million = 1'000'000;
    const std::int64_t rest = tenUg % lb * million;
    const std::int64_t half = rest < 0 ? -lb / 2 : lb / 2;
    return tenUg / lb * million + (rest + half) / lb;
}

}  // namespace

const char* symbol(MassUnit unit) {
    return unit == MassUnit::lb ? "lb" : "kg";
}

ExactMass ExactMass::nearest(Mass m) {
    return mg(std::llround(m.si() * 1e6));
}

std::optional<ExactMass> ExactMass::parseKg(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string fraction{point == text.npos ? "" : text.substr(point + 1)};
    if (whole.empty() || whole.size() > 10 || fraction.size() > mostDigits) return std::nullopt;
    if (point != text.npos && fraction.empty()) return std::nullopt;
    fraction.resize(mostDigits, '0');

    const std::string digits = std::string{whole} + fraction;
    if (digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
    std::int64_t value{};
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return tenUg(negative ? -value : value);
}

std::optional<ExactMass> ExactMass::parse(std::string_view text, MassUnit unit) {
    const auto read = parseKg(text);
    if (!read || unit == MassUnit::kg) return read;
    // Whole pounds first, so that nothing overflows.
    constexpr std::int64_t unitOfText = kg(1).tenUg_, pound = lb(1).tenUg_;
    const std::int64_t rest = read->tenUg_ % unitOfText * pound;
    const std::int64_t half = rest < 0 ? -unitOfText / 2 : unitOfText / 2;
    return tenUg(read->tenUg_ / unitOfText * pound + (rest + half) / unitOfText);
}

std::string ExactMass::kgText() const {
    return withoutZeros(kgText(mostDigits));
}

std::string ExactMass::kgText(int digits) const {
    return decimal(tenUg_, mostDigits, digits);
}

std::string ExactMass::text(MassUnit unit) const {
    constexpr int places = 6;
    return unit == MassUnit::kg ? kgText() : withoutZeros(text(unit, places));
}

std::string ExactMass::text(MassUnit unit, int digits) const {
    constexpr int places = 6;
    if (unit == MassUnit::kg) return kgText(digits);
    return decimal(millionthsOfPound(tenUg_), places, digits);
}

}  // namespace jh
