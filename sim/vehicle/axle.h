// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "sim/base/hash.h"
#include "sim/model/vehicle_model.h"
#include "sim/vehicle/road_surface.h"
#include "sim/vehicle/vec3.h"
#include "sim/vehicle/wheel_force.h"

namespace jh {

/// What changes in an axle. Heave and roll count from its place at rest on a level road, up
/// positive and left side up positive. Pairs are left, right.
struct AxleState {
    double heave_m{}, roll_rad{}, heave_m_s{}, roll_rad_s{};
    std::array<double, 2> friction_N{};  ///< of the leaves, compressing positive
    std::array<double, 2> stretch_m{};   ///< of the treads along the road, forward positive
};

/// How the frame stands over an axle, frame W.
struct AxlePlace {
    Vec3 p_WA;                     ///< point of the body at the axle's centre, hub height
    Vec3 hubVelocity_m_s;          ///< velocity of that point
    Vec3 groundVelocity_m_s;       ///< velocity of the body's point below it on the road
    Vec3 forward, left;            ///< horizontal unit vectors of the body
    std::array<double, 2> seat_m;  ///< body over each spring, up from its place at rest
    std::array<double, 2> seat_m_s;
};

/// What an axle does to its body, along the body's own axes.
struct AxleReaction {
    std::array<double, 2> up_N;  ///< through each spring
    double forward_N{};          ///< at the road
    double left_N{};             ///< at hub height
};

/// Two wheel ends on a stiff beam that heaves and rolls on its tyres under two springs. The beam
/// goes along and across with its body.
class Axle {
public:
    /// Points of the road below one print.
    static constexpr std::size_t samples = 5;
    static constexpr double hubHeight_m = 0.5;
    /// Of gyration about the direction of travel, as a share of the track.
    static constexpr double rollRadiusShare = 0.42;

    Axle(const AxleModel& model, Acceleration gravity);

    const AxleModel& model() const { return model_; }
    const AxleState& state() const { return state_; }
    std::size_t tyres() const { return tyres_; }
    Force mostFriction() const { return Force{mostFriction_N_}; }  ///< of one spring
    double rollInertia_kg_m2() const { return rollInertia_kg_m2_; }
    double springOffset_m(std::size_t side) const {
        return sign(side) * model_.suspension.spacing.si() / 2.0;
    }
    /// Across the axle, left positive, from its middle.
    double tyreOffset_m(std::size_t tyre) const { return tyreOffset_m_[tyre]; }

    /// Where the prints lie: `samples` points for each tyre.
    void layPrints(const AxlePlace& place, std::span<RoadPoint> points) const;

    /// Forces on road and body at this moment, then one step of the axle itself. `line_m` is the y
    /// that the wheels follow; `brake_N` and `drive_N` are those of this axle.
    AxleReaction step(const AxlePlace& place, std::span<const RoadPoint> points, double line_m,
                      double drive_N, double brake_N, double dt_s, std::span<WheelForce> wheels);

    void hashInto(Hash& hash) const;

private:
    static double sign(std::size_t side) { return side == 0 ? 1.0 : -1.0; }
    double spring_N(const AxlePlace& place, std::size_t side, double dt_s);
    double tread_N(std::size_t side, double speed_m_s, double drive_N, double brake_N, double dt_s);

    AxleModel model_;
    AxleState state_;
    std::size_t tyres_{};
    std::array<double, 4> tyreOffset_m_{};
    double sink_m_{};     ///< of a tyre under the static load
    double preload_N_{};  ///< of each spring
    double weight_N_{};   ///< of the axle itself
    double mostFriction_N_{};
    double rollInertia_kg_m2_{};
};

}  // namespace jh
