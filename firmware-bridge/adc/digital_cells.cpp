// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/digital_cells.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace jh {

namespace {

constexpr double mostCode = 0x7FFFFF, leastCode = -0x800000;

std::int32_t rounded(double counts) {
    JH_CHECK(std::isfinite(counts));
    return static_cast<std::int32_t>(std::clamp(std::floor(counts + 0.5), leastCode, mostCode));
}

}  // namespace

void DigitalCellsState::hashInto(Hash& hash) const {
    for (std::size_t i = 0; i < counted.size(); ++i) {
        hash.add(static_cast<std::uint64_t>(counted[i]));
        hash.add(static_cast<std::uint64_t>(address[i]));
        hash.add(std::uint64_t{silent[i] ? 1U : 0U});
    }
}

DigitalCellsState startedCells(const DigitalCellsModel& m) {
    DigitalCellsState s;
    for (std::size_t i = 0; i < m.coefficients.size(); ++i) {
        s.address.push_back(static_cast<int>(i) + 1);
    }
    s.silent.assign(m.coefficients.size(), false);
    s.counted.assign(m.coefficients.size(), 0);
    return s;
}

std::int32_t convert(const DigitalCellsModel& m, DigitalCellsState& s,
                     std::span<const BridgeRatio> means, std::span<const double> gaussians) {
    const std::size_t count = m.coefficients.size();
    JH_CHECK(means.size() == count && gaussians.size() == count && s.counted.size() == count);
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!s.silent[i]) {
            s.counted[i] = rounded(means[i] / m.fullScale * m.countsAtFullScale +
                                   gaussians[i] * m.noise_counts);
        } else if (m.dropOut == DropOut::zero) {
            s.counted[i] = 0;
        }
        const auto address = static_cast<std::size_t>(s.address[i]);
        JH_CHECK(address >= 1 && address <= count);
        sum += m.coefficients[address - 1] * s.counted[i];
    }
    return rounded(sum);
}

}  // namespace jh
