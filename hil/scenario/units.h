// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/quantity.h"

namespace jh {

/// A decimal number as written: digits x 10^exponent. Every unit but minutes and hours is a power
/// of ten of its neighbours, so a change of unit moves the point and rounds nothing.
struct Decimal {
    bool negative{};
    std::string digits;  ///< no leading zeros, "0" for zero
    int exponent{};

    static Decimal from(std::int64_t value);
    /// The shortest decimal that reads back as this very double.
    static Decimal from(double value);

    Decimal shifted(int power) const { return {negative, digits, exponent + power}; }
    /// Nearest double; nothing when out of a double's range.
    std::optional<double> toDouble() const;
    /// Nothing unless it is a whole number that fits.
    std::optional<std::int64_t> toInteger() const;
    std::string text() const;
};

/// A unit is `times` / `over` x 10^power of the number a program holds.
struct Unit {
    std::string_view name;
    int power{};
    int times{1};
    int over{1};
};

/// What can be measured, and in which units; the first is the one we write.
struct Dimension {
    std::vector<Unit> units;
    explicit Dimension(std::initializer_list<Unit> list) : units{list} {}
    /// "kg, t, g"
    std::string names() const;
    const Unit* find(std::string_view name) const;
};

/// "20 kg" taken apart; the unit may be missing.
struct WrittenQuantity {
    Decimal number;
    std::string_view unit;
};
std::optional<WrittenQuantity> parseQuantity(std::string_view text);
/// "250 ms", "10s": not negative.
std::optional<std::chrono::nanoseconds> parseTime(std::string_view text);

/// "2026-03-10"; nothing for anything else.
std::optional<std::chrono::year_month_day> parseDate(std::string_view text);
std::string dateText(std::chrono::year_month_day date);

/// Units of a Quantity; the number held is SI.
template <class Tag>
const Dimension& dimensionOf();

namespace dimension {
extern const Dimension exactMass;              ///< held in 10 ug
extern const Dimension time;                   ///< held in ns
extern const Dimension fraction;               ///< held as a fraction, written in %
extern const Dimension percent;                ///< held in %
extern const Dimension rate;                   ///< Hz
extern const Dimension temperatureRate;        ///< K/h
extern const Dimension temperatureDifference;  ///< K
extern const Dimension fractionPerKelvin;      ///< held per K
extern const Dimension voltagePerKelvin;       ///< held in V/K
extern const Dimension angle;                  ///< deg
extern const Dimension rainfall;               ///< mm/h
extern const Dimension pressureRate;           ///< held in Pa/h
extern const Dimension years;
extern const Dimension intervals;       ///< d
extern const Dimension intervalRate;    ///< d/s
extern const Dimension wholeE;          ///< e
extern const Dimension milliE, milliD;  ///< held in thousandths
extern const Dimension milli;           ///< a bare factor, held in thousandths
extern const Dimension number;          ///< a bare number
// Sizes of faults
extern const Dimension edgeStiffness;  ///< held in N/m per m
extern const Dimension edgeFriction;   ///< held in N/m
extern const Dimension slope;          ///< held as a ratio
extern const Dimension shaking;        ///< held in m/s
extern const Dimension windSpeed;      ///< held in m/s
extern const Dimension leak;           ///< held in kg/h
}  // namespace dimension

}  // namespace jh
