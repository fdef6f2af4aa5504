// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "sim/model/scale_model.h"

namespace jh {

/// Shape functions of one piece of deck along x: heave of the deck is sum of N_k(x) u[heave[k]],
/// its roll sum of N_k(x) u[heave[k] + rollOffset].
struct DeckElement {
    double start_m{}, length_m{};
    std::size_t module{};
    std::array<std::size_t, 4> heave{};
};

/// The slopes on both sides of a joint, heave; those of the roll lie `rollOffset` further.
struct DeckHinge {
    std::size_t left{}, right{};
    bool seized{};
};

/// How far each reduced coordinate moves one point of the deck: the few that are not zero.
struct ShapeVector {
    std::size_t count{};
    std::array<std::size_t, 8> index{};
    std::array<double, 8> value{};

    double dot(const double* u) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < count; ++i) sum += value[i] * u[index[i]];
        return sum;
    }
    void addTo(double* u, double factor) const {
        for (std::size_t i = 0; i < count; ++i) u[index[i]] += factor * value[i];
    }
};

/// Reduced coordinates of a deck and their shapes (docs/physics.md, "Deck").
class DeckShape {
public:
    explicit DeckShape(const DeckModel& deck);

    std::size_t freedoms() const { return freedoms_; }
    const std::vector<DeckElement>& elements() const { return elements_; }
    /// Shape functions per element: two hats and a sine, or four Hermite cubics.
    std::size_t functions() const { return beams_ ? 4 : 3; }
    std::size_t rollOffset() const { return rollOffset_; }
    /// Of a deck of beams that can turn at its joints.
    const std::vector<DeckHinge>& hinges() const { return hinges_; }
    /// Cubic beam elements, as bolted and seized joints need.
    bool beams() const { return beams_; }

    /// On the element that contains x; beyond the ends of the deck the first and last go on.
    ShapeVector at(double x_m, double y_m) const;

private:
    void layBeams(const DeckModel& deck);
    void layHatsAndSines(const DeckModel& deck);

    bool beams_{};
    std::size_t freedoms_{}, rollOffset_{};
    std::vector<DeckElement> elements_;
    std::vector<DeckHinge> hinges_;
};

}  // namespace jh
