// SPDX-License-Identifier: GPL-3.0-or-later
// Commands: what they do, and how they are refused. All of this changes the instrument.
#include <fmt/format.h>

#include <algorithm>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

bool has(const ConformBench& bench, const char* name) {
    return bench.profile.commands.count(name) != 0;
}

std::string sourceOf(const ConformBench& bench, const std::string& name) {
    const auto command = bench.profile.commands.find(name);
    return bench.origin("commands." + name,
                        command == bench.profile.commands.end() ? "" : command->second.source);
}

/// A reading with its stability; a family without a bit for it needs several.
std::optional<Reading> settled(ConformBench& bench) {
    constexpr int polls = 20;
    std::optional<Reading> last;
    for (int i = 0; i < polls && !bench.lost(); ++i) {
        const auto reading = bench.indicator.read();
        if (reading) {
            last = *reading;
            if (reading->weightStable) break;
        } else if (reading.error().kind == IoError::Kind::disconnected) {
            bench.lose(reading.error());
        }
    }
    return last;
}

/// Carries a command out and looks whether it did what it is for.
template <class Effect>
void obeyed(ConformBench& bench, const std::string& name, const std::string& expected,
            const Effect& effect) {
    if (!has(bench, name.c_str())) return bench.notTried(name, "this family has no such command");
    const auto done = bench.indicator.command(name, {});
    if (!done && done.error().kind == IoError::Kind::disconnected) {
        return bench.lose(done.error());
    }
    const auto reading = settled(bench);
    std::string found = done ? "taken" : done.error().text;
    bool right = done.has_value();
    if (reading && reading->gross && reading->net) {
        found += fmt::format("; gross {}, net {}", reading->gross->text(bench.scale.unit, 3),
                             reading->net->text(bench.scale.unit, 3));
        right = right && effect(*reading);
    } else {
        right = false;
        found += "; no weight shown";
    }
    bench.add(right ? ConformVerdict::ok : ConformVerdict::differs, name, expected,
              sourceOf(bench, name), found);
}

/// Code register of a command and its present words.
struct CodePlace {
    const CommandRule* rule{};
    const CommandStyle* style{};
    const RegisterField* field{};
};

std::optional<CodePlace> codePlace(const ConformBench& bench, const std::string& name) {
    const auto command = bench.profile.commands.find(name);
    if (command == bench.profile.commands.end() || !command->second.code) return std::nullopt;
    const CommandRule& rule = command->second;
    const CommandStyle& style = bench.profile.styleOf(rule);
    const std::string& target = rule.field.empty() ? style.field : rule.field;
    const auto field = bench.profile.fields.find(target);
    if (rule.coil || field == bench.profile.fields.end()) return std::nullopt;
    return CodePlace{&rule, &style, &field->second};
}

/// Writes a bare code; the text says what came back.
std::string writeCode(ConformBench& bench, const CodePlace& place, std::int64_t code, bool& taken) {
    const auto words = encodeField(bench.profile, *place.field, code);
    const std::vector<std::uint16_t> values(words.begin(), words.begin() + place.field->words());
    const auto sent = bench.speaks(16) ? bench.modbus.write(place.field->address, values)
                                       : bench.modbus.writeOne(place.field->address, values[0]);
    taken = sent.has_value();
    if (sent) return "taken";
    if (sent.error().kind == IoError::Kind::disconnected) bench.lose(sent.error());
    const int exception = sent.error().exceptionCode;
    return exception != 0 ? bench.say(exception) : sent.error().text;
}

std::string readBack(ConformBench& bench, const CodePlace& place) {
    const auto words =
        bench.modbus.read(place.field->address, place.field->words(), place.field->table);
    if (!words) return "not readable";
    std::uint32_t value = words->front();
    if (words->size() == 2) {
        value = bench.profile.lowWordFirst ? (std::uint32_t{(*words)[1]} << 16U) | (*words)[0]
                                           : (std::uint32_t{(*words)[0]} << 16U) | (*words)[1];
    }
    return std::to_string(value);
}

