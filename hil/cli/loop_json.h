// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/cli/run_scenario.h"

namespace jh {

/// How a run by the clock kept its time, as it stands in the record: docs/record.md, `loop`.
std::string loopJson(const LoopReport& loop);

}  // namespace jh
