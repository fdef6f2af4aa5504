// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "hil/cli/cell_registers.h"
#include "hil/cli/following_station.h"
#include "hil/cli/play_scene.h"
#include "hil/cli/served_cell.h"
#include "hil/indicator/simulated_source.h"
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
    bool eachCell{};             ///< its digital cells are asked one by one
    std::optional<Scene> scene;  ///< that happens on it from the beginning of serving on

    /// How long it is adjusted for before serving begins.
    static constexpr SimTime adjusting = 45s;
};

/// A simulated indicator on its simulated scale, adjusted, in wall time: whenever it is asked it
/// first catches up with the clock.
class ServedIndicator final : public FollowingStation {
public:
    /// `since`: time since serving began. All must outlive this object.
    ServedIndicator(const IndicatorProfile& profile, const ServedScale& on, std::uint64_t seed,
                    std::function<SimTime()> since);

    /// Brings scale and firmware up to the clock.
    void catchUp() override;
    /// These weights and vehicles come, in place of those that are there.
    void put(const ProbeInput& loads);
    void clear();
    /// Its terminals are at this source from now on, and no longer at the scale.
    void hangAt(const SimulatedSource& source) { source_ = &source; }
    VirtualBench& bench() { return bench_; }
    /// Its cells, by address; empty unless each is served.
    std::span<const std::unique_ptr<ServedCell>> cells() const { return cells_; }

    /// Without supply.
    bool silent() const override { return !bench_.supplied(); }

private:
    void divide(const IndicatorProfile& profile);
    void adjust();
    void beginScene();
    void pass(SimTime time);

    const ServedScale& on_;
    std::function<SimTime()> since_;
    VirtualBench bench_;
    SimulatedStation station_;
    std::optional<CellRegisters> registers_;
    std::vector<std::unique_ptr<ServedCell>> cells_;
    std::optional<SceneAction> scene_;
    const SimulatedSource* source_{};
    SimTime begin_{};   ///< of serving, in the bench's own time
    SimTime landed_{};  ///< when what came last lies there, in the bench's own time
    std::vector<int> weights_;
    std::vector<std::size_t> vehicles_;
};

}  // namespace jh
