// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "sim/base/exact_mass.h"

namespace jh {

/// What a simulator knows and a scale does not. The one door by which the truth leaves the
/// simulation, for the ground-truth column of a record; no test decides by it.
struct TruthValue {
    ExactMass onDeck;     ///< mass truly on the receptor
    ExactMass unrounded;  ///< the instrument's value before rounding: net while a tare is set
};

class Truth {
public:
    virtual ~Truth() = default;
    /// Nothing on a real scale.
    virtual std::optional<TruthValue> truth() const = 0;
};

}  // namespace jh
