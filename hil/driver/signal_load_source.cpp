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
                                   ExactMass interval)
    : bench_{bench}, model_{model}, interval_{interval} {
    bench_.signal = model_.zero;
}

Expected<void, IoError> SignalLoadSource::show(ExactMass load, SimTime settling) {
    const double intervals = load.mass().si() / interval_.mass().si();
    const double perInterval = model_.perInterval.si() / model_.excitation.si();
    const double exact = model_.zero.si() + intervals * perInterval * (1.0 + model_.gainError);
    const double step = model_.resolution.si();
    bench_.signal = BridgeRatio{std::round(exact / step) * step};
    return bench_.waitUntil(bench_.now() + settling);
}

Expected<void, IoError> SignalLoadSource::place(LoadKind kind, int count, ExactMass nominal,
                                                std::optional<std::size_t> /*support*/) {
    present_[static_cast<std::size_t>(kind)] = count * nominal;
    ExactMass sum;
    for (const ExactMass part : present_) sum += part;
    return show(sum, model_.settling);
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
    ExactMass sum;
    for (const ExactMass part : present_) sum += part;
    if (auto shown = show(sum + by, press); !shown) return shown;
    return show(sum, SimTime{});
}

}  // namespace jh
