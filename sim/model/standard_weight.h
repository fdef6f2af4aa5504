// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "sim/model/weights_model.h"

namespace jh {

/// One weight out of a set, with what only its owner's scale would tell.
struct StandardWeight {
    std::string name;  ///< "1000 kg No. 7"
    ExactMass nominal;
    Mass error;   ///< when it was certified; within the mpe of its class
    Mass dirt;    ///< mud on it
    Mass losses;  ///< cap and edge that it lacks

    Mass mass() const { return nominal.mass() + error + dirt - losses; }
    /// In rain, with water on everything but its base.
    Mass wetMass() const;
};

/// The weight with this number, counted from 0: the same one every time for the same seed. `kind`
/// tells sets of equal nominal apart. Its true error is even over the mpe of its class; which of
/// the heavy ones lack a cap or an edge is drawn for the whole set.
StandardWeight drawBlock(const WeightsModel& weights, int number, std::uint64_t seed);
/// A weight that is kept in a case: nothing but its error.
StandardWeight drawCaseWeight(const WeightsModel& weights, const std::string& kind,
                              ExactMass nominal, int number, std::uint64_t seed);

}  // namespace jh
