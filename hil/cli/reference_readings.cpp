// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/reference_readings.h"

#include "hil/scenario/units.h"

namespace jh {

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

std::optional<BridgeRatio> parseSignal(std::string_view text) {
    const auto written = parseQuantity(trimmed(text));
    if (!written) return std::nullopt;
    const Dimension& signals = dimensionOf<BridgeRatioTag>();
    const Unit* unit = signals.find(written->unit.empty() ? "mV/V" : written->unit);
    if (unit == nullptr) return std::nullopt;
    const auto value = written->number.shifted(unit->power).toDouble();
    return value ? std::optional{BridgeRatio{*value}} : std::nullopt;
}

Expected<std::vector<CalibrationPoint>, Diagnostics> parseReadings(std::string_view text,
                                                                   const std::string& file) {
    std::vector<CalibrationPoint> rows;
    Diagnostics problems;
    bool headingMayCome = true;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view row = trimmed(text.substr(0, std::min(end, text.find('#'))));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (row.empty()) continue;
        const bool heading = headingMayCome && row.find_first_of("0123456789") == row.npos;
        headingMayCome = false;
        if (heading) continue;
        const auto comma = row.find(',');
        if (comma != row.npos) {
            const auto asked = parseSignal(row.substr(0, comma));
            const auto read = parseSignal(row.substr(comma + 1));
            if (asked && read) {
                rows.push_back({*asked, *read});
                continue;
            }
        }
        problems.push_back({file,
                            line,
                            1,
                            '"' + std::string{row} + '"',
                            "expected what was asked for and the reading with a comma between, as "
                            "1, 1.00002 or 1 mV/V, 0.00100002 V/V",
                            {}});
    }
    if (rows.empty() && problems.empty())
        problems.push_back({file, 0, 0, "", "holds no reading", {}});
    if (!problems.empty()) return Unexpected<Diagnostics>{std::move(problems)};
    return rows;
}

}  // namespace jh
