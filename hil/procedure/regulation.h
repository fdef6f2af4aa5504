// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "sim/base/exact_mass.h"
#include "sim/base/sim_time.h"
#include "sim/model/scale_model.h"

namespace jh {

/// A factor in thousandths, so that limits like 0.25 e are exact integers.
struct Milli {
    int value{};
    friend auto operator<=>(Milli, Milli) = default;
};
/// k/1000 of a mass, exact for the masses a scale deals in (whole grams).
constexpr ExactMass operator*(Milli k, ExactMass m) {
    return m.times(k.value, 1000);
}

/// Up to and including `upTo_e` intervals the mpe is `mpe` of e (R 76-1 Table 6).
struct MpeBand {
    int upTo_e{};
    Milli mpe;
};

/// A test load written as a share of Max, a number of intervals, or what is at hand.
struct LoadRule {
    enum class Kind { min, max, intervals, shareOfMax, maxLessTare, weights } kind{Kind::min};
    int intervals{};
    Milli share;
    std::string text{"Min"};  ///< as written: "500 e", "1/2 Max", "Max - tare", "weights"
    friend bool operator==(const LoadRule&, const LoadRule&) = default;
};

/// Which share of Max must be standard weights, for a repeatability up to `repeatability` of e.
struct SubstitutionRule {
    Milli repeatability;  ///< inclusive, of e
    int shareNumerator{1}, shareDenominator{2};
};

/// How long a load stays, and how far the indication may wander meanwhile (R 76-1 3.9.4).
struct CreepRule {
    Milli in30min{500}, from15min{200};  ///< of e: against the first; from 15 to 30 min
    SimTime otherwise{4h};               ///< when that is not met: so long, within the mpe
    Milli zeroReturn{500};               ///< of e, after the load has stayed 30 min
    friend bool operator==(const CreepRule&, const CreepRule&) = default;
};

/// A section (pair of supports) after the other, loaded alike (HB 44 N.1.3.3, T.N.4.4).
struct SectionRule {
    LoadRule load{LoadRule::Kind::shareOfMax, 0, Milli{125}, "1/8 Max"};
    Milli range{1000};  ///< largest less smallest: this times the mpe table without mpe_factor
    friend bool operator==(const SectionRule&, const SectionRule&) = default;
};

/// What an indicator may do at all (R 76-1 4.5, 4.2.3, 4.6).
struct ZeroRule {
    Milli range{40}, initialRange{200};  ///< of Max: of the zero key with tracking; at switch-on
    Milli trackingRate{500};             ///< of d per second
    friend bool operator==(const ZeroRule&, const ZeroRule&) = default;
};

/// Changes over hours and days without a change of load (R 76-1 3.9.2.3, B.4).
struct DriftRule {
    Milli noLoad{1000};  ///< of e for each 5 K, without load
    SimTime noLoadFor{24h};
    Milli span{500};  ///< of e, or half of the mpe where that is more
    int spanMeasurements{8};
    SimTime spanEvery{24h};
    friend bool operator==(const DriftRule&, const DriftRule&) = default;
};

/// Heading of one test in a regulation: which code runs, under which clause.
struct TestRule {
    std::string id;  ///< identity, zero, eccentricity ... : a test kind
    std::string title, titleZh;
    std::string clause;
    std::string certainty;  ///< provenance mark of the values, empty when sure
};

/// A multiple range instrument, back in its lowest range after a load above Max_1: how far the
/// indication near zero may wander, and for how long it is watched (R 76-1 3.9.4.2).
struct RangeReturnRule {
    Milli drift{1000};  ///< of e_1
    SimTime watched{5min};
    friend bool operator==(const RangeReturnRule&, const RangeReturnRule&) = default;
};

/// An indicator alone: what a cable of so much resistance may do to its span (R 76-1 C.3.3.2.4).
struct SenseRule {
    Resistance cable{2.0};  ///< of both wires of each pair
    Milli change{333};      ///< of the mpe
    friend bool operator==(const SenseRule&, const SenseRule&) = default;
};

/// An indicator alone in a climate chamber: the temperatures one after the other, and how long each
/// stands before anything is read (R 76-1 A.5.3.1).
struct ClimateRule {
    std::vector<Temperature> temperatures{Temperature{20.0}, Temperature{40.0}, Temperature{-10.0},
                                          Temperature{5.0}, Temperature{20.0}};
    SimTime soak{2h};
    friend bool operator==(const ClimateRule&, const ClimateRule&) = default;
};

/// A legal verification regulation at one stage. All numbers are data (scenarios/procedures/).
struct Regulation {
    std::string id;     ///< "JJG 539-2016"
    std::string stage;  ///< "initial"
    std::string title, titleZh;
    AccuracyClass accuracyClass{AccuracyClass::III};  ///< that its limits are for
    std::vector<TestRule> tests;                      ///< in the order of the run

    std::vector<MpeBand> mpeBands;
    Milli mpeFactor{1000};       ///< 2000 for in-use inspection
    Milli smallWeight{100};      ///< of e
    int zeroLoad_e{10};          ///< the load that keeps zero tracking out
    int changeOverWithin_e{2};   ///< no change-over within this is a finding
    Milli zeroAccuracy{250};     ///< of e
    Milli tareAccuracy{250};     ///< of e
    Milli zeroReturn{500};       ///< of e
    Milli discrimination{1400};  ///< of d
    int discriminationSteps{1};  ///< intervals it must move; 2: from just below the change-over
    int repeatabilityCount{3};
    std::vector<LoadRule> repeatabilityLoads{{LoadRule::Kind::weights, 0, {}, "weights"}};
    std::vector<LoadRule> weighingLoads, netLoads, discriminationLoads;
    int weighingPoints{};  ///< in place of weighingLoads: at least so many, by class and ranges
    int randomLoads{};     ///< besides, drawn from the run's seed
    LoadRule tareLoad;
    std::vector<SubstitutionRule> substitution;  ///< best repeatability first
    int mostSubstitutions{};                     ///< 0: as many as it takes
    ExactMass leastWeights{ExactMass::kg(1000)};

    CreepRule creep;
    SectionRule section;
    Milli rollingMost{800};  ///< of Max: the heaviest rolling load that counts
    ZeroRule zero;
    DriftRule drift;
    RangeReturnRule rangeReturn;
    SenseRule sense;
    ClimateRule climate;
    int equilibriumCount{5};  ///< of printing, zeroing and taring after a disturbance
    Milli equilibrium{1000};  ///< of e: printed value against what stays
    int blankAbove_e{9};      ///< above Max no weight is shown ...
    Milli blankAboveShare{};  ///< ... or from this share of Max above it, when not 0
    Milli zeroBalance{1000};  ///< of e: zero before and after a test load
    bool guardBand{};         ///< an error must stay within the limit by its uncertainty
    Milli radio{1000};        ///< of e: change while a hand radio transmits nearby
};

/// Maximum permissible error of a load (absolute value), band edges inclusive.
ExactMass maxPermissibleError(const Regulation& regulation, ExactMass load, ExactMass e);

/// The table itself, without `mpeFactor`: maintenance tolerance of HB 44, initial mpe of R 76.
ExactMass mpeOfTable(const Regulation& regulation, ExactMass load, ExactMass e);

}  // namespace jh
