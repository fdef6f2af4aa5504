// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>

#include "hil/indicator/source_profile.h"
#include "hil/modbus/station.h"

namespace jh {

/// A signal source, simulated: what is written to its output register comes out of it, with its
/// steps, its offset and gain, after its settling.
class SimulatedSource final : public Station {
public:
    SimulatedSource(const SourceProfile& profile, std::function<SimTime()> now)
        : profile_{profile}, now_{std::move(now)} {}

    /// At its terminals just now.
    BridgeRatio output() const;

    bool speaks(std::uint8_t function) const override;
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override;
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override;

    /// Called before the output changes, when set: whoever hangs at it takes in what was so far.
    std::function<void()> beforeChange;

private:
    BridgeRatio outputFor(std::int64_t steps) const;

    const SourceProfile& profile_;
    std::function<SimTime()> now_;
    std::array<std::uint16_t, 2> words_{};
    std::int64_t steps_{};
    BridgeRatio before_;  ///< when the last change came
    SimTime changed_{};
};

}  // namespace jh
