// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/indicator/simulated_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hil/indicator/register_map.h"

namespace jh {

namespace {

/// The output as a profile of one field, for the codec of registers.
IndicatorProfile oneField(const SourceProfile& profile) {
    IndicatorProfile one;
    one.lowWordFirst = profile.lowWordFirst;
    one.fields["output"] = profile.output;
    return one;
}

}  // namespace

std::int64_t sourceSteps(const SourceProfile& profile, BridgeRatio wanted) {
    const double exact = (wanted - profile.offset).si() / (1.0 + profile.gainError);
    // The source knows nothing of its errors: its range is of what it is asked for.
    const double asked = std::clamp(exact, profile.least.si(), profile.most.si());
    return std::llround(asked / profile.step.si());
}

std::vector<std::uint16_t> sourceWords(const SourceProfile& profile, std::int64_t steps) {
    const auto words = encodeField(oneField(profile), profile.output, steps);
    return {words.begin(), words.begin() + profile.output.words()};
}

bool SimulatedSource::speaks(std::uint8_t function) const {
    return function == modbus_function::readInputRegisters ||
           std::find(profile_.functions.begin(), profile_.functions.end(), function) !=
               profile_.functions.end();
}

BridgeRatio SimulatedSource::outputFor(std::int64_t steps) const {
    double gain = (1.0 + profile_.gainError) * (1.0 + profile_.gainDrift_per_K * warmer_K_);
    if (!profile_.ratiometric) gain /= 1.0 + profile_.excitationDrift_per_K * warmer_K_;
    return profile_.offset + static_cast<double>(steps) * profile_.step * gain;
}

void SimulatedSource::warm(double kelvin) {
    if (beforeChange) beforeChange();
    warmer_K_ = kelvin;
}

BridgeRatio SimulatedSource::output() const {
    const BridgeRatio target = outputFor(steps_);
    const SimTime since = now_() - changed_;
    if (profile_.settling <= SimTime{} || since >= profile_.settling) return target;
    // Settled to what can be seen after five time constants.
    constexpr double timeConstants = 5.0;
    const double left = std::exp(-timeConstants * seconds(since) / seconds(profile_.settling));
    return target + (before_ - target) * left;
}

ModbusException SimulatedSource::read(ModbusTable table, int address,
                                      std::span<std::uint16_t> out) {
    if (table == ModbusTable::inputRegisters) return readTerminals(address, out);
    const int first = profile_.output.address, count = static_cast<int>(out.size());
    const bool inside = table == ModbusTable::holdingRegisters && address >= first &&
                        address + count <= first + profile_.output.words();
    if (!inside) return ModbusException::address;
    std::copy_n(words_.begin() + (address - first), count, out.begin());
    return ModbusException::none;
}

ModbusException SimulatedSource::readTerminals(int address, std::span<std::uint16_t> out) const {
    const bool whole = address == terminalsAddress && out.size() == 2;
    if (!whole) return ModbusException::address;
    const double steps = std::round(output() / terminalsStep);
    if (std::abs(steps) > std::numeric_limits<std::int32_t>::max()) return ModbusException::failure;
    const auto bits = static_cast<std::uint32_t>(static_cast<std::int32_t>(steps));
    out[0] = static_cast<std::uint16_t>(bits >> 16);
    out[1] = static_cast<std::uint16_t>(bits);
    return ModbusException::none;
}

ModbusException SimulatedSource::write(ModbusTable table, int address,
                                       std::span<const std::uint16_t> values) {
    const int first = profile_.output.address, count = static_cast<int>(values.size());
    const bool inside = table == ModbusTable::holdingRegisters && address >= first &&
                        address + count <= first + profile_.output.words();
    if (!inside) return ModbusException::address;
    std::array<std::uint16_t, 2> words = words_;
    std::copy(values.begin(), values.end(), words.begin() + (address - first));
    const IndicatorProfile profile = oneField(profile_);
    RegisterImage image{profile};
    image.add({ModbusTable::holdingRegisters, first, {words.begin(), words.end()}});
    const std::int64_t steps = image.raw("output").value_or(0);
    const BridgeRatio asked = static_cast<double>(steps) * profile_.step;
    if (asked < profile_.least - profile_.step || asked > profile_.most + profile_.step) {
        return ModbusException::value;
    }
    if (beforeChange) beforeChange();
    before_ = output();
    changed_ = now_();
    words_ = words;
    steps_ = steps;
    return ModbusException::none;
}

}  // namespace jh
