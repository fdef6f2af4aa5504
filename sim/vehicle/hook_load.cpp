// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/hook_load.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace jh {

namespace {

constexpr double clearance_m = hookClearance.si(), slack_m = ropeSlack.si();
/// A block stands on planks: it sinks this much under its weight. Estimate.
constexpr double footSink_m = 1e-3;
constexpr double footDampingRatio = 0.3, ropeDampingRatio = 0.05, friction = 0.4;
/// Feet stand in by this share of half the side.
constexpr double footShare = 0.85;
/// Hands hold a weight that comes within this of the place; estimate.
constexpr double swing_m = 0.03;
constexpr double quarter = 1.0 / static_cast<double>(HookLoad::feet);

}  // namespace

HookPlan planMove(HookTask task, const CraneModel& crane, Mass mass, BlockSize size,
                  PlanePoint place, NoiseStream& luck) {
    HookPlan plan;
    plan.task = task;
    plan.crane = crane;
    plan.mass = mass;
    plan.size = size;
    plan.x = place.x;
    plan.y = place.y;
    if (task == HookTask::lifting) return plan;
    plan.swingX = Length{luck.uniform(-swing_m, swing_m)};
    plan.swingY = Length{luck.uniform(-swing_m, swing_m)};
    return plan;
}

double HookLoad::swing_Hz(const HookPlan& plan, Acceleration gravity) {
    // A rigid pendulum: rope and block swing as one, the block's own turning is small.
    const double length_m = plan.crane.rope.si() + plan.size.height.si() / 2.0;
    return std::sqrt(gravity.si() / length_m) / (2.0 * std::numbers::pi);
}

HookLoad::HookLoad(const HookPlan& plan, Acceleration gravity, Length ground)
    : plan_{plan},
      weight_N_{weightOf(plan.mass, gravity).si()},
      world_{gravity, RigidWorld::iterationsWithContacts} {
    const double m_kg = plan.mass.si(), a_m = plan.size.side.si(), h_m = plan.size.height.si();
    const double give_N_m = plan.crane.give.si();
    ropeDamping_N_s_m_ = 2.0 * ropeDampingRatio * std::sqrt(give_N_m * m_kg);
    const double swing_rad_s = 2.0 * std::numbers::pi * swing_Hz(plan, gravity);
    hands_N_s_m_ = 2.0 * plan.crane.swingDamping * m_kg * swing_rad_s;
    footStiffness_N_m_ = weight_N_ * quarter / footSink_m;
    footDamping_N_s_m_ = 2.0 * footDampingRatio * std::sqrt(footStiffness_N_m_ * m_kg * quarter);

    const bool lowering = plan.task == HookTask::lowering;
    const double above_m = plan.base.si() + (lowering ? clearance_m : ground.si() - footSink_m);
    // Hanging, the rope is stretched by the weight; standing, it is slack.
    const double stretch_m = lowering ? weight_N_ / give_N_m : -slack_m;
    tipHeight_m_ = above_m + h_m + plan.crane.rope.si() + stretch_m;
    const RigidBodyModel block{plan.mass,
                               {m_kg * (a_m * a_m + h_m * h_m) / 12.0,
                                m_kg * (a_m * a_m + h_m * h_m) / 12.0, m_kg * a_m * a_m / 6.0},
                               {a_m / 2.0, a_m / 2.0, h_m / 2.0}};
    body_ = world_.add(
        block, {(plan.x + plan.swingX).si(), (plan.y + plan.swingY).si(), above_m + h_m / 2.0},
        false);
    motion_ = world_.motion(body_);
    layFeet();
    if (lowering) return;
    rope_N_ = 0.0;
    for (std::size_t f = 0; f < feet; ++f) forces_[f].down = Force{weight_N_ * quarter};
}

void HookLoad::layFeet() {
    const double half_m = footShare * plan_.size.side.si() / 2.0;
    const double down_m = plan_.size.height.si() / 2.0;
    for (std::size_t f = 0; f < feet; ++f) {
        const double ahead = f < 2 ? 1.0 : -1.0, left = f % 2 == 0 ? 1.0 : -1.0;
        arm_m_[f] = motion_.R_WB * Vec3{ahead * half_m, left * half_m, -down_m};
        const Vec3 at_m = motion_.p_WB + arm_m_[f];
        ground_[f].x_m = at_m.x;
        ground_[f].y_m = at_m.y;
        forces_[f].x = Length{at_m.x};
        forces_[f].y = Length{at_m.y};
    }
}

