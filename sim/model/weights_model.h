// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "sim/base/exact_mass.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Classes of heavy weights, OIML R 111-1:2004, Table 1.
enum class WeightClass { M1, M1_2, M2, M2_3, M3 };

/// Maximum permissible error of one weight, OIML R 111-1:2004, Table 1: rows 20 kg to 5 t, between
/// them in proportion to the nominal value of the row below.
ExactMass weightMpe(WeightClass weightClass, ExactMass nominal);

/// What a crew brings to a verification, and how long its hands take (docs/time-model.md).
struct WeightsModel {
    std::string title;
    WeightClass weightClass{WeightClass::M1};
    int blocks{20};                        ///< heavy weights
    ExactMass block{ExactMass::kg(1000)};  ///< nominal of each
    int handWeights{25};                   ///< carried by hand: 10 e and Min are made of them
    ExactMass handWeight{ExactMass::kg(20)};
    int smallWeights{25};  ///< of 0.1 e each, for the change-over point

    SimTime setUp{20min};         ///< unload, warm up, look at the scale
    SimTime moveBlocks{1min};     ///< one trip of the weight cart with any number of blocks
    SimTime moveHandWeight{4s};   ///< each
    SimTime moveSmallWeight{3s};  ///< each
    SimTime moveMaterial{2min};   ///< one substitution load on or off
    SimTime trimMaterial{30s};    ///< a few shovels more or less
    SimTime settle{20s};          ///< from the last move of a heavy load to the first reading
    SimTime touchDown{2s};        ///< from first contact to full weight, blocks and material

    ExactMass blocksTotal() const { return blocks * block; }
    ExactMass handTotal() const { return handWeights * handWeight; }
};

}  // namespace jh
