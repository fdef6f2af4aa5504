// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/simulated_load_source.h"

#include <algorithm>
#include <string>

#include "sim/base/check.h"

namespace jh {

namespace {

/// A load shovelled together by eye is off by up to this share of what was asked for.
constexpr double materialGuess = 3e-3;
/// A trim by shovel hits what was asked for to this share and this mass (1 sd).
constexpr double trimShare = 0.02, trimSd_kg = 0.15;
/// Between full weight on the deck and the end of the move: hands off, step back.
constexpr SimTime handsOff = 2s;
/// Part of every substitution load that lies loose on top and is trimmed.
constexpr double heap_kg = 400.0;
/// Centre of gravity of a substitution load against the weights it replaces (design limit 0.1 m).
constexpr double materialShiftLimit_m = 0.1;
/// A driver who is waved to a mark comes slowly.
constexpr Speed guidedSpeed{0.6};

std::size_t indexOf(LoadKind kind) {
    return static_cast<std::size_t>(kind);
}

}  // namespace

SimulatedLoadSource::SimulatedLoadSource(VirtualBench& bench, const ScaleModel& scale,
                                         const WeightsModel& weights, std::uint64_t seed)
    : bench_{bench},
      scale_{scale},
      weights_{weights},
      layout_{scale_, weights_},
      seed_{seed},
      handling_{seed, "handling"} {
    if (!weights_.truck) return;
    truck_.emplace(bench_, scale_, weights_, seed,
                   [this](int index, PlanePoint at) { return blockAt(index, at); });
}

Expected<void, IoError> SimulatedLoadSource::place(LoadKind kind, int count, ExactMass nominal,
                                                   std::optional<std::size_t> support) {
    if (kind == LoadKind::block && truck_) return truck_->place(count, support);
    // Standard weights go in one trip of the cart, big loads one by one.
    const bool oneByOne = kind == LoadKind::material || kind == LoadKind::tareLoad;
    for (;;) {
        const int present = static_cast<int>(onDeck_[indexOf(kind)].size());
        if (count == present) return {};
        const int next = !oneByOne ? count : count > present ? present + 1 : present - 1;
        auto moved = next > present ? setDown(kind, present, next, nominal, support)
                                    : lift(kind, present, next);
        if (!moved) return moved;
    }
}

Expected<void, IoError> SimulatedLoadSource::setDown(LoadKind kind, int from, int to,
                                                     ExactMass nominal,
                                                     std::optional<std::size_t> support) {
    std::vector<Weight> all;
    auto& pieces = onDeck_[indexOf(kind)];
    for (int i = from; i < to; ++i) {
        pieces.push_back({partsOf(kind, i, nominal, support), {}, {}});
        if (kind == LoadKind::material) {
            if (auto come = bringCarrier(pieces.back(), i); !come) return come;
        }
        mishandle(kind, i, pieces.back().parts);
        all.insert(all.end(), pieces.back().parts.begin(), pieces.back().parts.end());
    }
    // The way there comes first, the touch-down last.
    const SimTime end =
        bench_.now() + std::max(timeFor(kind, to - from, true), touchDown(kind) + handsOff);
    const std::vector<int> ids =
        bench_.plant().setDown(all, end - touchDown(kind) - handsOff, touchDown(kind));
    std::size_t next = 0;
    for (int i = from; i < to; ++i) {
        Piece& piece = pieces[static_cast<std::size_t>(i)];
        for (std::size_t p = 0; p < piece.parts.size(); ++p) piece.ids.push_back(ids[next++]);
    }
    return bench_.waitUntil(end);
}

Expected<void, IoError> SimulatedLoadSource::lift(LoadKind kind, int from, int to) {
    auto& pieces = onDeck_[indexOf(kind)];
    std::vector<int> ids;
    std::optional<std::size_t> carrier;
    for (int i = to; i < from; ++i) {
        const Piece& piece = pieces[static_cast<std::size_t>(i)];
        ids.insert(ids.end(), piece.ids.begin(), piece.ids.end());
        if (piece.truck) carrier = piece.truck;
    }
    pieces.resize(static_cast<std::size_t>(to));
    const SimTime start = bench_.now();
    bench_.plant().lift(ids, start, touchDown(kind));
    if (carrier) {
        if (auto gone = sendAway(*carrier); !gone) return gone;
    }
    return bench_.waitUntil(start + std::max(timeFor(kind, from - to, false), touchDown(kind)));
}

Expected<void, IoError> SimulatedLoadSource::trimMaterial(ExactMass change) {
    auto& loads = onDeck_[indexOf(LoadKind::material)];
    JH_CHECK(!loads.empty());
    const double asked_kg = change.mass().si();
    const double done_kg =
        asked_kg * (1.0 + trimShare * handling_.gaussian()) + trimSd_kg * handling_.gaussian();

    // The loose heap is the last part: it goes up and comes down with its new mass.
    Piece& top = loads.back();
    Weight& heap = top.parts.back();
    const Mass before = heap.mass;
    heap.mass = Mass{std::max(0.0, heap.mass.si() + done_kg)};
    Mass& whole = materialMass_[loads.size() - 1];
    whole = whole + (heap.mass - before);

    const SimTime start = bench_.now(), ramp = weights_.touchDown;
    const std::array<int, 1> old{top.ids.back()};
    bench_.plant().lift(old, start, ramp);
    if (auto waited = bench_.waitUntil(start + weights_.trimMaterial / 2); !waited) return waited;
    top.ids.back() = bench_.plant().setDown({&heap, 1}, bench_.now(), ramp).front();
    return bench_.waitUntil(
        std::max(start + weights_.trimMaterial, bench_.now() + ramp + handsOff));
}

/// What a crew does wrong with its weights, when such a fault acts.
void SimulatedLoadSource::mishandle(LoadKind kind, int index, std::vector<Weight>& parts) {
    const Plant& plant = bench_.plant();
    const Acceleration gravity = plant.parts().site.gravity;
    if (kind == LoadKind::material) {
        if (const auto leak = plant.acting<MaterialLeakFault>()) {
            const double share = 1.0 / static_cast<double>(parts.size());
            for (Weight& part : parts) part.leaks_kg_h = leak->rate_kg_h * share;
        }
        return;
    }
    if (kind != LoadKind::block) return;
    if (const auto wrong = plant.acting<WeightsWrongFault>()) {
        for (Weight& part : parts) {
            part.mass = index < wrong->missing ? Mass{} : part.mass + wrong->each;
        }
        if (index == 0) parts.front().mass = parts.front().mass + wrong->carrier;
    }
    if (const auto hook = plant.acting<HookLoadFault>(); hook && index == 0) {
        parts.front().heldUp = weightOf(std::min(hook->carried, parts.front().mass), gravity);
    }
    if (const auto off = plant.acting<PartlyOffFault>()) {
        // Only what stands at an end of the deck can stand beside it.
        const Length module = scale_.deck.moduleLengths.front(), length = scale_.deck.length();
        for (Weight& part : parts) {
            if (part.x > module / 2.0 && part.x < length - module / 2.0) continue;
            part.heldUp = part.heldUp + weightOf(part.mass * off->share, gravity);
        }
    }
}

std::vector<Weight> SimulatedLoadSource::partsOf(LoadKind kind, int index, ExactMass nominal,
                                                 std::optional<std::size_t> support) {
    const Mass mass = trueMass(kind, index, nominal);
    const Length middle = scale_.deck.length() / 2.0;
    switch (kind) {
        case LoadKind::handWeight:
        case LoadKind::smallWeight:
            return {{middle, Length{}, mass}};
        case LoadKind::tareLoad:
            return spread(mass);
        case LoadKind::material:
            return materialParts(index, mass);
        case LoadKind::block:
            break;
    }
    const BlockPlace place = support ? layout_.atSupport(index, *support) : layout_.spread(index);
    return {{place.x, place.y, mass}};
}

const SubstitutionModel& SimulatedLoadSource::substitution(int index) const {
    static const SubstitutionModel loose;
    const std::vector<SubstitutionModel>& kinds = weights_.substitution;
    if (kinds.empty()) return loose;
    return kinds[std::min(static_cast<std::size_t>(index), kinds.size() - 1)];
}

/// The loose heap comes last; a truck brings the rest of its load itself.
std::vector<Weight> SimulatedLoadSource::materialParts(int index, Mass mass) {
    const SubstitutionModel& what = substitution(index);
    const Length middle = scale_.deck.length() / 2.0;
    const Length shift = materialShift_[static_cast<std::size_t>(index)];
    const Mass rest = mass - Mass{heap_kg};
    std::vector<Weight> parts;
    if (what.kind == SubstitutionKind::tank) {
        parts.push_back({middle + shift, Length{}, rest, {}, what.leak_kg_h});
    } else if (what.kind != SubstitutionKind::truck) {
        parts = spread(rest);
        for (Weight& part : parts) part.x = part.x + shift;
    }
    parts.push_back({middle, Length{}, Mass{heap_kg}});
    return parts;
}

/// The truck that is a substitution load drives on and stops with its centre of gravity where the
/// weights had theirs.
Expected<void, IoError> SimulatedLoadSource::bringCarrier(Piece& piece, int index) {
    const SubstitutionModel& what = substitution(index);
    if (what.kind != SubstitutionKind::truck) return {};
    const auto i = static_cast<std::size_t>(index);
    const VehicleModel truck = withTotal(*what.vehicle, materialMass_[i] - Mass{heap_kg});
    if (auto come = bench_.waitUntil(bench_.now() + weights_.moveMaterial); !come) return come;
    DrivePlan plan;
    plan.start.frontAxle = -truck.frontOverhang;
    plan.speed = guidedSpeed;
    plan.stops = {
        {frontAxleOver(truck, scale_.deck.length() / 2.0 + materialShift_[i]), SimTime{}}};
    piece.truck = bench_.plant().drive(truck, plan);
    return waitForArrival(bench_, *piece.truck);
}

/// Straight on over the other end, and out of the way.
Expected<void, IoError> SimulatedLoadSource::sendAway(std::size_t truck, bool reverse) {
    const VehicleModel& model = bench_.plant().traffic()->vehicle(truck).model();
    const Length beyond = model.axles.back().position + Length{1.0};
    DrivePlan plan;
    plan.speed = guidedSpeed;
    plan.stops = {{reverse ? -beyond : scale_.deck.length() + beyond, SimTime{}}};
    bench_.plant().send(truck, plan);
    auto gone = waitForArrival(bench_, truck);
    if (gone) bench_.plant().remove(truck);
    return gone;
}

/// Its centre of gravity at the share of the deck that was asked for, or as near to it as all its
/// wheels allow.
Expected<ExactMass, IoError> SimulatedLoadSource::roll(RollingStop stop) {
    if (!weights_.rolling) {
        return Unexpected<IoError>{
            {IoError::Kind::refused, "there is no rolling load among the weights"}};
    }
    const VehicleModel truck = withTotal(weights_.rolling->vehicle, weights_.rolling->mass.mass());
    const Length length = scale_.deck.length(), wheelbase = truck.axles.back().position;
    constexpr Length fromEdge{0.4};
    if (wheelbase + fromEdge * 2.0 > length) {
        return Unexpected<IoError>{
            {IoError::Kind::refused, "the rolling load is longer than the receptor"}};
    }
    // Backwards over the last end everything is mirrored: x runs the other way.
    const Length along = length * (stop.reverse ? 1.0 - stop.share : stop.share);
    const Length ahead =
        std::clamp(frontAxleOver(truck, along), wheelbase + fromEdge, length - fromEdge);
    const auto inFrameD = [&](Length x) { return stop.reverse ? length - x : x; };

    DrivePlan plan;
    plan.speed = guidedSpeed;
    plan.stops = {{inFrameD(ahead), SimTime{}}};
    if (rolling_ && rollsReverse_ == stop.reverse) {
        bench_.plant().send(*rolling_, plan);
    } else {
        if (rolling_) {
            if (auto gone = rollOff(); !gone) return Unexpected<IoError>{gone.error()};
        }
        if (auto come = bench_.waitUntil(bench_.now() + weights_.moveMaterial); !come) {
            return Unexpected<IoError>{come.error()};
        }
        plan.start.frontAxle = inFrameD(-truck.frontOverhang);
        plan.start.heading = stop.reverse ? Heading::againstX : Heading::alongX;
        rolling_ = bench_.plant().drive(truck, plan);
        rollsReverse_ = stop.reverse;
    }
    if (auto there = waitForArrival(bench_, *rolling_); !there) {
        return Unexpected<IoError>{there.error()};
    }
    return weights_.rolling->mass;
}

Expected<void, IoError> SimulatedLoadSource::rollOff() {
    if (!rolling_) return {};
    const std::size_t truck = *rolling_;
    rolling_.reset();
    return sendAway(truck, rollsReverse_);
}

/// Leaning on the middle of a long side for half a second, and off.
Expected<void, IoError> SimulatedLoadSource::disturb(ExactMass by) {
    constexpr SimTime press = 500ms, ramp = 100ms;
    const Weight hands{scale_.deck.length() / 2.0, scale_.deck.cellSpacing / 2.0, by.mass()};
    const std::vector<int> ids = bench_.plant().setDown({&hands, 1}, bench_.now(), ramp);
    if (auto waited = bench_.waitUntil(bench_.now() + press); !waited) return waited;
    bench_.plant().lift(ids, bench_.now(), ramp);
    return bench_.waitUntil(bench_.now() + ramp);
}

/// A block of the test-weight truck's as it will stand at a place.
Weight SimulatedLoadSource::blockAt(int index, PlanePoint at) {
    std::vector<Weight> one{{at.x, at.y, trueMass(LoadKind::block, index, weights_.block)}};
    mishandle(LoadKind::block, index, one);
    return one.front();
}

/// Two footprints in each module, so that every part of the deck bears its share.
std::vector<Weight> SimulatedLoadSource::spread(Mass mass) {
    std::vector<Weight> parts;
    Length begin;
    for (const Length module : scale_.deck.moduleLengths) {
        const Mass half = mass * (module / scale_.deck.length() / 2.0);
        parts.push_back({begin + module * 0.25, Length{}, half});
        parts.push_back({begin + module * 0.75, Length{}, half});
        begin = begin + module;
    }
    return parts;
}

Mass SimulatedLoadSource::trueMass(LoadKind kind, int index, ExactMass nominal) {
    const std::string set = std::to_string(indexOf(kind));
    NoiseStream luck{seed_,
                     "weight " + set + " " + nominal.kgText() + " kg " + std::to_string(index)};
    switch (kind) {
        case LoadKind::block: {
            const StandardWeight block = drawBlock(weights_, index, seed_);
            return raining() ? block.wetMass() : block.mass();
        }
        case LoadKind::material: {
            const auto i = static_cast<std::size_t>(index);
            if (i == materialMass_.size()) {
                materialMass_.push_back(nominal.mass() *
                                        (1.0 + luck.uniform(-materialGuess, materialGuess)));
                materialShift_.push_back(
                    Length{luck.uniform(-materialShiftLimit_m, materialShiftLimit_m)});
            }
            return materialMass_[i];
        }
        case LoadKind::tareLoad:
            return nominal.mass() * (1.0 + luck.uniform(-materialGuess, materialGuess));
        default:
            return drawCaseWeight(weights_, set, nominal, index, seed_).mass();
    }
}

bool SimulatedLoadSource::raining() const {
    const RainModel& rain = bench_.plant().parts().site.rain;
    const SimTime now = bench_.now();
    return rain.rate_mm_h > 0.0 && now >= rain.start && now < rain.start + rain.duration;
}

SimTime SimulatedLoadSource::timeFor(LoadKind kind, int moved, bool down) const {
    switch (kind) {
        case LoadKind::block:
            return weights_.moveBlocks;
        case LoadKind::handWeight:
            return moved * weights_.moveHandWeight;
        // Taken off they are swept onto a tray.
        case LoadKind::smallWeight:
            return down ? moved * weights_.moveSmallWeight : weights_.moveSmallWeight;
        case LoadKind::material:
        case LoadKind::tareLoad:
            break;
    }
    return weights_.moveMaterial;
}

SimTime SimulatedLoadSource::touchDown(LoadKind kind) const {
    if (kind == LoadKind::smallWeight) return 250ms;
    if (kind == LoadKind::handWeight) return 1s;
    return weights_.touchDown;
}

}  // namespace jh
