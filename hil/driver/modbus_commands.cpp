// SPDX-License-Identifier: GPL-3.0-or-later
// The other half of hil/driver/modbus_indicator.h: how a family takes its commands.
#include <fmt/format.h>

#include "hil/driver/modbus_indicator.h"
#include "sim/base/check.h"

namespace jh {

namespace {

constexpr int commandPolls = 8;
/// A filter has to show an adjustment before its effect can be looked for.
constexpr int effectPolls = 24;

Unexpected<IoError> refused(const std::string& name, const std::string& why) {
    return Unexpected<IoError>{{IoError::Kind::refused, name + ": " + why}};
}

}  // namespace

Expected<void, IoError> ModbusIndicator::command(const std::string& name,
                                                 std::optional<std::int64_t> load) {
    const SimTime begin = nextOn(commandGrid, clock_.now());
    if (auto waited = clock_.waitUntil(begin); !waited) return waited;
    auto done = carryOut(name, load);
    if (auto waited = clock_.waitUntil(begin + commandTakes); !waited) return waited;
    return done;
}

Expected<void, IoError> ModbusIndicator::carryOut(const std::string& name,
                                                  std::optional<std::int64_t> load) {
    const auto found = profile_.commands.find(name);
    if (found == profile_.commands.end()) return refused(name, "this family has no such command");
    const CommandRule& rule = found->second;
    for (const std::string& before : rule.first) {
        if (auto done = carryOut(before, {}); !done) return done;
    }
    if (load) load_ = *load;
    const bool byClient = !rule.copy.empty() || !rule.slope.empty();
    if (auto sent = byClient ? calculate(name, rule, load)
                             : send(name, rule, rule.value ? rule.value : load);
        !sent) {
        return sent;
    }
    if (auto done = await(name, rule); !done) return done;
    for (const std::string& after : rule.then) {
        if (auto done = carryOut(after, {}); !done) return done;
    }
    return {};
}

Expected<void, IoError> ModbusIndicator::send(const std::string& name, const CommandRule& rule,
                                              std::optional<std::int64_t> parameter) {
    const CommandStyle& style = profile_.styleOf(rule);
    if (rule.coil) {
        const auto sent = client_.writeCoil(*rule.coil, true);
        if (!sent) return Unexpected<IoError>{explained(name, sent.error())};
        return {};
    }
    const std::string& field = rule.field.empty() ? style.field : rule.field;
    using Fields = std::vector<std::pair<std::string, std::int64_t>>;
    std::vector<Fields> writes;
    if (style.zeroBetween) writes.push_back({{field, 0}});
    Fields code{{field, rule.code ? *rule.code : parameter.value_or(0)}};
    if (!style.counter.empty()) code.push_back({style.counter, ++counter_});
    const bool carries = !rule.parameter.empty() && rule.code;
    const Fields carried{{rule.parameter, parameter.value_or(0)}};
    if (carries && style.parameter == CommandStyle::Order::before) writes.push_back(carried);
    if (carries && style.parameter == CommandStyle::Order::together) {
        code.insert(code.begin(), carried.front());
    }
    writes.push_back(code);
    if (carries && style.parameter == CommandStyle::Order::after) writes.push_back(carried);
    if (!style.trigger.empty()) writes.push_back({{style.trigger, style.triggerValue}});
    for (const Fields& write : writes) {
        const auto sent = writeFields(write);
        if (!sent) return Unexpected<IoError>{explained(name, sent.error())};
    }
    return {};
}

/// Several fields in one request: what lies between them is written 0.
Expected<void, IoError> ModbusIndicator::writeFields(
    const std::vector<std::pair<std::string, std::int64_t>>& values) {
    int first = 65536, end = 0;
    for (const auto& [name, value] : values) {
        const RegisterField& field = profile_.fields.at(name);
        first = std::min(first, field.address);
        end = std::max(end, field.address + field.words());
    }
    std::vector<std::uint16_t> words(static_cast<std::size_t>(end - first));
    for (const auto& [name, value] : values) {
        const RegisterField& field = profile_.fields.at(name);
        const auto encoded = encodeField(profile_, field, value, decimals_);
        for (int i = 0; i < field.words(); ++i) {
            const int at = field.address - first + i;
            words[static_cast<std::size_t>(at)] = encoded[static_cast<std::size_t>(i)];
        }
    }
    return writeWords(first, words);
}

Expected<void, IoError> ModbusIndicator::writeWords(int address,
                                                    const std::vector<std::uint16_t>& words) {
    const auto& functions = profile_.functions;
    const bool many = std::find(functions.begin(), functions.end(), 16) != functions.end();
    if (many) return client_.write(address, words);
    JH_CHECK(words.size() == 1);  // a profile without function 16 has no wider field to write
    return client_.writeOne(address, words.front());
}

/// Adjustment by arithmetic: the indicator tells codes and takes coefficients.
Expected<void, IoError> ModbusIndicator::calculate(const std::string& name, const CommandRule& rule,
                                                   std::optional<std::int64_t> load) {
    const std::string& from = rule.copy.empty() ? rule.slope : rule.copy;
    const auto image = fetch(std::vector<std::string>{from, rule.zero});
    if (!image) return Unexpected<IoError>{explained(name, image.error())};
    const std::int64_t code = image->raw(from).value_or(0);
    std::int64_t value = code;
    if (rule.copy.empty()) {
        const std::int64_t live = code - image->raw(rule.zero).value_or(0);
        if (live <= 0) return refused(name, "the signal does not rise with the load");
        std::int64_t scaled = load.value_or(0);
        for (int i = 0; i < rule.exponent; ++i) scaled *= 10;
        value = (scaled + live / 2) / live;
    }
    const auto sent = writeFields({{rule.field, value}});
    if (!sent) return Unexpected<IoError>{explained(name, sent.error())};
    return {};
}

Expected<void, IoError> ModbusIndicator::await(const std::string& name, const CommandRule& rule) {
    const CommandStyle& style = profile_.styleOf(rule);
    const int polls = style.duration > SimTime{} ? effectPolls : commandPolls;
    for (int poll = 0; poll < polls; ++poll) {
        const auto done = taken(name, rule);
        if (!done) return Unexpected<IoError>{done.error()};
        if (*done) return {};
        if (auto waited = clock_.waitUntil(clock_.now() + readingGrid); !waited) return waited;
    }
    return Unexpected<IoError>{{IoError::Kind::timeout, name + ": still busy"}};
}

Expected<bool, IoError> ModbusIndicator::taken(const std::string& name, const CommandRule& rule) {
    const CommandStyle& style = profile_.styleOf(rule);
    const std::string& field = rule.field.empty() ? style.field : rule.field;
    const auto ask = [&](const std::vector<std::string>& names) {
        auto image = fetch(names);
        if (!image) image = Unexpected<IoError>{explained(name, image.error())};
        return image;
    };
    if (!style.result.empty()) {
        const auto image = ask({style.result, style.reason});
        if (!image) return Unexpected<IoError>{image.error()};
        const std::string meaning = image->meaning(style.result);
        if (meaning == "done" || meaning == "busy") return meaning == "done";
        const bool known =
            profile_.fields.at(style.result)
                .values.count(static_cast<int>(image->raw(style.result).value_or(0))) != 0;
        const std::string why = style.reason.empty() ? meaning : image->meaning(style.reason);
        return refused(name, known ? why : "state " + why);
    }
    if (!style.counterEcho.empty()) {
        const auto image = ask({style.counterEcho});
        if (!image) return Unexpected<IoError>{image.error()};
        return image->raw(style.counterEcho) == std::int64_t{counter_};
    }
    if (!style.echo.empty()) {
        const auto image = ask({style.echo});
        if (!image) return Unexpected<IoError>{image.error()};
        return image->raw(style.echo) == rule.code;
    }
    if (!style.handshake.empty()) {
        const std::string& status = profile_.statusBits.at(style.handshake).field;
        const auto image = ask({status});
        if (!image) return Unexpected<IoError>{image.error()};
        if (!image->bit(style.handshake)) return false;
        const auto released = writeFields({{field, 0}});
        if (!released) return Unexpected<IoError>{explained(name, released.error())};
        return true;
    }
    if (style.parameterCleared && !rule.parameter.empty()) {
        const auto image = ask({rule.parameter});
        if (!image) return Unexpected<IoError>{image.error()};
        return image->raw(rule.parameter) == 0;
    }
    return effectSeen(name);
}

/// A family that tells nothing is judged by what it shows.
Expected<bool, IoError> ModbusIndicator::effectSeen(const std::string& name) {
    const bool shows = name == "zero" || name == "tare" || name == "clear_tare" ||
                       name == "adjust_zero" || name == "adjust_span";
    if (!shows) return true;
    for (int poll = 0; poll < effectPolls; ++poll) {
        const auto r = read();
        if (!r) return Unexpected<IoError>{r.error()};
        if (!r->gross || !r->net) continue;
        const ExactMass wanted = load_ * step();
        const ExactMass off = name == "adjust_span"  ? *r->gross - wanted
                              : name == "tare"       ? *r->net
                              : name == "clear_tare" ? *r->net - *r->gross
                                                     : *r->gross;
        if (off.abs() <= ExactMass{} || (name == "adjust_span" && off.abs() <= r->interval)) {
            return true;
        }
    }
    return refused(name, "its effect is not seen; was the load at rest and within range?");
}

}  // namespace jh
