// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/run_scenario.h"

namespace jh {

/// Runs a scenario whose `bench` names a real indicator and no signal source: a real scale. A
/// person is told through `options.ask` what to place and is waited for. The scale counts as
/// adjusted before; there is no truth beside the readings. A device that is gone for longer than
/// the bench has patience ends the run as `error`, its record kept.
RunOutcome runOnRealScale(const Scenario& scenario, const RunOptions& options);

}  // namespace jh
