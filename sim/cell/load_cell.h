// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>

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
    double noise_V_V{};  ///< standard deviation per conversion, when dry: outputNoise() is all
    CellMount mount;
    /// Signed, of this cell: share of the reading per share of side force.
    double sideLoad{};
    double outOfPlumbX_rad{}, outOfPlumbY_rad{};  ///< tilt of the empty deck's cell
    double barometricPerKilopascal{};             ///< fraction of the output at E_max
    double spanAgeing{};                          ///< relative, since the cell was made
    double zeroShift{};  ///< left by age, shock or overload, fraction of E_max
    /// From a signal wire to the excitation's plus, when moisture has come in.
    Resistance leakage{std::numeric_limits<double>::infinity()};
    double leakageNoise{0.03};  ///< share of the leakage's shift, 0.01 to 0.05; estimate
    /// 1 works, 0 is dead but still connected, -1 has its signal wires swapped.
    double polarity{1.0};
    double frictionShare{};  ///< of the force, by which a dry rocker lags behind
};

/// Number of play operators that make up the hysteresis loop.
inline constexpr std::size_t hysteresisPlays = 8;

/// What a run changes in a cell. A copy of it is a snapshot.
struct LoadCellState {
    std::array<double, 3> creep{};               ///< load fraction
    std::array<double, hysteresisPlays> play{};  ///< outputs of the play operators, load fraction
    Temperature temperature{20.0};               ///< of the cell body
    Force carried{};                             ///< through the rocker, as last followed
    Force lag{};  ///< by friction in the rocker, what is carried minus what presses
    void hashInto(Hash& hash) const;
};

/// What surrounds a cell at a moment. All zero: upright, unpushed, as at its adjustment.
struct CellConditions {
    double tiltX_rad{}, tiltY_rad{};  ///< by movement of the deck, head towards +x and +y
    double sideForce{};               ///< share of the vertical force
    Force parasitic{};                ///< vertical, from check rods and hoses, down positive
    Pressure pressureDeviation{};     ///< from the air pressure at adjustment
    double sunHeating_K{};            ///< of the body above the air in the end
};

/// One individual of a type: errors drawn within what its class allows.
LoadCellModel drawLoadCell(const CellType& type, NoiseStream& luck);
/// The same with what is special about the place where it stands.
LoadCellModel drawLoadCell(const CellType& type, const CellPlace& place, NoiseStream& luck);
/// The cell of a data sheet: every error at the full size that is usual for the class, none of its
/// sensitivity or temperature.
LoadCellModel typicalLoadCell(const CellType& type);

/// Relative change of the reading of a rocker column that stands `tilt_rad` (below 0.2) away from
/// upright: kappa (cos a / cos b - 1), never positive.
double tiltError(const CellMount& mount, double tilt_rad);

/// Share of the force on a cell that presses along it: 1 while it is upright and unpushed.
double pressingShare(const LoadCellModel& m, const CellConditions& now);

/// Follows what presses along the cell through friction and hysteresis; call for every change of
/// it, in order. As it leans slowly, loops work its share out beforehand.
void followForce(const LoadCellModel& m, LoadCellState& s, Force presses);

/// Part of the way to their end that creep and temperature go in one fixed time.
struct RelaxFactors {
    std::array<double, 3> creep{};
    double temperature{};
};
RelaxFactors relaxFactors(const LoadCellModel& m, SimTime dt);

/// Lets creep and temperature go on under a constant force, for the time the factors were made
/// for: for loops with a fixed dt.
void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient,
           const RelaxFactors& factors, const CellConditions& now = {});

/// Lets creep and temperature go on for `dt` under a constant force (exact for any dt).
void relax(const LoadCellModel& m, LoadCellState& s, Force force, Temperature ambient, SimTime dt,
           const CellConditions& now = {});

/// Shift of the output by moisture: half the excitation over the bridge's half and the leakage.
BridgeRatio leakageShift(const LoadCellModel& m);
/// Standard deviation of the output per conversion: Johnson noise, and the restlessness of
/// moisture.
BridgeRatio outputNoise(const LoadCellModel& m);

/// Output for a force already followed; `noise` in V/V is drawn by the caller.
BridgeRatio output(const LoadCellModel& m, const LoadCellState& s, Force force, BridgeRatio noise,
                   const CellConditions& now = {});

/// State of a cell that has borne this force for ever, first loaded from nothing.
LoadCellState settledUnder(const LoadCellModel& m, Force force, Temperature temperature);

}  // namespace jh
