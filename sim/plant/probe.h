// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/deck/deck_solver.h"
#include "sim/model/scale_model.h"

namespace jh {

/// What one cell feels at rest.
struct CellProbe {
    std::string id;
    Mass live;  ///< change by the loads, as mass under local gravity
    Mass dead;  ///< share of the deck's own weight
    BridgeRatio signal;
};

/// A scale at rest under given loads, its cells without errors of their own but those of the file.
struct ProbeResult {
    std::vector<CellProbe> cells;
    BridgeRatio terminals;
    std::vector<double> modes_Hz;     ///< with the loads on the deck as rigid masses
    std::vector<Length> deflections;  ///< under each load, down
};

ProbeResult probe(const ScaleModel& scale, const SiteModel& site, std::span<const PointMass> loads);

}  // namespace jh
