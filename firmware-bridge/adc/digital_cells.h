// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// What the box counts for a cell that no longer answers.
enum class DropOut { lastValue, zero };

/// Cells with a converter each on a bus, and the box that asks them by address and adds them up:
/// reading = sum of k_a n_a over the addresses a. Stands where Ads1232Model stands. Figures:
/// docs/physics.md, "Digital cells".
struct DigitalCellsModel {
    BridgeRatio fullScale{2e-3};        ///< signal of a cell that gives `countsAtFullScale`
    double countsAtFullScale{500'000};  ///< 16.7 counts per kg of a 30 t cell; estimate
    double noise_counts{1.0};           ///< standard deviation of one conversion; estimate
    int rate_Hz{50};                    ///< of every cell, 10 to 100
    /// k of each address from 1 on, the trim of the corners; its size is the number of cells.
    std::vector<double> coefficients;
    DropOut dropOut{DropOut::lastValue};

    SimTime period() const { return SimTime{1s} / rate_Hz; }
};

/// What changes: who answers under which address, and what they last said.
struct DigitalCellsState {
    std::vector<int> address;           ///< of each cell, 1 on; swapped wires swap two
    std::vector<bool> silent;           ///< of each cell
    std::vector<std::int32_t> counted;  ///< of each cell, its last answer
    void hashInto(Hash& hash) const;
};

/// Every cell under its own address, answering.
DigitalCellsState startedCells(const DigitalCellsModel& m);

/// One conversion: mean bridge ratio of each cell over the conversion time, and one draw of each
/// converter's noise (mean 0, sd 1). The sum saturates like the code of a 24-bit converter.
std::int32_t convert(const DigitalCellsModel& m, DigitalCellsState& s,
                     std::span<const BridgeRatio> means, std::span<const double> gaussians);

}  // namespace jh
