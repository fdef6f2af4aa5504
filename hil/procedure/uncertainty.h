// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hil/procedure/record.h"
#include "sim/model/scale_model.h"
#include "sim/model/weights_model.h"

namespace jh {

/// What the tests of a verification say about the scale, as far as uncertainty goes.
struct ScaleSpread {
    Mass repeatability;  ///< standard deviation of the placements of one load
    double eccentric{};  ///< |dI|max / (2 L sqrt 3) of the eccentricity test
};
ScaleSpread spreadOf(const VerificationResult& result);

/// Budget of an error at `load`, of which `substitutions` parts were material made equal to the
/// weights W. `step` and `zeroStep` are what the indication was read to: 0.1 e by change-over.
UncertaintyBudget budgetAt(ExactMass load, int substitutions, ExactMass step, ExactMass zeroStep,
                           const ScaleSpread& spread, const WeightsModel& weights,
                           const std::optional<SourceUncertainty>& source = {});

/// Gives every error that the mpe limits its expanded uncertainty, to which the result's signal
/// source adds where it has one. With a guard band the error
/// passes only where it stays within the limit by that much, and verdicts change accordingly.
void addUncertainty(VerificationResult& result, const ScaleModel& scale,
                    const Regulation& regulation, const WeightsModel& weights);

/// Loads of all errors that have an uncertainty.
std::vector<ExactMass> judgedLoads(const VerificationResult& result);

/// Why a source is too uncertain to judge a scale by: at one of these loads its standard
/// uncertainty is more than 0.1 e. Empty when it is not.
std::string tooUncertain(const SourceUncertainty& source, const ScaleModel& scale,
                         const std::vector<ExactMass>& loads);

/// Gives the same errors the uncertainty that `visits` to the same scale show, with other weights
/// of the same kind and other chance each time: how far the errors found lie from what is true of
/// the scale. Nothing from visits without truth, or where a test took another course.
void addSimulatedUncertainty(VerificationResult& result,
                             const std::vector<VerificationResult>& visits);

}  // namespace jh
