// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "sim/model/scale_model.h"
#include "sim/model/test_truck_model.h"
#include "sim/model/weights_model.h"

namespace jh {

/// Where one block lies, frame D, and how many layers are below it.
struct BlockPlace {
    Length x, y;
    int layer{};
};

/// Where a crew puts its blocks so that none stands in another or in the truck that is the
/// substitution load.
class LoadLayout {
public:
    LoadLayout(const ScaleModel& scale, const WeightsModel& weights);

    /// Evenly along the deck: any even number of blocks lies point-symmetric about its middle.
    BlockPlace spread(int index) const;
    /// Over a support, but wholly on the deck.
    BlockPlace atSupport(int index, std::size_t support) const;
    /// The same for the middle of something that long and wide.
    PlanePoint overSupport(std::size_t support, Length halfLength, Length halfWidth) const;
    /// Blocks of one layer of spread().
    int perLayer() const { return rows_ * columns_; }
    /// Length of the deck on which blocks may stand.
    Length usable() const { return scale_.deck.length() - keptFree_ * 2.0; }

private:
    const ScaleModel& scale_;
    Length side_, pitch_;
    Length keptFree_;  ///< from the middle of the deck to both sides, for the truck
    int rows_{1}, columns_{};
};

/// Front axle of a vehicle whose centre of gravity stands over a place.
Length frontAxleOver(const VehicleModel& vehicle, Length place);

}  // namespace jh
