// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/vehicle.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr double hub_m = Axle::hubHeight_m;
constexpr double idle_Hz = 25.0;

/// The engine drives the tractor's axles with dual tyres, else its last.
std::vector<bool> drivenAxles(const VehicleModel& model) {
    std::vector<bool> driven(model.axles.size(), false);
    std::size_t last = 0;
    bool any = false;
    for (std::size_t i = 0; i < model.axles.size(); ++i) {
        if (model.axles[i].unit != VehicleUnit::tractor) continue;
        last = i;
        driven[i] = model.axles[i].dual;
        any = any || driven[i];
    }
    if (!any) driven[last] = true;
    return driven;
}

}  // namespace

RigidBodyModel bodyModel(const SprungBody& body, const VehicleModel& vehicle) {
    const double m_kg = body.mass.si(), l_m = body.length.si(), w_m = vehicle.width.si();
    const double h_m = vehicle.height.si() - hub_m;
    const Vec3 inertia_kg_m2{m_kg * (w_m * w_m + h_m * h_m) / 12.0,
                             m_kg * (l_m * l_m + h_m * h_m) / 12.0,
                             m_kg * (l_m * l_m + w_m * w_m) / 12.0};
    return {body.mass, inertia_kg_m2, {l_m / 2.0, w_m / 2.0, h_m / 2.0}};
}

Vehicle::Vehicle(RigidWorld& world, const VehicleModel& model, Acceleration gravity,
                 const Placement& at)
    : model_{model},
      statics_{staticsOf(model)},
      at_{at},
      gravity_{gravity},
      weight_{weightOf(statics_.total, gravity)},
      driven_{drivenAxles(model)} {
    const bool turned = at.heading == Heading::againstX;
    const double nose = turned ? -1.0 : 1.0;
    carriedYaw_kg_m2_.assign(statics_.bodies.size(), 0.0);
    std::size_t tyres = 0;
    for (std::size_t i = 0; i < model.axles.size(); ++i) {
        const Axle& axle = axles_.emplace_back(model.axles[i], gravity);
        JH_CHECK(unitOf(axle) < statics_.bodies.size());
        const double arm_m = (statics_.bodies[unitOf(axle)].cgBehind - axle.model().position).si();
        carriedYaw_kg_m2_[unitOf(axle)] += axle.model().unsprung.si() * arm_m * arm_m;
        tyres += axle.tyres();
        drivenAxles_ += driven_[i] ? 1.0 : 0.0;
    }
    for (std::size_t i = 0; i < statics_.bodies.size(); ++i) {
        const SprungBody& body = statics_.bodies[i];
        const Vec3 p_WB{at.frontAxle.si() - nose * body.cgBehind.si(), at.lateral.si(),
                        body.cgHeight.si()};
        RigidBodyModel rigid = bodyModel(body, model);
        rigid.inertia_kg_m2.z += carriedYaw_kg_m2_[i];
        bodies_.push_back(world.add(rigid, p_WB, turned));
    }
    if (model.fifthWheel) {
        world.join(bodies_[0], bodies_[1],
                   {at.frontAxle.si() - nose * model.fifthWheel->si(), at.lateral.si(),
                    model.fifthWheelHeight.si()});
    }
    force_N_.resize(bodies_.size());
    torque_Nm_.resize(bodies_.size());
    places_.resize(axles_.size());
    points_.resize(tyres * Axle::samples);
    wheels_.resize(tyres);
    follow(world);
    gather(LevelRoad{}, {{}, weight_}, 0.0);
}

void Vehicle::setSpeed(RigidWorld& world, Speed forward) {
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
        world.setVelocity(bodies_[i], motion_[i].R_WB.forward * forward.si());
    }
    follow(world);
}

void Vehicle::load(RigidWorld& world, Mass change) {
    JH_CHECK(bodies_.size() == 1);
    SprungBody& body = statics_.bodies.front();
    const double share = change / body.mass;
    body.mass = body.mass + change;
    JH_CHECK(body.mass > Mass{});
    statics_.total = statics_.total + change;
    weight_ = weightOf(statics_.total, gravity_);
    for (AxleModel& axle : model_.axles) {
        axle.load = axle.load + (axle.load - axle.unsprung) * share;
    }
    RigidBodyModel rigid = bodyModel(body, model_);
    rigid.inertia_kg_m2.z += carriedYaw_kg_m2_.front();
    world.setMass(bodies_.front(), rigid);
}

void Vehicle::freeze(RigidWorld& world) {
    for (const RigidWorld::Body body : bodies_) world.freeze(body);
    for (WheelForce& wheel : wheels_) wheel.down = wheel.alongX = wheel.alongY = Force{};
    follow(world);
}

