// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

using Type = RegisterField::Type;
const std::vector<std::pair<std::string, Type>> typeNames{
    {"u16", Type::u16}, {"i16", Type::i16}, {"u32", Type::u32}, {"i32", Type::i32}};

constexpr int lastRegister = 65535;

void describeField(Fields& fields, RegisterField& field) {
    fields.need({"address", "type"});
    fields.value("address", field.address, dimension::number, 0, lastRegister);
    fields.value("type", field.type, typeNames);
    fields.value("mass", field.mass);
}

struct ReadingBlock {
    int address, count;
};

void describeReading(Fields& fields, ReadingBlock& block) {
    constexpr int mostRegisters = 125;  // Modbus application protocol 1.1b3, 6.3
    fields.need({"address", "count"});
    fields.value("address", block.address, dimension::number, 0, lastRegister);
    fields.value("count", block.count, dimension::number, 1, mostRegisters);
}

void optionalNumber(Fields& fields, const std::string& key, std::optional<std::int64_t>& member) {
    if (!fields.reading() && !member) return;
    if (fields.has(key)) member.emplace();
    std::int64_t number = member.value_or(0);
    fields.value(key, number, dimension::number,
                 std::int64_t{std::numeric_limits<std::int32_t>::min()},
                 std::int64_t{std::numeric_limits<std::uint32_t>::max()});
    if (member) member = number;
}

/// In a file the codes are keys, and keys are text.
void describeStates(Fields& fields, std::map<int, std::string>& states) {
    std::map<std::string, std::string> written;
    for (const auto& [code, meaning] : states) written[std::to_string(code)] = meaning;
    fields.value("command_states", written);
    states.clear();
    for (const auto& [code, meaning] : written) {
        const auto number = parseQuantity(code);
        const auto whole =
            number && number->unit.empty() ? number->number.toInteger() : std::nullopt;
        if (whole && *whole >= 0 && *whole <= lastRegister && std::to_string(*whole) == code) {
            states[static_cast<int>(*whole)] = meaning;
        } else {
            fields.problem("command_states." + code, "a command state is a number, 0 to 65535");
        }
    }
}

}  // namespace

void describeProfile(Fields& fields, IndicatorProfile& profile) {
    fields.need({"title", "reading", "fields", "status_bits"});
    fields.value("title", profile.title);
    fields.value("station", profile.station, dimension::number, 1, 247);
    fields.value("baud", profile.baud, dimension::number, 1200, 115'200);
    fields.value("reply_timeout", profile.replyTimeout, SimTime{10ms}, SimTime{60s});
    ReadingBlock block{profile.readingAddress, profile.readingCount};
    fields.value("reading", block, describeReading);
    profile.readingAddress = block.address;
    profile.readingCount = block.count;
    fields.value("fields", profile.fields, describeField);
    fields.value("status_bits", profile.statusBits, dimension::number, 0, 15);
    optionalNumber(fields, "blank", profile.blank);
    fields.value("commands", profile.commands, dimension::number, 1, lastRegister);
    describeStates(fields, profile.commandStates);
    optionalNumber(fields, "unlock_code", profile.unlockCode);
    if (fields.reading()) checkProfile(fields, profile);
}

}  // namespace jh
