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

/// Where a rolling load stops: the middle of its load at this share of the deck's length, having
/// come over the first end or, in reverse, over the last.
struct RollingStop {
    double share{0.5};
    bool reverse{};
};

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
    /// Drives the rolling load to a stop, wholly on the receptor; answers its mass. Refused when
    /// there is none, or when it does not fit there.
    [[nodiscard]] virtual Expected<ExactMass, IoError> roll(RollingStop stop) = 0;
    /// Off the receptor again, the way it was going.
    [[nodiscard]] virtual Expected<void, IoError> rollOff() = 0;
    /// Someone presses on the receptor with about this mass and lets go; it still moves when this
    /// returns (R 76-1 A.4.12).
    [[nodiscard]] virtual Expected<void, IoError> disturb(ExactMass by) = 0;
};

}  // namespace jh
