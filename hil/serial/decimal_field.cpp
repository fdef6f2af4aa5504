// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/decimal_field.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jh {

namespace {

constexpr std::size_t mostDigits = 12;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::int64_t unitInTenUg(SerialUnit unit) {
    constexpr std::array<std::int64_t, 4> inTenUg{
        ExactMass::kg(1).inTenUg(), ExactMass::lb(1).inTenUg(), ExactMass::g(1).inTenUg(),
        ExactMass::kg(1000).inTenUg()};
    return inTenUg.at(static_cast<std::size_t>(unit));
}

std::int64_t powerOfTen(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// a * b / c to the nearest, ties away from zero; all but `a` positive.
std::optional<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t c) {
    // Whole parts first, so that only what does not fit in the end overflows.
    std::int64_t whole = 0, rest = 0, sum = 0;
    if (__builtin_mul_overflow(a / c, b, &whole)) return std::nullopt;
    if (__builtin_mul_overflow(a % c, b, &rest)) return std::nullopt;
    const std::int64_t half = rest < 0 ? -(c / 2) : c / 2;
    if (__builtin_add_overflow(rest, half, &rest)) return std::nullopt;
    if (__builtin_add_overflow(whole, rest / c, &sum)) return std::nullopt;
    return sum;
}

}  // namespace

std::optional<std::int64_t> parseDigits(std::string_view text) {
    if (text.empty() || text.size() > mostDigits || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Expected<DecimalField, FrameFault> parseDecimal(std::string_view text) {
    const auto point = text.find('.');
    const std::string_view before = text.substr(0, point);
    const std::string_view after = point == text.npos ? "" : text.substr(point + 1);
    if (after.find('.') != after.npos || before.empty())
        return Unexpected<FrameFault>{before.empty() && point == text.npos ? FrameFault::digits
                                                                           : FrameFault::decimals};
    const auto digits = parseDigits(std::string{before} + std::string{after});
    if (!digits) return Unexpected<FrameFault>{FrameFault::digits};
    return DecimalField{*digits, static_cast<int>(after.size())};
}

std::optional<ExactMass> massOf(DecimalField field, SerialUnit unit) {
    std::int64_t digits = field.digits;
    if (field.decimals < 0 &&
        __builtin_mul_overflow(digits, powerOfTen(-field.decimals), &digits)) {
        return std::nullopt;
    }
    const auto tenUg = scaled(digits, unitInTenUg(unit), powerOfTen(std::max(field.decimals, 0)));
    if (!tenUg) return std::nullopt;
    return ExactMass::tenUg(*tenUg);
}

std::optional<std::int64_t> digitsOf(ExactMass mass, int decimals, SerialUnit unit) {
    const std::int64_t step = unitInTenUg(unit) * powerOfTen(std::max(-decimals, 0));
    return scaled(mass.inTenUg(), powerOfTen(std::max(decimals, 0)), step);
}

std::optional<std::string> zeroPadded(std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    if (number < 0 || text.size() > width) return std::nullopt;
    text.insert(0, width - text.size(), '0');
    return text;
}

}  // namespace jh
