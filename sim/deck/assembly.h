// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "sim/deck/deck_shape.h"
#include "sim/deck/matrix.h"

namespace jh {

/// The deck without cells: mass and stiffness in reduced coordinates.
struct DeckMatrices {
    SymmetricMatrix mass, stiffness;
    std::vector<double> ownMass_kg;  ///< times gravity it is the deck's own weight as a load
};

DeckMatrices assemble(const DeckModel& deck, const DeckShape& shape);

}  // namespace jh
