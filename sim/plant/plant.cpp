// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/plant/plant.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr SimTime stepLimit = 1ms;
/// What may be left of the ringing, as a share of e, when the deck is declared at rest.
constexpr double restShare_e = 0.0025;
/// From here on a load is heavy: a deck with play finds a new place under it.
constexpr Mass heavyLoad{500.0};

PlantParts makeParts(const ScaleModel& scale, const SiteModel& site, std::uint64_t seed,
                     const std::vector<Fault>& faults) {
    PlantParts parts;
    parts.deck = scale.deck;
    parts.deck.fineBending |= std::any_of(faults.begin(), faults.end(), [](const Fault& fault) {
        return needsFineBending(fault.what);
    });
    parts.cellSupports = cellSupports(scale.cells, scale.cellType.stiffness);
    parts.places = scale.cells;
    parts.wiring = scale.wiring;
    parts.site = site;
    for (const CellPlace& place : scale.cells) {
        NoiseStream luck{seed, "part of cell " + place.id};
        parts.cells.push_back(drawLoadCell(scale.cellType, place, luck));
    }
    return parts;
}

}  // namespace

Plant::Plant(const ScaleModel& scale, const SiteModel& site, Seeds seeds,
             const std::vector<Fault>& faults)
    : scale_{scale},
      seeds_{seeds},
      healthy_{makeParts(scale, site, seeds.scale, faults)},
      parts_{healthy_},
      conditions_(scale.cells.size()),
      pressingShares_(scale.cells.size()),
      contactLuck_{seeds.visit, "restless contact"},
      shiftLuck_{seeds.visit, "deck shifts"},
      deck_{parts_.deck, parts_.cellSupports, site.gravity},
      sideways_{parts_.deck, scale.cellType.mount, parts_.places, site.temperature},
      shifts_(scale.cells.size()),
      weather_{site, seeds.visit},
      restTolerance_{weightOf(scale.firstInterval().mass() * restShare_e, site.gravity)},
      meanForces_(scale.cells.size()),
      outputs_(scale.cells.size()) {
    for (const Fault& fault : faults) {
        faults_.push_back({fault, {}, 0.0});
        if (fault.from == FaultStart::power_on) faults_.back().start = SimTime{};
        faults_.back().severity = faults_.back().start ? severity(fault, SimTime{}) : 0.0;
    }
    for (const CellPlace& place : scale.cells) {
        cellNoise_.emplace_back(seeds.visit, "noise of cell " + place.id);
    }
    pushing_N_ = deck_.loadVector({});
    rebuild();
    slowMass_ = slowMass();
    deckState_ = emptyState_;
    gatherForces(SimTime{});
    deckState_ = deck_.equilibriumUnder(pushing_N_);
    deck_.supportForces(deckState_, forces_);
    for (std::size_t i = 0; i < cells().size(); ++i) {
        cellStates_.push_back(settledUnder(cells()[i], forces_[i], weather_.ambient()));
    }
    resting_ = true;
    sidewaysState_.moving = false;
}

std::vector<int> Plant::setDown(std::span<const Weight> weights, SimTime start, SimTime duration) {
    JH_CHECK(start >= now_ && duration > SimTime{});
    Move move{{}, true, false, start, duration, {}};
    std::vector<int> ids;
    for (const Weight& w : weights) {
        ids.push_back(nextId_);
        move.pieces.push_back({nextId_++, w});
    }
    moves_.push_back(std::move(move));
    weigh(moves_.back());
    return ids;
}

void Plant::lift(std::span<const int> ids, SimTime start, SimTime duration) {
    JH_CHECK(start >= now_ && duration > SimTime{});
    Move move{{}, false, false, start, duration, {}};
    for (const int id : ids) {
        const auto found = std::find_if(onDeck_.begin(), onDeck_.end(),
                                        [id](const Piece& piece) { return piece.id == id; });
        JH_CHECK(found != onDeck_.end());
        move.pieces.push_back(*found);
    }
    moves_.push_back(std::move(move));
    weigh(moves_.back());
}

int Plant::lower(const Weight& weight, const HookPlan& plan) {
    JH_CHECK(!hook_ && plan.task == HookTask::lowering);
    const int id = nextId_++;
    hook_.emplace(Hooked{
        HookLoad{plan, parts_.site.gravity, Length{}}, {id, weight}, now_ + hookTime(plan.crane)});
    welcome();
    return id;
}

void Plant::hoist(int id, const HookPlan& plan) {
    JH_CHECK(!hook_ && plan.task == HookTask::lifting);
    const auto found = std::find_if(onDeck_.begin(), onDeck_.end(),
                                    [id](const Piece& piece) { return piece.id == id; });
    JH_CHECK(found != onDeck_.end());
    HookPlan here = plan;
    here.x = found->weight.x;
    here.y = found->weight.y;
    here.mass = found->weight.mass;
    const Length ground{-sagNow_m(here.x, here.y)};
    hook_.emplace(
        Hooked{HookLoad{here, parts_.site.gravity, ground}, *found, now_ + hookTime(plan.crane)});
    onDeck_.erase(found);
    attachAll();
    welcome();
    gatherForces(now_);
    deck_.restart(deckState_, pushing_N_);
}

