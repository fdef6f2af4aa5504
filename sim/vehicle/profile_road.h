// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "sim/base/noise.h"
#include "sim/base/quantity.h"
#include "sim/vehicle/road_surface.h"

namespace jh {

/// A rigid road along frame D's x axis with the deck's two edges in it.
struct RoadProfile {
    Length deckLength{18.0};
    Length edgeStep{3e-3};    ///< how far the deck stands above both approaches
    Length unevenness{3e-4};  ///< standard deviation of each wheel track
    Length from{-40.0}, to{60.0};
};

/// Unevenness is a sum of waves 0.5 to 2 m long, their amplitude growing with their length (a
/// spectrum falling with the square of the wave number, as roads have), drawn for each wheel track
/// and laid out in a table.
class ProfileRoad : public RoadSurface {
public:
    ProfileRoad(const RoadProfile& profile, NoiseStream luck);
    void survey(std::span<RoadPoint> points) const override;

private:
    double unevenness_m(std::size_t track, double x_m) const;

    RoadProfile profile_;
    std::array<std::vector<double>, 2> tracks_m_;  ///< left, right
};

}  // namespace jh
