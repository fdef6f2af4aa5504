// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

using Type = RegisterField::Type;
const std::vector<std::pair<std::string, Type>> typeNames{{"u16", Type::u16},
                                                          {"i16", Type::i16},
                                                          {"u32", Type::u32},
                                                          {"i32", Type::i32},
                                                          {"f32", Type::f32}};
const std::vector<std::pair<std::string, ModbusTable>> tableNames{
    {"holding", ModbusTable::holdingRegisters}, {"input", ModbusTable::inputRegisters}};

using Order = CommandStyle::Order;
const std::vector<std::pair<std::string, Order>> orderNames{
    {"before", Order::before}, {"together", Order::together}, {"after", Order::after}};

const std::vector<std::pair<std::string, ModbusException>> refusalNames{
    {"silent", ModbusException::none},         {"exception 1", ModbusException::function},
    {"exception 2", ModbusException::address}, {"exception 3", ModbusException::value},
    {"exception 4", ModbusException::failure}, {"exception 6", ModbusException::busy}};

constexpr int lastRegister = 65535;
/// As manuals number them: 4xxxx, or 6 digits.
constexpr int lastNumber = 465536;
constexpr std::int64_t leastRaw = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t mostRaw = std::numeric_limits<std::uint32_t>::max();

template <class T>
void optionalNumber(Fields& fields, const std::string& key, std::optional<T>& member,
                    std::int64_t least, std::int64_t most) {
    if (!fields.reading() && !member) return;
    if (fields.has(key)) member.emplace();
    auto number = static_cast<std::int64_t>(member.value_or(0));
    fields.value(key, number, dimension::number, least, most);
    if (member) member = static_cast<T>(number);
}

/// In a file the codes are keys, and keys are text.
void describeCodes(Fields& fields, const std::string& key, std::map<int, std::string>& codes) {
    std::map<std::string, std::string> written;
    for (const auto& [code, meaning] : codes) written[std::to_string(code)] = meaning;
    fields.later(key, written, {});
    codes.clear();
    for (const auto& [code, meaning] : written) {
        const auto number = parseQuantity(code);
        const auto whole =
            number && number->unit.empty() ? number->number.toInteger() : std::nullopt;
        if (whole && *whole >= 0 && *whole <= lastRegister && std::to_string(*whole) == code) {
            codes[static_cast<int>(*whole)] = meaning;
        } else {
            fields.problem(key + "." + code, "a code is a number, 0 to 65535");
        }
    }
}

void describeSource(Fields& fields, std::string& source) {
    fields.later("source", source, {});
}

void describeField(Fields& fields, RegisterField& field) {
    fields.need({"address", "type"});
    fields.later("table", field.table, ModbusTable::holdingRegisters, tableNames);
    fields.value("address", field.address, dimension::number, 0, lastNumber);
    fields.value("type", field.type, typeNames);
    fields.later("first_bit", field.firstBit, 0, dimension::number, 0, 31);
    fields.later("bits", field.bits, 0, dimension::number, 1, 31);
    fields.later("sign", field.sign, {});
    fields.later("high_bit", field.highBit, {});
    fields.later("writable", field.writable, false);
    fields.later("sealed", field.sealed, false);
    fields.later("count", field.count, 1, dimension::number, 1, 64);
    describeCodes(fields, "values", field.values);
    describeSource(fields, field.source);
}

void describeBit(Fields& fields, StatusBit& bit) {
    fields.later("field", bit.field, StatusBit{}.field);
    fields.value("bit", bit.bit, dimension::number, 0, 31);
    fields.later("bits", bit.bits, 1, dimension::number, 1, 16);
    fields.later("is", bit.is, {}, dimension::number, 0, lastRegister);
    fields.later("inverted", bit.inverted, false);
    fields.later("observed", bit.observed, 0, dimension::number, 2, 100);
    describeSource(fields, bit.source);
}

void describeStyle(Fields& fields, CommandStyle& style) {
    fields.later("field", style.field, {});
    fields.later("parameter", style.parameter, Order::before, orderNames);
    fields.later("zero_between", style.zeroBetween, false);
    fields.later("self_clearing", style.selfClearing, false);
    fields.later("echo", style.echo, {});
    fields.later("trigger", style.trigger, {});
    fields.later("trigger_value", style.triggerValue, 1, dimension::number, 0, lastRegister);
    fields.later("counter", style.counter, {});
    fields.later("counter_echo", style.counterEcho, {});
    fields.later("handshake", style.handshake, {});
    fields.later("result", style.result, {});
    fields.later("reason", style.reason, {});
    fields.later("parameter_cleared", style.parameterCleared, false);
    fields.later("refusal", style.refusal, ModbusException::none, refusalNames);
    fields.later("duration", style.duration, SimTime{}, SimTime{1ms}, SimTime{60s});
}

