// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

using Names = std::vector<std::string>;
using Type = RegisterField::Type;

// What both halves know the meaning of. Any other name begins with `other_`: the simulated half
// keeps its registers as plain memory, and of such a bit it says no.
const Names knownFields{"status",        "error_status",   "gross",
                        "net",           "displayed",      "tare",
                        "peak",          "interval",       "decimals",
                        "unit",          "heartbeat",      "adc_code",
                        "max",           "max_1",          "interval_1",
                        "interval_2",    "parameter",      "calibration_load",
                        "command",       "command_state",  "type",
                        "firmware",      "serial",         "checksum",
                        "event_counter", "zero_code",      "slope",
                        "temperature",   "high_resolution"};
const Names knownBits{"stable",
                      "zero_centre",
                      "net",
                      "overload",
                      "underload",
                      "fault",
                      "no_weight",
                      "parameters_invalid",
                      "not_adjusted",
                      "high_resolution",
                      "range_2",
                      "warming_up",
                      "gross_negative",
                      "net_negative",
                      "displayed_negative"};
const Names knownCommands{"zero",   "tare", "clear_tare", "adjust_zero", "adjust_span",
                          "unlock", "seal", "save",       "none",        "high_resolution"};
const Names cellFields{"cell_code_", "cell_zero_", "cell_weight_"};

