// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/procedure/record.h"
#include "sim/model/scale_model.h"
#include "sim/model/weights_model.h"

namespace jh {

/// Standard uncertainties of one error of indication, in the manner of EURAMET cg-18.
struct UncertaintyBudget {
    Mass zero, indication;  ///< rounding at zero and at the load: width of the step used / sqrt 12
    Mass repeatability;     ///< standard deviation of a series
    Mass eccentricity;      ///< where on the receptor the load lay
    Mass weights;           ///< nominal values used: mpe / sqrt 3, added up over the set
    Mass buoyancy;          ///< no air density measured, adjusted on the spot: a quarter of it
    Mass drift;             ///< since the weights were certified: as much as `weights`
    Mass substitution;      ///< comparisons by which material was made equal to the weights

    Mass combined() const;
    /// k = 2.
    Mass expanded() const { return combined() * 2.0; }
};

/// What the tests of a verification say about the scale, as far as uncertainty goes.
struct ScaleSpread {
    Mass repeatability;  ///< standard deviation of the placements of one load
    double eccentric{};  ///< |dI|max / (2 L sqrt 3) of the eccentricity test
};
ScaleSpread spreadOf(const VerificationResult& result);

/// Budget of an error at `load`, of which `substitutions` parts were material made equal to the
/// weights W. `step` and `zeroStep` are what the indication was read to: 0.1 e by change-over.
UncertaintyBudget budgetAt(ExactMass load, int substitutions, ExactMass step, ExactMass zeroStep,
                           const ScaleSpread& spread, const WeightsModel& weights);

/// Gives every error that the mpe limits its expanded uncertainty. With a guard band the error
/// passes only where it stays within the limit by that much, and verdicts change accordingly.
void addUncertainty(VerificationResult& result, const ScaleModel& scale,
                    const Regulation& regulation, const WeightsModel& weights);

}  // namespace jh
