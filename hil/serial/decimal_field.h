// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hil/serial/serial_weight.h"
#include "sim/base/exact_mass.h"
#include "sim/base/expected.h"

namespace jh {

/// A number as it stands in a frame: whole digits and how many of them follow the point.
struct DecimalField {
    std::int64_t digits{};  ///< with its sign
    int decimals{};
};

/// Only digits, at most 12 of them.
std::optional<std::int64_t> parseDigits(std::string_view text);

/// Digits with at most one point among or behind them, "3.000" or "12.", no sign. A point without
/// a digit before it is not a weight.
Expected<DecimalField, FrameFault> parseDecimal(std::string_view text);

/// `digits` times 10^-decimals of the unit, to the nearest 10 ug; nothing when too large.
std::optional<ExactMass> massOf(DecimalField field, SerialUnit unit);

/// The nearest whole number of 10^-decimals of the unit, ties away from zero.
std::optional<std::int64_t> digitsOf(ExactMass mass, int decimals, SerialUnit unit);

/// A number that is not negative, leading zeros to the width; nothing when it does not fit.
std::optional<std::string> zeroPadded(std::int64_t number, std::size_t width);

}  // namespace jh
