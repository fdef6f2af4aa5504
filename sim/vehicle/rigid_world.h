// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "sim/base/hash.h"
#include "sim/base/quantity.h"
#include "sim/vehicle/vec3.h"

namespace jh {

/// A rigid body. Frame B: origin at its centre of gravity, x forward, y left, z up, axes principal.
struct RigidBodyModel {
    Mass mass;
    Vec3 inertia_kg_m2;  ///< about x, y, z
    Vec3 halfSize_m;     ///< of its box, for contacts
};

/// Where a body is and how it moves, world frame W.
struct BodyMotion {
    Vec3 p_WB;
    Rotation R_WB;
    Vec3 v_WB, w_WB;
};

/// Bodies with six freedoms each and ball joints between them, advanced by Bullet in double
/// precision with a fixed step (docs/adr/0009). No two bodies touch yet.
class RigidWorld {
public:
    /// Enough where joints are few and nothing touches.
    static constexpr int iterationsWithoutContacts = 10;
    /// Least where bodies rest on or hit each other.
    static constexpr int iterationsWithContacts = 50;

    enum class Body : std::size_t {};

    explicit RigidWorld(Acceleration gravity, int iterations = iterationsWithoutContacts);
    ~RigidWorld();
    RigidWorld(RigidWorld&&) noexcept;
    RigidWorld& operator=(RigidWorld&&) noexcept;

    /// At rest, its x axis along W's, or against it where `turned`.
    Body add(const RigidBodyModel& model, Vec3 p_WB, bool turned);
    /// Ball joint at a point of W; the bodies never collide with each other.
    void join(Body a, Body b, Vec3 p_WJ);

    BodyMotion motion(Body body) const;
    void setVelocity(Body body, Vec3 v_WB);
    /// Another mass and inertia from now on, where and as fast as it is.
    void setMass(Body body, const RigidBodyModel& model);
    /// Stands still from now on, whatever pushes; costs nothing in a step.
    void freeze(Body body);
    /// For the next step: a force through the centre of gravity and a torque, frame W.
    void push(Body body, Vec3 force_N, Vec3 torque_Nm);
    /// No allocation after the first step with the same bodies.
    void step(double dt_s);

    void hashInto(Hash& hash) const;

private:
    struct Bullet;
    std::unique_ptr<Bullet> bullet_;
};

}  // namespace jh
