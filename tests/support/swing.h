// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/deck/sideways.h"
#include "tests/sim/deck/reference_deck.h"

namespace jh::test {

inline constexpr double swingStep_s = 1e-3;

/// The reference deck with free ends, a load on it, and equal forces on its cells.
struct Swing {
    DeckModel deck = referenceDeck(JointKind::hinged);
    CellMount mount;
    Mass load;
    std::vector<CellPlace> cells = standardCellPlaces(deck);
    std::vector<Force> forces;

    explicit Swing(double load_kg = 0.0) : load{load_kg} {
        const Force all = weightOf(deck.mass() + load, standardGravity);
        forces.assign(cells.size(), all / static_cast<double>(cells.size()));
    }
    void setStops(double gap_m) {
        deck.sideways.stops = standardStops(deck, Length{gap_m}, Length{gap_m});
    }
    DeckSideways sideways(double temperature_degC = 20.0) const {
        return DeckSideways{deck, mount, cells, Temperature{temperature_degC}};
    }
    double forceAlong_N(double share) const { return share * 8.0 * forces[0].si(); }
    void run(const DeckSideways& sideways, SidewaysState& state, double push_N,
             double for_s) const {
        const SidewaysForce push{deck.length() / 2.0, Length{}, Force{push_N}, Force{}};
        for (int i = 0; i < static_cast<int>(for_s / swingStep_s); ++i) {
            sideways.step(state, forces, {&push, 1}, load, swingStep_s);
        }
    }
};

/// Time between the first and last upward crossing of zero, in periods.
inline double frequency_Hz(const Swing& swing, const DeckSideways& sideways, SidewaysState state) {
    state.moving = true;
    double first_s = -1.0, last_s = 0.0, before = state.x_m;
    int periods = -1;
    for (int i = 1; i < 20'000; ++i) {
        sideways.step(state, swing.forces, {}, swing.load, swingStep_s);
        if (before < 0.0 && state.x_m >= 0.0) {
            last_s = swingStep_s * i;
            if (++periods == 0) first_s = last_s;
        }
        before = state.x_m;
    }
    return periods / (last_s - first_s);
}

}  // namespace jh::test
