// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/ads1232.h"

#include <cmath>

#include "sim/base/check.h"

namespace jh {

std::int64_t convert(const Ads1232Model& m, BridgeRatio mean, double gaussian) {
    constexpr double codes = 8'388'608.0;  // 2^23, each side of zero
    const Voltage noise = m.rate_Hz >= 80 ? m.noise80Hz : m.noise10Hz;
    const double input_V = mean.si() * m.excitation.si() + gaussian * noise.si();
    const double fullScale_V = 0.5 * m.reference.si() / m.gain;
    const double code = std::floor(input_V / fullScale_V * codes + 0.5);
    JH_CHECK(std::isfinite(code));
    return static_cast<std::int64_t>(code);
}

}  // namespace jh
