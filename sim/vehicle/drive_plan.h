// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/base/noise.h"
#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"
#include "sim/vehicle/vehicle.h"

namespace jh {

/// A place where the driver stops: the front axle, frame D.
struct Stop {
    Length frontAxle;
    SimTime wait{10s};
};

/// What a driver means to do. Straight on or back: towards each stop in turn, whichever way it is.
struct DrivePlan {
    Placement start;  ///< rolling towards the first stop already
    Speed speed{5.0 / 3.6};
    Acceleration deceleration{0.6};
    Acceleration acceleration{0.3};  ///< when starting again
    std::vector<Stop> stops;         ///< at least one
    std::optional<Length> leaveTo;   ///< then goes on to here and beyond
};

/// How well people do it: +- around the plan.
struct DriverScatter {
    Length stop{0.3};
    Length lateral{0.15};
};
/// The plan as it is carried out this time.
DrivePlan withScatter(DrivePlan plan, const DriverScatter& scatter, NoiseStream& luck);

/// Carries a plan out with the pedals.
class Driver {
public:
    Driver(DrivePlan plan, Mass vehicle);

    /// What to do now, a step of `dt_s` before being asked again.
    Pedals decide(const Vehicle& vehicle, double dt_s);

    const DrivePlan& plan() const { return plan_; }
    enum class Doing { rolling, braking, waiting, gone };
    Doing doing() const { return doing_; }
    /// Waits at the last stop and will not go on.
    bool arrived() const {
        return doing_ == Doing::waiting && stop_ + 1 == plan_.stops.size() && !plan_.leaveTo;
    }
    /// Stops made so far, the one being waited at included.
    std::size_t stopsMade() const { return stopsMade_; }

private:
    double target_m() const;

    DrivePlan plan_;
    double mass_kg_;
    Doing doing_{Doing::rolling};
    std::size_t stop_{}, stopsMade_{};
    double waited_s_{};
};

}  // namespace jh
