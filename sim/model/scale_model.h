// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/exact_mass.h"
#include "sim/base/quantity.h"

namespace jh {

/// How neighbouring modules of a weighbridge hang together (docs/units-and-frames.md).
enum class JointKind {
    hinged,  ///< pin over the cells: lever rule
    lapped,  ///< the next module rests on brackets, its cells 0.1 to 0.3 m away from the pin
    bolted,  ///< moment-carrying flange: continuous beam, negative reactions
};

/// Where the mass of the deck sits across its width; sets the roll modes only.
enum class RollInertia { uniform, girders };

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

    Length length() const;
    Mass mass() const { return Mass{lineDensity.si() * length().si()}; }
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
};

/// One support: a cell of the scale's type, with what is special about this place.
struct CellPlace {
    std::string id;             ///< "1L", "1R", "2L" ...: line from the first deck end, left is +y
    Length x, y;                ///< frame D
    Length settlement{};        ///< how far its foundation lies low, down positive
    double sensitivityError{};  ///< fixed part of the cell's gain error, relative
    Resistance trim{};          ///< in its signal lines in the junction box
};

/// One weighing range: up to `max` the interval is `e`. Several make a multi-interval instrument
/// (OIML R 76-1:2006, 3.3).
struct WeighingRange {
    ExactMass max, e;
};

/// OIML R 76-1:2006, Table 3.
enum class AccuracyClass { I, II, III, IIII };

/// A complete weighing instrument up to the indicator's terminals. Never changes in a run.
struct ScaleModel {
    std::string title;
    AccuracyClass accuracyClass{AccuracyClass::III};
    std::vector<WeighingRange> ranges;  ///< ascending, at least one
    DeckModel deck;
    CellType cellType;
    std::vector<CellPlace> cells;  ///< 1L, 1R, 2L, 2R ...

    ExactMass max() const { return ranges.back().max; }
    /// Interval at zero, e_1.
    ExactMass firstInterval() const { return ranges.front().e; }
    /// Interval in use at this load.
    ExactMass intervalAt(ExactMass load) const;
    ExactMass min() const { return 20 * firstInterval(); }
};

/// Cells in canonical order for a deck: 1L, 1R, 2L ...
std::vector<CellPlace> standardCellPlaces(const DeckModel& deck);

/// Where the scale stands.
struct SiteModel {
    Acceleration gravity{9.8037};  ///< local
    Temperature temperature{20.0};
    double temperatureDrift_K_h{};  ///< slow course of the air temperature
};

}  // namespace jh
