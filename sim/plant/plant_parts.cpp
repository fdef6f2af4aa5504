// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/plant/plant_parts.h"

#include <algorithm>

#include "sim/base/check.h"

namespace jh {

namespace {

/// Mud is laid out in springs so far apart.
constexpr double mudSpacing_m = 1.0;
/// Steel structure beside a cell on which a fallen deck comes down.
constexpr Stiffness structure{1e8};

std::size_t indexOf(const PlantParts& parts, const std::string& cell) {
    for (std::size_t i = 0; i < parts.places.size(); ++i) {
        if (parts.places[i].id == cell) return i;
    }
    JH_CHECK(false && "a fault names a cell that the scale has");
    return 0;
}

LoadCellModel& cellOf(PlantParts& parts, const std::string& id) {
    return parts.cells[indexOf(parts, id)];
}
DeckSupport& supportOf(PlantParts& parts, const std::string& id) {
    return parts.cellSupports[indexOf(parts, id)];
}
CellWires& wiresOf(PlantParts& parts, const std::string& id) {
    parts.wires.cells.resize(parts.places.size());
    return parts.wires.cells[indexOf(parts, id)];
}

void on(const DeckContactFault& f, PlantParts& p) {
    p.contacts.push_back({f.x, f.y, f.stiffness, f.gap, f.friction, false});
}
void on(const EdgeMudFault& f, PlantParts& p) {
    const double length_m = p.deck.length().si();
    const auto pieces = std::max(1, static_cast<int>(length_m / mudSpacing_m));
    const double each_m = length_m / pieces, half_m = p.deck.width.si() / 2.0;
    for (int i = 0; i < pieces; ++i) {
        for (const double y_m : {half_m, -half_m}) {
            p.contacts.push_back({Length{(i + 0.5) * each_m},
                                  Length{y_m},
                                  Stiffness{f.stiffness_N_m_m * each_m},
                                  {},
                                  Force{f.friction_N_m * each_m},
                                  true});
        }
    }
}
void on(const StopGapFault& f, PlantParts& p) {
    for (StopModel& stop : p.deck.sideways.stops) {
        const bool meant = f.stops == "all" || (f.stops == "ends" && stop.lengthwise) ||
                           (f.stops == "sides" && !stop.lengthwise) || f.stops == stop.id;
        if (meant) stop.gap = f.gap;
    }
}
void on(const CheckRodFault& f, PlantParts& p) {
    p.deck.sideways.rods.push_back({f.x, f.y, true, f.tension, f.slope});
}
void on(const DeckShiftsFault& f, PlantParts& p) {
    p.shifts = f.by;
    p.shiftingLine = f.line;
}
void on(const RockerFrictionFault& f, PlantParts& p) {
    cellOf(p, f.cell).frictionShare = f.friction;
}
void on(const CellTiltFault& f, PlantParts& p) {
    LoadCellModel& cell = cellOf(p, f.cell);
    cell.outOfPlumbX_rad += f.offset / cell.mount.height;
}
void on(const SupportSettlementFault& f, PlantParts& p) {
    DeckSupport& support = supportOf(p, f.cell);
    support.gap = support.gap + f.depth;
}
void on(const SupportSoftnessFault& f, PlantParts& p) {
    DeckSupport& support = supportOf(p, f.cell);
    const double own = support.stiffness.si(), grout = f.stiffness.si();
    support.stiffness = Stiffness{own * grout / (own + grout)};
}
void on(const SupportLostFault& f, PlantParts& p) {
    DeckSupport& support = supportOf(p, f.cell);
    support.missing = true;
    p.contacts.push_back({support.x, support.y, structure, f.drop, {}, false});
}
void on(const JointSeizedFault& f, PlantParts& p) {
    p.deck.seizedJoints.push_back(static_cast<std::size_t>(f.joint - 1));
}
void on(const GirderCrackFault& f, PlantParts& p) {
    p.deck.moduleSoundness.resize(p.deck.moduleLengths.size(), 1.0);
    p.deck.moduleSoundness[static_cast<std::size_t>(f.module - 1)] *= 1.0 - f.loss;
}
void on(const DeckDepositFault& f, PlantParts& p) {
    p.deposit = p.deposit + f.mass;
}
void on(const EdgeForceFault& f, PlantParts& p) {
    p.edgeForces.push_back({f.x, f.y, f.force});
}
void on(const KerbContactFault& f, PlantParts& p) {
    p.kerbLift = f.friction * f.force;
}

void on(const RainFault& f, PlantParts& p) {
    p.site.rain.rate_mm_h += f.rate_mm_h;
}
void on(const GustsFault& f, PlantParts& p) {
    p.site.wind.speed = p.site.wind.speed + Speed{f.speed_m_s};
    p.site.wind.turbulence = f.turbulence;
}
void on(const VibrationFault& f, PlantParts& p) {
    p.site.vibration.push_back({f.frequency_Hz, Speed{f.velocity_m_s}, 0.0});
}
void on(const UnevenHeatingFault& f, PlantParts& p) {
    p.leftWarmer = p.leftWarmer + f.warmer;
}

void on(const CellSensitivityFault& f, PlantParts& p) {
    cellOf(p, f.cell).sensitivityError += f.change;
}
void on(const SpanDriftFault& f, PlantParts& p) {
    for (LoadCellModel& cell : p.cells) cell.sensitivityError += f.change;
}
void on(const CellHysteresisFault& f, PlantParts& p) {
    cellOf(p, f.cell).hysteresis = f.hysteresis;
}
void on(const CellNonlinearityFault& f, PlantParts& p) {
    cellOf(p, f.cell).bow = f.bow;
}
void on(const CellCreepFault& f, PlantParts& p) {
    for (CreepTerm& term : cellOf(p, f.cell).creep) term.amplitude *= f.factor;
}
void on(const CellShockFault& f, PlantParts& p) {
    cellOf(p, f.cell).zeroShift += f.shift;
}
void on(const CellMoistureFault& f, PlantParts& p) {
    cellOf(p, f.cell).leakage = f.insulation;
}
void on(const CellShuntFault& f, PlantParts& p) {
    wiresOf(p, f.cell).signalShunt = f.resistance;
}
void on(const CellWireFault& f, PlantParts& p) {
    switch (f.state) {
        case WireState::open:
            wiresOf(p, f.cell).signalSeries = openWire;
            return;
        case WireState::shorted:
            wiresOf(p, f.cell).signalShunt = Resistance{};
            return;
        case WireState::dead:
            cellOf(p, f.cell).polarity = 0.0;
            return;
        case WireState::reversed:
            cellOf(p, f.cell).polarity = -1.0;
            return;
    }
}
void on(const CellOutputResistanceFault& f, PlantParts& p) {
    cellOf(p, f.cell).outputResistance = f.resistance;
}
void on(const CellTrimFault& f, PlantParts& p) {
    p.places[indexOf(p, f.cell)].trim = f.resistance;
}
void on(const IntermittentWireFault& f, PlantParts& p) {
    p.intermittent.push_back({indexOf(p, f.cell), f.opens, f.interval});
}
void on(const BoxMoistureFault& f, PlantParts& p) {
    p.wires.boxLeakage = f.insulation;
}
void on(const ExcitationContactFault& f, PlantParts& p) {
    p.wires.cells.resize(p.places.size());
    // A terminal in the common wire: each cell sees it as if it were alone with its share.
    const Resistance each = f.resistance * static_cast<double>(p.places.size());
    for (CellWires& wires : p.wires.cells) wires.excitationSeries = wires.excitationSeries + each;
    p.restlessContact = each * f.unrest;
}
void on(const CableFault& f, PlantParts& p) {
    p.wiring.cableLength = f.length;
    p.wiring.wires = f.wires == 4 ? CableWires::four : CableWires::six;
}
void on(const SenseOpenFault&, PlantParts& p) {
    p.wires.senseOpen = true;
}
void on(const SenseResistanceFault& f, PlantParts& p) {
    p.wires.senseSeries = f.resistance;
}
void on(const ExcitationDropFault& f, PlantParts& p) {
    p.wires.excitationFactor *= 1.0 + f.change;
}
void on(const PickupFault& f, PlantParts& p) {
    p.wires.offset = p.wires.offset + f.offset;
    p.pickupAmplitude = f.amplitude;
    p.pickupFrequency_Hz = f.frequency_Hz;
}
void on(const RemoteOffsetFault& f, PlantParts& p) {
    // Shared by all cells, as a real load would be.
    const LoadCellModel& cell = p.cells.front();
    const double share = f.mass / cell.capacity / static_cast<double>(p.cells.size());
    p.wires.offset = p.wires.offset + share * cell.sensitivity;
}

// In the bench's other parts.
void on(const AddressesSwappedFault&, PlantParts&) {}
void on(const CellSilentFault&, PlantParts&) {}
void on(const WeightsWrongFault&, PlantParts&) {}
void on(const HookLoadFault&, PlantParts&) {}
void on(const PartlyOffFault&, PlantParts&) {}
void on(const MaterialLeakFault&, PlantParts&) {}
void on(const ZeroTrackingFault&, PlantParts&) {}
void on(const RoundingHysteresisFault&, PlantParts&) {}
void on(const SecondDisplayFault&, PlantParts&) {}
void on(const ConverterFault&, PlantParts&) {}

}  // namespace

void act(const Fault::What& fault, SimTime since, PlantParts& parts) {
    const bool dry = parts.site.rain.rate_mm_h == 0.0;
    std::visit([&parts](const auto& what) { on(what, parts); }, fault);
    if (dry && parts.site.rain.rate_mm_h > 0.0) parts.site.rain.start = since;
}

HinderedDeck hinderedDeck(const PlantParts& parts, std::span<const DeckSupport> soundSupports) {
    const DeckSolver unhindered{parts.deck, soundSupports, parts.site.gravity};
    HinderedDeck out{unhindered.equilibrium({}), parts.cellSupports};
    for (const DeckContact& contact : parts.contacts) {
        if (contact.stiffness == Stiffness{}) continue;
        out.supports.push_back(
            {contact.x, contact.y, contact.stiffness,
             unhindered.deflection(out.empty, contact.x, contact.y) + contact.gap, contact.holds});
    }
    return out;
}

bool needsFineBending(const Fault::What& fault) {
    return std::holds_alternative<DeckContactFault>(fault) ||
           std::holds_alternative<EdgeMudFault>(fault) ||
           std::holds_alternative<SupportLostFault>(fault) ||
           std::holds_alternative<JointSeizedFault>(fault);
}

}  // namespace jh