void Vehicle::follow(const RigidWorld& world) {
    motion_.resize(bodies_.size());
    for (std::size_t i = 0; i < bodies_.size(); ++i) motion_[i] = world.motion(bodies_[i]);
}

AxlePlace Vehicle::placeOf(std::size_t i) const {
    const Axle& axle = axles_[i];
    const BodyMotion& body = motion_[unitOf(axle)];
    const SprungBody& sprung = statics_.bodies[unitOf(axle)];
    const double ahead_m = (sprung.cgBehind - axle.model().position).si();
    const double below_m = sprung.cgHeight.si() - hub_m;
    AxlePlace place;
    const Vec3 arm_m = body.R_WB * Vec3{ahead_m, 0.0, -below_m};
    place.p_WA = body.p_WB + arm_m;
    place.forward = {body.R_WB.forward.x, body.R_WB.forward.y, 0.0};
    place.left = {body.R_WB.left.x, body.R_WB.left.y, 0.0};
    place.hubVelocity_m_s = body.v_WB + cross(body.w_WB, arm_m);
    const Vec3 ground_m{arm_m.x, arm_m.y, -body.p_WB.z};
    place.groundVelocity_m_s = body.v_WB + cross(body.w_WB, ground_m);
    for (std::size_t side = 0; side < 2; ++side) {
        const Vec3 seat_m = arm_m + body.R_WB.left * axle.springOffset_m(side);
        place.seat_m[side] = body.p_WB.z + seat_m.z - hub_m;
        place.seat_m_s[side] = body.v_WB.z + body.w_WB.x * seat_m.y - body.w_WB.y * seat_m.x;
    }
    return place;
}

void Vehicle::push(RigidWorld& world, const RoadSurface& road, const Pedals& pedals, double dt_s) {
    gather(road, pedals, dt_s);
    for (std::size_t b = 0; b < bodies_.size(); ++b) {
        world.push(bodies_[b], force_N_[b], torque_Nm_[b]);
    }
}

void Vehicle::gather(const RoadSurface& road, const Pedals& pedals, double dt_s) {
    // bodies -> places of the axles -> road below the prints
    std::size_t point = 0;
    for (std::size_t i = 0; i < axles_.size(); ++i) {
        const std::size_t count = axles_[i].tyres() * Axle::samples;
        places_[i] = placeOf(i);
        axles_[i].layPrints(places_[i], std::span{points_}.subspan(point, count));
        point += count;
    }
    road.survey(points_);

    // road -> tyres -> axles -> bodies
    for (std::size_t b = 0; b < bodies_.size(); ++b) force_N_[b] = torque_Nm_[b] = Vec3{};
    std::size_t wheel = 0;
    double forward_N = 0.0;
    const double total_kg = statics_.total.si();
    for (std::size_t i = 0; i < axles_.size(); ++i) {
        Axle& axle = axles_[i];
        const AxlePlace& place = places_[i];
        const std::size_t tyres = axle.tyres();
        const double drive_N = driven_[i] ? pedals.drive.si() / drivenAxles_ : 0.0;
        const double brake_N = pedals.brake.si() * axle.model().load.si() / total_kg;
        const AxleReaction reaction = axle.step(
            place, std::span{points_}.subspan(wheel * Axle::samples, tyres * Axle::samples),
            at_.lateral.si(), drive_N, brake_N, dt_s, std::span{wheels_}.subspan(wheel, tyres));
        wheel += tyres;
        forward_N += reaction.forward_N;

        const std::size_t b = unitOf(axle);
        const Vec3 arm_m = place.p_WA - motion_[b].p_WB;
        const auto act = [&](Vec3 at_m, Vec3 f_N) {
            force_N_[b] += f_N;
            torque_Nm_[b] += cross(at_m, f_N);
        };
        for (std::size_t side = 0; side < 2; ++side) {
            act(arm_m + place.left * axle.springOffset_m(side), {0.0, 0.0, reaction.up_N[side]});
        }
        act({arm_m.x, arm_m.y, -motion_[b].p_WB.z}, place.forward * reaction.forward_N);
        act(arm_m, place.left * reaction.left_N);
    }
    gatherOnBodies(forward_N, dt_s);
}

