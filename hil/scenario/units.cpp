// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/units.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace jh {

namespace dimension {
const Dimension exactMass{{"kg", 8}, {"t", 11}, {"g", 5}, {"mg", 2}, {"lb", 0, 45'359'237}};
const Dimension time{{"s", 9}, {"ms", 6}, {"us", 3}, {"ns", 0}, {"min", 9, 60}, {"h", 9, 3600}};
const Dimension fraction{{"%", -2}, {"ppm", -6}};
const Dimension percent{{"%", 0}};
const Dimension rate{{"Hz", 0}};
const Dimension temperatureRate{{"K/h", 0}};
const Dimension temperatureDifference{{"K", 0}};
const Dimension fractionPerKelvin{{"ppm/K", -6}, {"%/K", -2}};
const Dimension voltagePerKelvin{{"nV/K", -9}, {"uV/K", -6}};
const Dimension angle{{"deg", 0}};
const Dimension rainfall{{"mm/h", 0}};
const Dimension pressureRate{{"kPa/h", 3}, {"Pa/h", 0}};
const Dimension years{{"years", 0}};
const Dimension intervals{{"d", 0}};
const Dimension intervalRate{{"d/s", 0}};
const Dimension wholeE{{"e", 0}};
const Dimension milliE{{"e", 3}};
const Dimension milliD{{"d", 3}};
const Dimension milli{{"", 3}};
const Dimension number{{"", 0}};
// Sizes of faults
const Dimension edgeStiffness{{"N/m per m", 0}, {"kN/m per m", 3}};
const Dimension edgeFriction{{"N/m", 0}, {"kN/m", 3}};
const Dimension slope{{"mm/m", -3}, {"%", -2}};
const Dimension shaking{{"mm/s", -3}, {"m/s", 0}};
const Dimension windSpeed{{"m/s", 0}};
const Dimension leak{{"kg/h", 0}, {"t/h", 3}};
}  // namespace dimension

namespace {
const Dimension mass{{"kg", 0}, {"t", 3}, {"g", -3}};
const Dimension length{{"m", 0}, {"mm", -3}};
const Dimension acceleration{{"m/s^2", 0}};
const Dimension speed{{"m/s", 0}, {"km/h", 1, 1, 36}, {"mm/s", -3}};
const Dimension area{{"m^2", 0}, {"mm^2", -6}};
const Dimension stiffness{{"N/m", 0}, {"kN/m", 3}, {"N/mm", 3}, {"kN/mm", 6}, {"MN/m", 6}};
const Dimension damping{{"N s/m", 0}, {"kN s/m", 3}};
const Dimension temperature{{"degC", 0}};
const Dimension bridgeRatio{{"mV/V", -3}, {"V/V", 0}};
const Dimension resistance{{"ohm", 0}, {"kohm", 3}, {"Mohm", 6}};
const Dimension rigidity{{"N m^2", 0}, {"kN m^2", 3}, {"MN m^2", 6}};
const Dimension lineDensity{{"kg/m", 0}, {"t/m", 3}};
const Dimension density{{"kg/m^3", 0}};
const Dimension pressure{{"kPa", 3}, {"hPa", 2}, {"Pa", 0}};
const Dimension voltage{{"V", 0}, {"mV", -3}};
const Dimension force{{"N", 0}, {"kN", 3}};
}  // namespace

template <>
const Dimension& dimensionOf<MassTag>() {
    return mass;
}
template <>
const Dimension& dimensionOf<LengthTag>() {
    return length;
}
template <>
const Dimension& dimensionOf<AccelerationTag>() {
    return acceleration;
}
template <>
const Dimension& dimensionOf<SpeedTag>() {
    return speed;
}
template <>
const Dimension& dimensionOf<AreaTag>() {
    return area;
}
template <>
const Dimension& dimensionOf<DampingTag>() {
    return damping;
}
template <>
const Dimension& dimensionOf<StiffnessTag>() {
    return stiffness;
}
template <>
const Dimension& dimensionOf<TemperatureTag>() {
    return temperature;
}
template <>
const Dimension& dimensionOf<BridgeRatioTag>() {
    return bridgeRatio;
}
template <>
const Dimension& dimensionOf<ResistanceTag>() {
    return resistance;
}
template <>
const Dimension& dimensionOf<RigidityTag>() {
    return rigidity;
}
template <>
const Dimension& dimensionOf<LineDensityTag>() {
    return lineDensity;
}
template <>
const Dimension& dimensionOf<DensityTag>() {
    return density;
}
template <>
const Dimension& dimensionOf<PressureTag>() {
    return pressure;
}
template <>
const Dimension& dimensionOf<VoltageTag>() {
    return voltage;
}
template <>
const Dimension& dimensionOf<ForceTag>() {
    return force;
}

std::string Dimension::names() const {
    std::string out;
    for (const Unit& unit : units) out.append(out.empty() ? "" : ", ").append(unit.name);
    return out;
}

