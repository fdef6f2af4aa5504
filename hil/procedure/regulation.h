// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "sim/base/exact_mass.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A factor in thousandths, so that limits like 0.25 e are exact integers.
struct Milli {
    int value{};
    friend auto operator<=>(Milli, Milli) = default;
};
/// k/1000 of a mass, exact for the masses a scale deals in (whole grams).
constexpr ExactMass operator*(Milli k, ExactMass m) {
    return ExactMass::mg(k.value * (m.inMg() / 1000));
}

/// Up to and including `upTo_e` intervals the mpe is `mpe` of e (R 76-1 Table 6).
struct MpeBand {
    int upTo_e{};
    Milli mpe;
};

/// A test load written as a share of Max or a number of intervals.
struct LoadRule {
    enum class Kind { min, max, intervals, shareOfMax, maxLessTare } kind{Kind::min};
    int intervals{};
    Milli share;
    std::string text{"Min"};  ///< as written: "500 e", "1/2 Max", "Max - tare"
};

/// Which share of Max must be standard weights, for a repeatability up to `repeatability` of e.
struct SubstitutionRule {
    Milli repeatability;  ///< inclusive, of e
    int shareNumerator{1}, shareDenominator{2};
};

/// Heading of one test in a regulation: which code runs, under which clause.
struct TestRule {
    std::string id;  ///< identity, zero, eccentricity ... : a test kind
    std::string title, titleZh;
    std::string clause;
    std::string certainty;  ///< provenance mark of the values, empty when sure
};

/// A legal verification regulation at one stage. All numbers are data (scenarios/procedures/).
struct Regulation {
    std::string id;     ///< "JJG 539-2016"
    std::string stage;  ///< "initial"
    std::string title, titleZh;
    std::vector<TestRule> tests;  ///< in the order of the run

    std::vector<MpeBand> mpeBands;  ///< class III
    Milli mpeFactor{1000};          ///< 2000 for in-use inspection
    Milli smallWeight{100};         ///< of e
    int zeroLoad_e{10};             ///< the load that keeps zero tracking out
    int changeOverWithin_e{2};      ///< no change-over within this is a finding
    Milli zeroAccuracy{250};        ///< of e
    Milli tareAccuracy{250};        ///< of e
    Milli zeroReturn{500};          ///< of e
    Milli discrimination{1400};     ///< of d
    int repeatabilityCount{3};
    std::vector<LoadRule> weighingLoads, netLoads, discriminationLoads;
    LoadRule tareLoad;
    std::vector<SubstitutionRule> substitution;  ///< best repeatability first
    ExactMass leastWeights{ExactMass::kg(1000)};
};

/// Maximum permissible error of a load (absolute value), band edges inclusive.
ExactMass maxPermissibleError(const Regulation& regulation, ExactMass load, ExactMass e);

}  // namespace jh
