// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/signal_load_source.h"

#include <cmath>

namespace jh {

namespace {

Unexpected<IoError> noVehicles() {
    return Unexpected<IoError>{{IoError::Kind::refused, "a signal source has no vehicles"}};
}

}  // namespace

SignalLoadSource::SignalLoadSource(VirtualBench& bench, const SignalModel& model,
                                   const ScaleModel& scale)
    : bench_{bench},
      model_{model},
      interval_{scale.firstInterval()},
      wiring_{scale.wiring},
      excited_{scale.wiring.cellInput / static_cast<double>(scale.cells.size())} {
    bench_.signal = model_.zero;
}

ExactMass SignalLoadSource::present() const {
    ExactMass sum;
    for (const ExactMass part : present_) sum += part;
    return sum;
}

Expected<void, IoError> SignalLoadSource::show(ExactMass load, SimTime settling) {
    const double intervals = load.mass().si() / interval_.mass().si();
    const double perInterval = model_.perInterval.si() / model_.excitation.si();
    const double exact = model_.zero.si() + intervals * perInterval * (1.0 + model_.gainError);
    const double step = model_.resolution.si();
    bench_.signal = atConverter(BridgeRatio{std::round(exact / step) * step});
    return bench_.waitUntil(bench_.now() + settling);
}

/// What the indicator makes of a ratio at its present temperature behind the cable. Sense wires
/// bring the voltage at the source to the indicator, less what they lose of it themselves;
/// equations as in sim/cell/wiring.h.
BridgeRatio SignalLoadSource::atConverter(BridgeRatio source) const {
    constexpr double reference_degC = 20.0;
    const double warmer_K = temperature_.si() - reference_degC;
    const double cable = wiring_.wires == CableWires::six ? 1.0 + cable_ / wiring_.senseInput
                                                          : 1.0 / (1.0 + cable_ / excited_);
    const double span = 1.0 + model_.spanDrift_per_K * warmer_K;
    const double zero = model_.zeroDrift_V_K * warmer_K / model_.excitation.si();
    return source * (cable * span) + BridgeRatio{zero};
}

Expected<void, IoError> SignalLoadSource::insertCable(Resistance loop) {
    cable_ = loop;
    return show(present(), model_.settling);
}

Expected<void, IoError> SignalLoadSource::setTemperature(Temperature t) {
    temperature_ = t;
    return show(present(), model_.settling);
}

Expected<void, IoError> SignalLoadSource::trimCell(std::size_t /*cell*/, double /*change*/) {
    return Unexpected<IoError>{{IoError::Kind::refused, "a signal source has no junction box"}};
}

Expected<void, IoError> SignalLoadSource::place(LoadKind kind, int count, ExactMass nominal,
                                                std::optional<std::size_t> /*support*/) {
    present_[static_cast<std::size_t>(kind)] = count * nominal;
    return show(present(), model_.settling);
}

Expected<void, IoError> SignalLoadSource::trimMaterial(ExactMass change) {
    return place(LoadKind::material, 1,
                 present_[static_cast<std::size_t>(LoadKind::material)] + change, std::nullopt);
}

Expected<ExactMass, IoError> SignalLoadSource::roll(RollingStop /*stop*/) {
    return noVehicles();
}

Expected<void, IoError> SignalLoadSource::rollOff() {
    return noVehicles();
}

Expected<void, IoError> SignalLoadSource::disturb(ExactMass by) {
    constexpr SimTime press = 500ms;
    if (auto shown = show(present() + by, press); !shown) return shown;
    return show(present(), SimTime{});
}

}  // namespace jh