const Unit* Dimension::find(std::string_view name) const {
    for (const Unit& unit : units) {
        if (unit.name == name) return &unit;
    }
    return nullptr;
}

Decimal Decimal::from(std::int64_t value) {
    const std::string text = std::to_string(value);
    const bool negative = text.front() == '-';
    return {negative, text.substr(negative ? 1 : 0), 0};
}

Decimal Decimal::from(double value) {
    char buffer[40];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    const std::string_view text{buffer, static_cast<std::size_t>(end - buffer)};
    return parseQuantity(text).value_or(WrittenQuantity{{false, "0", 0}, {}}).number;
}

std::optional<double> Decimal::toDouble() const {
    const std::string text = digits + 'e' + std::to_string(exponent);
    double value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || !std::isfinite(value)) return std::nullopt;
    return negative && value != 0.0 ? -value : value;
}

std::optional<std::int64_t> Decimal::toInteger() const {
    if (digits == "0") return 0;
    std::string whole = digits;
    if (exponent < 0) {
        const auto drop = static_cast<std::size_t>(-exponent);
        if (drop >= whole.size()) return std::nullopt;
        if (whole.find_first_not_of('0', whole.size() - drop) != whole.npos) return std::nullopt;
        whole.resize(whole.size() - drop);
    } else {
        if (exponent > 19) return std::nullopt;
        whole.append(static_cast<std::size_t>(exponent), '0');
    }
    std::int64_t value{};
    const auto result = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    if (result.ec != std::errc{}) return std::nullopt;
    return negative ? -value : value;
}

std::string Decimal::text() const {
    const std::string kept = digits.substr(0, digits.find_last_not_of('0') + 1);
    if (kept.empty()) return "0";
    const int power = exponent + static_cast<int>(digits.size() - kept.size());
    const int pointAfter = static_cast<int>(kept.size()) + power;  // digits before the point
    constexpr int longest = 15, mostZeros = 6;
    std::string out{negative ? "-" : ""};
    if (power >= 0 && pointAfter <= longest) {
        out.append(kept).append(static_cast<std::size_t>(power), '0');
    } else if (power < 0 && pointAfter > 0) {
        const auto whole = static_cast<std::size_t>(pointAfter);
        out.append(kept, 0, whole).append(".").append(kept, whole);
    } else if (power < 0 && pointAfter > -mostZeros) {
        out.append("0.").append(static_cast<std::size_t>(-pointAfter), '0').append(kept);
    } else {
        out.append(kept).append("e").append(std::to_string(power));
    }
    return out;
}

std::optional<WrittenQuantity> parseQuantity(std::string_view text) {
    constexpr std::size_t longest = 60;
    if (text.size() > longest) return std::nullopt;
    std::size_t i = 0;
    const auto digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    Decimal number;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) number.negative = text[i++] == '-';
    if (!digit(i)) return std::nullopt;
    while (digit(i)) number.digits += text[i++];
    if (i < text.size() && text[i] == '.') {
        if (!digit(++i)) return std::nullopt;
        for (; digit(i); --number.exponent) number.digits += text[i++];
    }
    // "10 e" is ten intervals, "1e5" a power of ten.
    const bool sign = i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+');
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E') && digit(i + (sign ? 2 : 1))) {
        const bool down = text[i + 1] == '-';
        int power = 0;
        for (i += sign ? 2 : 1; digit(i); ++i) {
            power = power * 10 + (text[i] - '0');
            if (power > 1000) return std::nullopt;
        }
        number.exponent += down ? -power : power;
    }
    number.digits.erase(0, number.digits.find_first_not_of('0'));
    if (number.digits.empty()) number.digits.assign(1, '0');
    if (number.digits == "0") number.exponent = 0;
    while (i < text.size() && text[i] == ' ') ++i;
    text.remove_prefix(i);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return WrittenQuantity{number, text};
}

std::optional<std::chrono::nanoseconds> parseTime(std::string_view text) {
    const auto written = parseQuantity(text);
    const Unit* known = written ? dimension::time.find(written->unit) : nullptr;
    if (known == nullptr) return std::nullopt;
    const auto number = written->number.shifted(known->power).toDouble();
    constexpr double most_ns = 1e18;
    if (!number || *number < 0.0) return std::nullopt;
    const double time_ns = *number * known->times / known->over;
    if (time_ns > most_ns) return std::nullopt;
    return std::chrono::nanoseconds{std::llround(time_ns)};
}

std::optional<std::chrono::year_month_day> parseDate(std::string_view text) {
    constexpr std::size_t written = 10;  // 2026-03-10
    if (text.size() != written || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto part = [&](std::size_t from, std::size_t count) {
        int value = -1;
        const char* end = text.data() + from + count;
        const auto [last, error] = std::from_chars(text.data() + from, end, value);
        return error == std::errc{} && last == end ? value : -1;
    };
    const int year = part(0, 4), month = part(5, 2), day = part(8, 2);
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

std::string dateText(std::chrono::year_month_day date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace jh
