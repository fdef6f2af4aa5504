// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/cell/load_cell.h"
#include "sim/cell/wiring.h"
#include "sim/deck/deck_solver.h"
#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"
#include "sim/model/site_model.h"

namespace jh {

/// Something beside the cells that carries or rubs. Frame D.
struct DeckContact {
    Length x, y;
    Stiffness stiffness;  ///< may be none: it only rubs
    Length gap;           ///< from the empty, unhindered deck
    Force friction;       ///< most that rubbing holds, up or down
    bool holds{};         ///< pulls as well as it pushes
};

/// A wire that breaks and closes again by itself.
struct IntermittentWire {
    std::size_t cell{};
    SimTime opens{}, interval{};
};

/// Everything of a scale that faults can change, as they have left it.
struct PlantParts {
    DeckModel deck;
    std::vector<DeckSupport> cellSupports;
    std::vector<DeckContact> contacts;
    std::vector<LoadCellModel> cells;
    std::vector<CellPlace> places;
    WiringModel wiring;
    WiringConditions wires;
    SiteModel site;

    Mass deposit;                        ///< spread over the deck, beside what the weather brings
    std::vector<PointForce> edgeForces;  ///< of people
    Force kerbLift;                      ///< that a kerb carries of each vehicle
    Length shifts;                       ///< most by which the deck moves with each heavy load
    std::string shiftingLine;            ///< only of this line of cells; empty: of all
    std::vector<IntermittentWire> intermittent;
    Resistance restlessContact;  ///< part of the excitation's contact that comes and goes
    Temperature leftWarmer;      ///< cells on the left side
    BridgeRatio pickupAmplitude;
    double pickupFrequency_Hz{50.0};
};

/// Lets a fault act on the parts. It must name cells, joints and modules that exist (hil/scenario
/// checks that). Faults of weights, indicator and digital lines act elsewhere and do nothing here.
/// `since` is when it began.
void act(const Fault::What& fault, SimTime since, PlantParts& parts);

/// Where a deck lies unhindered, and all that holds it, cells first.
struct HinderedDeck {
    DeckState empty;
    std::vector<DeckSupport> supports;
};
/// Gaps of contacts count from where the deck lay while all its cells, as they were set up, bore
/// it.
HinderedDeck hinderedDeck(const PlantParts& parts, std::span<const DeckSupport> soundSupports);

/// Whether the deck must be computed with beams once this fault acts.
bool needsFineBending(const Fault::What& fault);

}  // namespace jh
