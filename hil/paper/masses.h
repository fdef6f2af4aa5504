// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "sim/base/exact_mass.h"

namespace jh {

/// Writes masses in the unit in which a scale is read: kg, or lb to the thousandth.
class Masses {
public:
    explicit Masses(std::string unit) : unit_{std::move(unit)} {}

    const std::string& unit() const { return unit_; }
    /// The number alone, with a true minus sign; empty for nothing.
    std::string number(const std::optional<ExactMass>& mass) const;
    /// "14200 kg"
    std::string text(ExactMass mass) const;
    /// An error: always with its sign, "+2", "−4", "0".
    std::string error(const std::optional<ExactMass>& mass) const;

private:
    std::string unit_;
};

/// How many e a mass is, in thousandths, as text with its sign: "+0.25", "−0.1", "0".
std::string inIntervals(ExactMass mass, ExactMass e);

}  // namespace jh
