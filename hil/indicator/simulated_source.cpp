// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/indicator/simulated_source.h"

#include <algorithm>
#include <cmath>

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
    const double within = std::clamp(wanted.si(), profile.least.si(), profile.most.si());
    const double asked = (within - profile.offset.si()) / (1.0 + profile.gainError);
    return std::llround(asked / profile.step.si());
}

bool SimulatedSource::speaks(std::uint8_t function) const {
    return std::find(profile_.functions.begin(), profile_.functions.end(), function) !=
           profile_.functions.end();
}

BridgeRatio SimulatedSource::outputFor(std::int64_t steps) const {
    return profile_.offset + BridgeRatio{static_cast<double>(steps) * profile_.step.si() *
                                         (1.0 + profile_.gainError)};
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
    const int first = profile_.output.address, count = static_cast<int>(out.size());
    const bool inside = table == ModbusTable::holdingRegisters && address >= first &&
                        address + count <= first + profile_.output.words();
    if (!inside) return ModbusException::address;
    std::copy_n(words_.begin() + (address - first), count, out.begin());
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
    const BridgeRatio asked = outputFor(steps);
    if (asked < profile_.least || asked > profile_.most + profile_.step) {
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
