// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/cell/load_cell.h"

#include <algorithm>

#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr double referenceTemperature_degC = 20.0;

// Steel body of a 30 t column, estimate (docs/physics.md, "Cell").
constexpr double bodyTimeConstant_s = 5400.0;

double loadFraction(const LoadCellModel& m, Force force) {
    return force.si() / (m.capacity.si() * m.gravityAtCalibration.si());
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
}

void followForce(const LoadCellModel& m, LoadCellState& s, Force force) {
    const double q = loadFraction(m, force);
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
           const RelaxFactors& factors) {
    const double q = loadFraction(m, force);
    for (std::size_t i = 0; i < m.creep.size(); ++i) {
        s.creep[i] += (m.creep[i].amplitude * q - s.creep[i]) * factors.creep[i];
    }
    s.temperature = s.temperature + (ambient - s.temperature) * factors.temperature;
}

void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient, SimTime dt) {
    relax(m, s, force, ambient, relaxFactors(m, dt));
}

BridgeRatio output(const LoadCellModel& m, const LoadCellState& s, Force force, BridgeRatio noise) {
    const double q = loadFraction(m, force);
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
    const double gain = (1.0 + m.sensitivityError) * (1.0 + m.spanTemperature_per_K * warmer_K);
    return m.sensitivity * (gain * strain + m.zeroTemperature_per_K * warmer_K) + noise;
}

LoadCellState settledUnder(const LoadCellModel& m, Force force, Temperature temperature) {
    const double q = loadFraction(m, force);
    LoadCellState s;
    for (std::size_t i = 0; i < m.creep.size(); ++i) s.creep[i] = m.creep[i].amplitude * q;
    for (std::size_t i = 0; i < hysteresisPlays; ++i) s.play[i] = playGoingUp(q, i);
    s.temperature = temperature;
    return s;
}

}  // namespace jh
