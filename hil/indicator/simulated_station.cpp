// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/indicator/simulated_station.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr std::int64_t million = 1'000'000;

std::int64_t powerOfTen(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// Nearest whole quotient, halves away from zero; b > 0.
std::int64_t divideNearest(std::int64_t a, std::int64_t b) {
    return a < 0 ? -((-a + b / 2) / b) : (a + b / 2) / b;
}

}  // namespace

SimulatedStation::SimulatedStation(const IndicatorProfile& profile, NativeHost& core,
                                   std::function<SimTime()> now, MassUnit unit)
    : profile_{profile}, core_{core}, now_{std::move(now)}, unit_{unit} {
    for (const auto& [name, rule] : profile.commands)
        fineCodes_ = fineCodes_ || !rule.slope.empty();
    for (const auto& named : profile.fields) memory(named.second.table).fields.push_back(&named);
    for (Memory* m : {&holding_, &input_}) {
        // Parts of a register after the whole of it, so that they stand when both are brought up.
        std::sort(m->fields.begin(), m->fields.end(), [](const auto* a, const auto* b) {
            return std::pair{a->second.address, a->second.bits} <
                   std::pair{b->second.address, b->second.bits};
        });
        if (m->fields.empty()) continue;
        m->first = m->fields.front()->second.address;
        int end = m->first;
        for (const auto* f : m->fields) end = std::max(end, f->second.address + f->second.words());
        m->words.resize(static_cast<std::size_t>(end - m->first));
        m->known.resize(m->words.size());
        for (const auto* f : m->fields) {
            std::fill_n(m->known.begin() + (f->second.address - m->first), f->second.words(), true);
        }
    }
    decimals_ = decimals();
    // Before the first command its outcome register says that all is well.
    for (const auto& [name, style] : profile.commandStyles) {
        if (!style.result.empty()) {
            put(style.result, codeFor(profile.fields.at(style.result), "done").value_or(0));
        }
    }
}

SimulatedStation::Memory& SimulatedStation::memory(ModbusTable table) {
    return table == ModbusTable::inputRegisters ? input_ : holding_;
}

bool SimulatedStation::speaks(std::uint8_t function) const {
    return std::find(profile_.functions.begin(), profile_.functions.end(), function) !=
           profile_.functions.end();
}

std::uint64_t SimulatedStation::now_us() const {
    return static_cast<std::uint64_t>(now_() / 1us);
}

/// As many decimals as the interval needs; a family that cannot has what it has.
int SimulatedStation::decimals() const {
    jh_core_values v{};
    jh_core_read(core_.state(), now_us(), &v);
    int needed = 0;
    while (needed < 6 && v.first_interval_mg % (million / powerOfTen(needed)) != 0) ++needed;
    const auto field = profile_.fields.find("decimals");
    if (field == profile_.fields.end()) return profile_.decimals;
    if (field->second.values.empty()) return needed;
    int best = 0;
    for (const auto& [code, text] : field->second.values) {
        int told = 0;
        std::from_chars(text.data(), text.data() + text.size(), told);
        best = std::max(best, std::min(told, needed));
    }
    return best;
}

std::int64_t SimulatedStation::inSteps(std::int64_t millionths) const {
    return divideNearest(millionths, million / powerOfTen(decimals_));
}

ModbusException SimulatedStation::permitted(const Memory& m, int address, int count,
                                            Access access) const {
    const int end = m.first + static_cast<int>(m.words.size());
    if (address < m.first || address + count > end) return ModbusException::address;
    for (int i = address; i < address + count; ++i) {
        const bool known = m.known[static_cast<std::size_t>(i - m.first)];
        if (!known && (access == Access::write || !profile_.gapsReadable)) {
            return ModbusException::address;
        }
    }
    for (const auto* named : m.fields) {
        const RegisterField& f = named->second;
        const bool touched = f.address < address + count && f.address + f.words() > address;
        if (!touched) continue;
        const bool cut = f.address < address || f.address + f.words() > address + count;
        if (cut && profile_.wholeFields) return ModbusException::address;
        if (access == Access::write && !f.writable) return ModbusException::address;
        // The parameters of the core are not behind these registers: they stay sealed.
        if (access == Access::write && f.sealed) return ModbusException::failure;
    }
    return ModbusException::none;
}

ModbusException SimulatedStation::read(ModbusTable table, int address,
                                       std::span<std::uint16_t> out) {
    showDue();
    const int count = static_cast<int>(out.size());
    if (table == ModbusTable::coils || table == ModbusTable::discreteInputs) {
        for (int i = 0; i < count; ++i) {
            const bool known = std::any_of(
                profile_.commands.begin(), profile_.commands.end(),
                [&](const auto& command) { return command.second.coil == address + i; });
            if (!known || table == ModbusTable::discreteInputs) return ModbusException::address;
            out[static_cast<std::size_t>(i)] = coils_.count(address + i) != 0 ? 1 : 0;
        }
        return ModbusException::none;
    }
    Memory& m = memory(table);
    if (const auto no = permitted(m, address, count, Access::read); no != ModbusException::none) {
        return no;
    }
    jh_core_values v{};
    jh_core_read(core_.state(), now_us(), &v);
    for (const auto* named : m.fields) {
        const RegisterField& f = named->second;
        if (f.address < address + count && f.address + f.words() > address) {
            refresh(f, named->first, v);
        }
    }
    std::copy_n(m.words.begin() + (address - m.first), count, out.begin());
    return ModbusException::none;
}

void SimulatedStation::refresh(const RegisterField& field, const std::string& name,
                               const jh_core_values& v) {
    if (const auto value = valueOf(name, field, v)) put(name, *value);
}

