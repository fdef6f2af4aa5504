// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/manual_load_source.h"

#include <fmt/format.h>

#include <cmath>

namespace jh {

namespace {

const char* name(LoadKind kind) {
    switch (kind) {
        case LoadKind::block:
            return "standard weights";
        case LoadKind::handWeight:
            return "standard weights by hand";
        case LoadKind::smallWeight:
            return "small weights";
        case LoadKind::material:
            return "substitution loads";
        case LoadKind::tareLoad:
            return "tare loads";
    }
    return "weights";
}

}  // namespace

std::string ManualLoadSource::text(ExactMass mass) const {
    return mass.text(scale_.unit) + " " + symbol(scale_.unit);
}

Expected<void, IoError> ManualLoadSource::ask(const std::string& what) {
    if (ask_(what)) return {};
    return Unexpected<IoError>{{IoError::Kind::refused, "not done: " + what}};
}

Expected<void, IoError> ManualLoadSource::place(LoadKind kind, int count, ExactMass nominal,
                                                std::optional<std::size_t> support) {
    const int present = onDeck_[kind];
    if (count == present) return {};
    const bool adds = count > present;
    const int pieces = std::abs(count - present);
    std::string where = "evenly along the deck";
    if (support) {
        where = fmt::format("over the {} pair of cells of {}, evenly to both sides", *support + 1,
                            scale_.deck.supportLines.size());
    }
    std::string what =
        adds ? fmt::format("put {} x {} ({}) on the scale, {}", pieces, text(nominal), name(kind),
                           where)
             : fmt::format("take {} x {} ({}) off the scale", pieces, text(nominal), name(kind));
    what += count == 0 ? "; none of them stays"
                       : fmt::format("; then {} x {} lie there", count, text(nominal));
    if (auto done = ask(what); !done) return done;
    onDeck_[kind] = count;
    return {};
}

Expected<void, IoError> ManualLoadSource::trimMaterial(ExactMass change) {
    return ask(fmt::format("{} about {} {} the last substitution load",
                           change < ExactMass{} ? "take" : "add", text(change.abs()),
                           change < ExactMass{} ? "from" : "to"));
}

Expected<ExactMass, IoError> ManualLoadSource::roll(RollingStop) {
    // A vehicle whose mass nobody knows is no rolling load: it would have to be weighed first.
    return Unexpected<IoError>{
        {IoError::Kind::refused, "there is no rolling load of known mass at this scale"}};
}

Expected<void, IoError> ManualLoadSource::rollOff() {
    return ask("drive the rolling load off the scale");
}

Expected<void, IoError> ManualLoadSource::disturb(ExactMass by) {
    return ask(
        fmt::format("press on the empty place of the deck with about {}, let go, and go on "
                    "at once",
                    text(by)));
}

Expected<void, IoError> ManualLoadSource::switchSupply(bool on) {
    return ask(on ? "switch the indicator on" : "switch the indicator off");
}

Expected<void, IoError> ManualLoadSource::keyRadio(bool on) {
    return ask(on ? "press the key of a hand radio beside the indicator and keep it pressed"
                  : "let go of the radio's key");
}

Expected<void, IoError> ManualLoadSource::trimCell(std::size_t cell, double change) {
    constexpr double percent = 100.0;
    return ask(fmt::format("in the junction box, trim cell {} so that it counts {:+.3f} %",
                           scale_.cells.at(cell).id, change * percent));
}

}  // namespace jh
