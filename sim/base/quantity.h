// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>

namespace jh {

/// A number that knows what it measures. Stored in SI; si() gives the bare number.
/// Only sums, scaling, ratios and comparison: a product with a meaning has a named function.
template <class Tag>
class Quantity {
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(double si) : si_{si} {}
    constexpr double si() const { return si_; }

    friend constexpr auto operator<=>(Quantity, Quantity) = default;
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity{a.si_ + b.si_}; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity{a.si_ - b.si_}; }
    friend constexpr Quantity operator-(Quantity a) { return Quantity{-a.si_}; }
    friend constexpr Quantity operator*(Quantity a, double k) { return Quantity{a.si_ * k}; }
    friend constexpr Quantity operator*(double k, Quantity a) { return Quantity{k * a.si_}; }
    friend constexpr Quantity operator/(Quantity a, double k) { return Quantity{a.si_ / k}; }
    friend constexpr double operator/(Quantity a, Quantity b) { return a.si_ / b.si_; }

private:
    double si_{};
};

using Mass = Quantity<struct MassTag>;                  // kg
using Force = Quantity<struct ForceTag>;                // N
using Length = Quantity<struct LengthTag>;              // m
using Acceleration = Quantity<struct AccelerationTag>;  // m/s2
using Speed = Quantity<struct SpeedTag>;                // m/s
using Area = Quantity<struct AreaTag>;                  // m2
using Stiffness = Quantity<struct StiffnessTag>;        // N/m
using Damping = Quantity<struct DampingTag>;            // N s/m
using Temperature = Quantity<struct TemperatureTag>;    // K above 0 degC, that is degC
using BridgeRatio = Quantity<struct BridgeRatioTag>;    // V/V
using Voltage = Quantity<struct VoltageTag>;            // V
using Resistance = Quantity<struct ResistanceTag>;      // ohm
using FlexuralRigidity = Quantity<struct RigidityTag>;  // N m2, EI and GJ
using LineDensity = Quantity<struct LineDensityTag>;    // kg/m
using Density = Quantity<struct DensityTag>;            // kg/m3
using Pressure = Quantity<struct PressureTag>;          // Pa

/// Weight is not mass: the force with which gravity pulls.
constexpr Force weightOf(Mass m, Acceleration g) {
    return Force{m.si() * g.si()};
}
/// The mass that would weigh this much.
constexpr Mass massOf(Force f, Acceleration g) {
    return Mass{f.si() / g.si()};
}

namespace literals {
constexpr Mass operator""_kg(long double v) {
    return Mass{static_cast<double>(v)};
}
constexpr Mass operator""_t(long double v) {
    return Mass{static_cast<double>(v) * 1000.0};
}
constexpr Length operator""_m(long double v) {
    return Length{static_cast<double>(v)};
}
constexpr Force operator""_N(long double v) {
    return Force{static_cast<double>(v)};
}
constexpr BridgeRatio operator""_mV_V(long double v) {
    return BridgeRatio{static_cast<double>(v) * 1e-3};
}
}  // namespace literals

/// Where a scale is adjusted when nothing else is said: the conventional g_n (3rd CGPM).
inline constexpr Acceleration standardGravity{9.80665};

}  // namespace jh