std::size_t Plant::park(const VehicleModel& vehicle, const Placement& at) {
    if (!traffic_) traffic_ = std::make_unique<VehicleWorld>(parts_.site.gravity);
    traffic_->park(vehicle, at);
    welcome();
    return traffic_->count() - 1;
}

std::size_t Plant::drive(const VehicleModel& vehicle, const DrivePlan& plan) {
    if (!traffic_) traffic_ = std::make_unique<VehicleWorld>(parts_.site.gravity);
    traffic_->drive(vehicle, plan);
    welcome();
    return traffic_->count() - 1;
}

void Plant::send(std::size_t vehicle, const DrivePlan& plan) {
    traffic_->send(vehicle, plan);
    resting_ = false;
}

void Plant::load(std::size_t vehicle, Mass change, SimTime start, SimTime duration) {
    JH_CHECK(traffic_ && start >= now_ && duration > SimTime{});
    loading_.push_back({vehicle, change, {}, start, duration});
}

void Plant::remove(std::size_t vehicle) {
    traffic_->retire(vehicle);
    resting_ = false;
}

/// Room for what the newcomer will push with, so that no step has to make it.
void Plant::welcome() {
    std::size_t pushes = 1;  // wind
    if (hook_) pushes += HookLoad::feet;
    for (std::size_t i = 0; traffic_ && i < traffic_->count(); ++i) {
        pushes += traffic_->vehicle(i).wheels().size();
    }
    sidePushes_.reserve(pushes);
    resting_ = false;
}

BridgeRatio Plant::convert(SimTime window) {
    followFaults();
    if (relaxWindow_ != window) {
        relaxWindow_ = window;
        relaxFactors_.clear();
        for (const LoadCellModel& cell : cells()) {
            relaxFactors_.push_back(relaxFactors(cell, window));
        }
    }
    const SimTime end = now_ + window;
    const bool slowChange = followSlowLoads(window);
    if (quietUntil(end)) {
        weather_.advanceTo(end);
        if (slowChange) {
            gatherForces(now_);
            takeRest(deck_.equilibriumUnder(pushing_N_));
        }
        std::copy_n(forces_.begin(), meanForces_.size(), meanForces_.begin());
    } else {
        stepThrough(window);
        settleIfQuiet(end);
    }
    const SimTime begin = std::exchange(now_, end);

    followConditions();
    if (wiresChanged(now_)) followWires(now_);
    relax(parts_.wiring, wiringState_, weather_.ambient(), window);
    for (std::size_t c = 0; c < cells().size(); ++c) {
        relax(cells()[c], cellStates_[c], meanForces_[c], weather_.ambient(), relaxFactors_[c],
              conditions_[c]);
        const BridgeRatio noise =
            outputNoise(cells()[c]) * (noiseAllowed_ ? cellNoise_[c].gaussian() : 0.0);
        outputs_[c] = output(cells()[c], cellStates_[c], meanForces_[c], noise, conditions_[c]);
    }
    return terminals(path_, wiringState_, outputs_) + pickup(begin, now_);
}

bool Plant::quietUntil(SimTime end) const {
    return resting_ && restAllowed_ && weather_.calm() && !movesBefore(end) && !trafficMoves();
}

bool Plant::movesBefore(SimTime t) const {
    if (hook_) return true;
    for (const Loading& loading : loading_) {
        if (loading.start < t) return true;
    }
    return std::any_of(moves_.begin(), moves_.end(), [t](const Move& m) { return m.start < t; });
}

/// A driver on his way may go on at any moment; who has arrived comes to rest.
bool Plant::trafficMoves() const {
    if (!traffic_) return false;
    for (std::size_t i = 0; i < traffic_->count(); ++i) {
        if (traffic_->retired(i)) continue;
        if (traffic_->onTheWay(i)) return true;
        if (!traffic_->vehicle(i).atRest(restTolerance_ * 4.0)) return true;
    }
    return false;
}

void Plant::stepThrough(SimTime window) {
    std::fill(meanForces_.begin(), meanForces_.end(), Force{});
    const auto steps = (window + stepLimit - SimTime{1}) / stepLimit;
    const double dt_s = seconds(window) / static_cast<double>(steps);
    for (std::int64_t i = 1; i <= steps; ++i) {
        step(now_ + window * i / steps, dt_s);
        for (std::size_t c = 0; c < meanForces_.size(); ++c) {
            meanForces_[c] = meanForces_[c] + forces_[c] / static_cast<double>(steps);
        }
    }
}

