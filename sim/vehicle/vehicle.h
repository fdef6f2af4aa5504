// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/model/vehicle_model.h"
#include "sim/vehicle/axle.h"
#include "sim/vehicle/rigid_world.h"
#include "sim/vehicle/road_surface.h"
#include "sim/vehicle/wheel_force.h"

namespace jh {

/// Which way the nose points, frame D.
enum class Heading { alongX, againstX };

/// Where a vehicle stands: its front axle, frame D.
struct Placement {
    Length frontAxle;
    Length lateral;  ///< y of its centre line
    Heading heading{Heading::alongX};
};

/// The plate of a fifth wheel and the frames on both sides of it twist.
inline constexpr double fifthWheelRoll_Nm_rad = 1e6, fifthWheelRollDamping_Nm_s_rad = 2e4;

/// A sprung body as a box of even density, as long as its unit and as wide and high as the vehicle
/// above its hubs.
RigidBodyModel bodyModel(const SprungBody& body, const VehicleModel& vehicle);

/// What the driver does, for the whole vehicle.
struct Pedals {
    Force drive;  ///< at the driven wheels, forward positive
    Force brake;  ///< the most that the brakes hold against, spread over the axles as their load
};

/// A truck or a tractor with semitrailer as it moves: bodies in a RigidWorld, axles of its own
/// (docs/vehicles.md). Starts at rest in equilibrium on a level road of height 0, brakes on.
class Vehicle {
public:
    Vehicle(RigidWorld& world, const VehicleModel& model, Acceleration gravity,
            const Placement& at);

    /// As if it had been rolling: forward positive.
    void setSpeed(RigidWorld& world, Speed forward);
    /// Stands still for good and pushes on nothing.
    void freeze(RigidWorld& world);
    /// More load (or less) on a rigid truck, over the centre of gravity of what rests on its
    /// springs; they give way by themselves.
    void load(RigidWorld& world, Mass change);
    /// Acts until it is set again; towards the vehicle's left.
    void setWind(const WindLoad& wind) { wind_ = wind; }
    /// Unbalance of the idling engine, up and down over the front axle, 25 Hz.
    void setIdle(Force amplitude) { idle_ = amplitude; }

    /// Forces at this moment onto road and bodies, and one step of the axles. The world's own step
    /// comes next, then follow().
    void push(RigidWorld& world, const RoadSurface& road, const Pedals& pedals, double dt_s);
    void follow(const RigidWorld& world);

    const VehicleModel& model() const { return model_; }
    const VehicleStatics& statics() const { return statics_; }
    Heading heading() const { return at_.heading; }
    /// Of the last push(), from the front axle, left to right.
    std::span<const WheelForce> wheels() const { return wheels_; }
    Force down() const;                      ///< sum of the wheels
    Force axleDown(std::size_t axle) const;  ///< sum of one axle's wheels
    Length frontAxle() const;                ///< x in frame D
    Speed speed() const;                     ///< forward positive
    const AxleState& axle(std::size_t i) const { return axles_[i].state(); }
    const BodyMotion& body(std::size_t i) const { return motion_[i]; }

    /// Any axle between two places along x.
    bool standsBetween(Length from, Length to) const;
    /// Force and what motion is left together stay within the tolerance of the weight at rest.
    bool atRest(Force tolerance) const;
    void hashInto(Hash& hash) const;

private:
    AxlePlace placeOf(std::size_t axle) const;
    void gather(const RoadSurface& road, const Pedals& pedals, double dt_s);
    void gatherOnBodies(double forward_N, double dt_s);
    std::size_t unitOf(const Axle& axle) const {
        return axle.model().unit == VehicleUnit::semitrailer ? 1 : 0;
    }

    VehicleModel model_;
    VehicleStatics statics_;
    Placement at_;
    Acceleration gravity_;
    Force weight_;
    std::vector<RigidWorld::Body> bodies_;
    std::vector<BodyMotion> motion_;
    std::vector<Vec3> force_N_, torque_Nm_;  ///< gathered for each body
    std::vector<Axle> axles_;
    std::vector<AxlePlace> places_;
    std::vector<RoadPoint> points_;
    std::vector<WheelForce> wheels_;
    std::vector<double> carriedYaw_kg_m2_;  ///< of the axles below each body
    double drivenAxles_{};
    std::vector<bool> driven_;
    WindLoad wind_;
    Force idle_;
    double idlePhase_{};  ///< in half turns
};

}  // namespace jh
