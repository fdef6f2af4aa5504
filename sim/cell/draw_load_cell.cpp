// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "sim/cell/load_cell.h"

namespace jh {

namespace {

// A good C3 cell, fractions of E_max; the envelope of R 60 leaves room for the sum of bow and
// hysteresis. Sources: docs/physics.md, "Cell".
constexpr double bowOfC3 = 1.0e-4;
constexpr double hysteresisOfC3 = 1.2e-4;
constexpr std::array<CreepTerm, 3> creepOfC3{{{4.0e-5, 20.0}, {5.0e-5, 240.0}, {1.15e-4, 2500.0}}};
constexpr double intervalsOfC3 = 3000.0;

// OIML R 60-1:2021: zero moves at most 0.7 v_min per 5 K; half of that is drawn.
constexpr double zeroShiftPerVMin = 0.7, zeroShiftSpan_K = 5.0, zeroShiftDrawn = 0.5;
constexpr double spanTemperature_per_K = 1.0e-5;

// Johnson noise of a bridge in the 10 Hz that one conversion lets through, at room temperature,
// relative to the usual excitation. Eight 700 ohm cells in parallel give 1/sqrt(8) of it:
// 3.8 nV at the terminals.
constexpr double boltzmann_J_K = 1.380649e-23, roomTemperature_K = 293.15;
constexpr double conversionBandwidth_Hz = 10.0, excitation_V = 5.0;

// Share of the limit of one v_min per kPa that sealed columns use up; all of one sign, since air
// presses the same way on each. Ageing and moisture per year and per shift; estimates.
constexpr double leastBarometric = 0.1, mostBarometric = 0.3;
constexpr double leastSpanAgeingPerYear = 1e-4, mostSpanAgeingPerYear = 3e-4;
constexpr double zeroAgeingPerYear = 2e-4;
constexpr double leastLeakageNoise = 0.01, mostLeakageNoise = 0.05;

// OIML R 60-1:2021: the envelope holds from -10 to +40 degC, the span's temperature effect
// included. Errors are fractions of E_max, p_LC is 0.7.
constexpr double apportionment = 0.7, coldest_K = -30.0, warmest_K = 20.0;

double envelope(double q, int intervals) {
    const double v = 1.0 / intervals;
    constexpr double rounding = 1e-9;
    const double share = q <= 500.0 * v + rounding ? 0.5 : q <= 2000.0 * v + rounding ? 1.0 : 1.5;
    return apportionment * share * v;
}

/// Makers sort their cells: the span temperature coefficients per kelvin with which bow and
/// hysteresis of this one stay inside the envelope at both ends of the range. 0 is one of them.
struct Sorted {
    double least{-spanTemperature_per_K}, most{spanTemperature_per_K};
};
Sorted sorted(const LoadCellModel& m, int intervals) {
    const auto read = [&m](LoadCellState& s, double q) {
        const Force load = weightOf(m.capacity * q, m.gravityAtCalibration);
        followForce(m, s, load);
        return output(m, s, load, {}) / m.sensitivity;
    };
    // Against the line from zero through 75 % of the way up at 20 degC.
    LoadCellState state;
    const double zero = read(state, 0.0);
    constexpr double reference = 0.75;
    const double scale = reference / (read(state, reference) - zero);
    state = {};
    // In sixtieths every step of the envelope of C3, C5 and C6 is met; a little is kept back for
    // what lies between them.
    constexpr int steps = 60;
    constexpr double keptBack = 0.99;
    Sorted within;
    for (int step = 1; step < 2 * steps; ++step) {
        const double q = (step <= steps ? step : 2 * steps - step) / static_cast<double>(steps);
        const double error = (read(state, q) - zero) * scale - q;
        const double allowed = keptBack * envelope(q, intervals);
        const double high = std::max(0.0, allowed - error) / q;
        const double low = std::max(0.0, allowed + error) / q;
        within.most = std::min({within.most, high / warmest_K, low / -coldest_K});
        within.least = std::max({within.least, -low / warmest_K, high / coldest_K});
    }
    return within;
}

}  // namespace

LoadCellModel typicalLoadCell(const CellType& type) {
    const double classFactor = intervalsOfC3 / type.maxIntervals;
    LoadCellModel m;
    m.capacity = type.capacity;
    m.sensitivity = type.sensitivity;
    m.outputResistance = type.outputResistance;
    m.mount = type.mount;
    m.bow = classFactor * bowOfC3;
    m.hysteresis = classFactor * hysteresisOfC3;
    for (std::size_t i = 0; i < m.creep.size(); ++i) {
        m.creep[i] = {classFactor * creepOfC3[i].amplitude, creepOfC3[i].timeConstant_s};
    }
    return m;
}

LoadCellModel drawLoadCell(const CellType& type, NoiseStream& luck) {
    const double classFactor = intervalsOfC3 / type.maxIntervals;
    LoadCellModel m = typicalLoadCell(type);
    // Every draw in its own statement: their order is part of what a seed means.
    m.sensitivityError = luck.uniform(-type.sensitivitySpread, type.sensitivitySpread);
    m.bow = classFactor * luck.uniform(-bowOfC3, bowOfC3);
    m.hysteresis = classFactor * luck.uniform(0.3, 1.0) * hysteresisOfC3;
    const double creepFactor = classFactor * luck.uniform(0.7, 1.0);
    for (std::size_t i = 0; i < m.creep.size(); ++i) {
        m.creep[i] = {creepFactor * creepOfC3[i].amplitude, creepOfC3[i].timeConstant_s};
    }
    const double zeroShift_per_K =
        zeroShiftDrawn * zeroShiftPerVMin / type.minDeadLoadOutput_Y / zeroShiftSpan_K;
    m.zeroTemperature_per_K = luck.uniform(-zeroShift_per_K, zeroShift_per_K);
    const Sorted span = sorted(m, type.maxIntervals);
    m.spanTemperature_per_K = luck.uniform(span.least, span.most);
    m.noise_V_V = std::sqrt(4.0 * boltzmann_J_K * roomTemperature_K * type.outputResistance.si() *
                            conversionBandwidth_Hz) /
                  excitation_V;
    m.sideLoad = luck.uniform(-type.mount.sideLoad, type.mount.sideLoad);
    m.barometricPerKilopascal =
        luck.uniform(leastBarometric, mostBarometric) / type.minDeadLoadOutput_Y;
    m.spanAgeing = -type.ageInYears * luck.uniform(leastSpanAgeingPerYear, mostSpanAgeingPerYear);
    m.zeroShift = type.ageInYears * luck.uniform(-zeroAgeingPerYear, zeroAgeingPerYear);
    m.leakageNoise = luck.uniform(leastLeakageNoise, mostLeakageNoise);
    return m;
}

LoadCellModel drawLoadCell(const CellType& type, const CellPlace& place, NoiseStream& luck) {
    LoadCellModel m = drawLoadCell(type, luck);
    m.sensitivityError += place.sensitivityError;
    m.outOfPlumbX_rad = place.outOfPlumbX / type.mount.height;
    m.outOfPlumbY_rad = place.outOfPlumbY / type.mount.height;
    m.zeroShift += place.zeroShift;
    for (CreepTerm& term : m.creep) term.amplitude *= place.creepFactor;
    m.hysteresis *= place.hysteresisFactor;
    m.frictionShare = place.frictionShare;
    return m;
}

}  // namespace jh
