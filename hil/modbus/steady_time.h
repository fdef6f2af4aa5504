// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/sim_time.h"

namespace jh {

/// Time of the machine's steady clock (CLOCK_MONOTONIC).
SimTime steadyNow();

/// Sleeps to an absolute steady time, so that what was late does not make the next one later.
void sleepUntil(SimTime steady);

}  // namespace jh
