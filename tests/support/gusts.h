// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "sim/site/gust_spectrum.h"

namespace jh::test {

/// Share of the energy of the formulas above a frequency, by a fine sum over ln n; `averaged` over
/// the gust size.
inline double shareOfFormula(const WindModel& wind, double above_Hz, bool averaged) {
    double above = 0.0, all = 0.0;
    constexpr int steps = 9211;  // of a thousandth in ln n: 1e-3 to 10 Hz
    for (int i = 0; i < steps; ++i) {
        const double n_Hz = 1e-3 * std::exp(i * 1e-3);
        const double part = gustEnergy(wind, n_Hz) * (averaged ? gustAdmittance(wind, n_Hz) : 1.0);
        all += part;
        if (n_Hz > above_Hz) above += part;
    }
    return above / all;
}

}  // namespace jh::test
