// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/indicator/frame_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "hil/modbus/modbus_words.h"

namespace jh {
namespace {

using Pdu = std::span<const std::uint8_t>;
using namespace modbus_function;

constexpr std::uint8_t exceptionBit = 0x80;
constexpr std::size_t mostNames = 12;

int word(Pdu pdu, std::size_t at) {
    return pdu[at] << 8 | pdu[at + 1];
}

bool isBitTable(ModbusTable table) {
    return table == ModbusTable::coils || table == ModbusTable::discreteInputs;
}

std::optional<ModbusTable> tableRead(std::uint8_t function) {
    switch (function) {
        case readCoils:
            return ModbusTable::coils;
        case readDiscreteInputs:
            return ModbusTable::discreteInputs;
        case readHoldingRegisters:
            return ModbusTable::holdingRegisters;
        case readInputRegisters:
            return ModbusTable::inputRegisters;
        default:
            return std::nullopt;
    }
}

std::string counted(int count, const char* one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

const char* oneOf(ModbusTable table) {
    constexpr const char* names[] = {"coil", "discrete input", "input register",
                                     "holding register"};
    return names[static_cast<int>(table)];
}

std::vector<std::uint16_t> wordsFrom(Pdu data) {
    std::vector<std::uint16_t> words;
    for (std::size_t i = 0; i + 1 < data.size(); i += 2) {
        words.push_back(static_cast<std::uint16_t>(word(data, i)));
    }
    return words;
}

std::string bitsFrom(Pdu data, int count) {
    std::string text;
    for (int i = 0; i < count && static_cast<std::size_t>(i / 8) < data.size(); ++i) {
        text += (data[static_cast<std::size_t>(i / 8)] >> i % 8 & 1) != 0 ? '1' : '0';
    }
    return text;
}

void append(std::string& to, const std::string& part) {
    if (!to.empty() && !part.empty()) to += ", ";
    to += part;
}

/// A number in steps of 10^-decimals.
std::string decimalText(std::int64_t value, int decimals) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (decimals > 0) {
        const auto places = static_cast<std::size_t>(decimals);
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, 1, '.');
    }
    return (value < 0 ? "-" : "") + digits;
}

}  // namespace

FrameWords::FrameWords(const IndicatorProfile* profile) : profile_{profile} {
    if (profile_ == nullptr) return;
    decimals_ = profile_->decimals;
    for (const auto& field : profile_->fields) fields_.push_back(&field);
    std::stable_sort(fields_.begin(), fields_.end(), [](const auto* a, const auto* b) {
        return a->second.address < b->second.address;
    });
}

std::string FrameWords::request(Pdu pdu) {
    if (pdu.empty()) return "empty";
    const std::uint8_t function = pdu[0];
    constexpr std::size_t whole = 5;
    if (const auto table = tableRead(function); table && pdu.size() >= whole) {
        const int address = word(pdu, 1), count = word(pdu, 3);
        std::string text =
            fmt::format("read {} from {}", counted(count, oneOf(*table)), place(*table, address));
        const std::string names = namesIn(*table, address, count);
        return names.empty() ? text : text + ": " + names;
    }
    if (std::string text = writing(pdu); !text.empty()) return text;
    return functionName(function);
}

std::string FrameWords::writing(Pdu pdu) {
    constexpr std::size_t single = 5, head = 6;
    if (pdu.size() < single) return {};
    const int address = word(pdu, 1);
    switch (pdu[0]) {
        case writeCoil: {
            std::string name;
            for (const auto& [each, rule] :
                 profile_ ? profile_->commands : std::map<std::string, CommandRule>{}) {
                if (rule.coil == address) name = " (" + each + ')';
            }
            const int value = word(pdu, 3);
            return fmt::format("write coil {}{} {}", place(ModbusTable::coils, address), name,
                               value == 0xFF00 ? "on"
                               : value == 0    ? "off"
                                               : fmt::format("0x{:04X}", value));
        }
        case writeRegister:
            return "write " +
                   contents({ModbusTable::holdingRegisters, address, wordsFrom(pdu.subspan(3, 2))});
        case writeCoils:
            return fmt::format("write {} from {}: {}", counted(word(pdu, 3), "coil"),
                               place(ModbusTable::coils, address),
                               bitsFrom(pdu.subspan(std::min(head, pdu.size())), word(pdu, 3)));
        case writeRegisters:
            if (pdu.size() <= head) return {};
            return "write " +
                   contents({ModbusTable::holdingRegisters, address, wordsFrom(pdu.subspan(head))});
        default:
            return {};
    }
}

std::string FrameWords::reply(Pdu pdu, Pdu asked) {
    if (pdu.empty()) return "empty";
    const std::uint8_t function = pdu[0];
    if ((function & exceptionBit) != 0) {
        return exception(static_cast<std::uint8_t>(function & 0x7F),
                         pdu.size() > 1 ? pdu[1] : std::uint8_t{});
    }
    constexpr std::size_t head = 5;
    if (const auto table = tableRead(function); table && pdu.size() > 2) {
        const Pdu data = pdu.subspan(2);
        if (asked.size() < head || asked[0] != function) {
            return fmt::format("{} bytes of {}s, to a question that was not heard", data.size(),
                               oneOf(*table));
        }
        const int address = word(asked, 1), count = word(asked, 3);
        if (isBitTable(*table)) {
            return fmt::format("{}s from {}: {}", oneOf(*table), place(*table, address),
                               bitsFrom(data, count));
        }
        return contents({*table, address, wordsFrom(data)});
    }
    if ((function == writeRegisters || function == writeCoils) && pdu.size() >= head) {
        return counted(word(pdu, 3), function == writeCoils ? "coil" : "register") + " written";
    }
    if (function == writeRegister || function == writeCoil) return "written";
    return functionName(function);
}

