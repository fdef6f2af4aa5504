// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "hil/indicator/simulated_source.h"
#include "hil/indicator/simulated_station.h"
#include "hil/loop/virtual_bench.h"
#include "hil/scenario/scenario.h"
#include "sim/plant/probe.h"

namespace jh {

/// What the indicators that are served stand on.
struct ServedScale {
    ScaleModel scale;
    SiteModel site;
    IndicatorSettings settings;
    std::vector<Fault> faults;
};

/// A simulated indicator on its simulated scale, adjusted, in wall time: whenever it is asked it
/// first catches up with the clock.
class ServedIndicator final : public Station {
public:
    /// `since`: time since serving began. All must outlive this object.
    ServedIndicator(const IndicatorProfile& profile, const ServedScale& on, std::uint64_t seed,
                    std::function<SimTime()> since);

    /// Brings scale and firmware up to the clock.
    void catchUp();
    /// These weights and vehicles come, in place of those that are there.
    void put(const ProbeInput& loads);
    void clear();
    /// Its terminals are at this source from now on, and no longer at the scale.
    void hangAt(const SimulatedSource& source) { source_ = &source; }
    VirtualBench& bench() { return bench_; }

    bool speaks(std::uint8_t function) const override { return station_.speaks(function); }
    bool silentOnUnknownFunction() const override { return station_.silentOnUnknownFunction(); }
    int mostRead() const override { return station_.mostRead(); }
    int mostWritten() const override { return station_.mostWritten(); }
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override;
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override;

private:
    void adjust();
    void pass(SimTime time);

    const ServedScale& on_;
    std::function<SimTime()> since_;
    VirtualBench bench_;
    SimulatedStation station_;
    const SimulatedSource* source_{};
    SimTime begin_{};   ///< of serving, in the bench's own time
    SimTime landed_{};  ///< when what came last lies there, in the bench's own time
    std::vector<int> weights_;
    std::vector<std::size_t> vehicles_;
};

}  // namespace jh
