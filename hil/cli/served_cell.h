// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "hil/cli/following_station.h"
#include "hil/loop/virtual_bench.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// One digital cell of a scale, asked at its own address: what it counts, and what it weighs as it
/// was adjusted at the works, which is the whole force on it, dead load included. 500 000 counts
/// are its E_max (docs/physics.md, "Digital cells").
class ServedCell final : public FollowingStation {
public:
    /// At `address`, from 1 on, of a bench with digital cells. `catchUpBench` brings the bench up
    /// to the clock before anything is told. All must outlive this object.
    ServedCell(const IndicatorProfile& profile, const CellType& type,
               const IndicatorSettings& settings, VirtualBench& bench, int address,
               std::function<void()> catchUpBench);

    /// Takes in what the box has just heard at this address.
    void converted(SimTime at);

    /// Fallen off the bus, or without supply.
    bool silent() const override;
    void catchUp() override;

private:
    std::size_t cell() const;

    VirtualBench& bench_;
    int address_;
    std::function<void()> catchUpBench_;
    NativeHost core_;
    SimulatedStation station_;
};

}  // namespace jh
