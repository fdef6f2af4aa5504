// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/cell/load_cell.h"

#include <algorithm>
#include <cmath>

#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr double referenceTemperature_degC = 20.0;

// Steel body of a 30 t column, estimate (docs/physics.md, "Cell").
constexpr double bodyTimeConstant_s = 5400.0;

double loadFraction(const LoadCellModel& m, Force force) {
    return force.si() / (m.capacity.si() * m.gravityAtCalibration.si());
}

Force pressing(const LoadCellModel& m, Force force, const CellConditions& now) {
    return force * pressingShare(m, now) + now.parasitic;
}

// Widths of the plays, in the middle of equal parts of the range. With equal weights h/2 the way
// down from full load lies sum(h/2 min(q, w, 1-w, 1-q)) = h 4q(1-q) above the way up, within
// 1 % of h; a smaller loop is smaller by the square of its width, as Rayleigh's law has it.
constexpr double playWidth(std::size_t i) {
    return (static_cast<double>(i) + 0.5) / static_cast<double>(hysteresisPlays);
}
constexpr double playWeight = 4.0 / static_cast<double>(hysteresisPlays);

// On the way up from nothing each play hangs back by its full width.
double playGoingUp(double q, std::size_t i) {
    return std::max(0.0, q - playWidth(i));
}

// Recovery is 0.86 of creep (Bartel and Yaniv, NIST, 65 cells): the rest goes with the load, as
// creep of the modulus does.
constexpr double creepGoneWithLoad = 0.14;

double approach(SimTime dt, double timeConstant_s) {
    // Beyond e^-700 nothing is left; portableExp ends there.
    return 1.0 - portableExp(-std::min(700.0, seconds(dt) / timeConstant_s));
}

}  // namespace

void LoadCellState::hashInto(Hash& hash) const {
    hash.add(std::span<const double>{creep});
    hash.add(std::span<const double>{play});
    hash.add(temperature.si());
    // Without friction nothing lags, and what is carried is the force on the cell.
    if (lag != Force{}) hash.add(lag.si());
}

double tiltError(const CellMount& mount, double tilt_rad) {
    // The centres of the two spheres lie c = 2R - H apart on the pin's axis, the lower sphere's
    // above. The force goes from contact to contact, at the angle b to the vertical with
    // tan b = c sin t / (2R - c cos t), leaning against the tilt t; its angle to the axis is
    // a = t + b, so cos a / cos b = cos t - sin t tan b.
    const double twoRadii_m = 2.0 * mount.ballRadius.si();
    const double apart_m = twoRadii_m - mount.height.si();
    const double t2 = tilt_rad * tilt_rad;
    const double sin2 = t2 * (1.0 - t2 * (1.0 / 3.0 - t2 * (2.0 / 45.0 - t2 / 315.0)));
    const double cos = std::sqrt(1.0 - sin2);
    const double cosLess1 = -sin2 / (1.0 + cos);
    return mount.tiltShare * (cosLess1 - apart_m * sin2 / (twoRadii_m - apart_m * cos));
}

double pressingShare(const LoadCellModel& m, const CellConditions& now) {
    const double tiltX_rad = m.outOfPlumbX_rad + now.tiltX_rad;
    const double tiltY_rad = m.outOfPlumbY_rad + now.tiltY_rad;
    const double upright = 1.0 + m.sideLoad * now.sideForce;
    if (tiltX_rad == 0.0 && tiltY_rad == 0.0) return upright;
    return upright + tiltError(m.mount, std::sqrt(tiltX_rad * tiltX_rad + tiltY_rad * tiltY_rad));
}

void followForce(const LoadCellModel& m, LoadCellState& s, Force presses) {
    if (m.frictionShare == 0.0) {
        s.carried = presses;
    } else {
        s.carried = std::min(presses * (1.0 + m.frictionShare),
                             std::max(presses * (1.0 - m.frictionShare), s.carried));
    }
    s.lag = s.carried - presses;
    const double q = loadFraction(m, s.carried);
    for (std::size_t i = 0; i < hysteresisPlays; ++i) {
        s.play[i] = std::min(q, std::max(q - playWidth(i), s.play[i]));
    }
}

