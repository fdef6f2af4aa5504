// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// One frame as it went over the wire.
struct WireFrame {
    bool fromStation{};
    SimTime start{}, end{};  ///< begin of the first start bit, end of the last stop bit
    std::vector<std::uint8_t> bytes;
};

}  // namespace jh
