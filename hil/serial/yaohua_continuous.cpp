// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/yaohua_continuous.h"

#include <algorithm>
#include <string>

#include "hil/serial/decimal_field.h"
#include "hil/serial/yaohua_fields.h"

namespace jh {

namespace {

constexpr std::size_t checkedLength = 12, plainLength = 9, numberLength = 7;

Expected<SerialWeight, FrameFault> parseChecked(std::span<const std::uint8_t> frame,
                                                SerialUnit unit) {
    const auto body = yaohua::opened(frame);
    if (!body) return Unexpected<FrameFault>{body.error()};
    return yaohua::parseSignedWeight(*body, unit);
}

/// `number`: 7 characters highest first, so 6 digits and a point, or 7 digits.
Expected<SerialWeight, FrameFault> parsePlain(const std::string& number, char sign,
                                              SerialUnit unit) {
    if (sign != '0' && sign != '-') return Unexpected<FrameFault>{FrameFault::status};
    const auto field = parseDecimal(number);
    if (!field) return Unexpected<FrameFault>{field.error()};
    if (field->decimals > yaohua::mostDecimals) return Unexpected<FrameFault>{FrameFault::decimals};
    SerialWeight shown;
    shown.unit = unit;
    shown.decimals = field->decimals;
    shown.weight = massOf({sign == '-' ? -field->digits : field->digits, field->decimals}, unit);
    return shown;
}

Expected<SerialWeight, FrameFault> parse(std::span<const std::uint8_t> frame, YaohuaFormat format,
                                         SerialUnit unit) {
    if (format == YaohuaFormat::checked) return parseChecked(frame, unit);
    const std::string text{frame.begin() + 1, frame.end()};
    if (format == YaohuaFormat::upright) return parsePlain(text.substr(1), text.front(), unit);
    std::string number = text.substr(0, numberLength);
    std::reverse(number.begin(), number.end());
    return parsePlain(number, text.back(), unit);
}

/// Without a point seven digits: so the A23p sends a number of pieces (its manual, p. 25).
std::optional<std::string> plainNumber(ExactMass mass, int decimals, SerialUnit unit) {
    const auto number = digitsOf(mass.abs(), decimals, unit);
    const std::size_t digits = decimals == 0 ? numberLength : numberLength - 1;
    auto text = number ? zeroPadded(*number, digits) : std::nullopt;
    if (text && decimals > 0) text->insert(digits - static_cast<std::size_t>(decimals), 1, '.');
    return text;
}

}  // namespace

YaohuaReader::YaohuaReader(YaohuaFormat format, SerialUnit unit)
    : format_{format},
      unit_{unit},
      stream_{format == YaohuaFormat::checked ? yaohua::stx : std::uint8_t{'='}} {}

std::vector<SerialWeight> YaohuaReader::feed(std::span<const std::uint8_t> bytes) {
    std::vector<SerialWeight> weights;
    const auto lengthOf = [this](std::span<const std::uint8_t>) {
        return format_ == YaohuaFormat::checked ? checkedLength : plainLength;
    };
    const auto accept = [&](std::span<const std::uint8_t> frame) -> std::optional<FrameFault> {
        const auto shown = parse(frame, format_, unit_);
        if (!shown) return shown.error();
        weights.push_back(*shown);
        return std::nullopt;
    };
    stream_.feed(bytes, lengthOf, accept);
    return weights;
}

std::optional<std::vector<std::uint8_t>> yaohuaFrame(const SerialWeight& shown,
                                                     YaohuaFormat format) {
    if (!shown.weight || shown.decimals < 0 || shown.decimals > yaohua::mostDecimals)
        return std::nullopt;
    if (format == YaohuaFormat::checked) {
        const auto body = yaohua::signedWeight(*shown.weight, shown.decimals, shown.unit);
        if (!body) return std::nullopt;
        return yaohua::enclosed(*body);
    }
    auto number = plainNumber(*shown.weight, shown.decimals, shown.unit);
    if (!number) return std::nullopt;
    const char sign = *shown.weight < ExactMass{} ? '-' : '0';
    if (format == YaohuaFormat::reversed) std::reverse(number->begin(), number->end());
    const std::string text =
        format == YaohuaFormat::reversed ? "=" + *number + sign : "=" + (sign + *number);
    return std::vector<std::uint8_t>{text.begin(), text.end()};
}

}  // namespace jh