/// The same code twice, without and with a 0 between.
void repeated(ConformBench& bench) {
    const auto place = codePlace(bench, "zero");
    if (!place) return bench.notTried("the same code twice", "zero is no code in a register");
    const std::string key = sourceOf(bench, "zero");
    const std::int64_t code = *place->rule->code;
    const std::string kept = place->style->selfClearing ? "0" : std::to_string(code);
    for (const bool between : {false, true}) {
        bool first = true, zero = true, second = true;
        std::string found = writeCode(bench, *place, code, first);
        if (between) found += ", 0 " + writeCode(bench, *place, 0, zero);
        found += ", again " + writeCode(bench, *place, code, second);
        if (bench.lost()) return;
        const std::string read = readBack(bench, *place);
        const bool told = read == kept || read == "not readable";
        bench.add(first && zero && second && told ? ConformVerdict::ok : ConformVerdict::differs,
                  between ? "the code of zero twice, 0 between" : "the code of zero twice",
                  fmt::format("taken, reads {} then", kept),
                  bench.origin(place->style->selfClearing ? "self_clearing" : "zero_between"),
                  found + ", reads " + read);
    }
    bool cleared = true;
    if (place->style->zeroBetween) writeCode(bench, *place, 0, cleared);
}

void unknownCode(ConformBench& bench) {
    const auto place = codePlace(bench, "zero");
    if (!place) return bench.notTried("an unknown code", "commands are no codes in a register");
    std::int64_t code = 54321;
    const auto used = [&](std::int64_t value) {
        return std::any_of(bench.profile.commands.begin(), bench.profile.commands.end(),
                           [&](const auto& c) { return c.second.code == value; });
    };
    while (used(code)) --code;
    bool taken = false;
    const auto before = settled(bench);
    std::string found = writeCode(bench, *place, code, taken);
    const auto after = settled(bench);
    if (bench.lost()) return;
    const ModbusException refusal = place->style->refusal;
    bool right = refusal == ModbusException::none ? taken : !taken;
    std::string expected = refusal == ModbusException::none
                               ? "taken, does nothing"
                               : fmt::format("exception {:02X}", static_cast<int>(refusal));
    if (!place->style->result.empty()) {
        const RegisterField& field = bench.profile.fields.at(place->style->result);
        const auto words = bench.modbus.read(field.address, field.words(), field.table);
        RegisterImage image{bench.profile};
        if (words) image.add({field.table, field.address, *words});
        const std::string told = image.meaning(place->style->result);
        expected += ", result not done";
        found += ", result " + told;
        right = right && told != "done";
    }
    const bool same = before && after && before->gross == after->gross && before->net == after->net;
    found += same ? ", weight as before" : ", weight not as before";
    bench.add(right && same ? ConformVerdict::ok : ConformVerdict::differs,
              fmt::format("the unknown code {}", code), expected, sourceOf(bench, "zero"), found);
    writeCode(bench, *place, 0, taken);
}

/// When motion happens to be there, zero is refused.
void inMotion(ConformBench& bench) {
    constexpr int polls = 8;
    const std::string tried = "zero in motion";
    // Where rest is told by equal readings, the first few are no motion yet.
    const auto stable = bench.profile.statusBits.find("stable");
    const int unsure = stable == bench.profile.statusBits.end() ? 0 : stable->second.observed;
    for (int i = 0; i < polls + unsure && !bench.lost(); ++i) {
        const auto reading = bench.indicator.read();
        if (i < unsure || !reading || reading->weightStable || !reading->gross) continue;
        const auto done = bench.indicator.command("zero", {});
        return bench.add(done ? ConformVerdict::differs : ConformVerdict::ok, tried, "refused",
                         sourceOf(bench, "zero"), done ? "taken" : done.error().text);
    }
    bench.notTried(tried, "no motion was seen");
}

}  // namespace

void conformCommands(ConformBench& bench) {
    bench.section("Commands");
    if (!bench.options.write) {
        return bench.notTried("zero, tare and codes", "they change the instrument: --write");
    }
    const ExactMass d = bench.scale.firstInterval();
    const auto within = [&](ExactMass error) { return error.abs() <= d; };
    inMotion(bench);
    const auto before = settled(bench);
    if (before && before->gross && *before->gross >= d) {
        obeyed(bench, "tare", "taken, net 0", [&](const Reading& r) { return within(*r.net); });
        if (bench.lost()) return;
        obeyed(bench, "clear_tare", "taken, net as gross",
               [&](const Reading& r) { return within(*r.net - *r.gross); });
    } else {
        bench.notTried("tare", "there is no load: put on about 1 % of Max");
    }
    if (bench.lost()) return;
    constexpr int zeroRange_pct = 2;
    const bool near =
        before && before->gross && 100 * before->gross->abs() <= zeroRange_pct * bench.scale.max();
    if (near) {
        obeyed(bench, "zero", "taken, gross 0", [&](const Reading& r) { return within(*r.gross); });
        if (!bench.lost()) repeated(bench);
    } else {
        bench.notTried("zero", "the load is beyond 2 % of Max");
    }
    if (!bench.lost()) unknownCode(bench);
}

}  // namespace jh
