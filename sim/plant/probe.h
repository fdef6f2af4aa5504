// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/deck/deck_solver.h"
#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"
#include "sim/model/site_model.h"
#include "sim/vehicle/vehicle.h"

namespace jh {

/// A vehicle that stands, with the static loads of its axles.
struct ProbeVehicle {
    VehicleModel vehicle;
    Placement at;
};

/// What is put on a scale, and what is wrong with it.
struct ProbeInput {
    std::vector<PointMass> loads;
    std::vector<ProbeVehicle> vehicles;
    std::vector<Fault> faults;  ///< at their full size
};

/// What one cell feels at rest.
struct CellProbe {
    std::string id;
    Mass live;  ///< change by loads and vehicles, as mass under local gravity
    Mass dead;  ///< share of the deck's own weight and of what the weather has left on it
    BridgeRatio signal;
    BridgeRatio error;  ///< part of the signal that the faults have made
};

/// A scale at rest under given loads, its cells without errors of their own but those of the file.
struct ProbeResult {
    std::vector<CellProbe> cells;
    BridgeRatio terminals;
    BridgeRatio terminalsError;  ///< part of it that the faults have made
    Mass zeroError, loadError;   ///< what that means on the empty deck, and for the load beyond it
    std::vector<double> modes_Hz;  ///< loads as rigid masses, vehicles on their tyres and springs
    std::vector<Length> deflections;  ///< under each load, down
};

/// Friction beside the cells depends on the way there and is left out.
ProbeResult probe(const ScaleModel& scale, const SiteModel& site, const ProbeInput& input);
ProbeResult probe(const ScaleModel& scale, const SiteModel& site, std::span<const PointMass> loads);

}  // namespace jh
