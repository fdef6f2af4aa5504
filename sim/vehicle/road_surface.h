// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace jh {

/// A place on the road, frame D, and what is found there.
struct RoadPoint {
    double x_m{}, y_m{};
    double up_m{}, up_m_s{};  ///< height of the surface and how fast it rises where it is
};

/// What wheels stand on, as it is at this moment: approach, deck, joints.
class RoadSurface {
public:
    virtual ~RoadSurface() = default;
    /// Fills in height and rise of every point.
    virtual void survey(std::span<RoadPoint> points) const = 0;
};

/// Rigid, flat and level, at height 0.
class LevelRoad : public RoadSurface {
public:
    void survey(std::span<RoadPoint> points) const override {
        for (RoadPoint& point : points) point.up_m = point.up_m_s = 0.0;
    }
};

}  // namespace jh
