// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/deck_shape.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"
#include "sim/deck/matrix.h"

namespace jh {

namespace {

// One element per module is exact on the centre line, but off it warping decays within
// sqrt(EI s^2 / 4 GJ) = 2.3 m, not as a cubic: four bring the cells within 1.4 kg of 10 t, and have
// a node in the middle of a span (docs/physics.md, "Deck").
constexpr std::size_t elementsPerBeamModule = 4;

}  // namespace

DeckShape::DeckShape(const DeckModel& deck)
    : beams_{deck.joint == JointKind::bolted || !deck.seizedJoints.empty() || deck.fineBending} {
    JH_CHECK(!deck.moduleLengths.empty());
    for (const Length length : deck.moduleLengths) JH_CHECK(length > Length{});
    if (beams_) {
        layBeams(deck);
    } else {
        layHatsAndSines(deck);
    }
    JH_CHECK(freedoms_ <= maxFreedoms);
}

/// Node: z, dz/dx, and a second dz/dx for the element on the right of a joint that is not bolted.
/// The roll has the same coordinates after all of the heave.
void DeckShape::layBeams(const DeckModel& deck) {
    const auto seized = [&deck](std::size_t joint) {
        return std::find(deck.seizedJoints.begin(), deck.seizedJoints.end(), joint) !=
               deck.seizedJoints.end();
    };
    std::size_t deflection = 0, slope = 1, next = 2;
    double start_m = 0.0;
    for (std::size_t m = 0; m < deck.moduleLengths.size(); ++m) {
        const double part_m = deck.moduleLengths[m].si() / elementsPerBeamModule;
        if (m > 0 && deck.joint != JointKind::bolted) {
            hinges_.push_back({slope, next, seized(m - 1)});
            slope = next++;
        }
        for (std::size_t part = 0; part < elementsPerBeamModule; ++part) {
            const double partStart_m = start_m + part_m * static_cast<double>(part);
            elements_.push_back({partStart_m, part_m, m, {deflection, slope, next, next + 1}});
            deflection = next;
            slope = next + 1;
            next += 2;
        }
        start_m += deck.moduleLengths[m].si();
    }
    rollOffset_ = next;
    freedoms_ = 2 * next;
}

/// Node i: z, phi; after all nodes, module m: sine of bending, sine of warp.
void DeckShape::layHatsAndSines(const DeckModel& deck) {
    const std::size_t modules = deck.moduleLengths.size();
    double start_m = 0.0;
    for (std::size_t m = 0; m < modules; ++m) {
        const double length_m = deck.moduleLengths[m].si();
        const std::size_t sine = 2 * (modules + 1) + 2 * m;
        elements_.push_back({start_m, length_m, m, {2 * m, 2 * m + 2, sine, 0}});
        start_m += length_m;
    }
    rollOffset_ = 1;
    freedoms_ = 2 * (modules + 1) + 2 * modules;
}

ShapeVector DeckShape::at(double x_m, double y_m) const {
    // The last one that begins before x.
    const auto after =
        std::upper_bound(elements_.begin() + 1, elements_.end(), x_m,
                         [](double x, const DeckElement& element) { return x < element.start_m; });
    const DeckElement* element = &*(after - 1);
    const double length_m = element->length_m, xi = (x_m - element->start_m) / length_m;

    std::array<double, 4> value{};
    if (beams_) {
        const double left = 1.0 - xi;
        value = {left * left * (1.0 + 2.0 * xi), xi * left * left * length_m,
                 xi * xi * (3.0 - 2.0 * xi), -xi * xi * left * length_m};
    } else {
        value = {1.0 - xi, xi, sinPi(xi), 0.0};
    }

    ShapeVector shape;
    for (std::size_t k = 0; k < functions(); ++k) {
        if (value[k] == 0.0) continue;
        shape.index[shape.count] = element->heave[k];
        shape.value[shape.count++] = value[k];
        shape.index[shape.count] = element->heave[k] + rollOffset_;
        shape.value[shape.count++] = y_m * value[k];
    }
    return shape;
}

}  // namespace jh
