// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "hil/port/io_error.h"
#include "sim/base/exact_mass.h"
#include "sim/base/expected.h"

namespace jh {

/// The kinds of load that a verification puts on a scale.
enum class LoadKind {
    block,        ///< heavy standard weight
    handWeight,   ///< standard weight carried by hand
    smallWeight,  ///< 0.1 e, for the change-over point
    material,     ///< substitution load; its mass is only known by comparison
    tareLoad,     ///< anything of about the right mass
};
inline constexpr std::size_t loadKinds = 5;

/// Who puts loads on the receptor: a crane, a cart, a person. Knows nothing of the truth.
class LoadSource {
public:
    virtual ~LoadSource() = default;
    /// Makes exactly `count` pieces of this kind lie on the receptor. `nominal` is the mass of one
    /// piece. At a support when given, else evenly along the deck.
    [[nodiscard]] virtual Expected<void, IoError> place(LoadKind kind, int count, ExactMass nominal,
                                                        std::optional<std::size_t> support) = 0;
    /// Adds to (or takes from) the topmost substitution load about this much.
    [[nodiscard]] virtual Expected<void, IoError> trimMaterial(ExactMass change) = 0;
};

}  // namespace jh