/// What acts on the bodies besides their axles.
void Vehicle::gatherOnBodies(double forward_N, double dt_s) {
    // The axles go along with the bodies, which take the force for that at hub height. The train
    // is slowed as a whole, so this needs no acceleration of the step before.
    const double forward_m_s2 = forward_N / statics_.total.si();
    double length_m = 0.0;
    for (const SprungBody& body : statics_.bodies) length_m += body.length.si();
    for (std::size_t b = 0; b < bodies_.size(); ++b) {
        const SprungBody& body = statics_.bodies[b];
        const Rotation& R_WB = motion_[b].R_WB;
        const Vec3 hubArm_m = R_WB.up * (hub_m - body.cgHeight.si());
        const Vec3 axles_N = R_WB.forward * (-body.unsprung.si() * forward_m_s2);
        force_N_[b] += axles_N;
        torque_Nm_[b] += cross(hubArm_m, axles_N);

        const double share = body.length.si() / length_m;
        force_N_[b].z += wind_.lift.si() * share;
        const double side_N = wind_.side.si() * share;
        force_N_[b] += R_WB.left * side_N;
        torque_Nm_[b] += R_WB.forward * (-side_N * (wind_.height.si() - body.cgHeight.si()));
    }
    if (bodies_.size() == 2) {
        const Vec3 axis = motion_[0].R_WB.forward;
        const double twist_rad = dot(motion_[1].R_WB.left, motion_[0].R_WB.up);
        const double twist_rad_s = dot(motion_[1].w_WB - motion_[0].w_WB, axis);
        const double back_Nm =
            fifthWheelRoll_Nm_rad * twist_rad + fifthWheelRollDamping_Nm_s_rad * twist_rad_s;
        torque_Nm_[0] += axis * back_Nm;
        torque_Nm_[1] += axis * -back_Nm;
    }
    if (idle_ > Force{}) {
        const double up_N = idle_.si() * sinPi(idlePhase_);
        idlePhase_ += 2.0 * idle_Hz * dt_s;
        if (idlePhase_ >= 2.0) idlePhase_ -= 2.0;
        const Vec3 arm_m = motion_[0].R_WB.forward * statics_.bodies[0].cgBehind.si();
        force_N_[0].z += up_N;
        torque_Nm_[0] += cross(arm_m, {0.0, 0.0, up_N});
    }
}

Force Vehicle::down() const {
    Force sum;
    for (const WheelForce& wheel : wheels_) sum = sum + wheel.down;
    return sum;
}

Force Vehicle::axleDown(std::size_t axle) const {
    std::size_t wheel = 0;
    for (std::size_t i = 0; i < axle; ++i) wheel += axles_[i].tyres();
    Force sum;
    for (std::size_t t = 0; t < axles_[axle].tyres(); ++t) sum = sum + wheels_[wheel + t].down;
    return sum;
}

Length Vehicle::frontAxle() const {
    return Length{placeOf(0).p_WA.x};
}

Speed Vehicle::speed() const {
    double momentum_kg_m_s = 0.0;
    for (std::size_t b = 0; b < bodies_.size(); ++b) {
        momentum_kg_m_s += (statics_.bodies[b].mass + statics_.bodies[b].unsprung).si() *
                           dot(motion_[b].v_WB, motion_[b].R_WB.forward);
    }
    return Speed{momentum_kg_m_s / statics_.total.si()};
}

bool Vehicle::standsBetween(Length from, Length to) const {
    const Length front = frontAxle();
    const double backwards = at_.heading == Heading::alongX ? -1.0 : 1.0;
    return std::any_of(model_.axles.begin(), model_.axles.end(), [&](const AxleModel& axle) {
        const Length x = front + axle.position * backwards;
        const Length half = axle.tyre.print / 2.0;
        return x + half >= from && x - half <= to;
    });
}

bool Vehicle::atRest(Force tolerance) const {
    // What moves at v can change the sum by about m v w within a swing of the slowest mode.
    constexpr double bounce_rad_s = 16.0;
    double left_N = std::fabs((down() - weight_).si());
    for (std::size_t b = 0; b < bodies_.size(); ++b) {
        const double turning_m_s =
            std::fabs(motion_[b].w_WB.y) * statics_.bodies[b].length.si() / 4.0;
        left_N += statics_.bodies[b].mass.si() * bounce_rad_s *
                  (std::fabs(motion_[b].v_WB.z) + turning_m_s);
    }
    for (const Axle& axle : axles_) {
        left_N += axle.model().unsprung.si() * bounce_rad_s * std::fabs(axle.state().heave_m_s);
    }
    return left_N <= tolerance.si();
}

void Vehicle::hashInto(Hash& hash) const {
    for (const Axle& axle : axles_) axle.hashInto(hash);
    for (const WheelForce& wheel : wheels_) {
        for (const Force f : {wheel.down, wheel.alongX, wheel.alongY}) hash.add(f.si());
    }
    hash.add(idlePhase_);
}

}  // namespace jh
