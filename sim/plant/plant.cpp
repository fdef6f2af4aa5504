// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/plant/plant.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr SimTime stepLimit = 1ms;
/// What may be left of the ringing, as a share of e, when the deck is declared at rest.
constexpr double restShare_e = 0.0025;

/// Rises from 0 to 1 with speed and acceleration zero at both ends (minimum jerk).
double smoothRise(double x) {
    if (x <= 0.0) return 0.0;
    if (x >= 1.0) return 1.0;
    return x * x * x * (10.0 + x * (-15.0 + 6.0 * x));
}

double share(SimTime part, SimTime whole) {
    return static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

}  // namespace

Plant::Plant(const ScaleModel& scale, const SiteModel& site, std::uint64_t seed)
    : scale_{scale},
      site_{site},
      deck_{scale.deck, scale.cells, scale.cellType.stiffness, site.gravity},
      restTolerance_{weightOf(scale.firstInterval().mass() * restShare_e, site.gravity)} {
    for (const CellPlace& place : scale.cells) {
        NoiseStream luck{seed, "part of cell " + place.id};
        LoadCellModel cell = drawLoadCell(scale.cellType, luck);
        cell.sensitivityError += place.sensitivityError;
        cells_.push_back(cell);
        box_.sourceResistance.push_back(cell.outputResistance + place.trim);
        cellNoise_.emplace_back(seed, "noise of cell " + place.id);
    }
    forces_.resize(cells_.size());
    meanForces_.resize(cells_.size());
    outputs_.resize(cells_.size());
    deckState_ = deck_.equilibrium({});
    deck_.cellForces(deckState_, forces_);
    pushing_N_ = deck_.loadVector({});
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        cellStates_.push_back(settledUnder(cells_[i], forces_[i], site.temperature));
    }
    resting_ = true;
}

void Plant::inject(const Fault& fault) {
    const auto cellOf = [&](const std::string& id) -> LoadCellModel& {
        for (std::size_t i = 0; i < scale_.cells.size(); ++i) {
            if (scale_.cells[i].id == id) return cells_[i];
        }
        JH_CHECK(!"a fault names a cell that the scale has");
        return cells_.front();
    };
    if (const auto* one = std::get_if<CellSensitivityFault>(&fault.what)) {
        cellOf(one->cell).sensitivityError += one->change;
    } else if (const auto* all = std::get_if<SpanDriftFault>(&fault.what)) {
        for (LoadCellModel& cell : cells_) cell.sensitivityError += all->change;
    } else if (const auto* wide = std::get_if<CellHysteresisFault>(&fault.what)) {
        cellOf(wide->cell).hysteresis = wide->hysteresis;
    }
}

std::vector<int> Plant::setDown(std::span<const Weight> weights, SimTime start, SimTime duration) {
    JH_CHECK(start >= now_ && duration > SimTime{});
    Move move{{}, true, false, start, duration, {}};
    std::vector<PointForce> points;
    std::vector<int> ids;
    for (const Weight& w : weights) {
        ids.push_back(nextId_);
        move.pieces.push_back({nextId_++, w});
        points.push_back({w.x, w.y, weightOf(w.mass, site_.gravity)});
    }
    move.load_N = deck_.loadVector(points);
    moves_.push_back(std::move(move));
    return ids;
}

void Plant::lift(std::span<const int> ids, SimTime start, SimTime duration) {
    JH_CHECK(start >= now_ && duration > SimTime{});
    Move move{{}, false, false, start, duration, {}};
    std::vector<PointForce> points;
    for (const int id : ids) {
        const auto found = std::find_if(onDeck_.begin(), onDeck_.end(),
                                        [id](const Piece& piece) { return piece.id == id; });
        JH_CHECK(found != onDeck_.end());
        const Weight& w = found->weight;
        move.pieces.push_back(*found);
        points.push_back({w.x, w.y, weightOf(w.mass, site_.gravity)});
    }
    move.load_N = deck_.loadVector(points);
    moves_.push_back(std::move(move));
}

