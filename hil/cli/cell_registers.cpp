// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/cell_registers.h"

#include <cmath>

#include "firmware-bridge/reference/indicator_core.h"

namespace jh {

namespace {

/// The core counts in 1/256 of the converter's steps.
constexpr double codesPerStep = 256.0;

}  // namespace

CellRegisters::CellRegisters(VirtualBench& bench)
    : bench_{bench}, zeros_(codes().size()), last_(zeros_) {
    bench_.onCells = [this](SimTime) { converted(); };
}

/// What was last said under each address.
std::vector<std::int32_t> CellRegisters::codes() const {
    const DigitalCellsState& cells = bench_.cells();
    std::vector<std::int32_t> codes(cells.counted.size());
    for (std::size_t cell = 0; cell < codes.size(); ++cell) {
        codes[static_cast<std::size_t>(cells.address[cell] - 1)] = cells.counted[cell];
    }
    return codes;
}

void CellRegisters::converted() {
    jh_core_values v{};
    jh_core_read(bench_.nativeFirmware().state(), static_cast<std::uint64_t>(bench_.now() / 1us),
                 &v);
    // Who adjusted saw the codes of before; with these a load may be coming already.
    if (deadLoad_ != v.dead_load_q8) zeros_ = last_;
    deadLoad_ = v.dead_load_q8;
    last_ = codes();
}

CellValue CellRegisters::at(std::size_t address) const {
    if (address >= zeros_.size()) return {};
    const std::int32_t code = codes()[address], zero = zeros_[address];
    const double counts = bench_.box()->coefficients[address] * (code - zero);
    const std::int64_t millionths =
        jh_core_mass_of(bench_.nativeFirmware().state(), std::llround(counts * codesPerStep));
    return {code, zero, ExactMass::mg(millionths)};
}

}  // namespace jh