std::string FrameWords::exception(std::uint8_t function, std::uint8_t code) const {
    const bool own = profile_ != nullptr && profile_->exceptions.count(code) != 0;
    const std::string meaning = own ? profile_->exceptions.at(code) : exceptionName(code);
    return fmt::format("exception {:02X} to {}{}{}", code, functionName(function),
                       meaning.empty() ? "" : ": ", meaning);
}

std::string FrameWords::place(ModbusTable table, int address) const {
    if (profile_ == nullptr) return std::to_string(address);
    const int first = table == ModbusTable::holdingRegisters ? profile_->firstHolding
                      : table == ModbusTable::inputRegisters ? profile_->firstInput
                      : table == ModbusTable::coils          ? profile_->firstCoil
                                                             : 0;
    if (first == 0) return std::to_string(address);
    return fmt::format("{} ({})", address, address + first);
}

std::string FrameWords::namesIn(ModbusTable table, int address, int count) const {
    std::string text;
    std::size_t named = 0;
    for (const auto* each : fields_) {
        const RegisterField& f = each->second;
        const bool inside =
            f.table == table && f.address >= address && f.address + f.words() <= address + count;
        if (!inside) continue;
        if (++named <= mostNames) append(text, each->first);
    }
    if (named > mostNames) text += fmt::format(" and {} more", named - mostNames);
    return text;
}

void FrameWords::learn(const RegisterImage& image) {
    if (image.holds("decimals")) {
        constexpr int most = 6;
        const std::string told = image.meaning("decimals");
        int decimals{};
        const char* end = told.data() + told.size();
        const auto [read, error] = std::from_chars(told.data(), end, decimals);
        if (error == std::errc{} && read == end && decimals >= 0 && decimals <= most) {
            decimals_ = decimals;
        }
    }
    if (image.holds("unit")) unit_ = ' ' + image.meaning("unit");
}

std::string FrameWords::contents(const RegisterBlock& block) {
    std::string text;
    std::vector<bool> known(block.words.size());
    if (profile_ != nullptr) {
        RegisterImage image{*profile_};
        image.add(block);
        learn(image);
        for (const auto* each : fields_) {
            const auto& [name, field] = *each;
            if (field.table != block.table || !image.holds(name)) continue;
            append(text, name + ' ' + valueOf(name, field, image));
            for (int i = 0; i < field.words(); ++i) {
                known[static_cast<std::size_t>(field.address + i - block.address)] = true;
            }
        }
    }
    std::size_t unnamed = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] || ++unnamed > mostNames) continue;
        append(text,
               fmt::format("{}=0x{:04X}", place(block.table, block.address + static_cast<int>(i)),
                           block.words[i]));
    }
    if (unnamed > mostNames) text += fmt::format(" and {} more", unnamed - mostNames);
    return text;
}

std::string FrameWords::valueOf(const std::string& name, const RegisterField& field,
                                const RegisterImage& image) const {
    if (std::string status = statusOf(name, image); !status.empty()) return status;
    constexpr int shownOfFloat = 3;
    const bool mass = isMassField(name) && field.values.empty();
    const int decimals = mass                                     ? decimals_
                         : field.type == RegisterField::Type::f32 ? shownOfFloat
                                                                  : 0;
    const auto raw = image.raw(name, decimals);
    if (!raw) return "no number";
    if (mass && profile_->blank && *raw == *profile_->blank) return "blank";
    if (!field.values.empty()) return image.meaning(name);
    const auto sign = profile_->statusBits.find(field.sign);
    const bool signUnknown = sign != profile_->statusBits.end() && !image.holds(sign->second.field);
    return (signUnknown && *raw != 0 ? "+-" : "") + decimalText(*raw, decimals) +
           (mass ? unit_ : commandNamed(name, *raw));
}

std::string FrameWords::statusOf(const std::string& field, const RegisterImage& image) const {
    std::string set;
    bool isStatus = false;
    for (const auto& [name, bit] : profile_->statusBits) {
        if (bit.observed > 0 || bit.field != field) continue;
        isStatus = true;
        if (image.bit(name)) set += (set.empty() ? "" : " ") + name;
    }
    if (!isStatus) return {};
    return fmt::format("0x{:04X} ({})", image.raw(field).value_or(0),
                       set.empty() ? "nothing" : set);
}

std::string FrameWords::commandNamed(const std::string& field, std::int64_t code) const {
    for (const auto& [name, rule] : profile_->commands) {
        const std::string& own = rule.field.empty() ? profile_->styleOf(rule).field : rule.field;
        if (own == field && rule.code == code) return " (" + name + ')';
    }
    return {};
}

}  // namespace jh
