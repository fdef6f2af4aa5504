// SPDX-License-Identifier: GPL-3.0-or-later
// The other half of hil/indicator/simulated_station.h: what happens when it is written to.
#include <algorithm>
#include <map>

#include "hil/indicator/simulated_station.h"

namespace jh {

namespace {

constexpr std::int64_t million = 1'000'000;

const char* word(jh_core_outcome outcome) {
    switch (outcome) {
        case JH_CORE_DONE:
            return "done";
        case JH_CORE_NOT_STABLE:
            return "not stable";
        case JH_CORE_SEALED:
            return "sealed";
        case JH_CORE_NO_WEIGHT:
            return "no weight shown";
        default:
            return "out of range";
    }
}

}  // namespace

ModbusException SimulatedStation::write(ModbusTable table, int address,
                                        std::span<const std::uint16_t> values) {
    showDue();
    if (table == ModbusTable::coils) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const int coil = address + static_cast<int>(i);
            const auto command = std::find_if(profile_.commands.begin(), profile_.commands.end(),
                                              [&](const auto& c) { return c.second.coil == coil; });
            if (command == profile_.commands.end()) return ModbusException::address;
            const auto& [name, rule] = *command;
            if (values[i] == 0) {
                coils_.erase(coil);
                continue;
            }
            if (!profile_.styleOf(rule).selfClearing) coils_.insert(coil);
            const auto answer = publish(rule, execute(name, rule));
            if (answer != ModbusException::none) return answer;
        }
        return ModbusException::none;
    }
    Memory& m = holding_;
    const int count = static_cast<int>(values.size());
    if (const auto no = permitted(m, address, count, Access::write); no != ModbusException::none) {
        return no;
    }
    std::copy(values.begin(), values.end(), m.words.begin() + (address - m.first));
    std::set<std::string> written;
    for (const auto* named : m.fields) {
        const RegisterField& f = named->second;
        // A value of two registers has arrived when its last one has.
        const int last = f.address + f.words() - 1;
        if (last >= address && last < address + count) written.insert(named->first);
    }
    return obey(written);
}

/// Everything that a write has set off: all values are in place before any command is carried out.
ModbusException SimulatedStation::obey(const std::set<std::string>& written) {
    ModbusException answer = ModbusException::none;
    std::set<std::string> understood;
    for (const bool withCode : {true, false}) {
        for (const auto& [name, rule] : profile_.commands) {
            const CommandStyle& style = profile_.styleOf(rule);
            const std::string& target = rule.field.empty() ? style.field : rule.field;
            if (rule.coil || rule.code.has_value() != withCode) continue;
            if (understood.count(target) != 0 || !fires(rule, written)) continue;
            understood.insert(target);
            const auto told = publish(rule, execute(name, rule));
            if (answer == ModbusException::none) answer = told;
        }
    }
    // A code that none of the commands has, where codes are expected.
    for (const auto& named : profile_.commandStyles) {
        const std::string& name = named.first;
        const CommandStyle& style = named.second;
        if (style.field.empty() || written.count(style.field) == 0) continue;
        const std::int64_t code = rawOf(style.field);
        if (code == 0) raised_.erase(style.handshake);
        const bool known =
            std::any_of(profile_.commands.begin(), profile_.commands.end(), [&](const auto& c) {
                const std::string& target =
                    c.second.field.empty() ? profile_.styleOf(c.second).field : c.second.field;
                return target == style.field && (!c.second.code || c.second.code == code);
            });
        if (code == 0 || known || understood.count(style.field) != 0) continue;
        CommandRule unknown;
        unknown.style = name;
        const auto told = publish(unknown, "unknown command");
        if (answer == ModbusException::none) answer = told;
    }
    for (const std::string& field : written) codesBefore_[field] = rawOf(field);
    return answer;
}

/// Whether what has been written is this command.
bool SimulatedStation::fires(const CommandRule& rule, const std::set<std::string>& written) const {
    const CommandStyle& style = profile_.styleOf(rule);
    const std::string& target = rule.field.empty() ? style.field : rule.field;
    if (rule.code && rawOf(target) != *rule.code) return false;
    if (!style.trigger.empty()) {
        return written.count(style.trigger) != 0 && rawOf(style.trigger) == style.triggerValue;
    }
    const bool last =
        rule.code && !rule.parameter.empty() && style.parameter == CommandStyle::Order::after;
    if (written.count(last ? rule.parameter : target) == 0) return false;
    const auto changed = [&](const std::string& field) {
        const auto before = codesBefore_.find(field);
        return (before == codesBefore_.end() ? 0 : before->second) != rawOf(field);
    };
    if (!style.counter.empty()) return changed(style.counter);
    return !style.zeroBetween || changed(target);
}

