// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/commands.h"
#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"
#include "sim/plant/probe.h"

namespace jh {

/// Loads, vehicles and faults of the line, checked against the scale; all problems at once.
Expected<ProbeInput, Diagnostics> readProbeInput(const ProbeArguments& arguments,
                                                 const ScaleModel& scale);

}  // namespace jh