/// Nothing for what is plain memory.
std::optional<std::int64_t> SimulatedStation::valueOf(const std::string& name,
                                                      const RegisterField& field,
                                                      const jh_core_values& v) const {
    const auto shown = [&](std::int64_t millionths) {
        return v.dark && profile_.blank ? *profile_.blank : inSteps(millionths);
    };
    if (name == "gross") return shown(v.gross_mg);
    if (name == "net") return shown(v.net_mg);
    if (name == "displayed") return shown(v.net ? v.net_mg : v.gross_mg);
    if (name == "tare") return shown(v.tare_mg);
    if (name == "status" || name == "error_status") return statusOf(name, v);
    if (name == "interval" && !field.values.empty()) {
        const ExactMass d = ExactMass::mg(v.interval_mg);
        for (const auto& [code, text] : field.values) {
            if (ExactMass::parseKg(text) == d) return code;
        }
        return std::nullopt;
    }
    if (name == "interval") return inSteps(v.interval_mg);
    if (name == "decimals" && !field.values.empty()) {
        // Where the code is an index of the interval, it is that of the interval.
        const auto interval = profile_.fields.find("interval");
        const bool shared =
            interval != profile_.fields.end() && interval->second.address == field.address;
        if (shared) return valueOf("interval", interval->second, v);
        return codeFor(field, std::to_string(decimals_));
    }
    if (name == "decimals") return decimals_;
    if (name == "unit") return codeFor(field, unit_ == MassUnit::kg ? "kg" : "lb");
    if (name == "heartbeat") return v.conversions;
    if (name == "high_resolution") return profile_.blank;  // nobody asked for it
    const auto codes = [&](std::int64_t q8) {
        return fineCodes_ ? q8 : divideNearest(q8, finePerCode);
    };
    if (name == "adc_code") return codes(v.code_q8);
    if (name == "zero_code") return codes(v.zero_q8);
    if (name == "max") return inSteps(v.max_mg);
    if (name == "max_1") return inSteps(v.first_max_mg);
    if (name == "interval_1") return inSteps(v.first_interval_mg);
    if (name == "interval_2") return inSteps(v.second_interval_mg);
    if (name == "type") return v.type;
    if (name == "firmware") return v.firmware;
    if (name == "serial") return v.serial;
    if (name == "checksum") return v.checksum;
    if (name == "event_counter") return v.events;
    if (temperature && name == "temperature") {
        constexpr double tenths = 10.0;
        return std::llround(temperature().si() * tenths);
    }
    if (cell && name.rfind("cell_", 0) == 0) {
        const auto number = name.find_last_of('_') + 1;
        std::size_t index{};
        std::from_chars(name.data() + number, name.data() + name.size(), index);
        if (index == 0) return std::nullopt;
        const CellValue value = cell(index - 1);
        if (name.rfind("cell_code_", 0) == 0) return value.code;
        if (name.rfind("cell_zero_", 0) == 0) return value.zeroCode;
        return inSteps(value.weight.inMg());
    }
    return std::nullopt;
}

std::int64_t SimulatedStation::statusOf(const std::string& field, const jh_core_values& v) const {
    std::uint32_t status = 0;
    for (const auto& [name, bit] : profile_.statusBits) {
        if (bit.field != field || bit.observed > 0) continue;
        const std::uint32_t yes = bit.is.empty() ? 1U : static_cast<std::uint32_t>(bit.is.front());
        if (isSet(name, v) != bit.inverted) status |= yes << bit.bit;
    }
    return status;
}

bool SimulatedStation::isSet(const std::string& bit, const jh_core_values& v) const {
    if (raised_.count(bit) != 0) return true;
    const std::pair<const char*, bool> known[] = {
        {"stable", v.stable},
        {"zero_centre", v.zero_centre},
        {"net", v.net},
        {"overload", v.overload},
        {"underload", v.underload},
        {"fault", v.fault},
        {"no_weight", v.dark},
        {"parameters_invalid", v.parameters_invalid},
        {"not_adjusted", v.not_adjusted},
        {"high_resolution", v.high_resolution},
        {"range_2", v.range_2},
        {"warming_up", v.warming_up},
        {"gross_negative", v.gross_mg < 0},
        {"net_negative", v.net_mg < 0},
        {"displayed_negative", (v.net ? v.net_mg : v.gross_mg) < 0}};
    for (const auto& [name, yes] : known) {
        if (bit == name) return yes;
    }
    // The bit above a number that is too wide for its register.
    for (const auto& [name, field] : profile_.fields) {
        if (field.highBit != bit) continue;
        const int width = field.bits > 0 ? field.bits : 16 * field.words();
        return (std::abs(valueOf(name, field, v).value_or(0)) >> width & 1) != 0;
    }
    return false;
}

std::int64_t SimulatedStation::rawOf(const std::string& field) const {
    RegisterImage image{profile_};
    image.add({ModbusTable::holdingRegisters, holding_.first, holding_.words});
    return image.raw(field, decimals_).value_or(0);
}

void SimulatedStation::put(const std::string& name, std::int64_t value) {
    const RegisterField& field = profile_.fields.at(name);
    Memory& m = memory(field.table);
    const auto at = static_cast<std::size_t>(field.address - m.first);
    std::array<std::uint16_t, 2> before{m.words[at],
                                        field.words() == 2 ? m.words[at + 1] : std::uint16_t{}};
    const auto words = encodeField(profile_, field, value, decimals_, before);
    std::copy_n(words.begin(), field.words(), m.words.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace jh