void describeCommand(Fields& fields, CommandRule& rule) {
    fields.later("style", rule.style, {});
    fields.later("field", rule.field, {});
    optionalNumber(fields, "code", rule.code, leastRaw, mostRaw);
    optionalNumber(fields, "coil", rule.coil, 0, lastNumber);
    fields.later("parameter", rule.parameter, {});
    optionalNumber(fields, "value", rule.value, leastRaw, mostRaw);
    fields.later("copy", rule.copy, {});
    fields.later("slope", rule.slope, {});
    fields.later("zero", rule.zero, {});
    fields.later("exponent", rule.exponent, 0, dimension::number, 0, 12);
    fields.later("first", rule.first, {});
    fields.later("then", rule.then, {});
    describeSource(fields, rule.source);
}

void describeExample(Fields& fields, FrameExample& example) {
    fields.need({"request"});
    fields.value("request", example.request);
    fields.later("reply", example.reply, {});
    fields.later("command", example.command, {});
    optionalNumber(fields, "parameter", example.parameter, leastRaw, mostRaw);
    fields.later("says", example.says, {}, dimension::number, leastRaw, mostRaw);
    fields.later("erratum", example.erratum, {});
    describeSource(fields, example.source);
}

/// Numbers the manual gives to the first of each table; in memory all addresses are as on the wire.
void describeNumbering(Fields& fields, IndicatorProfile& profile) {
    fields.later("holding", profile.firstHolding, 0, dimension::number, 0, lastNumber);
    fields.later("input", profile.firstInput, 0, dimension::number, 0, lastNumber);
    fields.later("coil", profile.firstCoil, 0, dimension::number, 0, lastNumber);
}

void spreadOut(std::map<std::string, RegisterField>& fields) {
    std::map<std::string, RegisterField> spread;
    for (const auto& [name, field] : fields) {
        for (int i = 0; i < field.count; ++i) {
            RegisterField one = field;
            one.address += i * field.words();
            one.count = 1;
            spread[field.count == 1 ? name : fmt::format("{}_{}", name, i + 1)] = one;
        }
    }
    fields = std::move(spread);
}

void shiftAddresses(IndicatorProfile& profile, int direction) {
    for (auto& [name, field] : profile.fields) {
        const bool input = field.table == ModbusTable::inputRegisters;
        field.address += direction * (input ? profile.firstInput : profile.firstHolding);
    }
    for (auto& [name, rule] : profile.commands) {
        if (rule.coil) *rule.coil += direction * profile.firstCoil;
    }
}

}  // namespace

void describeProfile(Fields& fields, IndicatorProfile& profile) {
    fields.need({"title", "fields", "status_bits"});
    fields.value("title", profile.title);
    fields.later("sources", profile.sources, {});
    describeSource(fields, profile.source);
    fields.later("own_firmware", profile.ownFirmware, false);
    fields.value("station", profile.station, dimension::number, 1, 247);
    fields.value("baud", profile.baud, dimension::number, 1200, 115'200);
    fields.value("reply_timeout", profile.replyTimeout, SimTime{10ms}, SimTime{60s});
    fields.later("reply_delay", profile.replyDelay, SimTime{}, SimTime{100us}, SimTime{10s});
    fields.later("functions", profile.functions, {3, 16}, dimension::number, 1, 16);
    fields.later("most_read", profile.mostRead, 125, dimension::number, 1, 125);
    fields.later("most_written", profile.mostWritten, 123, dimension::number, 1, 123);
    fields.later("low_word_first", profile.lowWordFirst, false);
    fields.later("whole_fields", profile.wholeFields, false);
    fields.later("gaps_readable", profile.gapsReadable, false);
    fields.later("silent_on_unknown_function", profile.silentOnUnknownFunction, false);
    const bool numbered =
        profile.firstHolding != 0 || profile.firstInput != 0 || profile.firstCoil != 0;
    if (fields.reading() || numbered) fields.value("first_number", profile, describeNumbering);
    if (!fields.reading()) shiftAddresses(profile, +1);
    fields.value("fields", profile.fields, describeField);
    spreadOut(profile.fields);
    fields.value("status_bits", profile.statusBits, describeBit);
    fields.later("decimals", profile.decimals, 0, dimension::number, 0, 6);
    optionalNumber(fields, "blank", profile.blank, leastRaw, mostRaw);
    fields.later("command_styles", profile.commandStyles, {}, describeStyle);
    fields.value("commands", profile.commands, describeCommand);
    shiftAddresses(profile, -1);
    describeCodes(fields, "exceptions", profile.exceptions);
    // Frames of the manual are for the tests of the profile; a record does without them.
    if (fields.reading()) fields.value("examples", profile.examples, describeExample);
    if (fields.reading()) checkProfile(fields, profile);
}

}  // namespace jh
