// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/rigid_world.h"

#include <btBulletDynamicsCommon.h>

#include <vector>

#include "sim/base/check.h"

namespace jh {

static_assert(sizeof(btScalar) == sizeof(double), "Bullet's double-precision build is needed");

namespace {

btVector3 toBullet(Vec3 v) {
    return {v.x, v.y, v.z};
}
Vec3 fromBullet(const btVector3& v) {
    return {v.x(), v.y(), v.z()};
}

/// The pose a step later. Bullet's own asks the C library for sin and cos, whose last digit depends
/// on the CPU (docs/adr/0007); the angle of one step is small, so a short series is exact.
btTransform moved(const btRigidBody& body, double dt_s) {
    const btVector3 half = body.getAngularVelocity() * (0.5 * dt_s);
    const double a2 = half.length2();
    const double sine = 1.0 - a2 / 6.0 * (1.0 - a2 / 20.0 * (1.0 - a2 / 42.0));
    const double cosine = 1.0 - a2 / 2.0 * (1.0 - a2 / 12.0 * (1.0 - a2 / 30.0));
    btQuaternion turned = btQuaternion{half.x() * sine, half.y() * sine, half.z() * sine, cosine} *
                          body.getOrientation();
    turned.normalize();
    return btTransform{turned, body.getCenterOfMassPosition() + body.getLinearVelocity() * dt_s};
}

class World : public btDiscreteDynamicsWorld {
public:
    using btDiscreteDynamicsWorld::btDiscreteDynamicsWorld;

protected:
    void predictUnconstraintMotion(btScalar dt_s) override {
        for (int i = 0; i < m_nonStaticRigidBodies.size(); ++i) {
            btRigidBody& body = *m_nonStaticRigidBodies[i];
            if (body.isActive()) body.setInterpolationWorldTransform(moved(body, dt_s));
        }
    }
    void integrateTransforms(btScalar dt_s) override {
        for (int i = 0; i < m_nonStaticRigidBodies.size(); ++i) {
            btRigidBody& body = *m_nonStaticRigidBodies[i];
            if (body.isActive()) body.proceedToTransform(moved(body, dt_s));
        }
    }
};

}  // namespace

struct RigidWorld::Bullet {
    btDefaultCollisionConfiguration configuration;
    btCollisionDispatcher dispatcher{&configuration};
    btDbvtBroadphase broadphase;
    btSequentialImpulseConstraintSolver solver;
    World world{&dispatcher, &broadphase, &solver, &configuration};
    std::vector<std::unique_ptr<btCollisionShape>> shapes;
    std::vector<std::unique_ptr<btRigidBody>> bodies;
    std::vector<std::unique_ptr<btTypedConstraint>> joints;

    btRigidBody& of(Body body) const { return *bodies[static_cast<std::size_t>(body)]; }
    ~Bullet() {
        for (const auto& joint : joints) world.removeConstraint(joint.get());
        for (const auto& body : bodies) world.removeRigidBody(body.get());
    }
};

RigidWorld::RigidWorld(Acceleration gravity, int iterations) : bullet_{std::make_unique<Bullet>()} {
    JH_CHECK(iterations > 0);
    World& world = bullet_->world;
    world.setGravity({0.0, 0.0, -gravity.si()});
    world.getSolverInfo().m_numIterations = iterations;
    bullet_->solver.setRandSeed(1);
}

RigidWorld::~RigidWorld() = default;
RigidWorld::RigidWorld(RigidWorld&&) noexcept = default;
RigidWorld& RigidWorld::operator=(RigidWorld&&) noexcept = default;

RigidWorld::Body RigidWorld::add(const RigidBodyModel& model, Vec3 p_WB, bool turned) {
    JH_CHECK(model.mass > Mass{});
    auto shape = std::make_unique<btBoxShape>(toBullet(model.halfSize_m));
    btRigidBody::btRigidBodyConstructionInfo info{model.mass.si(), nullptr, shape.get(),
                                                  toBullet(model.inertia_kg_m2)};
    info.m_startWorldTransform = turned ? btTransform{{0.0, 0.0, 1.0, 0.0}, toBullet(p_WB)}
                                        : btTransform{{0.0, 0.0, 0.0, 1.0}, toBullet(p_WB)};
    auto body = std::make_unique<btRigidBody>(info);
    body->setActivationState(DISABLE_DEACTIVATION);
    constexpr int touchesNothing = 0;
    bullet_->world.addRigidBody(body.get(), touchesNothing, touchesNothing);
    bullet_->shapes.push_back(std::move(shape));
    bullet_->bodies.push_back(std::move(body));
    return Body{bullet_->bodies.size() - 1};
}

void RigidWorld::join(Body a, Body b, Vec3 p_WJ) {
    btRigidBody& first = bullet_->of(a);
    btRigidBody& second = bullet_->of(b);
    const btVector3 point = toBullet(p_WJ);
    auto joint = std::make_unique<btPoint2PointConstraint>(
        first, second, first.getCenterOfMassTransform().invXform(point),
        second.getCenterOfMassTransform().invXform(point));
    bullet_->world.addConstraint(joint.get(), true);
    bullet_->joints.push_back(std::move(joint));
}

BodyMotion RigidWorld::motion(Body body) const {
    const btRigidBody& found = bullet_->of(body);
    const btMatrix3x3& basis = found.getCenterOfMassTransform().getBasis();
    return {fromBullet(found.getCenterOfMassPosition()),
            {fromBullet(basis.getColumn(0)), fromBullet(basis.getColumn(1)),
             fromBullet(basis.getColumn(2))},
            fromBullet(found.getLinearVelocity()),
            fromBullet(found.getAngularVelocity())};
}

void RigidWorld::setVelocity(Body body, Vec3 v_WB) {
    bullet_->of(body).setLinearVelocity(toBullet(v_WB));
}

void RigidWorld::setMass(Body body, const RigidBodyModel& model) {
    btRigidBody& changed = bullet_->of(body);
    changed.setMassProps(model.mass.si(), toBullet(model.inertia_kg_m2));
    changed.updateInertiaTensor();
}

void RigidWorld::freeze(Body body) {
    btRigidBody& frozen = bullet_->of(body);
    frozen.setLinearVelocity({0.0, 0.0, 0.0});
    frozen.setAngularVelocity({0.0, 0.0, 0.0});
    frozen.forceActivationState(DISABLE_SIMULATION);
}

void RigidWorld::push(Body body, Vec3 force_N, Vec3 torque_Nm) {
    btRigidBody& pushed = bullet_->of(body);
    pushed.applyCentralForce(toBullet(force_N));
    pushed.applyTorque(toBullet(torque_Nm));
}

void RigidWorld::step(double dt_s) {
    constexpr int noSubsteps = 0;
    bullet_->world.stepSimulation(dt_s, noSubsteps);
}

void RigidWorld::hashInto(Hash& hash) const {
    const auto add = [&hash](Vec3 v) {
        for (const double component : {v.x, v.y, v.z}) hash.add(component);
    };
    for (std::size_t i = 0; i < bullet_->bodies.size(); ++i) {
        const BodyMotion m = motion(Body{i});
        for (const Vec3 v : {m.p_WB, m.R_WB.forward, m.R_WB.left, m.R_WB.up, m.v_WB, m.w_WB}) {
            add(v);
        }
    }
}

}  // namespace jh
