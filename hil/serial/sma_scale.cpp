// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/sma_scale.h"

#include <array>

namespace jh {

namespace {

std::vector<std::uint8_t> weightOrNothing(const SerialWeight& shown) {
    return smaFrame(shown).value_or(std::vector<std::uint8_t>{});
}

SerialWeight tareOf(const SmaDisplay& display) {
    SerialWeight tare = display.weight;
    tare.kind = WeightKind::tare;
    tare.weight = display.tare.value_or(ExactMass{});
    // The status letters are about the load, not about the tare.
    tare.centerOfZero = tare.overload = tare.underload = std::nullopt;
    tare.error.reset();
    return tare;
}

}  // namespace

std::vector<std::uint8_t> SmaScale::answer(const SmaCommand& command, const SmaDisplay& display) {
    using Kind = SmaCommand::Kind;
    repeating_ = command.kind == Kind::repeat;
    switch (command.kind) {
        case Kind::weight:
        case Kind::zero:
        case Kind::tare:
        case Kind::clearTare:
        case Kind::repeat:
            return weightOrNothing(display.weight);
        case Kind::highResolution:
            return display.highResolution ? weightOrNothing(*display.highResolution)
                                          : smaFrame(SmaUnknownCommand{});
        case Kind::tareWeight:
            return weightOrNothing(tareOf(display));
        case Kind::diagnostics:
            return smaFrame(display.diagnostics);
        case Kind::about:
            aboutLine_ = 0;
            return smaFrame(SmaAbout{"SMA", "2/1.0"});
        case Kind::aboutNext:
            return nextAbout();
        case Kind::garbled:
            return smaFrame(SmaCommunicationError{});
        case Kind::abort:
            return {};
        case Kind::unknown:
            break;
    }
    return smaFrame(SmaUnknownCommand{});
}

std::vector<std::uint8_t> SmaScale::repeated(const SmaDisplay& display) const {
    if (!repeating_) return {};
    return weightOrNothing(display.weight);
}

std::vector<std::uint8_t> SmaScale::nextAbout() {
    const std::array<SmaAbout, 5> lines{{{"MFG", identity_.maker},
                                         {"MOD", identity_.model},
                                         {"REV", identity_.revision},
                                         {"SN", identity_.serial},
                                         {"END", ""}}};
    if (aboutLine_ == lines.size()) return smaFrame(SmaUnknownCommand{});
    return smaFrame(lines[aboutLine_++]);
}

}  // namespace jh