/// One step that ends at `at`: vehicles and weather -> loads -> deck -> forces on the cells.
void Plant::step(SimTime at, double dt_s) {
    finishMoves(at);
    finishHook(at);
    weather_.advanceTo(at);
    loadVehicles(at);
    moveTraffic(dt_s);
    moveHook(dt_s);
    gatherForces(at);
    deck_.step(deckState_, pushing_N_, dt_s, forces_);
    // Rolling wheels push the deck; only what stands is carried along by it.
    const Mass carried = weightsOnDeck() + trafficMassOnDeck(Traffic::standing);
    sideways_.step(sidewaysState_, cellForces(), sidePushes_, carried, dt_s);
    followForces();
    resting_ = false;
    if (onStep) onStep(at);
}

/// What has come down becomes a mass of the deck; what begins to leave is a force from now on.
void Plant::finishMoves(SimTime at) {
    bool changed = false, heavy = false;
    for (Move& move : moves_) {
        if (move.landing && at >= move.end()) {
            onDeck_.insert(onDeck_.end(), move.pieces.begin(), move.pieces.end());
            for (const Piece& piece : move.pieces) heavy |= piece.weight.mass >= heavyLoad;
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
    if (heavy) shiftDeck();
    if (!changed) return;
    attachAll();
    gatherForces(at);
    deck_.restart(deckState_, pushing_N_);
}

/// A weight with a slack rope becomes a mass of the deck; one that is half a metre up is gone.
void Plant::finishHook(SimTime at) {
    if (!hook_ || at < hook_->end) return;
    const bool landed = hook_->load.plan().task == HookTask::lowering;
    Piece piece = hook_->piece;
    const PlanePoint place = hook_->load.place();
    hook_.reset();
    if (!landed) return;
    piece.weight.x = place.x;
    piece.weight.y = place.y;
    onDeck_.push_back(piece);
    if (piece.weight.mass >= heavyLoad) shiftDeck();
    attachAll();
    gatherForces(at);
    deck_.restart(deckState_, pushing_N_);
}

void Plant::attachAll() {
    attachedMasses_.clear();
    for (const Piece& piece : onDeck_) {
        attachedMasses_.push_back({piece.weight.x, piece.weight.y, piece.weight.mass});
    }
    deck_.attach(attachedMasses_);
}

/// A deck with play finds a new place under a new load.
void Plant::shiftDeck() {
    if (parts_.shifts == Length{}) return;
    const double most_m = parts_.shifts.si();
    const Shift shift{shiftLuck_.uniform(-most_m, most_m), shiftLuck_.uniform(-most_m, most_m)};
    for (std::size_t c = 0; c < cells().size(); ++c) {
        const std::string& id = parts_.places[c].id;
        const bool meant =
            parts_.shiftingLine.empty() || id.compare(0, id.size() - 1, parts_.shiftingLine) == 0;
        if (meant) shifts_[c] = shift;
    }
}

void Plant::settleIfQuiet(SimTime at) {
    if (!restAllowed_ || !weather_.calm() || sidewaysState_.moving) return;
    if (movesBefore(at) || trafficMoves()) return;
    gatherForces(at);
    DeckState rest = deck_.equilibriumUnder(pushing_N_);
    if (deck_.ringingBound(deckState_, rest) > restTolerance_) return;
    takeRest(std::move(rest));
    resting_ = true;
}

void Plant::takeRest(DeckState rest) {
    deckState_ = std::move(rest);
    deck_.supportForces(deckState_, forces_);
    followForces();
}

void Plant::followForces() {
    for (std::size_t c = 0; c < cells().size(); ++c) {
        const Force presses = forces_[c] * pressingShares_[c] + conditions_[c].parasitic;
        followForce(cells()[c], cellStates_[c], presses);
    }
}

PlantHashes Plant::hashes() const {
    Hash deck, cellsHash, loads, noise;
    deckState_.hashInto(deck);
    sidewaysState_.hashInto(deck);
    for (const LoadCellState& state : cellStates_) state.hashInto(cellsHash);
    wiringState_.hashInto(cellsHash);
    for (const Piece& piece : onDeck_) {
        loads.add(static_cast<std::uint64_t>(piece.id));
        loads.add(piece.weight.mass.si());
    }
    for (const Move& move : moves_) loads.add(static_cast<std::uint64_t>(move.start.count()));
    if (hook_) hook_->load.hashInto(loads);
    if (traffic_) traffic_->hashInto(loads);
    weather_.hashInto(loads);
    for (const NoiseStream& stream : cellNoise_) stream.hashInto(noise);
    contactLuck_.hashInto(noise);
    shiftLuck_.hashInto(noise);
    return {deck.value(), cellsHash.value(), loads.value(), noise.value()};
}

}  // namespace jh