bool among(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool begins(const std::string& name, const std::string& with) {
    return name.rfind(with, 0) == 0;
}

bool freeName(const std::string& name) {
    return begins(name, "other_") ||
           std::any_of(cellFields.begin(), cellFields.end(),
                       [&](const std::string& cell) { return begins(name, cell); });
}

template <class T>
Names namesOf(const std::map<std::string, T>& map) {
    Names names;
    for (const auto& [name, value] : map) names.push_back(name);
    return names;
}

template <class T>
void checkNames(const Fields& fields, const std::string& key, const std::map<std::string, T>& found,
                const Names& known) {
    for (const auto& [name, value] : found) {
        if (among(known, name) || freeName(name)) continue;
        fields.problem(fmt::format("{}.{}", key, name),
                       "unknown name; what has no meaning here begins with other_",
                       nearestName(name, known));
    }
}

/// A place that names another thing of the profile.
void checkReference(const Fields& fields, const std::string& place, const std::string& name,
                    const char* what, const Names& known) {
    if (name.empty() || among(known, name)) return;
    fields.problem(place, fmt::format("there is no {} '{}'", what, name), nearestName(name, known));
}

void checkField(const Fields& fields, const std::string& name, const RegisterField& field,
                const IndicatorProfile& profile) {
    const std::string place = "fields." + name;
    const bool isSigned =
        field.type == Type::i16 || field.type == Type::i32 || field.type == Type::f32;
    const bool canBeNegative = name == "gross" || name == "net" || name == "displayed";
    if (canBeNegative && !isSigned && field.sign.empty()) {
        fields.problem(place + ".type",
                       "can be negative: expected i16, i32, f32, or a status bit as `sign`");
    }
    if (!field.sign.empty() && isSigned) {
        fields.problem(place + ".sign", "the number has a sign of its own: expected u16 or u32");
    }
    const bool status = name == "status" || name == "error_status";
    if (status && (isSigned || field.bits > 0)) {
        fields.problem(place + ".type", "holds bits: expected u16 or u32, all of it");
    }
    if (field.firstBit + field.bits > 16 * field.words()) {
        fields.problem(place + ".bits", "ends beyond the last bit");
    }
    constexpr int registers = 65536;
    if (field.address < 0) {
        fields.problem(place + ".address", "lies before the first register");
    } else if (field.address + field.words() > registers) {
        fields.problem(place + ".address", "ends beyond the last register");
    }
    checkReference(fields, place + ".sign", field.sign, "status bit", namesOf(profile.statusBits));
    checkReference(fields, place + ".high_bit", field.highBit, "status bit",
                   namesOf(profile.statusBits));
    if (name == "interval") {
        for (const auto& [code, text] : field.values) {
            if (ExactMass::parseKg(text)) continue;
            fields.problem(fmt::format("{}.values.{}", place, code),
                           "expected an interval as a number of the unit shown");
        }
    }
    if (name == "unit") {
        const Names masses{"kg", "g", "t", "lb"};
        const bool any = std::any_of(field.values.begin(), field.values.end(),
                                     [&](const auto& v) { return among(masses, v.second); });
        if (!any) fields.problem(place, "none of its `values` is kg, g, t or lb");
    }
}

/// One register may tell interval and decimals by one index, and a status may hold numbers.
bool mayShare(const IndicatorProfile& profile, const std::string& a, const std::string& b) {
    const RegisterField &x = profile.fields.at(a), &y = profile.fields.at(b);
    const Names index{"decimals", "interval"}, status{"status", "error_status"};
    const bool same = x.firstBit == y.firstBit && x.bits == y.bits && x.type == y.type;
    return (same && among(index, a) && among(index, b)) || (among(status, a) && y.bits > 0) ||
           (among(status, b) && x.bits > 0);
}

/// Each bit of each register belongs to one field.
void checkOverlap(const Fields& fields, const IndicatorProfile& profile) {
    std::map<std::tuple<ModbusTable, int, int>, std::string> owner;
    for (const auto& [name, field] : profile.fields) {
        const int width = field.bits > 0 ? field.bits : 16 * field.words();
        for (int bit = field.firstBit; bit < field.firstBit + width; ++bit) {
            const int address = field.address + (field.bits > 0 ? 0 : bit / 16);
            const auto [first, added] = owner.try_emplace({field.table, address, bit % 16}, name);
            if (added || mayShare(profile, name, first->second)) continue;
            const int base = field.table == ModbusTable::inputRegisters ? profile.firstInput
                                                                        : profile.firstHolding;
            fields.problem(
                fmt::format("fields.{}.address", name),
                fmt::format("register {} belongs to '{}' already", base + address, first->second));
            break;
        }
    }
}

void checkNeeds(const Fields& fields, const IndicatorProfile& profile) {
    const auto has = [&](const char* name) { return profile.fields.count(name) != 0; };
    if (!has("gross") && !has("displayed")) {
        fields.problem("fields.gross", "is missing: every reading needs it, or `displayed`");
    }
    if (profile.statusBits.count("stable") == 0) {
        fields.problem("status_bits.stable",
                       "is missing; a family that does not tell it: {observed: 3} readings alike");
    }
    if (!has("net") && profile.statusBits.count("net") == 0) {
        fields.problem("status_bits.net", "is missing: needed where no field `net` is read");
    }
}

void checkBits(const Fields& fields, const IndicatorProfile& profile) {
    std::map<std::tuple<std::string, int, int, std::vector<int>>, std::string> owner;
    for (const auto& [name, bit] : profile.statusBits) {
        if (bit.observed > 0) continue;
        const std::string place = "status_bits." + name;
        const auto field = profile.fields.find(bit.field);
        if (field == profile.fields.end()) {
            checkReference(fields, place, bit.field, "field", namesOf(profile.fields));
        } else if (bit.bit + bit.bits > 16 * field->second.words()) {
            fields.problem(place, fmt::format("lies beyond the last bit of '{}'", bit.field));
        }
        const auto [first, added] = owner.try_emplace({bit.field, bit.bit, bit.bits, bit.is}, name);
        if (added) continue;
        fields.problem(place, fmt::format("{} is '{}' already", bit.bit, first->second));
    }
}

void checkStyles(const Fields& fields, const IndicatorProfile& profile) {
    const Names known = namesOf(profile.fields);
    for (const auto& [name, style] : profile.commandStyles) {
        const std::string place = "command_styles." + name + ".";
        for (const auto& [key, field] : {std::pair{"field", style.field},
                                         {"echo", style.echo},
                                         {"trigger", style.trigger},
                                         {"counter", style.counter},
                                         {"counter_echo", style.counterEcho},
                                         {"result", style.result},
                                         {"reason", style.reason}}) {
            checkReference(fields, place + key, field, "field", known);
        }
        checkReference(fields, place + "handshake", style.handshake, "status bit",
                       namesOf(profile.statusBits));
        if (style.counter.empty() != style.counterEcho.empty()) {
            fields.problem(place + "counter", "`counter` and `counter_echo` belong together");
        }
        const auto result = profile.fields.find(style.result);
        if (result == profile.fields.end()) continue;
        const auto& values = result->second.values;
        const bool done = std::any_of(values.begin(), values.end(),
                                      [](const auto& v) { return v.second == "done"; });
        if (!done) fields.problem(place + "result", "none of the field's `values` is `done`");
    }
}

/// Function 6 writes one register, and all that a command writes at once must go with it.
void checkWrites(const Fields& fields, const std::string& place, const CommandRule& rule,
                 const IndicatorProfile& profile) {
    const auto& functions = profile.functions;
    if (std::count(functions.begin(), functions.end(), 16) != 0) return;
    const CommandStyle& style = profile.styleOf(rule);
    const bool byClient = !rule.copy.empty() || !rule.slope.empty();
    const bool carries = !byClient && !rule.parameter.empty() && rule.code;
    Names written{style.trigger, carries ? rule.parameter : std::string{}};
    if (!rule.coil) written.push_back(rule.field.empty() ? style.field : rule.field);
    const bool wide = std::any_of(written.begin(), written.end(), [&](const std::string& name) {
        const auto field = profile.fields.find(name);
        return field != profile.fields.end() && field->second.words() > 1;
    });
    const bool together = carries && style.parameter == CommandStyle::Order::together;
    if (wide || together || (!byClient && !rule.coil && !style.counter.empty())) {
        fields.problem(place, "two registers cannot be written without function 16");
    }
}

void checkCommand(const Fields& fields, const std::string& name, const CommandRule& rule,
                  const IndicatorProfile& profile) {
    const std::string place = "commands." + name;
    const Names known = namesOf(profile.fields), styles = namesOf(profile.commandStyles);
    checkReference(fields, place + ".style", rule.style, "command style", styles);
    for (const auto& [key, field] : {std::pair{"field", rule.field},
                                     {"parameter", rule.parameter},
                                     {"copy", rule.copy},
                                     {"slope", rule.slope},
                                     {"zero", rule.zero}}) {
        checkReference(fields, fmt::format("{}.{}", place, key), field, "field", known);
    }
    for (const auto& [key, list] : {std::pair{"first", rule.first}, {"then", rule.then}}) {
        for (const std::string& other : list) {
            checkReference(fields, fmt::format("{}.{}", place, key), other, "command",
                           namesOf(profile.commands));
        }
    }
    if (!rule.style.empty() && !among(styles, rule.style)) return;
    if (rule.style.empty() && styles.size() > 1) {
        fields.problem(place + ".style", "which one? There are several: " +
                                             fmt::format("{}", fmt::join(styles, ", ")));
        return;
    }
    const CommandStyle& style = profile.styleOf(rule);
    const bool byClient = !rule.copy.empty() || !rule.slope.empty();
    const std::string& target = rule.field.empty() ? style.field : rule.field;
    if (byClient ? rule.field.empty() : target.empty() && !rule.coil) {
        fields.problem(place, "says neither a field to write to nor a coil");
    }
    const bool loads = name == "adjust_span" && !byClient;
    if (loads && rule.parameter.empty() && rule.code) {
        fields.problem(place + ".parameter", "is missing: where does the load go?");
    }
    checkWrites(fields, place, rule, profile);
}

/// Commands that need each other in a circle would never end.
void checkCircles(const Fields& fields, const IndicatorProfile& profile) {
    std::set<std::string> open;
    const std::function<bool(const std::string&)> circular = [&](const std::string& name) {
        const auto found = profile.commands.find(name);
        if (found == profile.commands.end()) return false;
        if (!open.insert(name).second) return true;
        const auto any = [&](const Names& others) {
            return std::any_of(others.begin(), others.end(), circular);
        };
        const bool bad = any(found->second.first) || any(found->second.then);
        open.erase(name);
        return bad;
    };
    for (const auto& [name, rule] : profile.commands) {
        if (circular(name)) fields.problem("commands." + name, "comes before or after itself");
    }
}

void checkSources(const Fields& fields, const IndicatorProfile& profile) {
    Names known = namesOf(profile.sources);
    known.push_back("assumed");
    const auto check = [&](const std::string& place, const std::string& source) {
        checkReference(fields, place + ".source", source, "entry in `sources`", known);
    };
    checkReference(fields, "source", profile.source, "entry in `sources`", known);
    for (const auto& [name, x] : profile.fields) check("fields." + name, x.source);
    for (const auto& [name, x] : profile.statusBits) check("status_bits." + name, x.source);
    for (const auto& [name, x] : profile.commands) check("commands." + name, x.source);
    for (std::size_t i = 0; i < profile.examples.size(); ++i) {
        check(fmt::format("examples[{}]", i), profile.examples[i].source);
    }
}

}  // namespace

void checkProfile(const Fields& fields, const IndicatorProfile& profile) {
    checkNames(fields, "fields", profile.fields, knownFields);
    checkNames(fields, "status_bits", profile.statusBits, knownBits);
    checkNames(fields, "commands", profile.commands, knownCommands);
    for (const auto& [name, field] : profile.fields) {
        if (fields.sound({("fields." + name).c_str()})) checkField(fields, name, field, profile);
    }
    if (!fields.sound({"fields"})) return;
    checkOverlap(fields, profile);
    if (fields.sound({"status_bits"})) {
        checkNeeds(fields, profile);
        checkBits(fields, profile);
    }
    if (fields.sound({"command_styles"})) checkStyles(fields, profile);
    if (fields.sound({"commands", "command_styles"})) {
        for (const auto& [name, rule] : profile.commands) {
            checkCommand(fields, name, rule, profile);
        }
        checkCircles(fields, profile);
    }
    checkSources(fields, profile);
}

}  // namespace jh
