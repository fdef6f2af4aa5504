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

struct Offset {
    double x_m, y_m;
};
/// Footprints of 0.6 m blocks around a support, in point-symmetric pairs; then the next layer.
constexpr std::array<Offset, 8> stack{{{-0.3, -0.3},
                                       {0.3, 0.3},
                                       {-0.3, 0.3},
                                       {0.3, -0.3},
                                       {-0.9, -0.3},
                                       {0.9, 0.3},
                                       {-0.9, 0.3},
                                       {0.9, -0.3}}};

std::size_t indexOf(LoadKind kind) {
    return static_cast<std::size_t>(kind);
}

/// Slot in a row of `slots` along the deck for the i-th block, so that any even number of blocks
/// lies symmetric and roughly even: pairs from both ends in bit-reversed order.
int slotOf(int i, int slots) {
    const int pairs = (slots + 1) / 2;
    int bits = 1;
    while ((1 << bits) < pairs) ++bits;
    int wanted = i / 2;
    for (int n = 0; n < (1 << bits); ++n) {
        int reversed = 0;
        for (int b = 0; b < bits; ++b) reversed |= ((n >> b) & 1) << (bits - 1 - b);
        if (reversed >= pairs) continue;
        if (wanted-- == 0) return i % 2 == 0 ? reversed : slots - 1 - reversed;
    }
    return slots / 2;
}

}  // namespace

SimulatedLoadSource::SimulatedLoadSource(VirtualBench& bench, const ScaleModel& scale,
                                         const WeightsModel& weights, std::uint64_t seed)
    : bench_{bench}, scale_{scale}, weights_{weights}, seed_{seed}, handling_{seed, "handling"} {}

Expected<void, IoError> SimulatedLoadSource::place(LoadKind kind, int count, ExactMass nominal,
                                                   std::optional<std::size_t> support) {
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
        pieces.push_back({partsOf(kind, i, nominal, support), {}});
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
    for (int i = to; i < from; ++i) {
        const Piece& piece = pieces[static_cast<std::size_t>(i)];
        ids.insert(ids.end(), piece.ids.begin(), piece.ids.end());
    }
    pieces.resize(static_cast<std::size_t>(to));
    const SimTime start = bench_.now();
    bench_.plant().lift(ids, start, touchDown(kind));
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
    heap.mass = Mass{std::max(0.0, heap.mass.si() + done_kg)};
    Mass total;
    for (const Weight& part : top.parts) total = total + part.mass;
    materialMass_[loads.size() - 1] = total;

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
        case LoadKind::material: {
            std::vector<Weight> parts = spread(mass - Mass{heap_kg});
            for (Weight& part : parts) {
                part.x = part.x + materialShift_[static_cast<std::size_t>(index)];
            }
            parts.push_back({middle, Length{}, Mass{heap_kg}});
            return parts;
        }
        case LoadKind::block:
            break;
    }
    if (!support) {
        const int slots = weights_.blocks;
        const double share = (slotOf(index, slots) + 0.5) / slots;
        return {{scale_.deck.length() * share, Length{}, mass}};
    }
    // Over the support, but wholly on the deck.
    const CellPlace& cell = scale_.cells[*support];
    const double edge_m = 1.2, length_m = scale_.deck.length().si();
    const double side_m = std::min(std::abs(cell.y.si()), scale_.deck.width.si() / 2.0 - 0.6);
    const double centre_x_m = std::clamp(cell.x.si(), edge_m, length_m - edge_m);
    const double centre_y_m = cell.y > Length{} ? side_m : -side_m;
    const Offset offset = stack[static_cast<std::size_t>(index) % stack.size()];
    return {{Length{centre_x_m + offset.x_m}, Length{centre_y_m + offset.y_m}, mass}};
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
    const std::string name = "weight " + std::to_string(indexOf(kind)) + " " + nominal.kgText() +
                             " kg " + std::to_string(index);
    NoiseStream luck{seed_, name};
    switch (kind) {
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
        default: {
            const Mass mpe = weightMpe(weights_.weightClass, nominal).mass();
            return nominal.mass() + mpe * luck.uniform(-1.0, 1.0);
        }
    }
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
