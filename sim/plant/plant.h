// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/noise.h"
#include "sim/base/sim_time.h"
#include "sim/cell/junction_box.h"
#include "sim/cell/load_cell.h"
#include "sim/deck/deck_solver.h"
#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"

namespace jh {

/// Something with mass that is set down on the deck and lifted again. Frame D.
struct Weight {
    Length x, y;
    Mass mass;
};

/// Hashes of the parts of a plant, to name the part that differs between two runs.
struct PlantHashes {
    std::uint64_t deck{}, cells{}, loads{}, noise{};
};

/// The physical scale up to the indicator's terminals, and the weights on it. Advances in windows
/// of one ADC conversion; inside a window it steps the deck at 1 kHz while something moves and
/// jumps while everything rests.
class Plant {
public:
    Plant(const ScaleModel& scale, const SiteModel& site, std::uint64_t seed);

    /// A fault begins to act. Faults of the indicator are not the plant's and are ignored.
    void inject(const Fault& fault);

    /// From `start` on, for `duration`, the weights come to bear on the deck together; then they
    /// rest on it as attached masses. Returns their ids, by which lift() knows them.
    std::vector<int> setDown(std::span<const Weight> weights, SimTime start, SimTime duration);
    /// The reverse, for weights that will rest by `start`.
    void lift(std::span<const int> ids, SimTime start, SimTime duration);

    /// Advances by one conversion time; the mean voltage ratio at the terminals during it.
    BridgeRatio convert(SimTime window);

    SimTime now() const { return now_; }
    /// Mass resting on the deck, deck itself not counted.
    Mass massOnDeck() const;
    bool resting() const { return resting_; }
    /// Whether windows at rest may be jumped over. On unless a test compares.
    void allowRest(bool allowed) { restAllowed_ = allowed; }
    PlantHashes hashes() const;

    const std::vector<Force>& cellForces() const { return forces_; }

private:
    struct Piece {
        int id{};
        Weight weight;
    };
    /// Pieces on their way between hand and deck. They push as a force while they move.
    struct Move {
        std::vector<Piece> pieces;
        bool landing{};
        bool begun{};  ///< a leaving piece no longer belongs to the deck
        SimTime start{}, duration{};
        std::vector<double> load_N;  ///< full weight as a load vector of the deck
        SimTime end() const { return start + duration; }
    };

    void step(SimTime at, double dt_s);
    void finishMoves(SimTime at);
    void gatherForces(SimTime at);
    void settleIfQuiet(SimTime at);
    bool movesBefore(SimTime t) const;

    ScaleModel scale_;
    SiteModel site_;
    std::vector<LoadCellModel> cells_;
    std::vector<LoadCellState> cellStates_;
    std::vector<RelaxFactors> relaxFactors_;
    SimTime relaxWindow_{};
    JunctionBoxModel box_;
    DeckSolver deck_;
    DeckState deckState_;
    std::vector<Piece> onDeck_;
    std::vector<Move> moves_;
    int nextId_{1};
    SimTime now_{};
    bool resting_{}, restAllowed_{true};
    Force restTolerance_;
    std::vector<double> pushing_N_;
    std::vector<PointMass> attachedMasses_;
    std::vector<Force> forces_, meanForces_;
    std::vector<BridgeRatio> outputs_;
    std::vector<NoiseStream> cellNoise_;
};

}  // namespace jh
