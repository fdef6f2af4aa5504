// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "hil/driver/test_truck.h"
#include "hil/loop/virtual_bench.h"
#include "hil/port/load_source.h"
#include "sim/model/load_layout.h"
#include "sim/model/standard_weight.h"

namespace jh {

/// A simulated crew with its weights: every weight is an individual with its own error, and every
/// move takes the time a crew takes (docs/time-model.md).
class SimulatedLoadSource final : public LoadSource {
public:
    SimulatedLoadSource(VirtualBench& bench, const ScaleModel& scale, const WeightsModel& weights,
                        std::uint64_t seed);

    Expected<void, IoError> place(LoadKind kind, int count, ExactMass nominal,
                                  std::optional<std::size_t> support) override;
    Expected<void, IoError> trimMaterial(ExactMass change) override;
    Expected<ExactMass, IoError> roll(RollingStop stop) override;
    Expected<void, IoError> rollOff() override;
    Expected<void, IoError> disturb(ExactMass by) override;
    // Its parts know each other's places.
    SimulatedLoadSource(const SimulatedLoadSource&) = delete;
    SimulatedLoadSource& operator=(const SimulatedLoadSource&) = delete;

private:
    /// One piece of a kind; on the deck when the plant knows it.
    struct Piece {
        std::vector<Weight> parts;
        std::vector<int> ids;              ///< in the plant, while on the deck
        std::optional<std::size_t> truck;  ///< that carries most of it
    };

    std::vector<Weight> partsOf(LoadKind kind, int index, ExactMass nominal,
                                std::optional<std::size_t> support);
    std::vector<Weight> materialParts(int index, Mass mass);
    const SubstitutionModel& substitution(int index) const;
    Expected<void, IoError> bringCarrier(Piece& piece, int index);
    Expected<void, IoError> sendAway(std::size_t truck, bool reverse = false);
    Weight blockAt(int index, PlanePoint at);
    bool raining() const;
    void mishandle(LoadKind kind, int index, std::vector<Weight>& parts);
    Mass trueMass(LoadKind kind, int index, ExactMass nominal);
    std::vector<Weight> spread(Mass mass);
    SimTime timeFor(LoadKind kind, int moved, bool down) const;
    SimTime touchDown(LoadKind kind) const;
    Expected<void, IoError> setDown(LoadKind kind, int from, int to, ExactMass nominal,
                                    std::optional<std::size_t> support);
    Expected<void, IoError> lift(LoadKind kind, int from, int to);

    VirtualBench& bench_;
    ScaleModel scale_;
    WeightsModel weights_;
    LoadLayout layout_;
    std::optional<TestTruck> truck_;  ///< that moves the blocks
    std::uint64_t seed_;
    NoiseStream handling_;
    std::array<std::vector<Piece>, loadKinds> onDeck_;
    std::vector<Mass> materialMass_;  ///< true mass of each substitution load, trims included
    std::vector<Length> materialShift_;
    std::optional<std::size_t> rolling_;  ///< the rolling load, while it is on the deck
    bool rollsReverse_{};
};

}  // namespace jh
