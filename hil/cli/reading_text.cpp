// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/reading_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace jh {

namespace {

using Masses = std::vector<std::pair<std::string, std::optional<ExactMass>>>;
using Flags = std::vector<std::pair<std::string, bool>>;

Masses massesOf(const ReadAttempt& attempt) {
    if (!attempt.reading) return {{"gross", {}}, {"net", {}}, {"tare", {}}, {"d", {}}};
    const Reading& r = *attempt.reading;
    const auto d = attempt.intervalTold ? std::optional{r.interval} : std::nullopt;
    return {{"gross", r.gross}, {"net", r.net}, {"tare", r.tare}, {"d", d}};
}

Flags flagsOf(const Reading& r) {
    return {{"stable", r.weightStable},
            {"zero", r.centerOfZero},
            {"overload", r.overload},
            {"underload", r.underload},
            {"fault", r.fault}};
}

std::string quoted(std::string text) {
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
        text.insert(at, 1, '"');
    }
    return '"' + text + '"';
}

}  // namespace

std::string utcNow() {
    const auto now = std::chrono::system_clock::now();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
    return fmt::format("{:%FT%T}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(now)),
                       ms.count() % 1000);
}

std::string readingCsvHead(MassUnit unit) {
    std::string head = "time";
    for (const auto& [name, mass] : massesOf({Reading{}, {}, {}, {}, {}, {}})) {
        head += fmt::format(",{}_{}", name, symbol(unit));
    }
    for (const auto& [name, on] : flagsOf({})) head += ',' + name;
    return head + ",age_s,error\n";
}

std::string readingCsv(const ReadAttempt& attempt, MassUnit unit) {
    std::string row = attempt.time;
    for (const auto& [name, mass] : massesOf(attempt)) {
        row += ',' + (mass ? mass->text(unit) : std::string{});
    }
    for (const auto& [name, on] : flagsOf(attempt.reading.value_or(Reading{}))) {
        row += attempt.reading ? (on ? ",1" : ",0") : ",";
    }
    row += fmt::format(",{:.3f},", seconds(attempt.age));
    if (!attempt.reading) row += quoted(attempt.reading.error().text);
    return row + '\n';
}

std::string readingJson(const ReadAttempt& attempt, MassUnit unit) {
    nlohmann::ordered_json json{{"time", attempt.time}};
    for (const auto& [name, mass] : massesOf(attempt)) {
        auto& value = json[name + '_' + symbol(unit)];
        if (mass) value = std::stod(mass->text(unit));
    }
    for (const auto& [name, on] : flagsOf(attempt.reading.value_or(Reading{}))) {
        if (attempt.reading) {
            json[name] = on;
        } else {
            json[name] = nullptr;
        }
    }
    json["age_s"] = std::stod(fmt::format("{:.3f}", seconds(attempt.age)));
    if (!attempt.reading) json["error"] = attempt.reading.error().text;
    return json.dump() + '\n';
}

std::string readingLine(const ReadAttempt& attempt, MassUnit unit) {
    if (!attempt.reading) {
        return fmt::format("{}; {} for {:.1f} s, {} missed", attempt.reading.error().text,
                           attempt.everRead ? "no values" : "never a value", seconds(attempt.age),
                           attempt.missed);
    }
    std::string line;
    for (const auto& [name, mass] : massesOf(attempt)) {
        const int width = name == "d" ? 1 : 8;
        line += fmt::format("{} {:>{}} {}   ", name, mass ? mass->text(unit) : "-", width,
                            mass ? symbol(unit) : "  ");
    }
    for (const auto& [name, on] : flagsOf(*attempt.reading)) line += on ? name + ' ' : "";
    line += fmt::format("  age {:.3f} s", seconds(attempt.age));
    if (attempt.missed > 0) line += fmt::format("  {} missed", attempt.missed);
    return line;
}

}  // namespace jh