void HookLoad::step(Force wind, double dt_s) {
    // The winch stops at a slack rope, or with the block half a metre up.
    const double standing_m = (plan_.base + plan_.size.height + plan_.crane.rope).si();
    const double lowest_m = standing_m - footSink_m - slack_m;
    const double highest_m = standing_m + clearance_m + weight_N_ / plan_.crane.give.si();
    const double down = plan_.task == HookTask::lowering ? 1.0 : -1.0;
    const double before_m = tipHeight_m_;
    tipHeight_m_ = std::clamp(before_m - down * plan_.crane.touchDownSpeed.si() * dt_s,
                              std::min(before_m, lowest_m), std::max(before_m, highest_m));
    pullRope((tipHeight_m_ - before_m) / dt_s);
    standOnFeet(dt_s);
    world_.push(body_, {0.0, wind.si(), 0.0}, {});
    world_.step(dt_s);
    motion_ = world_.motion(body_);
    layFeet();
}

/// The rope from the boom's tip to the middle of the block's top, and hands that calm the swing.
void HookLoad::pullRope(double tip_m_s) {
    const double natural_m = plan_.crane.rope.si();
    const Vec3 eye_m = motion_.R_WB * Vec3{0.0, 0.0, plan_.size.height.si() / 2.0};
    const Vec3 tip_m{plan_.x.si(), plan_.y.si(), tipHeight_m_};
    const Vec3 along_m = tip_m - (motion_.p_WB + eye_m);
    const double length_m = std::sqrt(dot(along_m, along_m));
    const Vec3 up = along_m * (1.0 / length_m);
    const Vec3 eye_m_s = motion_.v_WB + cross(motion_.w_WB, eye_m);
    const double stretch_m = length_m - natural_m;
    const double stretch_m_s = dot(Vec3{0.0, 0.0, tip_m_s} - eye_m_s, up);
    rope_N_ = 0.0;
    if (stretch_m > 0.0) {
        rope_N_ =
            std::max(0.0, plan_.crane.give.si() * stretch_m + ropeDamping_N_s_m_ * stretch_m_s);
    }
    world_.push(body_, up * rope_N_, cross(eye_m, up * rope_N_));
    if (rope_N_ == 0.0) return;
    const Vec3 calm_N{-hands_N_s_m_ * motion_.v_WB.x, -hands_N_s_m_ * motion_.v_WB.y, 0.0};
    // They also keep it from turning: as much about each axis, at arm's length.
    constexpr double arm_m2 = 0.25;
    world_.push(body_, calm_N, motion_.w_WB * (-hands_N_s_m_ * arm_m2));
}

/// Each foot: a spring and damper that only push, and dry friction up to its share of that.
void HookLoad::standOnFeet(double dt_s) {
    for (std::size_t f = 0; f < feet; ++f) {
        const Vec3 at_m = motion_.p_WB + arm_m_[f];
        const Vec3 at_m_s = motion_.v_WB + cross(motion_.w_WB, arm_m_[f]);
        const double deep_m = ground_[f].up_m + plan_.base.si() - at_m.z;
        double up_N = 0.0;
        if (deep_m > 0.0) {
            up_N = std::max(0.0, footStiffness_N_m_ * deep_m +
                                     footDamping_N_s_m_ * (ground_[f].up_m_s - at_m_s.z));
        }
        Vec3& slip_m = slip_m_[f];
        slip_m += Vec3{at_m_s.x, at_m_s.y, 0.0} * dt_s;
        Vec3 hold_N =
            slip_m * -footStiffness_N_m_ - Vec3{at_m_s.x, at_m_s.y, 0.0} * footDamping_N_s_m_;
        const double most_N = friction * up_N, wanted_N = std::sqrt(dot(hold_N, hold_N));
        if (wanted_N > most_N) {
            hold_N = hold_N * (most_N / wanted_N);
            slip_m = hold_N * (-1.0 / footStiffness_N_m_);
        }
        const Vec3 force_N = hold_N + Vec3{0.0, 0.0, up_N};
        world_.push(body_, force_N, cross(arm_m_[f], force_N));
        forces_[f].down = Force{up_N};
        forces_[f].alongX = Force{-hold_N.x};
        forces_[f].alongY = Force{-hold_N.y};
    }
}

Length HookLoad::height() const {
    return Length{motion_.p_WB.z - plan_.size.height.si() / 2.0 - plan_.base.si()};
}

PlanePoint HookLoad::place() const {
    return {Length{motion_.p_WB.x}, Length{motion_.p_WB.y}};
}

void HookLoad::hashInto(Hash& hash) const {
    world_.hashInto(hash);
    hash.add(tipHeight_m_);
    for (const WheelForce& foot : forces_) hash.add(foot.down.si());
}

}  // namespace jh
