// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/fault/as_found.h"
#include "sim/plant/plant.h"

namespace jh::test {

/// Error at 10 t over the middle of the middle module, of a scale that was right before.
inline double error_kg(const ScaleModel& scale, std::uint64_t seed,
                       const std::vector<Fault>& faults) {
    constexpr SimTime window = 100ms;
    SiteModel site;
    site.gravity = standardGravity;
    Plant sound{scale, site, seed}, found{scale, site, seed, faults};
    found.happened(FaultStart::after_adjustment);
    double sign = -1.0, sum = 0.0;
    for (Plant* plant : {&sound, &found}) {
        for (int i = 0; i < 20; ++i) plant->convert(window);
        const double zero = plant->convert(window).si();
        const std::vector<Weight> load{{Length{9.0}, Length{}, Mass{10'000}}};
        plant->setDown(load, plant->now(), 2s);
        double value = 0.0;
        for (int i = 0; i < 100; ++i) value = plant->convert(window).si();
        sum += sign * (value - zero);
        sign = 1.0;
    }
    return sum * 240'000.0 / 2e-3;
}

/// Distribution function of the two-normal mixture.
inline double expectedShareBelow(double kg, const AsFoundPopulation& p) {
    const auto normal = [kg](Mass spread) {
        return 0.5 * std::erfc(-kg / spread.si() / std::sqrt(2.0));
    };
    return (1.0 - p.brokenShare) * normal(p.driftedSpread) + p.brokenShare * normal(p.brokenSpread);
}

inline double kolmogorovSmirnov(std::vector<double> values, const AsFoundPopulation& p) {
    std::sort(values.begin(), values.end());
    double worst = 0.0;
    const auto n = static_cast<double>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = expectedShareBelow(values[i], p), below = static_cast<double>(i);
        worst =
            std::max({worst, std::abs(expected - below / n), std::abs(expected - (below + 1) / n)});
    }
    return worst;
}

/// Errors of so many scales, each drawn with its own seed.
inline std::vector<double> errorsAsFound_kg(const ScaleModel& scale, const AsFoundPopulation& p,
                                            int scales) {
    std::vector<double> errors;
    constexpr std::uint64_t first = 1000;
    for (std::uint64_t seed = first; seed < first + static_cast<std::uint64_t>(scales); ++seed) {
        NoiseStream luck{seed, "as found"};
        errors.push_back(error_kg(scale, seed, drawAsFound(scale, p, luck)));
    }
    return errors;
}

}  // namespace jh::test