BridgeRatio Plant::convert(SimTime window) {
    if (relaxWindow_ != window) {
        relaxWindow_ = window;
        relaxFactors_.clear();
        for (const LoadCellModel& cell : cells_) {
            relaxFactors_.push_back(relaxFactors(cell, window));
        }
    }
    const bool quiet = resting_ && restAllowed_ && !movesBefore(now_ + window);
    if (quiet) {
        meanForces_ = forces_;
    } else {
        std::fill(meanForces_.begin(), meanForces_.end(), Force{});
        const auto steps = (window + stepLimit - SimTime{1}) / stepLimit;
        const double dt_s = seconds(window) / static_cast<double>(steps);
        for (std::int64_t i = 1; i <= steps; ++i) {
            step(now_ + window * i / steps, dt_s);
            for (std::size_t c = 0; c < forces_.size(); ++c) {
                meanForces_[c] = meanForces_[c] + forces_[c] / static_cast<double>(steps);
            }
        }
        settleIfQuiet(now_ + window);
    }
    now_ += window;

    const Temperature ambient{site_.temperature.si() +
                              site_.temperatureDrift_K_h * seconds(now_) / 3600.0};
    for (std::size_t c = 0; c < cells_.size(); ++c) {
        relax(cells_[c], cellStates_[c], meanForces_[c], ambient, relaxFactors_[c]);
        const BridgeRatio noise{cells_[c].noise_V_V * cellNoise_[c].gaussian()};
        outputs_[c] = output(cells_[c], cellStates_[c], meanForces_[c], noise);
    }
    return terminals(box_, outputs_);
}

/// One step of the deck that ends at `at`: loads -> deck -> forces on the cells -> hysteresis.
void Plant::step(SimTime at, double dt_s) {
    finishMoves(at);
    gatherForces(at);
    deck_.step(deckState_, pushing_N_, dt_s, forces_);
    for (std::size_t c = 0; c < cells_.size(); ++c)
        followForce(cells_[c], cellStates_[c], forces_[c]);
    resting_ = false;
}

/// What has come down becomes a mass of the deck; what begins to leave is a force from now on.
void Plant::finishMoves(SimTime at) {
    bool changed = false;
    for (Move& move : moves_) {
        if (move.landing && at >= move.end()) {
            onDeck_.insert(onDeck_.end(), move.pieces.begin(), move.pieces.end());
            changed = true;
        } else if (!move.landing && !move.begun && at > move.start) {
            std::erase_if(onDeck_, [&](const Piece& piece) {
                return std::any_of(move.pieces.begin(), move.pieces.end(),
                                   [&](const Piece& leaving) { return leaving.id == piece.id; });
            });
            move.begun = changed = true;
        }
    }
    std::erase_if(moves_, [at](const Move& move) { return at >= move.end(); });
    if (!changed) return;

    attachedMasses_.clear();
    for (const Piece& piece : onDeck_) {
        attachedMasses_.push_back({piece.weight.x, piece.weight.y, piece.weight.mass});
    }
    deck_.attach(attachedMasses_);
    gatherForces(at);
    deck_.restart(deckState_, pushing_N_);
}

/// What pushes from outside at this moment: pieces between hand and deck.
void Plant::gatherForces(SimTime at) {
    std::fill(pushing_N_.begin(), pushing_N_.end(), 0.0);
    for (const Move& move : moves_) {
        if (at <= move.start) continue;
        const double risen = smoothRise(share(at - move.start, move.duration));
        const double part = move.landing ? risen : 1.0 - risen;
        for (std::size_t i = 0; i < pushing_N_.size(); ++i) pushing_N_[i] += part * move.load_N[i];
    }
}

bool Plant::movesBefore(SimTime t) const {
    return std::any_of(moves_.begin(), moves_.end(), [t](const Move& m) { return m.start < t; });
}

void Plant::settleIfQuiet(SimTime at) {
    if (!restAllowed_ || movesBefore(at)) return;
    const DeckState rest = deck_.equilibrium({});
    if (deck_.ringingBound(deckState_, rest) > restTolerance_) return;
    deckState_ = rest;
    deck_.cellForces(deckState_, forces_);
    for (std::size_t c = 0; c < cells_.size(); ++c)
        followForce(cells_[c], cellStates_[c], forces_[c]);
    resting_ = true;
}

Mass Plant::massOnDeck() const {
    Mass sum;
    for (const Piece& piece : onDeck_) sum = sum + piece.weight.mass;
    return sum;
}

PlantHashes Plant::hashes() const {
    Hash deck, cells, loads, noise;
    deckState_.hashInto(deck);
    for (const LoadCellState& state : cellStates_) state.hashInto(cells);
    for (const Piece& piece : onDeck_) {
        loads.add(static_cast<std::uint64_t>(piece.id));
        loads.add(piece.weight.mass.si());
    }
    for (const Move& move : moves_) loads.add(static_cast<std::uint64_t>(move.start.count()));
    for (const NoiseStream& stream : cellNoise_) stream.hashInto(noise);
    return {deck.value(), cells.value(), loads.value(), noise.value()};
}

}  // namespace jh
