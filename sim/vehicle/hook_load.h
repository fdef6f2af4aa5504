// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "sim/base/hash.h"
#include "sim/base/noise.h"
#include "sim/base/sim_time.h"
#include "sim/model/test_truck_model.h"
#include "sim/model/weights_model.h"
#include "sim/vehicle/rigid_world.h"
#include "sim/vehicle/road_surface.h"
#include "sim/vehicle/wheel_force.h"

namespace jh {

enum class HookTask { lowering, lifting };

/// A weight on its way between half a metre above the deck and the deck.
struct HookPlan {
    HookTask task{HookTask::lowering};
    CraneModel crane;
    Mass mass;
    BlockSize size;
    Length x, y;            ///< of the boom's tip, frame D
    Length base;            ///< height of what the weight stands on above the deck: other weights
    Length swingX, swingY;  ///< how far it hangs off the tip when it comes; at rest there
};

/// A move as people do it: a weight that comes hangs a little off the boom's tip, by `luck`.
HookPlan planMove(HookTask task, const CraneModel& crane, Mass mass, BlockSize size,
                  PlanePoint place, NoiseStream& luck);

/// A block on a rope: a pendulum until it touches down, then a block on four feet under a rope that
/// goes slack. Rope and feet are springs that only pull or only push; feet hold by dry friction.
/// The boom's tip moves straight down or up at the crane's touch-down speed
/// (docs/test-weight-truck.md).
class HookLoad {
public:
    static constexpr std::size_t feet = 4;

    /// `ground` is the height of the deck at the place now: what is lifted stands there at rest.
    HookLoad(const HookPlan& plan, Acceleration gravity, Length ground);

    /// Where the feet are; the ground's height and rise there are filled in before step().
    std::span<RoadPoint> ground() { return ground_; }
    /// Forces of this moment and one step of the block. `wind` pushes across, towards +y.
    void step(Force wind, double dt_s);
    /// Of the last step, on the ground.
    std::span<const WheelForce> footForces() const { return forces_; }

    Force rope() const { return Force{rope_N_}; }
    Length height() const;  ///< of its base above the level deck
    PlanePoint place() const;
    Mass mass() const { return plan_.mass; }
    const HookPlan& plan() const { return plan_; }
    /// Frequency of the swing on a short way.
    static double swing_Hz(const HookPlan& plan, Acceleration gravity);
    void hashInto(Hash& hash) const;

private:
    void pullRope(double tip_m_s);
    void standOnFeet(double dt_s);
    void layFeet();

    HookPlan plan_;
    double weight_N_{}, tipHeight_m_{}, ropeDamping_N_s_m_{}, hands_N_s_m_{};
    double footStiffness_N_m_{}, footDamping_N_s_m_{};
    RigidWorld world_;
    RigidWorld::Body body_{};
    BodyMotion motion_;
    std::array<RoadPoint, feet> ground_{};
    std::array<Vec3, feet> arm_m_{}, slip_m_{};  ///< from the centre of gravity; of each foot
    std::array<WheelForce, feet> forces_{};
    double rope_N_{};
};

}  // namespace jh
