// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "sim/base/noise.h"
#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"

namespace jh {

/// How scales of one kind are found when somebody comes to test them: most drifted a little, some
/// broken. The error at 10 t over the middle of a module then spreads like two normal
/// distributions; figures of a maker's service records (docs/physics.md, "As found").
struct AsFoundPopulation {
    double brokenShare{};
    Mass driftedSpread;  ///< standard deviation of the error of those that only drifted
    Mass brokenSpread;   ///< of the others
    bool digitalCells{};
};
/// 12,984 records of analog scales: 28 % beyond 60 lb, two sigma 472 lb.
AsFoundPopulation analogAsFound();
/// 28,799 records of scales with digital cells: 8 %, 172 lb.
AsFoundPopulation digitalAsFound();

/// Faults of the catalogue with sizes drawn so that the errors of many scales follow the
/// population. The error itself is never drawn: what a scale shows is what its faults make of it.
std::vector<Fault> drawAsFound(const ScaleModel& scale, const AsFoundPopulation& population,
                               NoiseStream& luck);

}  // namespace jh