RelaxFactors relaxFactors(const LoadCellModel& m, SimTime dt) {
    RelaxFactors factors;
    for (std::size_t i = 0; i < m.creep.size(); ++i) {
        factors.creep[i] = approach(dt, m.creep[i].timeConstant_s);
    }
    factors.temperature = approach(dt, bodyTimeConstant_s);
    return factors;
}

void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient,
           const RelaxFactors& factors, const CellConditions& now) {
    const double q = loadFraction(m, pressing(m, force, now) + s.lag);
    for (std::size_t i = 0; i < m.creep.size(); ++i) {
        s.creep[i] += (m.creep[i].amplitude * q - s.creep[i]) * factors.creep[i];
    }
    const Temperature end{ambient.si() + now.sunHeating_K};
    s.temperature = s.temperature + (end - s.temperature) * factors.temperature;
}

void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient, SimTime dt,
           const CellConditions& now) {
    relax(m, s, force, ambient, relaxFactors(m, dt), now);
}

BridgeRatio leakageShift(const LoadCellModel& m) {
    constexpr double dry_ohm = std::numeric_limits<double>::infinity();
    if (m.leakage.si() == dry_ohm) return {};
    const double half_ohm = 0.5 * m.outputResistance.si();
    return BridgeRatio{0.5 * half_ohm / (m.leakage.si() + half_ohm)};
}

BridgeRatio outputNoise(const LoadCellModel& m) {
    const double restless_V_V = m.leakageNoise * leakageShift(m).si();
    if (restless_V_V == 0.0) return BridgeRatio{m.noise_V_V};
    return BridgeRatio{std::sqrt(m.noise_V_V * m.noise_V_V + restless_V_V * restless_V_V)};
}

BridgeRatio output(const LoadCellModel& m, const LoadCellState& s, Force force, BridgeRatio noise,
                   const CellConditions& now) {
    const double q = loadFraction(m, pressing(m, force, now) + s.lag);
    // What the plays hold more than they would on the way up: going up the cell has no loop.
    double held = 0.0;
    for (std::size_t i = 0; i < hysteresisPlays; ++i) held += s.play[i] - playGoingUp(q, i);

    double crept = 0.0;
    for (std::size_t i = 0; i < m.creep.size(); ++i) {
        const double stored = s.creep[i], beyondLoad = stored - m.creep[i].amplitude * q;
        crept += stored - creepGoneWithLoad * std::max(0.0, beyondLoad);
    }

    const double warmer_K = s.temperature.si() - referenceTemperature_degC;
    const double strain =
        q + 4.0 * m.bow * q * (1.0 - q) + m.hysteresis * playWeight * held + crept;
    const double gain = (1.0 + m.sensitivityError) * (1.0 + m.spanTemperature_per_K * warmer_K) *
                        (1.0 + m.spanAgeing);
    const double zero = m.zeroTemperature_per_K * warmer_K +
                        m.barometricPerKilopascal * now.pressureDeviation.si() * 1e-3 + m.zeroShift;
    const BridgeRatio bridge = m.sensitivity * (gain * strain + zero) + leakageShift(m);
    return m.polarity * bridge + noise;
}

LoadCellState settledUnder(const LoadCellModel& m, Force force, Temperature temperature) {
    const double q = loadFraction(m, force);
    LoadCellState s;
    for (std::size_t i = 0; i < m.creep.size(); ++i) s.creep[i] = m.creep[i].amplitude * q;
    for (std::size_t i = 0; i < hysteresisPlays; ++i) s.play[i] = playGoingUp(q, i);
    s.temperature = temperature;
    // Friction once overcome does not creep away; but for ever is long, and shocks let go of it.
    s.carried = force;
    return s;
}

}  // namespace jh
