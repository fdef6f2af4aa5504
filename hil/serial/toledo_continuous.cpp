// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/toledo_continuous.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "hil/serial/decimal_field.h"

namespace jh {

namespace {

constexpr std::uint8_t stx = 0x02, cr = 0x0D, sevenBits = 0x7F;
constexpr std::size_t weightAt = 4, width = 6;

namespace status_a {
// Bits 0-2: 000 = x00, 001 = x0, 010 = x, 011 = x.x ... 111 = x.xxxxx.
constexpr int decimalsOfZero = 2;
constexpr unsigned decimals = 0x07, countBy = 0x18, always = 0x20;
// A clone has bit 6 in place of bit 5 (LUW2001 p. 16).
constexpr unsigned alwaysOfClone = 0x40;
}  // namespace status_a
namespace status_b {
constexpr unsigned net = 0x01, negative = 0x02, outOfRange = 0x04, motion = 0x08, kg = 0x10,
                   always = 0x20, noZeroYet = 0x40;
}
namespace status_c {
constexpr unsigned unit = 0x07, expanded = 0x10, always = 0x20;
constexpr unsigned unitByB = 0, grams = 1, tonnes = 2;
}  // namespace status_c

std::string textOf(std::span<const std::uint8_t> bytes) {
    return {bytes.begin(), bytes.end()};
}

unsigned sumOf(std::span<const std::uint8_t> bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), 0U);
}

std::optional<int> countOf(unsigned a) {
    switch ((a & status_a::countBy) >> 3) {
        case 1:
            return 1;
        case 2:
            return 2;
        case 3:
            return 5;
        default:
            return std::nullopt;
    }
}

/// Six digits, zeros or blanks before them. All blank: no mass, and no fault.
Expected<std::optional<ExactMass>, FrameFault> massIn(std::string_view field, int decimals,
                                                      SerialUnit unit) {
    const auto first = field.find_first_not_of(' ');
    if (first == field.npos) return std::optional<ExactMass>{};
    const auto digits = parseDigits(field.substr(first));
    if (!digits) return Unexpected<FrameFault>{FrameFault::digits};
    const auto mass = massOf({*digits, decimals}, unit);
    if (!mass) return Unexpected<FrameFault>{FrameFault::tooLarge};
    return mass;
}

Expected<SerialUnit, FrameFault> unitOf(unsigned b, unsigned c) {
    switch (c & status_c::unit) {
        case status_c::unitByB:
            return (b & status_b::kg) != 0 ? SerialUnit::kg : SerialUnit::lb;
        case status_c::grams:
            return SerialUnit::g;
        case status_c::tonnes:
            return SerialUnit::t;
        default:
            return Unexpected<FrameFault>{FrameFault::unit};
    }
}

void readFlags(SerialWeight& shown, unsigned a, unsigned b) {
    const bool negative = (b & status_b::negative) != 0, out = (b & status_b::outOfRange) != 0;
    shown.count = countOf(a);
    shown.kind = (b & status_b::net) != 0 ? WeightKind::net : WeightKind::gross;
    shown.stable = (b & status_b::motion) == 0;
    // One bit for both ends; the sign tells which.
    shown.overload = out && !negative;
    shown.underload = out && negative;
    if ((b & status_b::noZeroYet) != 0) shown.error = SerialError::initialZero;
}

