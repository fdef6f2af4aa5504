// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hil/port/truth.h"
#include "hil/procedure/regulation.h"
#include "hil/procedure/source_uncertainty.h"
#include "sim/base/exact_mass.h"
#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Verdict words, everywhere the same.
enum class Verdict { pass, fail, error, invalid, interrupted, not_run };
const char* word(Verdict verdict);

/// What a measurement is of; reports put it into the reader's language.
enum class MeasurementKind {
    appearance,  ///< detail: what was looked at
    identity,    ///< detail: the property compared
    zeroError,   ///< E0
    support,     ///< detail: cell id
    placement,   ///< detail: number of the weighing
    range,       ///< largest minus smallest value
    up,
    down,          ///< detail: the load as the regulation writes it
    substitution,  ///< the weights W before a substitution; detail: its number
    match,         ///< the material that took their place, at the same change-over point
    tareAccuracy,
    net,          ///< detail: the net load
    putBack,      ///< weights put back until the first indication returns
    oneInterval,  ///< indication after 1.4 d were added
    zeroReturn,
    rolling,        ///< detail: the stop and the direction
    section,        ///< detail: the lines of cells
    creep,          ///< change of the indication under a load that stays; detail: from when to when
    equilibrium,    ///< what stays after a value was printed, zero or tare set in motion
    warmUp,         ///< detail: minutes after switching on, and the load
    zeroRange,      ///< heaviest load that the zero key, or switching on, takes for zero
    trackingState,  ///< one of the four states of zero tracking
    tareRange,      ///< whether the tare key takes a load
    interval,       ///< the interval in use at a load
    lastShown,      ///< the last indication before the display goes dark
    agreement,      ///< a second display less the first
    noLoadDrift,    ///< change without load for 5 K
    spanStability,  ///< detail: number of the measurement
    strain,         ///< known weights on top of an unknown load
    zeroBalance,    ///< change of zero by a test load
    asFound,        ///< error before an adjustment; detail: the support, or the weights
    asLeft,         ///< the same after it
    radio,          ///< change while a radio transmits
    rangeReturn,    ///< change near zero after the return to the lowest range
    sense,          ///< change of span by a longer cable; detail: its resistance
    temperature,    ///< error in a climate chamber; detail: temperature and load
};

/// Standard uncertainties of one error of indication, in the manner of EURAMET cg-18.
struct UncertaintyBudget {
    Mass zero, indication;  ///< rounding at zero and at the load: width of the step used / sqrt 12
    Mass repeatability;     ///< standard deviation of a series
    Mass eccentricity;      ///< where on the receptor the load lay
    Mass weights;           ///< nominal values used: mpe / sqrt 3, added up over the set
    Mass buoyancy;          ///< no air density measured, adjusted on the spot: a quarter of it
    Mass drift;             ///< since the weights were certified: as much as `weights`
    Mass substitution;      ///< comparisons by which material was made equal to the weights
    bool fromSource{};      ///< a signal source stood in for the cells, and has the last four parts
    Mass sourceResolution, sourceGain, sourceDrift, sourceExcitation;

    struct Part {
        const char* name;
        Mass UncertaintyBudget::*size;
    };
    /// Those that this budget has.
    std::span<const Part> parts() const;

    Mass combined() const;
    /// k = 2.
    Mass expanded() const { return combined() * 2.0; }
};

/// One measured value beside its limit and the truth. Symbols as in OIML R 76-1 A.4.4.3.
struct Measurement {
    MeasurementKind kind{};
    std::string detail, detailZh;             ///< the Chinese one only where words differ
    std::optional<ExactMass> load;            ///< L
    std::optional<ExactMass> indication;      ///< I
    std::optional<ExactMass> added;           ///< dL, small weights up to the change-over
    std::optional<ExactMass> value;           ///< P, indication before rounding
    std::optional<ExactMass> error;           ///< E = P - L
    std::optional<ExactMass> zeroError;       ///< E0
    std::optional<ExactMass> correctedError;  ///< Ec = E - E0
    std::optional<ExactMass> limit;  ///< of the absolute value, inclusive; none: for the record
    std::optional<ExactMass> uncertainty;     ///< U of Ec, k = 2 (EURAMET cg-18)
    std::optional<UncertaintyBudget> budget;  ///< that U is made of
    /// U of Ec by chance: twice the root mean square of how far Ec lay from the scale's mean true
    /// error over many simulated visits. Only a simulator has one.
    std::optional<ExactMass> simulatedUncertainty;
    int substitutions{};          ///< parts of L that are material made equal to W
    std::string expected, found;  ///< for what is no mass
    std::string finding;          ///< why it fails, beyond the limit
    Verdict verdict{Verdict::pass};
    std::optional<TruthValue> truth;  ///< when I is read, before the first small weight
    SimTime at{};

    /// A decision on this is only sound with a U of at most a third of the limit.
    bool uncertaintyTooLarge() const {
        constexpr int third = 3;
        return uncertainty && limit && third * *uncertainty > *limit;
    }
    /// The quantity that the limit limits.
    std::optional<ExactMass> judged() const { return correctedError ? correctedError : error; }
};

/// One test of the regulation with its outcome.
struct TestResult {
    TestRule rule;
    Verdict verdict{Verdict::not_run};
    std::vector<Measurement> measurements;
    std::vector<std::string> findings;  ///< reasons for a verdict other than pass
    SimTime start{}, end{};
    std::string note{};  ///< what was decided before it began: the weights that are asked for
};

/// A named step of the work and the time it took; every simulated second belongs to one.
struct WorkStep {
    std::string name;
    SimTime start{}, end{};
};

/// Outcome of a verification.
struct VerificationResult {
    Verdict verdict{Verdict::not_run};
    std::string cause;  ///< of error or interruption
    std::vector<TestResult> tests;
    std::vector<WorkStep> steps;
    std::optional<SourceUncertainty> source;  ///< that stood in for the cells of a real indicator
    int retries{};                            ///< requests that had to be sent again
    std::vector<std::string> failingTests() const;
};

}  // namespace jh
