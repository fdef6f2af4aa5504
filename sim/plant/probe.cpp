// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/plant/probe.h"

#include <algorithm>

#include "sim/cell/load_cell.h"
#include "sim/plant/plant_parts.h"
#include "sim/site/weather.h"
#include "sim/vehicle/linear_vehicle.h"

namespace jh {

namespace {

PlantParts soundParts(const ScaleModel& scale, const SiteModel& site, const ProbeInput& input) {
    PlantParts parts;
    parts.deck = scale.deck;
    // The same shapes with and without the faults, so that their difference is the faults' alone.
    parts.deck.fineBending |=
        std::any_of(input.faults.begin(), input.faults.end(),
                    [](const Fault& fault) { return needsFineBending(fault.what); });
    parts.cellSupports = cellSupports(scale.cells, scale.cellType.stiffness);
    parts.places = scale.cells;
    parts.wiring = scale.wiring;
    parts.site = site;
    for (const CellPlace& place : scale.cells) {
        LoadCellModel cell;
        cell.capacity = scale.cellType.capacity;
        cell.sensitivity = scale.cellType.sensitivity;
        cell.sensitivityError = place.sensitivityError;
        cell.outputResistance = scale.cellType.outputResistance;
        cell.mount = scale.cellType.mount;
        parts.cells.push_back(cell);
    }
    const double area_m2 = scale.deck.length().si() * scale.deck.width.si();
    parts.deposit = Mass{Weather{site, 0}.deposits_kg_m2() * area_m2};
    return parts;
}

/// Static loads of the tyres' prints, as far as they lie on the deck.
std::vector<PointForce> wheelForces(const ScaleModel& scale, const SiteModel& site,
                                    const std::vector<ProbeVehicle>& vehicles) {
    std::vector<PointForce> forces;
    for (const ProbeVehicle& standing : vehicles) {
        const double nose = standing.at.heading == Heading::againstX ? -1.0 : 1.0;
        for (const AxleModel& model : standing.vehicle.axles) {
            const Axle axle{model, site.gravity};
            const Force each =
                weightOf(model.load, site.gravity) / static_cast<double>(axle.tyres());
            for (std::size_t t = 0; t < axle.tyres(); ++t) {
                const WheelForce whole{standing.at.frontAxle - nose * model.position,
                                       standing.at.lateral + Length{nose * axle.tyreOffset_m(t)},
                                       model.tyre.print,
                                       each,
                                       {},
                                       {}};
                const WheelForce wheel = within(whole, Length{}, scale.deck.length());
                if (wheel.down > Force{}) forces.push_back({wheel.x, wheel.y, wheel.down});
            }
        }
    }
    return forces;
}

std::vector<SprungRider> riders(const ScaleModel& scale, const SiteModel& site,
                                const std::vector<ProbeVehicle>& vehicles) {
    std::vector<SprungRider> out;
    for (const ProbeVehicle& standing : vehicles) {
        const LinearVehicle linear =
            linearVehicle(standing.vehicle, standing.at, site.gravity, false);
        SprungRider rider{linear.freedoms, linear.mass, linear.stiffness, {}};
        for (const LinearTyre& tyre : linear.tyres) {
            if (tyre.x < Length{} || tyre.x > scale.deck.length()) continue;
            rider.feet.push_back({tyre.x, tyre.y, tyre.stiffness, tyre.shape});
        }
        out.push_back(std::move(rider));
    }
    return out;
}

struct Signals {
    std::vector<Force> forces;
    std::vector<BridgeRatio> cells;
    BridgeRatio terminals;
};

/// A scale of these parts that has always stood like this.
class RestingScale {
public:
    RestingScale(const PlantParts& parts, std::span<const DeckSupport> soundSupports)
        : parts_{parts},
          hindered_{hinderedDeck(parts, soundSupports)},
          deck_{parts.deck, hindered_.supports, parts.site.gravity},
          standing_N_{deck_.evenLoadVector()} {
        const double deposit_N = weightOf(parts.deposit, parts.site.gravity).si();
        for (double& part_N : standing_N_) part_N *= deposit_N;
        for (const PointForce& force : parts.edgeForces) deck_.addLoad(standing_N_, force);
        empty_ = deck_.equilibriumUnder(standing_N_);
    }

