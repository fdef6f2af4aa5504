// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

using Names = std::vector<std::string>;

const Names readingFields{"status", "gross", "net", "tare", "interval", "decimals"};
const Names massFields{"gross", "net",   "tare",       "interval",  "parameter",
                       "max",   "max_1", "interval_1", "interval_2"};
const Names signedFields{"gross", "net", "parameter"};
const Names otherFields{"status",   "decimals", "type",          "firmware",     "serial",
                        "checksum", "command",  "event_counter", "command_state"};
const Names neededBits{"stable", "zero_centre", "net", "overload", "underload", "fault"};
const Names furtherBits{"parameters_invalid", "not_adjusted", "high_resolution", "range_2",
                        "warming_up"};
const Names commands{"zero", "tare", "clear_tare", "adjust_zero", "adjust_span", "unlock", "seal"};

bool among(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Names together(Names a, const Names& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

template <class T>
void checkNames(const Fields& fields, const std::string& key, const std::map<std::string, T>& found,
                const Names& known) {
    for (const auto& [name, value] : found) {
        if (among(known, name)) continue;
        fields.problem(fmt::format("{}.{}", key, name), "unknown name", nearestName(name, known));
    }
}

/// Two names must not mean the same number.
void checkDistinct(const Fields& fields, const std::string& key,
                   const std::map<std::string, int>& numbers) {
    std::map<int, std::string> owner;
    for (const auto& [name, number] : numbers) {
        const auto [first, added] = owner.try_emplace(number, name);
        if (added) continue;
        fields.problem(fmt::format("{}.{}", key, name),
                       fmt::format("{} is '{}' already", number, first->second));
    }
}

void checkField(const Fields& fields, const std::string& name, const RegisterField& field) {
    using Type = RegisterField::Type;
    const std::string place = "fields." + name;
    const bool mass = among(massFields, name);
    if (field.mass != mass) {
        fields.problem(place, mass ? "is a mass: set `mass: true`" : "is no mass");
    }
    const bool isSigned = field.type == Type::i16 || field.type == Type::i32;
    if (!isSigned && among(signedFields, name)) {
        fields.problem(place + ".type", "can be negative: expected i16 or i32");
    }
    if (isSigned && !mass)
        fields.problem(place + ".type", "is never negative: expected u16 or u32");
    if (name == "status" && field.type != Type::u16) {
        fields.problem(place + ".type", "holds 16 bits: expected u16");
    }
    constexpr int registers = 65536;
    if (field.address + field.words() > registers) {
        fields.problem(place + ".address", "ends beyond the last register");
    }
}

void checkOverlap(const Fields& fields, const IndicatorProfile& profile) {
    std::map<int, std::string> owner;
    for (const auto& [name, field] : profile.fields) {
        for (int word = 0; word < field.words(); ++word) {
            const auto [first, added] = owner.try_emplace(field.address + word, name);
            if (added) continue;
            fields.problem(fmt::format("fields.{}.address", name),
                           fmt::format("register {} belongs to '{}' already", field.address + word,
                                       first->second));
            break;
        }
    }
}

void checkReading(const Fields& fields, const IndicatorProfile& profile) {
    for (const std::string& name : readingFields) {
        const auto found = profile.fields.find(name);
        if (found == profile.fields.end()) {
            fields.problem("fields." + name, "is missing: every reading needs it");
            continue;
        }
        const RegisterField& field = found->second;
        const int end = profile.readingAddress + profile.readingCount;
        if (field.address < profile.readingAddress || field.address + field.words() > end) {
            fields.problem("reading",
                           fmt::format("does not cover '{}' in registers {} to {}", name,
                                       field.address, field.address + field.words() - 1));
        }
    }
}

}  // namespace

void checkProfile(const Fields& fields, const IndicatorProfile& profile) {
    checkNames(fields, "fields", profile.fields, together(massFields, otherFields));
    checkNames(fields, "status_bits", profile.statusBits, together(neededBits, furtherBits));
    checkNames(fields, "commands", profile.commands, commands);
    for (const auto& [name, field] : profile.fields) {
        if (fields.sound({("fields." + name).c_str()})) checkField(fields, name, field);
    }
    if (fields.sound({"fields"})) checkOverlap(fields, profile);
    if (fields.sound({"fields", "reading"})) checkReading(fields, profile);
    if (fields.sound({"status_bits"})) {
        for (const std::string& bit : neededBits) {
            if (profile.statusBits.count(bit) == 0) {
                fields.problem("status_bits." + bit, "is missing");
            }
        }
        checkDistinct(fields, "status_bits", profile.statusBits);
    }
    if (fields.sound({"commands"})) checkDistinct(fields, "commands", profile.commands);
}

}  // namespace jh
