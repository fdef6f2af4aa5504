// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/yaohua_fields.h"

#include "hil/serial/decimal_field.h"

namespace jh::yaohua {

std::string xorCharacters(std::span<const std::uint8_t> bytes) {
    unsigned all = 0;
    for (const std::uint8_t byte : bytes) all ^= byte;
    constexpr const char* characters = "0123456789ABCDEF";
    return {characters[(all >> 4U) & 0x0FU], characters[all & 0x0FU]};
}

Expected<std::span<const std::uint8_t>, FrameFault> opened(std::span<const std::uint8_t> frame) {
    constexpr std::size_t around = 4;
    if (frame.size() <= around || frame.front() != stx || frame.back() != etx)
        return Unexpected<FrameFault>{FrameFault::length};
    const auto body = frame.subspan(1, frame.size() - around);
    const auto check = frame.subspan(body.size() + 1, 2);
    if (std::string{check.begin(), check.end()} != xorCharacters(body))
        return Unexpected<FrameFault>{FrameFault::checksum};
    return body;
}

std::vector<std::uint8_t> enclosed(const std::string& body) {
    std::vector<std::uint8_t> frame{body.begin(), body.end()};
    const std::string check = xorCharacters(frame);
    frame.insert(frame.begin(), stx);
    frame.insert(frame.end(), check.begin(), check.end());
    frame.push_back(etx);
    return frame;
}

Expected<SerialWeight, FrameFault> parseSignedWeight(std::span<const std::uint8_t> field,
                                                     SerialUnit unit) {
    if (field.size() != signedWeightLength) return Unexpected<FrameFault>{FrameFault::length};
    const std::string text{field.begin(), field.end()};
    if (text[0] != '+' && text[0] != '-') return Unexpected<FrameFault>{FrameFault::status};
    const auto digits = parseDigits(std::string_view{text}.substr(1, 6));
    if (!digits) return Unexpected<FrameFault>{FrameFault::digits};
    const int decimals = text[7] - '0';
    if (decimals < 0 || decimals > mostDecimals)
        return Unexpected<FrameFault>{FrameFault::decimals};
    SerialWeight shown;
    shown.unit = unit;
    shown.decimals = decimals;
    shown.weight = massOf({text[0] == '-' ? -*digits : *digits, decimals}, unit);
    return shown;
}

std::optional<std::string> signedWeight(ExactMass mass, int decimals, SerialUnit unit) {
    if (decimals < 0 || decimals > mostDecimals) return std::nullopt;
    const auto number = digitsOf(mass.abs(), decimals, unit);
    const auto digits = number ? zeroPadded(*number, 6) : std::nullopt;
    if (!digits) return std::nullopt;
    return (mass < ExactMass{} ? "-" : "+") + *digits + static_cast<char>('0' + decimals);
}

}  // namespace jh::yaohua