Expected<SerialWeight, FrameFault> parse(std::span<const std::uint8_t> frame, ToledoFormat format) {
    const std::size_t end = weightAt + width + (format.tare ? width : 0U);
    if (frame[end] != cr) return Unexpected<FrameFault>{FrameFault::length};
    if (format.checksum && (sumOf(frame) & sevenBits) != 0)
        return Unexpected<FrameFault>{FrameFault::checksum};
    const unsigned a = frame[1], b = frame[2], c = frame[3];
    if (((a & status_a::always) != 0) == ((a & status_a::alwaysOfClone) != 0))
        return Unexpected<FrameFault>{FrameFault::status};

    SerialWeight shown;
    const auto unit = unitOf(b, c);
    if (!unit) return Unexpected<FrameFault>{unit.error()};
    shown.unit = *unit;
    shown.decimals = static_cast<int>(a & status_a::decimals) - status_a::decimalsOfZero;
    readFlags(shown, a, b);
    const auto weight = massIn(textOf(frame.subspan(weightAt, width)), shown.decimals, *unit);
    if (!weight) return Unexpected<FrameFault>{weight.error()};
    shown.weight = *weight;
    if (shown.weight && (b & status_b::negative) != 0) shown.weight = -*shown.weight;
    if (format.tare) {
        const auto tare =
            massIn(textOf(frame.subspan(weightAt + width, width)), shown.decimals, *unit);
        if (!tare) return Unexpected<FrameFault>{tare.error()};
        shown.tare = *tare;
    }
    // Where the point stands in a weight of ten times the resolution no source says.
    shown.highResolution = (c & status_c::expanded) != 0;
    if (shown.highResolution) shown.weight.reset();
    return shown;
}

std::optional<std::string> field(std::optional<ExactMass> mass, const SerialWeight& shown) {
    if (!mass) return std::string(width, ' ');
    const auto digits = digitsOf(mass->abs(), shown.decimals, shown.unit);
    if (!digits) return std::nullopt;
    return zeroPadded(*digits, width);
}

}  // namespace

std::vector<SerialWeight> ToledoReader::feed(std::span<const std::uint8_t> bytes) {
    // Bit 7 is a parity bit when the port was opened with 8 bits.
    std::vector<std::uint8_t> stripped(bytes.begin(), bytes.end());
    for (std::uint8_t& byte : stripped) byte &= sevenBits;
    std::vector<SerialWeight> weights;
    const auto lengthOf = [this](std::span<const std::uint8_t>) { return format_.length(); };
    const auto accept = [&](std::span<const std::uint8_t> frame) -> std::optional<FrameFault> {
        const auto shown = parse(frame, format_);
        if (!shown) return shown.error();
        weights.push_back(*shown);
        return std::nullopt;
    };
    stream_.feed(stripped, lengthOf, accept);
    return weights;
}

std::optional<std::vector<std::uint8_t>> toledoFrame(const SerialWeight& shown,
                                                     ToledoFormat format) {
    const int point = shown.decimals + status_a::decimalsOfZero;
    if (point < 0 || point > 7 || shown.kind == WeightKind::tare) return std::nullopt;
    const unsigned count = shown.count == 5 ? 3U : shown.count == 2 ? 2U : 1U;
    const bool underload = shown.underload.value_or(false);
    const bool negative = underload || shown.weight.value_or(ExactMass{}) < ExactMass{};
    const bool out = underload || shown.overload.value_or(false);
    const bool metric = shown.unit != SerialUnit::lb;

    const unsigned a = static_cast<unsigned>(point) | (count << 3U) | status_a::always;
    unsigned b = status_b::always;
    if (shown.kind == WeightKind::net) b |= status_b::net;
    if (negative) b |= status_b::negative;
    if (out) b |= status_b::outOfRange;
    if (!shown.stable.value_or(true)) b |= status_b::motion;
    if (metric) b |= status_b::kg;
    if (shown.error == SerialError::initialZero) b |= status_b::noZeroYet;
    unsigned c = status_c::always;
    if (shown.unit == SerialUnit::g) c |= status_c::grams;
    if (shown.unit == SerialUnit::t) c |= status_c::tonnes;

    std::vector<std::uint8_t> frame{stx, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                                    static_cast<std::uint8_t>(c)};
    auto text = field(shown.weight, shown);
    if (text && format.tare) {
        const auto tare = field(shown.tare.value_or(ExactMass{}), shown);
        text = tare ? std::optional{*text + *tare} : std::nullopt;
    }
    if (!text) return std::nullopt;
    frame.insert(frame.end(), text->begin(), text->end());
    frame.push_back(cr);
    if (format.checksum) frame.push_back(static_cast<std::uint8_t>(-sumOf(frame) & sevenBits));
    return frame;
}

}  // namespace jh
