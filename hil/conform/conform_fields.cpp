// SPDX-License-Identifier: GPL-3.0-or-later
// Each field: can it be read, and is what it says possible?
#include <fmt/format.h>

#include <algorithm>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

/// A number so far beyond Max that it is not one: another word order, another type.
constexpr std::int64_t mostTimesMax = 10;

std::string listOf(const std::map<int, std::string>& values) {
    std::string text;
    for (const auto& [code, meaning] : values) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", code, meaning);
    }
    return text;
}

/// Steps of 10^-decimals of the unit shown that Max is.
std::int64_t maxInSteps(const ConformBench& bench, int decimals) {
    std::int64_t steps = bench.scale.max().wholeParts(ExactMass::one(bench.scale.unit));
    for (int i = 0; i < decimals; ++i) steps *= 10;
    return steps;
}

int decimalsTold(ConformBench& bench) {
    for (const RegisterBlock& block : planReading(bench.profile, {"decimals"})) {
        const auto words =
            bench.modbus.read(block.address, static_cast<int>(block.words.size()), block.table);
        if (!words) break;
        RegisterImage image{bench.profile};
        image.add({block.table, block.address, *words});
        const std::string told = image.meaning("decimals");
        if (told.size() == 1 && told[0] >= '0' && told[0] <= '6') return told[0] - '0';
    }
    return bench.profile.decimals;
}

void tryField(ConformBench& bench, const std::string& name, const RegisterField& field,
              int decimals) {
    const std::string tried = name + ": " + placeOf(bench.profile, field.table, field.address);
    const std::string source = bench.origin("fields." + name, field.source);
    RegisterImage image{bench.profile};
    // Signs and high bits of a number stand in a status, which is read with it.
    std::vector<std::string> wanted{name};
    for (const std::string& bit : {field.sign, field.highBit}) {
        if (!bit.empty()) wanted.push_back(bench.profile.statusBits.at(bit).field);
    }
    for (const RegisterBlock& block : planReading(bench.profile, wanted)) {
        const auto words =
            bench.modbus.read(block.address, static_cast<int>(block.words.size()), block.table);
        if (!words && words.error().kind == IoError::Kind::disconnected) {
            return bench.lose(words.error());
        }
        if (!words) {
            const int code = words.error().exceptionCode;
            return bench.add(ConformVerdict::differs, tried, "readable", source,
                             code != 0 ? bench.say(code) : words.error().text);
        }
        image.add({block.table, block.address, *words});
    }
    const auto raw = image.raw(name, decimals);
    if (!raw) {
        return bench.add(ConformVerdict::differs, tried, "a number", source, "not a number");
    }
    bool possible = true;
    std::string expected = "readable", found = std::to_string(*raw);
    if (!field.values.empty()) {
        expected = "one of: " + listOf(field.values);
        possible = field.values.count(static_cast<int>(*raw)) != 0;
        if (possible) found += " " + image.meaning(name);
        // The reason of a refusal, where nothing was refused.
        const auto& styles = bench.profile.commandStyles;
        const bool reason = std::any_of(styles.begin(), styles.end(),
                                        [&](const auto& s) { return s.second.reason == name; });
        if (reason && *raw == 0) {
            possible = true;
            found += " none";
        }
    } else if (isMassField(name) && name != "parameter" && name != "calibration_load") {
        const std::int64_t most = mostTimesMax * maxInSteps(bench, decimals);
        expected = fmt::format("at most {}, {} times Max", most, mostTimesMax);
        const bool blank = bench.profile.blank && *raw == *bench.profile.blank;
        possible = blank || (*raw <= most && *raw >= -most);
        if (blank) found += " (blank)";
    } else if (name == "decimals") {
        expected = "0 to 6";
        possible = *raw >= 0 && *raw <= 6;
    }
    bench.add(possible ? ConformVerdict::ok : ConformVerdict::differs, tried, expected, source,
              found);
}

void tryReading(ConformBench& bench) {
    const std::string tried = "all that a reading needs, together";
    const auto reading = bench.indicator.read();
    if (!reading && reading.error().kind == IoError::Kind::disconnected) {
        return bench.lose(reading.error());
    }
    const std::string source = bench.origin("fields");
    if (!reading) {
        return bench.add(ConformVerdict::differs, tried, "a reading", source, reading.error().text);
    }
    std::string text = reading->gross
                           ? fmt::format("gross {} {}", reading->gross->text(bench.scale.unit, 3),
                                         symbol(bench.scale.unit))
                           : "no weight shown";
    for (const auto& [name, yes] : {std::pair{"stable", reading->weightStable},
                                    {"zero centre", reading->centerOfZero},
                                    {"overload", reading->overload},
                                    {"underload", reading->underload},
                                    {"fault", reading->fault}}) {
        if (yes) text += fmt::format(", {}", name);
    }
    bench.add(ConformVerdict::ok, tried, "a reading", source, text);
}

}  // namespace

void conformFields(ConformBench& bench) {
    bench.section("Fields");
    const int decimals = decimalsTold(bench);
    for (const auto& [name, field] : bench.profile.fields) {
        if (!bench.lost()) tryField(bench, name, field, decimals);
    }
    if (!bench.lost()) tryReading(bench);
}

}  // namespace jh
