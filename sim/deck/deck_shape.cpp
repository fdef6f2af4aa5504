// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/deck_shape.h"

#include "sim/base/check.h"
#include "sim/base/portable_math.h"
#include "sim/deck/matrix.h"

namespace jh {

namespace {

// One element per module is exact on the centre line, but off it warping decays within
// sqrt(EI s^2 / 4 GJ) = 2.3 m, not as a cubic: three bring the cells within 2.3 kg of 10 t
// (docs/physics.md, "Deck").
constexpr std::size_t elementsPerBoltedModule = 3;

}  // namespace

DeckShape::DeckShape(const DeckModel& deck) : bolted_{deck.joint == JointKind::bolted} {
    const std::size_t modules = deck.moduleLengths.size();
    JH_CHECK(modules >= 1);
    double start_m = 0.0;
    for (std::size_t m = 0; m < modules; ++m) {
        const double length_m = deck.moduleLengths[m].si();
        JH_CHECK(length_m > 0.0);
        if (bolted_) {
            // Node i: z, dz/dx, phi, dphi/dx.
            const double part_m = length_m / elementsPerBoltedModule;
            for (std::size_t part = 0; part < elementsPerBoltedModule; ++part) {
                const std::size_t first = 4 * elements_.size();
                const double partStart_m = start_m + part_m * static_cast<double>(part);
                elements_.push_back(
                    {partStart_m, part_m, {first, first + 1, first + 4, first + 5}});
            }
        } else {
            // Node i: z, phi; after all nodes, module m: sine of bending, sine of warp.
            const std::size_t sine = 2 * (modules + 1) + 2 * m;
            elements_.push_back({start_m, length_m, {2 * m, 2 * m + 2, sine, 0}});
        }
        start_m += length_m;
    }
    freedoms_ = bolted_ ? 4 * (elements_.size() + 1) : 2 * (modules + 1) + 2 * modules;
    JH_CHECK(freedoms_ <= maxFreedoms);
}

ShapeVector DeckShape::at(double x_m, double y_m) const {
    const DeckElement* element = &elements_.front();
    for (const DeckElement& next : elements_) {
        if (next.start_m <= x_m) element = &next;
    }
    const double length_m = element->length_m, xi = (x_m - element->start_m) / length_m;

    std::array<double, 4> value{};
    if (bolted_) {
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
        shape.index[shape.count] = element->heave[k] + rollOffset();
        shape.value[shape.count++] = y_m * value[k];
    }
    return shape;
}

}  // namespace jh
