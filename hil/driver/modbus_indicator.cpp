// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/modbus_indicator.h"

#include <span>
#include <vector>

#include "sim/base/check.h"

namespace jh {

namespace {

/// Integer in the registers from `offset` on, high word first.
std::int64_t decode(const RegisterField& field, std::span<const std::uint16_t> registers,
                    int offset) {
    const auto at = static_cast<std::size_t>(offset);
    JH_CHECK(at + static_cast<std::size_t>(field.words()) <= registers.size());
    const std::uint16_t first = registers[at];
    switch (field.type) {
        case RegisterField::Type::u16:
            return first;
        case RegisterField::Type::i16:
            return static_cast<std::int16_t>(first);
        default:
            break;
    }
    const std::uint32_t both = (std::uint32_t{first} << 16) | registers[at + 1];
    if (field.type == RegisterField::Type::u32) return both;
    return static_cast<std::int32_t>(both);
}

void encode(const RegisterField& field, std::int64_t value, std::vector<std::uint16_t>& out) {
    if (field.words() == 2) out.push_back(static_cast<std::uint16_t>((value >> 16) & 0xFFFF));
    out.push_back(static_cast<std::uint16_t>(value & 0xFFFF));
}

constexpr std::int64_t powerOfTen(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

constexpr int commandPolls = 8;

}  // namespace

ModbusIndicator::ModbusIndicator(const IndicatorProfile& profile, RtuClient& client, Clock& clock,
                                 MassUnit unit)
    : profile_{profile}, client_{client}, clock_{clock}, unit_{unit} {}

ExactMass ModbusIndicator::massOf(std::int64_t raw) const {
    return ExactMass::one(unit_).times(raw, powerOfTen(decimals_));
}

Expected<Reading, IoError> ModbusIndicator::read() {
    const SimTime next = (clock_.now() + readingGrid - SimTime{1}) / readingGrid * readingGrid;
    if (auto waited = clock_.waitUntil(next); !waited) {
        return Unexpected<IoError>{waited.error()};
    }
    Reading reading;
    reading.at = clock_.now();
    const auto registers = client_.read(profile_.readingAddress, profile_.readingCount);
    if (!registers) return Unexpected<IoError>{registers.error()};

    const auto raw = [&](const char* name) {
        const RegisterField& f = profile_.fields.at(name);
        return decode(f, *registers, f.address - profile_.readingAddress);
    };
    const auto mass = [&](const char* name) -> std::optional<ExactMass> {
        const std::int64_t value = raw(name);
        if (profile_.blank && value == *profile_.blank) return std::nullopt;
        return massOf(value);
    };
    const std::int64_t status = raw("status");
    const auto bit = [&](const char* name) {
        const auto found = profile_.statusBits.find(name);
        return found != profile_.statusBits.end() && ((status >> found->second) & 1) != 0;
    };
    decimals_ = static_cast<int>(raw("decimals"));
    if (decimals_ < 0 || decimals_ > 6) {
        return Unexpected<IoError>{{IoError::Kind::protocol,
                                    "impossible number of decimals: " + std::to_string(decimals_)}};
    }
    reading.gross = mass("gross");
    reading.net = mass("net");
    reading.tare = mass("tare");
    reading.interval = massOf(raw("interval"));
    reading.weightStable = bit("stable");
    reading.centerOfZero = bit("zero_centre");
    reading.overload = bit("overload");
    reading.underload = bit("underload");
    reading.fault = bit("fault");
    return reading;
}

Expected<std::int64_t, IoError> ModbusIndicator::field(const std::string& name) {
    const RegisterField& f = profile_.fields.at(name);
    const auto registers = client_.read(f.address, f.words());
    if (!registers) return Unexpected<IoError>{registers.error()};
    return decode(f, *registers, 0);
}

Expected<IndicatorIdentity, IoError> ModbusIndicator::identify() {
    // One reading first: it tells the decimals of the masses.
    if (const auto reading = read(); !reading) return Unexpected<IoError>{reading.error()};
    IndicatorIdentity identity;
    const auto get = [&](const char* name, auto store) -> Expected<void, IoError> {
        const auto value = field(name);
        if (!value) return Unexpected<IoError>{value.error()};
        store(*value);
        return {};
    };
    const auto number = [](std::uint32_t& out) {
        return [&out](std::int64_t v) { out = static_cast<std::uint32_t>(v); };
    };
    Expected<void, IoError> ok = get("type", number(identity.type));
    if (ok) ok = get("firmware", number(identity.firmware));
    if (ok) ok = get("serial", number(identity.serial));
    if (ok) ok = get("checksum", number(identity.parameterChecksum));
    if (ok) ok = get("event_counter", number(identity.eventCounter));
    if (ok) ok = get("max", [&](std::int64_t v) { identity.max = massOf(v); });
    if (ok) ok = get("interval_1", [&](std::int64_t v) { identity.firstInterval = massOf(v); });
    if (!ok) return Unexpected<IoError>{ok.error()};
    return identity;
}

Expected<void, IoError> ModbusIndicator::command(const std::string& name, std::int64_t parameter) {
    // Parameter and command in one write where they are neighbours, so that they belong together.
    const RegisterField& parameterField = profile_.fields.at("parameter");
    const RegisterField& commandField = profile_.fields.at("command");
    const std::int64_t code = profile_.commands.at(name);
    std::vector<std::uint16_t> values;
    encode(parameterField, parameter, values);
    int address = parameterField.address;
    if (parameterField.address + parameterField.words() != commandField.address) {
        if (auto sent = client_.write(address, values); !sent) return sent;
        values.clear();
        address = commandField.address;
    }
    encode(commandField, code, values);
    if (auto sent = client_.write(address, values); !sent) return sent;

    for (int poll = 0; poll < commandPolls; ++poll) {
        const auto state = field("command_state");
        if (!state) return Unexpected<IoError>{state.error()};
        const auto found = profile_.commandStates.find(static_cast<int>(*state));
        const std::string meaning = found == profile_.commandStates.end()
                                        ? "state " + std::to_string(*state)
                                        : found->second;
        if (meaning == "done") return {};
        if (meaning != "busy")
            return Unexpected<IoError>{{IoError::Kind::refused, name + ": " + meaning}};
        if (auto waited = clock_.waitUntil(clock_.now() + readingGrid); !waited) return waited;
    }
    return Unexpected<IoError>{{IoError::Kind::timeout, name + ": still busy"}};
}

Expected<void, IoError> ModbusIndicator::unlock() {
    if (!profile_.unlockCode) return {};
    return command("unlock", *profile_.unlockCode);
}

Expected<void, IoError> ModbusIndicator::adjustZero() {
    if (auto unlocked = unlock(); !unlocked) return unlocked;
    return command("adjust_zero");
}

Expected<void, IoError> ModbusIndicator::adjustSpan(ExactMass load) {
    if (auto unlocked = unlock(); !unlocked) return unlocked;
    return command("adjust_span",
                   load.times(powerOfTen(decimals_), 1).wholeParts(ExactMass::one(unit_)));
}

}  // namespace jh
