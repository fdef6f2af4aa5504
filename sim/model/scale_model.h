// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/exact_mass.h"
#include "sim/base/quantity.h"
#include "sim/model/site_model.h"
#include "sim/model/wiring_model.h"

namespace jh {

/// How neighbouring modules of a weighbridge hang together (docs/units-and-frames.md).
enum class JointKind {
    hinged,  ///< pin over the cells: lever rule
    lapped,  ///< the next module rests on brackets, its cells 0.1 to 0.3 m away from the pin
    bolted,  ///< moment-carrying flange: continuous beam, negative reactions
};

/// Where the mass of the deck sits across its width; sets the roll modes only.
enum class RollInertia { uniform, girders };

/// A bumper beside the deck. It pushes when the deck has come nearer by the gap.
struct StopModel {
    std::string id;  ///< "end1L", "end2R": at the ends; "side1L", "side4R": beside a line of cells
    Length x, y;     ///< frame D
    bool lengthwise{};  ///< at a deck end, against motion along x; else along y
    Length gap;         ///< as set at `SidewaysModel::gapsSetAt`; negative presses
};

/// A check rod: holds the deck along its axis, outside its slack.
struct CheckRodModel {
    Length x, y;  ///< frame D, where it holds the deck
    bool lengthwise{true};
    Force tension;   ///< with the deck in its place
    double slope{};  ///< rise per length towards the foundation: lifts the deck by tension * slope
    Stiffness stiffness{1.5e8};
    Length slack{2e-3};
};

/// How a deck on rocker columns moves in its plane, and what keeps it there (docs/physics.md).
struct SidewaysModel {
    double dampingRatio{0.04};  ///< of critical, of the free pendulum
    double pinFriction{};       ///< of dry rocker ends: holds up to this share of the weight
    Length endGap{5e-3}, sideGap{7.5e-3};  ///< of the usual stops
    std::vector<StopModel> stops;          ///< standardStops(), with what faults do to them
    std::vector<CheckRodModel> rods;
    Stiffness stopStiffness{5e7}, frictionStiffness{1e7};
    double stopFriction{0.3}, restitution{0.4};
    Temperature gapsSetAt{20.0};
};

/// The weighbridge deck. Frame D: x along the driving direction from the first deck end, y left
/// from the centre line, z up. Supports come in pairs at y = +-cellSpacing/2.
struct DeckModel {
    std::vector<Length> moduleLengths;
    std::vector<Length> supportLines;  ///< x of each pair of cells, ascending
    Length width{3.0};
    Length cellSpacing{2.6};
    JointKind joint{JointKind::hinged};
    RollInertia rollInertia{RollInertia::uniform};
    FlexuralRigidity bendingStiffness{2.0e8};  ///< EI of the whole width
    FlexuralRigidity torsionStiffness{6.4e7};  ///< GJ of the whole width; 0 is a torsion-free deck
    LineDensity lineDensity{650.0};
    double dampingRatio{0.025};  ///< of critical at 24 Hz, stiffness-proportional
    /// Joints of a hinged deck that no longer turn: 0 lies between the first two modules.
    std::vector<std::size_t> seizedJoints;
    /// Beam elements also for a hinged deck, so that points between its lines sink exactly: where
    /// something besides the cells carries. One sine per module sags 1.4 % too little.
    bool fineBending{};
    /// Share of its bending stiffness that each module has left; empty: all of it.
    std::vector<double> moduleSoundness;
    SidewaysModel sideways;

