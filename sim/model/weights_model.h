// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/exact_mass.h"
#include "sim/base/sim_time.h"
#include "sim/model/test_truck_model.h"

namespace jh {

/// Classes of heavy weights: OIML R 111-1:2004, Table 1, and class F of NIST Handbook 105-1.
enum class WeightClass { M1, M1_2, M2, M2_3, M3, F };
const char* name(WeightClass weightClass);

/// Maximum permissible error of one weight, OIML R 111-1:2004, Table 1: rows 10 kg to 5 t, between
/// them in proportion to the nominal value of the row below. Class F: a ten-thousandth.
ExactMass weightMpe(WeightClass weightClass, ExactMass nominal);

/// How cast-iron weights are cast: a block with a square base.
struct BlockSize {
    Length side, height;
    /// What rain wets: everything but the base.
    Area wetted() const { return Area{side.si() * (side.si() + 4.0 * height.si())}; }
};
/// 500 kg, 1 t and 2 t as they are usually cast, everything else as a cube between them; estimates.
BlockSize blockSize(Mass mass);

/// Certificate of the weights, OIML R 111-1 clause 15: good from a date for some months.
struct WeightsCertificate {
    std::string number;
    std::chrono::year_month_day date{};
    int months{12};
    /// Last day on which the weights may be used.
    std::chrono::year_month_day until() const;
    friend bool operator==(const WeightsCertificate&, const WeightsCertificate&) = default;
};

/// What has become of the heavy weights since they were certified; estimates, docs/time-model.md.
struct WeightsCondition {
    Mass dirt{};      ///< most that sticks to one of them
    int lostCaps{};   ///< this many lack the cap of their adjusting cavity
    Mass cap{1.0};    ///< which weighs this with the shot below it
    int chipped{};    ///< this many have lost an edge
    Mass chip{0.15};  ///< of this mass
    friend bool operator==(const WeightsCondition&, const WeightsCondition&) = default;
};

/// What stands in for weights once they are used up (R 76-1 A.4.4.5).
enum class SubstitutionKind {
    loose,   ///< bulk spread over the whole deck
    blocks,  ///< of concrete, two in each module
    truck,   ///< a loaded truck with its centre of gravity over the middle of the deck
    tank,    ///< of water, in the middle; it may leak
};
struct SubstitutionModel {
    SubstitutionKind kind{SubstitutionKind::loose};
    double leak_kg_h{};                   ///< of a tank
    std::optional<VehicleModel> vehicle;  ///< the truck; what it carries makes up the load
};

/// A vehicle whose mass is known from a control instrument: the rolling load of R 76-1 3.6.2.4.
struct RollingLoadModel {
    VehicleModel vehicle;
    ExactMass mass{ExactMass::kg(20'000)};  ///< as weighed, driver and fuel included
};

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

    std::optional<TestTruckModel> truck;  ///< none: a cart of which only the time is known
    std::optional<WeightsCertificate> certificate;
    WeightsCondition condition;
    std::optional<RollingLoadModel> rolling;
    std::vector<SubstitutionModel> substitution;  ///< first, second … load; the last one repeats

    ExactMass blocksTotal() const { return blocks * block; }
    ExactMass handTotal() const { return handWeights * handWeight; }
};

}  // namespace jh
