// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/indicator/register_map.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "sim/base/check.h"

namespace jh {

namespace {

using Type = RegisterField::Type;

double powerOfTen(int exponent) {
    double power = 1.0;
    for (int i = 0; i < exponent; ++i) power *= 10.0;
    return power;
}

std::uint32_t joined(const IndicatorProfile& profile, const RegisterField& field,
                     const std::uint16_t* words) {
    if (field.words() == 1) return words[0];
    const std::uint32_t first = words[0], second = words[1];
    return profile.lowWordFirst ? second << 16 | first : first << 16 | second;
}

std::uint32_t maskOf(int bits) {
    return bits >= 32 ? 0xFFFFFFFFU : (1U << bits) - 1U;
}

/// Least and most of what a field can hold, its sign and high bit apart.
std::pair<std::int64_t, std::int64_t> span(const RegisterField& field) {
    if (field.bits > 0) return {0, maskOf(field.bits)};
    switch (field.type) {
        case Type::u16:
            return {0, 0xFFFF};
        case Type::i16:
            return {-0x8000, 0x7FFF};
        case Type::u32:
            return {0, 0xFFFFFFFFLL};
        default:
            return {std::int64_t{INT32_MIN}, INT32_MAX};
    }
}

}  // namespace

const CommandStyle& IndicatorProfile::styleOf(const CommandRule& rule) const {
    if (rule.style.empty()) {
        static const CommandStyle plain;
        return commandStyles.empty() ? plain : commandStyles.begin()->second;
    }
    return commandStyles.at(rule.style);
}

bool isMassField(const std::string& name) {
    static const std::set<std::string> names{
        "gross", "net",   "displayed",  "tare",       "peak",      "interval",        "max",
        "max_1", "max_2", "interval_1", "interval_2", "parameter", "calibration_load"};
    return names.count(name) != 0 || name.rfind("cell_weight_", 0) == 0;
}

bool RegisterImage::holds(const std::string& name) const {
    const auto field = profile_->fields.find(name);
    return field != profile_->fields.end() && find(field->second) != nullptr;
}

const std::uint16_t* RegisterImage::find(const RegisterField& field) const {
    for (const RegisterBlock& block : blocks_) {
        if (block.table == field.table && field.address >= block.address &&
            field.address + field.words() <= block.end()) {
            return &block.words[static_cast<std::size_t>(field.address - block.address)];
        }
    }
    return nullptr;
}

std::optional<std::int64_t> RegisterImage::raw(const std::string& name, int decimals) const {
    const auto found = profile_->fields.find(name);
    if (found == profile_->fields.end()) return std::nullopt;
    const RegisterField& field = found->second;
    const std::uint16_t* words = find(field);
    if (words == nullptr) return std::nullopt;
    const std::uint32_t all = joined(*profile_, field, words);
    std::int64_t value = all;
    if (field.bits > 0) {
        value = all >> field.firstBit & maskOf(field.bits);
    } else if (field.type == Type::i16) {
        value = static_cast<std::int16_t>(all);
    } else if (field.type == Type::i32) {
        value = static_cast<std::int32_t>(all);
    } else if (field.type == Type::f32) {
        const double number = static_cast<double>(std::bit_cast<float>(all)) * powerOfTen(decimals);
        constexpr double most = 9e15;
        if (!(std::fabs(number) < most)) return std::nullopt;
        value = std::llround(number);
    }
    const int width = field.bits > 0 ? field.bits : 16 * field.words();
    if (!field.highBit.empty() && bit(field.highBit)) value += std::int64_t{1} << width;
    if (!field.sign.empty() && bit(field.sign)) value = -value;
    return value;
}

bool RegisterImage::bit(const std::string& name) const {
    const auto found = profile_->statusBits.find(name);
    if (found == profile_->statusBits.end() || found->second.observed > 0) return false;
    const StatusBit& rule = found->second;
    const auto status = raw(rule.field);
    if (!status) return false;
    const int value =
        static_cast<int>(static_cast<std::uint64_t>(*status) >> rule.bit & maskOf(rule.bits));
    const bool told = rule.is.empty()
                          ? value == 1
                          : std::find(rule.is.begin(), rule.is.end(), value) != rule.is.end();
    return told != rule.inverted;
}

std::string RegisterImage::meaning(const std::string& name) const {
    const auto code = raw(name);
    if (!code) return {};
    const auto& values = profile_->fields.at(name).values;
    const auto found = values.find(static_cast<int>(*code));
    return found == values.end() ? std::to_string(*code) : found->second;
}

std::optional<int> codeFor(const RegisterField& field, const std::string& meaning) {
    for (const auto& [code, text] : field.values) {
        if (text == meaning) return code;
    }
    return std::nullopt;
}

std::array<std::uint16_t, 2> encodeField(const IndicatorProfile& profile,
                                         const RegisterField& field, std::int64_t value,
                                         int decimals, std::array<std::uint16_t, 2> before) {
    std::uint32_t all{};
    if (field.type == Type::f32) {
        all = std::bit_cast<std::uint32_t>(
            static_cast<float>(static_cast<double>(value) / powerOfTen(decimals)));
    } else {
        if (!field.sign.empty()) value = std::abs(value);
        const int width = field.bits > 0 ? field.bits : 16 * field.words();
        if (!field.highBit.empty()) value &= (std::int64_t{1} << width) - 1;
        const auto [least, most] = span(field);
        value = std::clamp(value, least, most);
        all = static_cast<std::uint32_t>(static_cast<std::uint64_t>(value));
        if (field.bits > 0) {
            const std::uint32_t mask = maskOf(field.bits) << field.firstBit;
            all = (joined(profile, field, before.data()) & ~mask) | (all << field.firstBit & mask);
        }
    }
    const auto high = static_cast<std::uint16_t>(all >> 16), low = static_cast<std::uint16_t>(all);
    if (field.words() == 1) return {low, 0};
    return profile.lowWordFirst ? std::array<std::uint16_t, 2>{low, high}
                                : std::array<std::uint16_t, 2>{high, low};
}

std::vector<RegisterBlock> planReading(const IndicatorProfile& profile,
                                       const std::vector<std::string>& names) {
    struct Range {
        ModbusTable table;
        int first, end;
        auto operator<=>(const Range&) const = default;
    };
    std::set<Range> wanted;
    for (const std::string& name : names) {
        const auto field = profile.fields.find(name);
        if (field == profile.fields.end()) continue;
        const RegisterField& f = field->second;
        wanted.insert({f.table, f.address, f.address + f.words()});
    }
    // A register between two wanted ones may be read when some field holds it.
    std::set<std::pair<ModbusTable, int>> known;
    for (const auto& [name, f] : profile.fields) {
        for (int word = 0; word < f.words(); ++word) known.insert({f.table, f.address + word});
    }
    const auto readable = [&](ModbusTable table, int from, int to) {
        for (int address = from; address < to; ++address) {
            if (!profile.gapsReadable && known.count({table, address}) == 0) return false;
        }
        return true;
    };
    std::vector<RegisterBlock> plan;
    for (const Range& range : wanted) {
        RegisterBlock* last = plan.empty() ? nullptr : &plan.back();
        if (last != nullptr && last->table == range.table &&
            range.end - last->address <= profile.mostRead &&
            readable(range.table, last->end(), range.first)) {
            const int end = std::max(last->end(), range.end);
            last->words.resize(static_cast<std::size_t>(end - last->address));
            continue;
        }
        plan.push_back(
            {range.table, range.first,
             std::vector<std::uint16_t>(static_cast<std::size_t>(range.end - range.first))});
    }
    return plan;
}

std::vector<std::string> readingFields(const IndicatorProfile& profile) {
    std::vector<std::string> names{"gross",    "net",  "displayed", "tare",
                                   "interval", "unit", "decimals",  "heartbeat"};
    for (const auto& [name, bit] : profile.statusBits) {
        if (bit.observed == 0) names.push_back(bit.field);
    }
    return names;
}

std::optional<ExactMass> massUnitNamed(const std::string& name) {
    if (name == "kg") return ExactMass::kg(1);
    if (name == "g") return ExactMass::g(1);
    if (name == "t") return ExactMass::kg(1000);
    if (name == "lb") return ExactMass::lb(1);
    return std::nullopt;
}

}  // namespace jh
