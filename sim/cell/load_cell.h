// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "sim/base/hash.h"
#include "sim/base/noise.h"
#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"
#include "sim/model/scale_model.h"

namespace jh {

/// One exponential part of creep: fraction of the load in the long run, and its time constant.
struct CreepTerm {
    double amplitude{};
    double timeConstant_s{1.0};
};

/// One strain-gauge cell: what this part is. Output equation and sizes: docs/physics.md, "Cell".
struct LoadCellModel {
    Mass capacity{30000.0};  ///< E_max
    Acceleration gravityAtCalibration{standardGravity};
    BridgeRatio sensitivity{2e-3};  ///< at E_max, nominal
    double sensitivityError{};      ///< dS, relative
    double bow{};                   ///< a: deviation at half load, fraction of E_max
    /// h: how far the way down from E_max lies above the way up at half load, fraction of E_max
    double hysteresis{};
    std::array<CreepTerm, 3> creep{};
    double zeroTemperature_per_K{};  ///< TC0, fraction of the output at E_max
    double spanTemperature_per_K{};  ///< TCS
    Resistance outputResistance{700.0};
    double noise_V_V{};  ///< standard deviation per conversion
};

/// Number of play operators that make up the hysteresis loop.
inline constexpr std::size_t hysteresisPlays = 8;

/// What a run changes in a cell. A copy of it is a snapshot.
struct LoadCellState {
    std::array<double, 3> creep{};               ///< load fraction
    std::array<double, hysteresisPlays> play{};  ///< outputs of the play operators, load fraction
    Temperature temperature{20.0};               ///< of the cell body
    void hashInto(Hash& hash) const;
};

/// One individual of a type: errors drawn within what its class allows.
LoadCellModel drawLoadCell(const CellType& type, NoiseStream& luck);

/// Follows the force through hysteresis; call for every change of force, in order.
void followForce(const LoadCellModel& m, LoadCellState& s, Force force);

/// Part of the way to their end that creep and temperature go in one fixed time.
struct RelaxFactors {
    std::array<double, 3> creep{};
    double temperature{};
};
RelaxFactors relaxFactors(const LoadCellModel& m, SimTime dt);

/// Lets creep and temperature go on under a constant force, for the time the factors were made
/// for: for loops with a fixed dt.
void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient,
           const RelaxFactors& factors);

/// Lets creep and temperature go on for `dt` under a constant force (exact for any dt).
void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient, SimTime dt);

/// Output for a force already followed; `noise` in V/V is drawn by the caller.
BridgeRatio output(const LoadCellModel& m, const LoadCellState& s, Force force, BridgeRatio noise);

/// State of a cell that has borne this force for ever, first loaded from nothing.
LoadCellState settledUnder(const LoadCellModel& m, Force force, Temperature temperature);

}  // namespace jh
