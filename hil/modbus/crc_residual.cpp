// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/crc_residual.h"

#include <cmath>

namespace jh {

double undetectedDamage(int frameBytes, double bitErrorRate) {
    constexpr int bitsPerByte = 8;
    constexpr double passes = 0x1p-16;
    // 1 - (1 - p)^n without losing a small p.
    return -std::expm1(frameBytes * bitsPerByte * std::log1p(-bitErrorRate)) * passes;
}

}  // namespace jh