jh_core_outcome SimulatedStation::run(jh_core_command command, std::int64_t mass_mg) {
    return jh_core_execute(core_.state(), now_us(), command, mass_mg);
}

std::string SimulatedStation::execute(const std::string& name, const CommandRule& rule) {
    static const std::map<std::string, jh_core_command> commands{
        {"zero", JH_CORE_ZERO},
        {"tare", JH_CORE_TARE},
        {"clear_tare", JH_CORE_CLEAR_TARE},
        {"adjust_zero", JH_CORE_ADJUST_ZERO},
        {"adjust_span", JH_CORE_ADJUST_SPAN},
        {"unlock", JH_CORE_UNLOCK},
        {"seal", JH_CORE_SEAL}};
    const auto command = commands.find(name);
    if (command == commands.end()) return "done";  // nothing of it shows in a weight
    // A parameter that must be this very number: a passcode.
    if (rule.value && !rule.parameter.empty() && rawOf(rule.parameter) != *rule.value) {
        return "out of range";
    }
    const bool adjusts = name == "adjust_zero" || name == "adjust_span";
    // A family without a lock is always open for adjustment; the core is not.
    const bool unlocked = adjusts && profile_.commands.count("unlock") == 0;
    if (unlocked) run(JH_CORE_UNLOCK);
    std::int64_t stepMg = million;
    for (int i = 0; i < decimals_; ++i) stepMg /= 10;
    jh_core_outcome outcome{};
    if (!rule.copy.empty()) {
        const std::int64_t codes = rawOf(rule.field) * (fineCodes_ ? 1 : finePerCode);
        outcome = jh_core_set_dead_load(core_.state(), codes);
    } else if (!rule.slope.empty()) {
        // So much for a million codes; the slope is written in steps of 10^-exponent.
        std::int64_t perSlope_mg = million * stepMg;
        int digits = rule.exponent;
        for (; digits > 0 && perSlope_mg % 10 == 0; --digits) perSlope_mg /= 10;
        std::int64_t mass_mg = rawOf(rule.field) * perSlope_mg;
        for (; digits > 0; --digits) mass_mg /= 10;
        outcome = jh_core_set_span(core_.state(), mass_mg, million);
    } else {
        const CommandStyle& style = profile_.styleOf(rule);
        const std::string& target = rule.field.empty() ? style.field : rule.field;
        const std::string& load = rule.code || rule.coil ? rule.parameter : target;
        const bool carries = name == "adjust_span" && !load.empty();
        outcome = run(command->second, carries ? rawOf(load) * stepMg : 0);
    }
    if (unlocked) run(JH_CORE_SEAL);
    return word(outcome);
}

/// The outcome in the family's own way of telling.
ModbusException SimulatedStation::publish(const CommandRule& rule, const std::string& outcome) {
    const CommandStyle& style = profile_.styleOf(rule);
    const std::string& target = rule.field.empty() ? style.field : rule.field;
    const bool done = outcome == "done";
    const auto show = [this, &rule, &style, outcome, done, target] {
        if (!style.result.empty()) {
            const RegisterField& field = profile_.fields.at(style.result);
            const auto own = codeFor(field, outcome);
            put(style.result, own ? *own : codeFor(field, "error").value_or(0));
        }
        if (!style.reason.empty()) {
            const auto code = codeFor(profile_.fields.at(style.reason), outcome);
            put(style.reason, done ? 0 : code.value_or(0));
        }
        if (!style.echo.empty() && done && rule.code) put(style.echo, *rule.code);
        if (!style.counterEcho.empty()) put(style.counterEcho, rawOf(style.counter));
        if (!style.handshake.empty() && done) raised_.insert(style.handshake);
        if (style.parameterCleared && done && !rule.parameter.empty()) put(rule.parameter, 0);
    };
    if (style.selfClearing && !target.empty() && !rule.coil) put(target, 0);
    if (style.duration > SimTime{}) {
        if (!style.result.empty()) {
            const auto busy = codeFor(profile_.fields.at(style.result), "busy");
            if (busy) put(style.result, *busy);
        }
        pending_.push_back({now_() + style.duration, show});
    } else {
        show();
    }
    return done ? ModbusException::none : style.refusal;
}

void SimulatedStation::showDue() {
    while (!pending_.empty() && pending_.front().at <= now_()) {
        pending_.front().show();
        pending_.erase(pending_.begin());
    }
}

}  // namespace jh
