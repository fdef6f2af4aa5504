// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a plant, and the parts that follow from it.
#include <algorithm>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"
#include "sim/plant/plant.h"

namespace jh {

namespace {

/// A growing fault is followed in steps of this share of its size.
constexpr double severityGrain = 1.0 / 128.0;
/// Gaps at the deck's ends are followed in steps of this.
constexpr double temperatureGrain_K = 0.25;
/// The mood of a restless contact lasts so long.
constexpr SimTime moodLasts = 1s;

bool worthFollowing(double before, double now) {
    if (before == now) return false;
    return now == 0.0 || now == 1.0 || std::abs(now - before) >= severityGrain;
}

}  // namespace

void Plant::happened(FaultStart event) {
    for (Planned& planned : faults_) {
        if (planned.fault.from == event && !planned.start) planned.start = now_;
    }
}

void Plant::transmit(bool on) {
    for (Planned& planned : faults_) {
        if (planned.fault.from != FaultStart::radio) continue;
        planned.start = on ? std::optional{now_} : std::nullopt;
    }
}

void Plant::trim(std::size_t cell, double change) {
    healthy_.cells.at(cell).sensitivityError += change;
    rebuild();
}

void Plant::followFaults() {
    bool changed = false;
    for (Planned& planned : faults_) {
        if (planned.fault.from == FaultStart::axle_on_deck) {
            const bool there = trafficMassOnDeck(Traffic::all) > Mass{};
            if (!there) planned.start.reset();
            if (there && !planned.start) planned.start = now_;
        }
        const double now = planned.start ? severity(planned.fault, now_ - *planned.start) : 0.0;
        if (!worthFollowing(planned.severity, now)) continue;
        planned.severity = now;
        changed = true;
    }
    if (changed) rebuild();
}

/// All parts anew: as they were made, then one fault after the other.
void Plant::rebuild() {
    const SiteModel siteBefore = parts_.site;
    parts_ = healthy_;
    for (const Planned& planned : faults_) {
        if (planned.severity <= 0.0) continue;
        act(scaled(planned.fault.what, planned.severity), *planned.start, parts_);
    }
    const bool otherWeather = parts_.site.rain.rate_mm_h != siteBefore.rain.rate_mm_h ||
                              !(parts_.site.wind == siteBefore.wind) ||
                              parts_.site.vibration != siteBefore.vibration;
    if (otherWeather) {
        weather_ = Weather{parts_.site, seeds_.visit};
        weather_.advanceTo(now_);
    }
    while (broken_.size() < parts_.intermittent.size()) {
        const std::size_t cell = parts_.intermittent[broken_.size()].cell;
        const NoiseStream luck{seeds_.visit, "broken wire of cell " + parts_.places[cell].id};
        broken_.push_back({false, SimTime{}, luck});
    }
    broken_.erase(broken_.begin() + static_cast<std::ptrdiff_t>(parts_.intermittent.size()),
                  broken_.end());
    relaxFactors_.clear();
    relaxWindow_ = SimTime{};
    followLean();
    rebuildDeck();
    followWires(now_);
}

void Plant::rebuildDeck() {
    const Acceleration gravity = parts_.site.gravity;
    HinderedDeck hindered = hinderedDeck(parts_, healthy_.cellSupports);
    emptyState_ = std::move(hindered.empty);
    const std::vector<DeckSupport>& supports = hindered.supports;
    // What grows stronger holds on where it was; what is new begins without force.
    const std::vector<Rubbing> before = std::exchange(rubbing_, {});
    for (const DeckContact& contact : parts_.contacts) {
        if (contact.friction == Force{}) continue;
        const std::size_t i = rubbing_.size();
        const bool known =
            i < before.size() && before[i].x == contact.x && before[i].y == contact.y;
        const double slip_m = known                    ? before[i].slip_m
                              : deckState_.u_m.empty() ? 0.0
                                                       : sagNow_m(contact.x, contact.y);
        rubbing_.push_back({contact.x, contact.y, contact.friction.si(), slip_m, {}});
    }
    deck_ = DeckSolver{parts_.deck, supports, gravity};
    for (Rubbing& rubbing : rubbing_) rubbing.shape = deck_.shapeAt(rubbing.x, rubbing.y);
    forces_.resize(supports.size());
    even_N_ = deck_.evenLoadVector();
    standing_N_.assign(even_N_.size(), 0.0);
    for (const PointForce& force : parts_.edgeForces) deck_.addLoad(standing_N_, force);

    const Temperature deckTemperature = deckWarmth();
    sideways_ = DeckSideways{parts_.deck, scale_.cellType.mount, parts_.places, deckTemperature};
    sidewaysTemperature_ = deckTemperature;
    if (sidewaysState_.slip_m.size() != parts_.deck.sideways.stops.size()) {
        sidewaysState_ = sideways_.atRest();
    }
    // Gaps may have closed.
    sidewaysState_.moving = true;
    resting_ = false;
    attachAll();
}

Temperature Plant::deckWarmth() const {
    const double sun_K =
        (weather_.sunHeating_K(DeckSide::left) + weather_.sunHeating_K(DeckSide::right)) / 2.0;
    return Temperature{weather_.ambient().si() + sun_K};
}

/// Wires whose state changes by itself, and the deck's length with its warmth: once a window.
void Plant::followConditions() {
    const Temperature warmth = deckWarmth();
    if (std::abs((warmth - sidewaysTemperature_).si()) > temperatureGrain_K) {
        sideways_.warm(warmth);
        sidewaysTemperature_ = warmth;
        sidewaysState_.moving = true;
        resting_ = false;
    }
    for (std::size_t c = 0; c < cells().size(); ++c) {
        const DeckSideways::Lean lean = sideways_.lean(sidewaysState_, c);
        const double height_m = cells()[c].mount.height.si();
        const double x_rad = lean.x_rad + shifts_[c].x_m / height_m;
        const double y_rad = lean.y_rad + shifts_[c].y_m / height_m;
        const bool left = parts_.places[c].y > Length{};
        const double sun_K = weather_.sunHeating_K(left ? DeckSide::left : DeckSide::right);
        conditions_[c] = {x_rad,
                          y_rad,
                          sideways_.restoringPerLean() * std::max(std::abs(x_rad), std::abs(y_rad)),
                          {},
                          weather_.pressureDeviation(),
                          left ? sun_K + parts_.leftWarmer.si() : sun_K};
    }
    followLean();
}

void Plant::followLean() {
    for (std::size_t c = 0; c < cells().size(); ++c) {
        pressingShares_[c] = pressingShare(cells()[c], conditions_[c]);
    }
}

void Plant::followWires(SimTime at) {
    std::vector<Resistance> outputs;
    outputs.reserve(cells().size());
    for (const LoadCellModel& cell : cells()) outputs.push_back(cell.outputResistance);
    WiringConditions now = parts_.wires;
    if (!broken_.empty() || parts_.restlessContact > Resistance{}) {
        now.cells.resize(cells().size());
    }
    for (std::size_t i = 0; i < broken_.size(); ++i) {
        if (broken_[i].open) now.cells[parts_.intermittent[i].cell].signalSeries = openWire;
    }
    for (CellWires& wires : now.cells) {
        const double series_ohm =
            wires.excitationSeries.si() + parts_.restlessContact.si() * contactMood_;
        wires.excitationSeries = Resistance{std::max(0.0, series_ohm)};
    }
    path_ = signalPath(parts_.wiring, parts_.places, outputs, now);
    wiresUntil_ = at + moodLasts;
}

/// Contacts that come and go: whether the wiring has changed by `at`.
bool Plant::wiresChanged(SimTime at) {
    bool changed = false;
    for (std::size_t i = 0; i < broken_.size(); ++i) {
        Broken& wire = broken_[i];
        if (at < wire.until) continue;
        const IntermittentWire& model = parts_.intermittent[i];
        wire.open = wire.until > SimTime{} && !wire.open;
        // Times between changes have no memory.
        const SimTime mean = wire.open ? model.opens : model.interval - model.opens;
        const double lasts_s = -portableLog(wire.luck.uniform(1e-6, 1.0)) * seconds(mean);
        wire.until = at + SimTime{static_cast<std::int64_t>(lasts_s * 1e9)};
        changed = true;
    }
    if (parts_.restlessContact > Resistance{} && at >= wiresUntil_) {
        contactMood_ = contactLuck_.gaussian();
        changed = true;
    }
    return changed;
}

/// Mean of the pick-up over a window.
BridgeRatio Plant::pickup(SimTime from, SimTime to) const {
    if (parts_.pickupAmplitude == BridgeRatio{}) return {};
    constexpr double pi = 3.14159265358979323846;
    const double turns = parts_.pickupFrequency_Hz;
    const double swing = cosPi(2.0 * turns * seconds(from)) - cosPi(2.0 * turns * seconds(to));
    return parts_.pickupAmplitude * (swing / (2.0 * pi * turns * seconds(to - from)));
}

}  // namespace jh
