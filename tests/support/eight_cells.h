// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "sim/cell/wiring.h"

namespace jh::test {

using Loads_kg = std::array<double, 8>;

/// Dead load of the hinged reference deck, 11.7 t.
inline constexpr Loads_kg dead_kg{975, 975, 1950, 1950, 1950, 1950, 975, 975};

/// Eight cells of 30 t, 2 mV/V, 700 ohm, joined as `model` says.
struct EightCells {
    WiringModel model;
    std::vector<CellPlace> places = std::vector<CellPlace>(8);
    std::vector<Resistance> output = std::vector<Resistance>(8, Resistance{700.0});
    WiringConditions now;
    WiringState state;

    EightCells() { now.cells.resize(8); }
    /// Of a scale that reads right when everything is sound.
    double reading_kg(const Loads_kg& loads_kg) const {
        std::array<BridgeRatio, 8> cells;
        for (std::size_t j = 0; j < 8; ++j) cells[j] = BridgeRatio{loads_kg[j] * 2e-3 / 30000};
        const SignalPath path = signalPath(model, places, output, now);
        return terminals(path, state, cells).si() * 8 * 30000 / 2e-3;
    }
};

inline Loads_kg only(std::size_t cell, double load_kg) {
    Loads_kg loads_kg{};
    loads_kg[cell] = load_kg;
    return loads_kg;
}

inline Loads_kg even(double sum_kg) {
    Loads_kg loads_kg;
    loads_kg.fill(sum_kg / 8);
    return loads_kg;
}

}  // namespace jh::test
