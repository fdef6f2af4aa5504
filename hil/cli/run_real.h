// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/run_scenario.h"

namespace jh {

/// Runs a scenario whose `bench` names real parts, by the clock: a real indicator fed by a signal
/// source from the simulated scale. `invalid` when the source is too coarse or too uncertain
/// (0.1 e), or the loop broke its budget. Ends with the source driven to its safe value, whatever
/// happened.
RunOutcome runOnRealBench(const Scenario& scenario, const RunOptions& options);

}  // namespace jh
