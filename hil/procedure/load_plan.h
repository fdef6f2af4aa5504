// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hil/procedure/regulation.h"
#include "sim/model/scale_model.h"
#include "sim/model/weights_model.h"

namespace jh {

/// What lies on the receptor, in pieces. `support` holds for the blocks.
struct Pieces {
    int blocks{}, handWeights{}, material{}, tareLoads{};
    std::optional<std::size_t> support;
};

/// Standard weights for a load above `material` substitution loads; nothing when the pieces at hand
/// cannot make it up exactly.
std::optional<Pieces> piecesFor(const WeightsModel& weights, ExactMass load, int material);

/// Sum of the mpe of the pieces of a load: its errors may all point one way. Material made equal to
/// the weights carries their error once each time.
ExactMass mpeOfLoad(const WeightsModel& weights, const Pieces& pieces);

/// One load of the weighing test, as it will be made up.
struct PlannedLoad {
    std::string text;  ///< as the regulation writes it; else the mass
    ExactMass load, mpe;
    std::optional<Pieces> pieces;  ///< nothing: the weights at hand do not make it up
    ExactMass weightsMpe;          ///< may be a third of the mpe (R 76-1 3.7.1)
    bool random{};                 ///< drawn from the seed
    bool weightsDo() const {
        constexpr int third = 3;
        return third * weightsMpe <= mpe;
    }
};

/// The weights W that a repeatability up to this asks for, and whether they are there.
struct NeededWeights {
    std::optional<ExactMass> repeatability;  ///< inclusive; nothing: any within the mpe
    std::string rule;                        ///< "1/5 Max"; "the least" where that is more
    ExactMass weights;
    bool there{};
    bool isFor(ExactMass range) const { return !repeatability || range <= *repeatability; }
};

/// The weighing test before it begins: which loads, made of what, and on which condition.
struct LoadPlan {
    std::vector<PlannedLoad> loads;  ///< ascending
    int substitutions{};
    std::vector<NeededWeights> needs;  ///< best repeatability first; empty without substitution
    /// What stands against it: pieces that are missing, weights that are not good enough.
    std::vector<std::string> findings;
};
/// `seed` is for the loads that are drawn.
LoadPlan planLoads(const ScaleModel& scale, const Regulation& regulation,
                   const WeightsModel& weights, std::uint64_t seed);

/// Nominal load of a rule; `Max - tare` depends on the tare and is not for this.
ExactMass nominalOf(const LoadRule& rule, const ScaleModel& scale, const WeightsModel& weights);

}  // namespace jh
