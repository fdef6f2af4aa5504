// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/assembly.h"

#include <utility>

namespace jh {

namespace {

using Local = std::array<std::array<double, 4>, 4>;

// Integrals over one element of products of its shape functions N.
struct Integrals {
    Local value{};      // N N'
    Local slope{};      // dN/dx (dN/dx)'
    Local curvature{};  // d2N/dx2 (d2N/dx2)'
    std::array<double, 4> sum{};
};

// Two hats and a half sine. The sine is orthogonal to the hats in slope.
Integrals hatsAndSine(double l) {
    constexpr double pi = 3.14159265358979323846, pi2 = pi * pi;
    Integrals i;
    i.value = {{{l / 3, l / 6, l / pi, 0}, {l / 6, l / 3, l / pi, 0}, {l / pi, l / pi, l / 2, 0}}};
    i.slope = {{{1 / l, -1 / l, 0, 0}, {-1 / l, 1 / l, 0, 0}, {0, 0, pi2 / (2 * l), 0}}};
    i.curvature[2][2] = pi2 * pi2 / (2 * l * l * l);
    i.sum = {l / 2, l / 2, 2 * l / pi, 0};
    return i;
}

// Hermite cubics; the textbook beam element.
Integrals hermite(double l) {
    const double l2 = l * l;
    Integrals i;
    i.value = {{{156, 22 * l, 54, -13 * l},
                {22 * l, 4 * l2, 13 * l, -3 * l2},
                {54, 13 * l, 156, -22 * l},
                {-13 * l, -3 * l2, -22 * l, 4 * l2}}};
    i.slope = {{{36, 3 * l, -36, 3 * l},
                {3 * l, 4 * l2, -3 * l, -l2},
                {-36, -3 * l, 36, -3 * l},
                {3 * l, -l2, -3 * l, 4 * l2}}};
    i.curvature = {{{12, 6 * l, -12, 6 * l},
                    {6 * l, 4 * l2, -6 * l, 2 * l2},
                    {-12, -6 * l, 12, -6 * l},
                    {6 * l, 2 * l2, -6 * l, 4 * l2}}};
    for (auto& row : i.value) {
        for (double& v : row) v *= l / 420;
    }
    for (auto& row : i.slope) {
        for (double& v : row) v /= 30 * l;
    }
    for (auto& row : i.curvature) {
        for (double& v : row) v /= l2 * l;
    }
    i.sum = {l / 2, l2 / 12, l / 2, -l2 / 12};
    return i;
}

/// A seized joint is this much stiffer than a metre of the deck.
constexpr double seizedPerBending_m = 1e4;

}  // namespace

DeckMatrices assemble(const DeckModel& deck, const DeckShape& shape) {
    const double lineDensity_kg_m = deck.lineDensity.si();
    const double spacing2_m2 = deck.cellSpacing.si() * deck.cellSpacing.si();
    const double width2_m2 = deck.width.si() * deck.width.si();
    const bool uniform = deck.rollInertia == RollInertia::uniform;
    const double rollInertia_kg_m =
        lineDensity_kg_m * (uniform ? width2_m2 / 12.0 : spacing2_m2 / 4.0);

    DeckMatrices m{SymmetricMatrix{shape.freedoms()}, SymmetricMatrix{shape.freedoms()},
                   std::vector<double>(shape.freedoms())};
    for (const DeckElement& element : shape.elements()) {
        const Integrals part =
            shape.beams() ? hermite(element.length_m) : hatsAndSine(element.length_m);
        const double sound = element.module < deck.moduleSoundness.size()
                                 ? deck.moduleSoundness[element.module]
                                 : 1.0;
        const double bending_Nm2 = sound * deck.bendingStiffness.si();
        // Half the bending stiffness sits in each girder; in roll they bend against each other.
        const double warpingStiffness = bending_Nm2 * spacing2_m2 / 4.0;
        for (std::size_t r = 0; r < shape.functions(); ++r) {
            const std::size_t heaveR = element.heave[r], rollR = heaveR + shape.rollOffset();
            m.ownMass_kg[heaveR] += lineDensity_kg_m * part.sum[r];
            for (std::size_t c = 0; c < shape.functions(); ++c) {
                const std::size_t heaveC = element.heave[c], rollC = heaveC + shape.rollOffset();
                m.mass.at(heaveR, heaveC) += lineDensity_kg_m * part.value[r][c];
                m.mass.at(rollR, rollC) += rollInertia_kg_m * part.value[r][c];
                m.stiffness.at(heaveR, heaveC) += bending_Nm2 * part.curvature[r][c];
                m.stiffness.at(rollR, rollC) += warpingStiffness * part.curvature[r][c] +
                                                deck.torsionStiffness.si() * part.slope[r][c];
            }
        }
    }
    for (const DeckHinge& hinge : shape.hinges()) {
        if (!hinge.seized) continue;
        const double heave_Nm = seizedPerBending_m * deck.bendingStiffness.si();
        const double roll_Nm = heave_Nm * spacing2_m2 / 4.0;
        for (const auto& [offset, stiffness] :
             {std::pair{std::size_t{0}, heave_Nm}, {shape.rollOffset(), roll_Nm}}) {
            const std::size_t left = hinge.left + offset, right = hinge.right + offset;
            m.stiffness.at(left, left) += stiffness;
            m.stiffness.at(right, right) += stiffness;
            m.stiffness.at(left, right) -= stiffness;
            m.stiffness.at(right, left) -= stiffness;
        }
    }
    return m;
}

}  // namespace jh
