// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>

#include "hil/indicator/source_profile.h"
#include "hil/modbus/station.h"

namespace jh {

/// A signal source, simulated: what is written to its output register comes out of it, with its
/// steps, its offset and gain, after its settling, drifting with its temperature.
class SimulatedSource final : public Station {
public:
    SimulatedSource(const SourceProfile& profile, std::function<SimTime()> now)
        : profile_{profile}, now_{std::move(now)} {}

    /// What a reference instrument at its terminals would read, as no real source can tell: input
    /// registers from here on, two words, the high one first, signed, in these steps.
    static constexpr int terminalsAddress = 0;
    static constexpr BridgeRatio terminalsStep{1e-11};

    /// It is so much warmer than at its calibration: its gain drifts, and an excitation that it
    /// does not follow, which then makes less of the signal.
    void warm(double kelvin);
    /// At its terminals just now.
    BridgeRatio output() const;

    bool speaks(std::uint8_t function) const override;
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override;
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override;

    /// Called before the output changes, when set: whoever hangs at it takes in what was so far.
    std::function<void()> beforeChange;

private:
    ModbusException readTerminals(int address, std::span<std::uint16_t> out) const;
    BridgeRatio outputFor(std::int64_t steps) const;

    const SourceProfile& profile_;
    std::function<SimTime()> now_;
    std::array<std::uint16_t, 2> words_{};
    std::int64_t steps_{};
    BridgeRatio before_;  ///< when the last change came
    SimTime changed_{};
    double warmer_K_{};
};

}  // namespace jh
