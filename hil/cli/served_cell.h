// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "hil/indicator/simulated_station.h"
#include "hil/loop/virtual_bench.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// One digital cell of a scale, asked at its own address: what it counts, and what it weighs as it
/// was adjusted at the works, which is the whole force on it, dead load included. 500 000 counts
/// are its E_max (docs/physics.md, "Digital cells").
class ServedCell final : public Station {
public:
    /// At `address`, from 1 on, of a bench with digital cells. `catchUp` brings the bench up to
    /// the clock before anything is told. All must outlive this object.
    ServedCell(const IndicatorProfile& profile, const CellType& type,
               const IndicatorSettings& settings, VirtualBench& bench, int address,
               std::function<void()> catchUp);

    /// Takes in what the box has just heard at this address.
    void converted(SimTime at);

    /// Fallen off the bus, or without supply.
    bool silent() const override;
    bool speaks(std::uint8_t function) const override { return station_.speaks(function); }
    bool silentOnUnknownFunction() const override { return station_.silentOnUnknownFunction(); }
    int mostRead() const override { return station_.mostRead(); }
    int mostWritten() const override { return station_.mostWritten(); }
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override;
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override;

private:
    std::size_t cell() const;
    void follow();

    VirtualBench& bench_;
    int address_;
    std::function<void()> catchUp_;
    NativeHost core_;
    SimulatedStation station_;
};

}  // namespace jh
