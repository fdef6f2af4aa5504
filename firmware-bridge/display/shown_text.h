// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "sim/base/sim_time.h"

namespace jh {

/// What a display has been showing without a change long enough to be read.
struct ShownText {
    SimTime at{};  ///< since then it counts
    std::string text;
};

}  // namespace jh
