// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/cell/wiring.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr double cableReference_degC = 20.0;
constexpr double copper_per_K = 0.00393;
constexpr double copper_ohm_m = 1.72e-8;  // annealed, at 20 degC

/// A bridge with what lies across its signal wires, as one source.
struct Source {
    double share{1.0};  ///< of the bridge's voltage
    double resistance_ohm{};
};

Source source(double output_ohm, double shunt_ohm) {
    if (shunt_ohm == openWire.si()) return {1.0, output_ohm};
    const double share = shunt_ohm / (output_ohm + shunt_ohm);
    return {share, output_ohm * share};
}

}  // namespace

Resistance cableLoop(Length length, Area copper) {
    return Resistance{2.0 * length.si() * copper_ohm_m / copper.si()};
}

SignalPath signalPath(const WiringModel& m, std::span<const CellPlace> places,
                      std::span<const Resistance> outputResistance, const WiringConditions& now) {
    JH_CHECK(outputResistance.size() == places.size());
    JH_CHECK(now.cells.empty() || now.cells.size() == places.size());
    const double input_ohm = m.cellInput.si();
    SignalPath path;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const CellWires wires = now.cells.empty() ? CellWires{} : now.cells[i];
        const double trim_ohm = places[i].trim.si();
        const bool trimsSignal = m.trim == TrimPlace::signal;
        const double feed_ohm = wires.excitationSeries.si() + (trimsSignal ? 0.0 : trim_ohm);
        const Source bridge = source(outputResistance[i].si(), wires.signalShunt.si());
        const double signal_ohm =
            bridge.resistance_ohm + (trimsSignal ? trim_ohm : 0.0) + wires.signalSeries.si();
        // A dead short without a single resistor; a contact has a milliohm at least.
        const double ownConductance = 1.0 / std::max(signal_ohm, 1e-3);
        path.weight.push_back(ownConductance * bridge.share * (input_ohm / (input_ohm + feed_ohm)));
        path.conductance += ownConductance;
        path.loadConductance += 1.0 / (input_ohm + feed_ohm);
    }
    if (now.boxLeakage != openWire && path.conductance > 0.0) {
        const double half_ohm = 0.5 / path.conductance;
        path.leakageShift = BridgeRatio{0.5 * half_ohm / (now.boxLeakage.si() + half_ohm)};
    }
    // Six wires bring the voltage at the box to the indicator, whatever the cable takes.
    const bool sensed = m.wires == CableWires::six && !now.senseOpen;
    if (!sensed) path.cableLoop_ohm = cableLoop(m.cableLength, m.copper).si();
    path.copper_per_K = copper_per_K;
    path.factor = now.excitationFactor;
    if (sensed) path.factor *= 1.0 + now.senseSeries.si() / m.senseInput.si();
    path.offset = now.offset;
    return path;
}

void relax(const WiringModel& m, WiringState& s, Temperature ambient, SimTime dt) {
    const double part = seconds(dt) / seconds(m.cableTimeConstant);
    s.cable = ambient + (s.cable - ambient) * portableExp(-std::min(700.0, part));
}

BridgeRatio terminals(const SignalPath& path, const WiringState& s,
                      std::span<const BridgeRatio> cells) {
    JH_CHECK(path.weight.size() == cells.size());
    // With every cell open the amplifier's bias pulls its inputs together.
    if (path.conductance == 0.0) return path.offset;
    BridgeRatio sum;
    for (std::size_t i = 0; i < cells.size(); ++i) sum = sum + path.weight[i] * cells[i];
    BridgeRatio box = sum / path.conductance + path.leakageShift;
    if (path.cableLoop_ohm != 0.0) {
        const double warmer_K = s.cable.si() - cableReference_degC;
        const double cable_ohm = path.cableLoop_ohm * (1.0 + path.copper_per_K * warmer_K);
        box = box / (1.0 + cable_ohm * path.loadConductance);
    }
    return box * path.factor + path.offset;
}

}  // namespace jh
