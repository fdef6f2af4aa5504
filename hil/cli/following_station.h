// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/indicator/simulated_station.h"

namespace jh {

/// A simulated station that is brought up to the clock before it answers.
class FollowingStation : public Station {
public:
    bool speaks(std::uint8_t function) const final { return station_.speaks(function); }
    bool silentOnUnknownFunction() const final { return station_.silentOnUnknownFunction(); }
    int mostRead() const final { return station_.mostRead(); }
    int mostWritten() const final { return station_.mostWritten(); }
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) final {
        catchUp();
        return station_.read(table, address, out);
    }
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) final {
        catchUp();
        return station_.write(table, address, values);
    }
    virtual void catchUp() = 0;

protected:
    /// The station need not live yet, but must when it is asked.
    explicit FollowingStation(SimulatedStation& station) : station_{station} {}

private:
    SimulatedStation& station_;
};

}  // namespace jh
