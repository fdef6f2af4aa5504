// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "hil/indicator/simulated_station.h"
#include "hil/loop/virtual_bench.h"

namespace jh {

/// What an indicator for digital cells knows of each of them: its last code, its code on the empty
/// scale, and what it weighs by the coefficient of its address and the indicator's adjustment. The
/// empty scale is that of the last adjustment of zero, whoever made it.
class CellRegisters {
public:
    /// Hears every conversion from now on. The bench must have digital cells and outlive this
    /// object.
    explicit CellRegisters(VirtualBench& bench);
    CellRegisters(const CellRegisters&) = delete;
    CellRegisters& operator=(const CellRegisters&) = delete;

    /// Of the cell at this address, counted from 0. All zero where there is no such cell; a cell
    /// that has fallen silent goes on as the box holds it.
    CellValue at(std::size_t address) const;

private:
    void converted();
    std::vector<std::int32_t> codes() const;

    VirtualBench& bench_;
    std::optional<std::int32_t> deadLoad_;
    std::vector<std::int32_t> zeros_, last_;  ///< by address
};

}  // namespace jh