    DeckState load(std::span<const PointMass> loads, std::span<const PointForce> wheels) {
        deck_.attach(loads);
        pushing_N_ = standing_N_;
        for (const PointForce& force : wheels) deck_.addLoad(pushing_N_, force);
        return deck_.equilibriumUnder(pushing_N_);
    }

    Signals signals(const DeckState& state) const {
        Signals out;
        out.forces.resize(deck_.supportCount());
        deck_.supportForces(state, out.forces);
        std::vector<Resistance> resistances;
        const Temperature warmth = parts_.site.temperature;
        for (std::size_t i = 0; i < parts_.cells.size(); ++i) {
            const LoadCellModel& cell = parts_.cells[i];
            const LoadCellState settled = settledUnder(cell, out.forces[i], warmth);
            out.cells.push_back(output(cell, settled, out.forces[i], BridgeRatio{}));
            resistances.push_back(cell.outputResistance);
        }
        const SignalPath path = signalPath(parts_.wiring, parts_.places, resistances, parts_.wires);
        out.terminals = terminals(path, WiringState{warmth}, out.cells);
        return out;
    }

    const DeckState& empty() const { return empty_; }
    const DeckSolver& deck() const { return deck_; }
    std::span<const double> pushing() const { return pushing_N_; }

private:
    const PlantParts& parts_;
    HinderedDeck hindered_;
    DeckSolver deck_;
    std::vector<double> standing_N_, pushing_N_;
    DeckState empty_;
};

}  // namespace

ProbeResult probe(const ScaleModel& scale, const SiteModel& site, const ProbeInput& input) {
    const PlantParts soundOnes = soundParts(scale, site, input);
    PlantParts parts = soundOnes;
    for (const Fault& fault : input.faults) act(fault.what, SimTime{}, parts);
    const std::vector<PointForce> wheels = wheelForces(scale, site, input.vehicles);

    RestingScale healthy{soundOnes, soundOnes.cellSupports};
    RestingScale sick{parts, soundOnes.cellSupports};
    const Signals healthyEmpty = healthy.signals(healthy.empty());
    const Signals sickEmpty = sick.signals(sick.empty());
    const Signals healthyLoaded = healthy.signals(healthy.load(input.loads, wheels));
    const DeckState rest = sick.load(input.loads, wheels);
    const Signals loaded = sick.signals(rest);

    ProbeResult result;
    for (std::size_t i = 0; i < scale.cells.size(); ++i) {
        result.cells.push_back({scale.cells[i].id,
                                massOf(loaded.forces[i] - sickEmpty.forces[i], site.gravity),
                                massOf(sickEmpty.forces[i], site.gravity), loaded.cells[i],
                                loaded.cells[i] - healthyLoaded.cells[i]});
    }
    result.terminals = loaded.terminals;
    result.terminalsError = loaded.terminals - healthyLoaded.terminals;

    // As an indicator that was adjusted with an even load sees it.
    constexpr Mass even{1000.0};
    PlantParts more = soundOnes;
    more.deposit = more.deposit + even;
    const RestingScale adjusted{more, soundOnes.cellSupports};
    const BridgeRatio perEven =
        adjusted.signals(adjusted.empty()).terminals - healthyEmpty.terminals;
    const BridgeRatio zeroError = sickEmpty.terminals - healthyEmpty.terminals;
    result.zeroError = even * (zeroError / perEven);
    result.loadError = even * ((result.terminalsError - zeroError) / perEven);

    result.modes_Hz =
        sick.deck().naturalFrequencies_Hz(sick.pushing(), riders(scale, site, input.vehicles));
    for (const PointMass& load : input.loads) {
        result.deflections.push_back(sick.deck().deflection(rest, load.x, load.y) -
                                     sick.deck().deflection(sick.empty(), load.x, load.y));
    }
    return result;
}

ProbeResult probe(const ScaleModel& scale, const SiteModel& site,
                  std::span<const PointMass> loads) {
    return probe(scale, site, ProbeInput{{loads.begin(), loads.end()}, {}, {}});
}

}  // namespace jh