    Length length() const;
    Mass mass() const { return Mass{lineDensity.si() * length().si()}; }
};

/// How a rocker column stands: a pin with spherical ends that rolls, rights itself and reads low
/// when tilted (docs/physics.md, "Cell").
struct CellMount {
    Length height{0.150};      ///< H, from contact to contact
    Length ballRadius{0.180};  ///< R of both ends, more than H / 2
    /// kappa: part of the tilt error cos a / cos b - 1 that the maker has not trimmed out; estimate
    double tiltShare{0.3};
    /// +- share of the reading per share of side force; estimate: 0.02 to 0.05 when poorly trimmed
    double sideLoad{0.01};
    friend bool operator==(const CellMount&, const CellMount&) = default;
};

/// A type of load cell as on its data sheet, with the spread that single cells of it have.
/// Classes and limits: OIML R 60-1:2021; sizes of the errors: docs/physics.md.
struct CellType {
    Mass capacity{30000.0};             ///< E_max
    BridgeRatio sensitivity{2e-3};      ///< output at E_max
    Stiffness stiffness{4.2e8};         ///< vertical, column and contacts
    int maxIntervals{3000};             ///< n_LC: C3 is 3000, C5 is 5000
    double minDeadLoadOutput_Y{10000};  ///< Y = E_max / v_min
    double sensitivitySpread{2e-4};     ///< +- left after corner trim, relative
    Resistance outputResistance{700.0};
    CellMount mount;
    double ageInYears{};  ///< span and zero wander with the years since the cell was made
};

/// One support: a cell of the scale's type, with what is special about this place.
struct CellPlace {
    std::string id;             ///< "1L", "1R", "2L" ...: line from the first deck end, left is +y
    Length x, y;                ///< frame D
    Length settlement{};        ///< how far its foundation lies low, down positive
    double sensitivityError{};  ///< fixed part of the cell's gain error, relative
    Resistance trim{};          ///< in the junction box, where WiringModel::trim says
    /// How far the head of the cell stands away from above its foot, +x and +y
    Length outOfPlumbX{}, outOfPlumbY{};
    double zeroShift{};            ///< left by shock or overload, fraction of E_max
    double creepFactor{1.0};       ///< times what a cell of its class has
    double hysteresisFactor{1.0};  ///< the same for hysteresis
    double frictionShare{};        ///< of the force, by which a dry or rusty rocker lags behind
};

/// One weighing range: up to `max` the interval is `e`. Several make a multi-interval instrument
/// (OIML R 76-1:2006, 3.3) or a multiple range instrument (3.2).
struct WeighingRange {
    ExactMass max, e;
};

/// OIML R 76-1:2006, Table 3, and III L of NIST Handbook 44, 2.20, for vehicle scales.
enum class AccuracyClass { I, II, III, IIII, IIIL };

/// A complete weighing instrument up to the indicator's terminals. Never changes in a run.
struct ScaleModel {
    std::string title;
    AccuracyClass accuracyClass{AccuracyClass::III};
    MassUnit unit{MassUnit::kg};        ///< that it shows
    std::vector<WeighingRange> ranges;  ///< ascending, at least one
    /// Of several ranges each is a complete instrument: going down, the interval stays that of the
    /// range in use, until the empty scale returns to the lowest one.
    bool multipleRange{};
    DeckModel deck;
    CellType cellType;
    std::vector<CellPlace> cells;  ///< 1L, 1R, 2L, 2R ...
    WiringModel wiring;

    ExactMass max() const { return ranges.back().max; }
    /// Interval at zero, e_1.
    ExactMass firstInterval() const { return ranges.front().e; }
    /// Interval in use at this load, coming from below.
    ExactMass intervalAt(ExactMass load) const;
    /// Min of the range with this interval (R 76-1, Table 3).
    ExactMass minOf(ExactMass e) const;
    ExactMass min() const { return minOf(firstInterval()); }
};

/// Cells in canonical order for a deck: 1L, 1R, 2L ...
std::vector<CellPlace> standardCellPlaces(const DeckModel& deck);

/// Eight bumpers: a pair at each end, and one on either side of the first and last line.
std::vector<StopModel> standardStops(const DeckModel& deck, Length endGap, Length sideGap);
/// The same with the deck's own gaps.
std::vector<StopModel> standardStops(const DeckModel& deck);

}  // namespace jh
