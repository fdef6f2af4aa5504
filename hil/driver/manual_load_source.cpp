// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/manual_load_source.h"

#include <cstdlib>

namespace jh {

namespace {

LoadOrder order(LoadOrder::Act act, ExactMass mass = {}) {
    LoadOrder one;
    one.act = act;
    one.mass = mass;
    return one;
}

}  // namespace

Expected<void, IoError> ManualLoadSource::place(LoadKind kind, int count, ExactMass nominal,
                                                std::optional<std::size_t> support) {
    int& present = onDeck_[kind];
    if (count == present) return {};
    LoadOrder what = order(count > present ? LoadOrder::Act::put : LoadOrder::Act::take, nominal);
    what.kind = kind;
    what.pieces = std::abs(count - present);
    what.stay = count;
    what.support = support;
    if (auto done = ask_(what); !done) return done;
    present = count;
    return {};
}

Expected<void, IoError> ManualLoadSource::trimMaterial(ExactMass change) {
    const bool takes = change < ExactMass{};
    return ask_(
        order(takes ? LoadOrder::Act::takeMaterial : LoadOrder::Act::addMaterial, change.abs()));
}

Expected<ExactMass, IoError> ManualLoadSource::roll(RollingStop) {
    // A vehicle whose mass nobody knows is no rolling load: it would have to be weighed first.
    return Unexpected<IoError>{
        {IoError::Kind::refused, "there is no rolling load of known mass at this scale"}};
}

Expected<void, IoError> ManualLoadSource::rollOff() {
    return ask_(order(LoadOrder::Act::rollOff));
}

Expected<void, IoError> ManualLoadSource::disturb(ExactMass by) {
    return ask_(order(LoadOrder::Act::press, by));
}

Expected<void, IoError> ManualLoadSource::switchSupply(bool on) {
    return ask_(order(on ? LoadOrder::Act::supplyOn : LoadOrder::Act::supplyOff));
}

Expected<void, IoError> ManualLoadSource::keyRadio(bool on) {
    return ask_(order(on ? LoadOrder::Act::radioOn : LoadOrder::Act::radioOff));
}

Expected<void, IoError> ManualLoadSource::trimCell(std::size_t cell, double change) {
    LoadOrder what = order(LoadOrder::Act::trimCell);
    what.cell = cell;
    what.change = change;
    return ask_(what);
}

Expected<void, IoError> ManualLoadSource::adjustZero() {
    return ask_(order(LoadOrder::Act::adjustZero));
}

Expected<void, IoError> ManualLoadSource::adjustSpan(ExactMass load) {
    return ask_(order(LoadOrder::Act::adjustSpan, load));
}

Expected<void, IoError> ManualLoadSource::seal() {
    return ask_(order(LoadOrder::Act::seal));
}

}  // namespace jh
