// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/quantity.h"

namespace jh {

/// Unit in which a scale shows masses and in which weights for it are made.
enum class MassUnit { kg, lb };
/// "kg", "lb"
const char* symbol(MassUnit unit);

/// A mass as people write it: a decimal number of kilograms or pounds, held in whole 10 ug, so that
/// limits are compared exactly and a record never shows a binary fraction. One pound is 0.45359237
/// kg exactly (international avoirdupois pound), which is why it is 10 ug.
class ExactMass {
public:
    constexpr ExactMass() = default;
    static constexpr ExactMass mg(std::int64_t v) { return ExactMass{v * 100}; }
    static constexpr ExactMass g(std::int64_t v) { return ExactMass{v * 100'000}; }
    static constexpr ExactMass kg(std::int64_t v) { return ExactMass{v * 100'000'000}; }
    static constexpr ExactMass lb(std::int64_t v) { return ExactMass{v * 45'359'237}; }
    /// From the number that a file or a device holds, in 10 ug.
    static constexpr ExactMass tenUg(std::int64_t v) { return ExactMass{v}; }
    /// One of the unit.
    static constexpr ExactMass one(MassUnit unit) { return unit == MassUnit::lb ? lb(1) : kg(1); }
    /// Nearest milligram, ties away from zero.
    static ExactMass nearest(Mass m);
    /// "100000", "-2.5"; nothing else, no exponent.
    static std::optional<ExactMass> parseKg(std::string_view text);
    /// The same in a unit; of a pound the nearest 10 ug.
    static std::optional<ExactMass> parse(std::string_view text, MassUnit unit);

    /// Whole milligrams, the rest cut off.
    constexpr std::int64_t inMg() const { return tenUg_ / 100; }
    constexpr std::int64_t inTenUg() const { return tenUg_; }
    constexpr Mass mass() const { return Mass{static_cast<double>(tenUg_) / 1e8}; }
    /// Shortest decimal in kg: "20", "-2.5", "0.001".
    std::string kgText() const;
    /// Rounded to the given digits after the point, ties away from zero.
    std::string kgText(int digits) const;
    /// Shortest decimal in the unit, to a millionth of it: exact for what that unit's scales show.
    std::string text(MassUnit unit) const;
    std::string text(MassUnit unit, int digits) const;

    constexpr ExactMass abs() const { return ExactMass{tenUg_ < 0 ? -tenUg_ : tenUg_}; }
    /// Exact only where the division comes out even: callers pass 10 for 0.1 e, 4 for 0.25 e.
    constexpr ExactMass dividedBy(std::int64_t k) const { return ExactMass{tenUg_ / k}; }
    /// As `dividedBy`: exact where it comes out even.
    constexpr ExactMass times(std::int64_t numerator, std::int64_t denominator) const {
        return ExactMass{tenUg_ * numerator / denominator};
    }
    /// How many whole `part`s fit, rounded down.
    constexpr std::int64_t wholeParts(ExactMass part) const { return tenUg_ / part.tenUg_; }

    friend constexpr auto operator<=>(ExactMass, ExactMass) = default;
    friend constexpr ExactMass operator+(ExactMass a, ExactMass b) {
        return ExactMass{a.tenUg_ + b.tenUg_};
    }
    friend constexpr ExactMass operator-(ExactMass a, ExactMass b) {
        return ExactMass{a.tenUg_ - b.tenUg_};
    }
    friend constexpr ExactMass operator-(ExactMass a) { return ExactMass{-a.tenUg_}; }
    friend constexpr ExactMass operator*(ExactMass a, std::int64_t k) {
        return ExactMass{a.tenUg_ * k};
    }
    friend constexpr ExactMass operator*(std::int64_t k, ExactMass a) {
        return ExactMass{a.tenUg_ * k};
    }
    constexpr ExactMass& operator+=(ExactMass b) {
        tenUg_ += b.tenUg_;
        return *this;
    }
    constexpr ExactMass& operator-=(ExactMass b) {
        tenUg_ -= b.tenUg_;
        return *this;
    }

private:
    constexpr explicit ExactMass(std::int64_t v) : tenUg_{v} {}
    std::int64_t tenUg_{};
};

}  // namespace jh
