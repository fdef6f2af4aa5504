// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "hil/loop/virtual_bench.h"
#include "hil/port/io_error.h"
#include "sim/model/load_layout.h"

namespace jh {

/// Until a vehicle on the deck has reached its last stop and its crew has stepped back.
Expected<void, IoError> waitForArrival(VirtualBench& bench, std::size_t vehicle);

/// The test-weight truck at work: brings blocks onto the deck by its cart, or one by one by its
/// crane, and takes the time that takes (docs/test-weight-truck.md).
class TestTruck {
public:
    /// `blockOf` gives the block with a number as it will stand at a place: true mass, what the
    /// crew does wrong.
    TestTruck(VirtualBench& bench, const ScaleModel& scale, const WeightsModel& weights,
              std::uint64_t seed, std::function<Weight(int, PlanePoint)> blockOf);

    /// Makes exactly this many blocks stand on the deck; the cart counts as some of them. An error
    /// of kind `refused` where the crane cannot reach.
    Expected<void, IoError> place(int count, std::optional<std::size_t> support);

private:
    struct OnDeck {
        int id{};
        Weight weight;
        int layer{};
    };
    Expected<void, IoError> waitFor(SimTime time) { return bench_.waitUntil(bench_.now() + time); }
    // The crane.
    Expected<void, IoError> byCrane(int count, std::optional<std::size_t> support);
    Expected<void, IoError> lower(int index, std::optional<std::size_t> support);
    Expected<void, IoError> hoist();
    Expected<SimTime, IoError> swingTo(PlanePoint place, Mass mass);
    HookPlan hookPlan(HookTask task, const Weight& weight, int layer);
    // The cart.
    Expected<void, IoError> byCart(int count, std::optional<std::size_t> support);
    Expected<void, IoError> byFork(int count, std::optional<std::size_t> support);
    Expected<void, IoError> loadCart(int blocks);
    Expected<void, IoError> driveOn(std::optional<std::size_t> support);
    Expected<void, IoError> driveOff();

    VirtualBench& bench_;
    const ScaleModel& scale_;
    const WeightsModel& weights_;
    const TestTruckModel& truck_;
    LoadLayout layout_;
    std::function<Weight(int, PlanePoint)> blockOf_;
    NoiseStream swing_;
    std::vector<OnDeck> standing_;     ///< blocks on the deck itself
    std::optional<Length> stand_;      ///< of the crane's column, along the deck
    std::optional<std::size_t> cart_;  ///< while it is on the deck
    Mass cartMass_;                    ///< of the empty cart
    std::vector<Mass> onCart_;
};

}  // namespace jh
