// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"
#include "sim/model/scale_model.h"

namespace jh {

inline constexpr Resistance openWire{std::numeric_limits<double>::infinity()};

/// What has befallen the wires of one cell. As it is here: sound.
struct CellWires {
    /// In its signal line: a bad contact; openWire when cut.
    Resistance signalSeries{};
    /// In its excitation line: a corroded terminal; openWire when cut.
    Resistance excitationSeries{};
    /// Between its signal wires; openWire when there is nothing, 0 when shorted.
    Resistance signalShunt{openWire};
};

/// What has befallen the wiring. As it is here: sound.
struct WiringConditions {
    std::vector<CellWires> cells;  ///< as many as the scale has, or none: all sound
    /// From the summed signal wire to the excitation's plus: moisture in the box.
    Resistance boxLeakage{openWire};
    bool senseOpen{};          ///< the indicator then takes its own terminals for the truth
    Resistance senseSeries{};  ///< a bad contact or a fraud: the indicator believes in less
    /// By which the excitation differs from what the converter's reference says.
    double excitationFactor{1.0};
    BridgeRatio offset{};  ///< injected at the indicator's terminals
};

/// The wiring solved for one set of conditions: a weighted sum, cheap enough for every conversion.
/// Only the cable's resistance still changes, with its temperature.
struct SignalPath {
    std::vector<double> weight;  ///< 1/ohm, conductance of each source times its excitation
    double conductance{};        ///< 1/ohm, of all sources together
    BridgeRatio leakageShift{};
    double loadConductance{};  ///< 1/ohm, what the cells put on the excitation
    double cableLoop_ohm{};    ///< of both excitation wires at 20 degC; 0 when sensed away
    double copper_per_K{};
    double factor{1.0};  ///< excitation over what the indicator believes it to be
    BridgeRatio offset{};
};

/// What a run changes in the wiring.
struct WiringState {
    Temperature cable{20.0};
    void hashInto(Hash& hash) const { hash.add(cable.si()); }
};

/// Solves the network; call it when the conditions change. An analog box with cells of these output
/// resistances, each with the trim of its place. Equations: docs/physics.md, "Wiring".
SignalPath signalPath(const WiringModel& m, std::span<const CellPlace> places,
                      std::span<const Resistance> outputResistance, const WiringConditions& now);

/// Lets the cable follow the air for `dt`.
void relax(const WiringModel& m, WiringState& s, Temperature ambient, SimTime dt);

/// Voltage between the signal terminals over the excitation the indicator believes in.
BridgeRatio terminals(const SignalPath& path, const WiringState& s,
                      std::span<const BridgeRatio> cells);

/// Resistance of both wires of this length, at 20 degC.
Resistance cableLoop(Length length, Area copper);

/// What a bridge ratio is in volts.
constexpr Voltage signalVoltage(BridgeRatio ratio, Voltage excitation) {
    return Voltage{ratio.si() * excitation.si()};
}

}  // namespace jh
