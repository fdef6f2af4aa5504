// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/quantity.h"

namespace jh {

/// A mass as people write it: a decimal number of kilograms, held in whole milligrams, so that
/// limits are compared exactly and a record never shows a binary fraction.
class ExactMass {
public:
    constexpr ExactMass() = default;
    static constexpr ExactMass mg(std::int64_t v) { return ExactMass{v}; }
    static constexpr ExactMass g(std::int64_t v) { return ExactMass{v * 1000}; }
    static constexpr ExactMass kg(std::int64_t v) { return ExactMass{v * 1'000'000}; }
    /// Nearest milligram, ties away from zero.
    static ExactMass nearest(Mass m);
    /// "100000", "-2.5"; nothing else, no exponent.
    static std::optional<ExactMass> parseKg(std::string_view text);

    constexpr std::int64_t inMg() const { return mg_; }
    constexpr Mass mass() const { return Mass{static_cast<double>(mg_) * 1e-6}; }
    /// Shortest exact decimal in kg: "20", "-2.5", "0.001".
    std::string kgText() const;
    /// Rounded to the given digits after the point, ties away from zero.
    std::string kgText(int digits) const;

    constexpr ExactMass abs() const { return ExactMass{mg_ < 0 ? -mg_ : mg_}; }
    /// Exact only where the division comes out even: callers pass 10 for 0.1 e, 4 for 0.25 e.
    constexpr ExactMass dividedBy(std::int64_t k) const { return ExactMass{mg_ / k}; }
    /// How many whole `part`s fit, rounded down.
    constexpr std::int64_t wholeParts(ExactMass part) const { return mg_ / part.mg_; }

    friend constexpr auto operator<=>(ExactMass, ExactMass) = default;
    friend constexpr ExactMass operator+(ExactMass a, ExactMass b) { return mg(a.mg_ + b.mg_); }
    friend constexpr ExactMass operator-(ExactMass a, ExactMass b) { return mg(a.mg_ - b.mg_); }
    friend constexpr ExactMass operator-(ExactMass a) { return mg(-a.mg_); }
    friend constexpr ExactMass operator*(ExactMass a, std::int64_t k) { return mg(a.mg_ * k); }
    friend constexpr ExactMass operator*(std::int64_t k, ExactMass a) { return mg(a.mg_ * k); }
    constexpr ExactMass& operator+=(ExactMass b) {
        mg_ += b.mg_;
        return *this;
    }
    constexpr ExactMass& operator-=(ExactMass b) {
        mg_ -= b.mg_;
        return *this;
    }

private:
    constexpr explicit ExactMass(std::int64_t mg) : mg_{mg} {}
    std::int64_t mg_{};
};

}  // namespace jh
