// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/axle.h"

#include <algorithm>
#include <cmath>

namespace jh {

Axle::Axle(const AxleModel& model, Acceleration gravity)
    : model_{model}, tyres_{static_cast<std::size_t>(model.tyres())} {
    const double half_m = model.track.si() / 2.0, dual_m = model.dualSpacing.si() / 2.0;
    if (model.dual) {
        tyreOffset_m_ = {half_m + dual_m, half_m - dual_m, -half_m + dual_m, -half_m - dual_m};
    } else {
        tyreOffset_m_ = {half_m, -half_m};
    }
    const double load_N = weightOf(model.load, gravity).si();
    weight_N_ = weightOf(model.unsprung, gravity).si();
    sink_m_ = load_N / static_cast<double>(tyres_) / model.tyre.stiffness.si();
    preload_N_ = (load_N - weight_N_) / 2.0;
    mostFriction_N_ = model.suspension.frictionShare * load_N / 2.0;
    const double radius_m = rollRadiusShare * model.track.si();
    rollInertia_kg_m2_ = model.unsprung.si() * radius_m * radius_m;
}

void Axle::layPrints(const AxlePlace& place, std::span<RoadPoint> points) const {
    constexpr double step = 1.0 / static_cast<double>(samples);
    const double print_m = model_.tyre.print.si();
    std::size_t p = 0;
    for (std::size_t t = 0; t < tyres_; ++t) {
        const Vec3 centre_m = place.p_WA + place.left * tyreOffset_m_[t];
        for (std::size_t s = 0; s < samples; ++s) {
            // From the rear of the print to its front, each in the middle of its fifth.
            const double ahead_m = print_m * ((static_cast<double>(s) + 0.5) * step - 0.5);
            const Vec3 at_m = centre_m + place.forward * ahead_m;
            points[p++] = {at_m.x, at_m.y, 0.0, 0.0};
        }
    }
}

/// Push of one spring between axle and body.
double Axle::spring_N(const AxlePlace& place, std::size_t side, double dt_s) {
    const SuspensionModel& spring = model_.suspension;
    const double offset_m = springOffset_m(side);
    const double short_m = state_.heave_m + offset_m * state_.roll_rad - place.seat_m[side];
    const double short_m_s = state_.heave_m_s + offset_m * state_.roll_rad_s - place.seat_m_s[side];
    double& friction_N = state_.friction_N[side];
    if (mostFriction_N_ > 0.0) {
        // Dahl: dF/dx = k (1 - F/F_most sign(dx)), the last factor taken at the end of the step.
        const double k_N_m = mostFriction_N_ / spring.frictionTravel.si();
        const double moved_m = short_m_s * dt_s;
        friction_N = (friction_N + k_N_m * moved_m) /
                     (1.0 + std::fabs(moved_m) / spring.frictionTravel.si());
    }
    return preload_N_ + spring.stiffness.si() * short_m + spring.damping.si() * short_m_s +
           friction_N;
}

/// Push of the road on one wheel end, forward positive. The tread is a spring between road and rim
/// that gives way at the brake's torque: rolling, braking and holding are one element.
double Axle::tread_N(std::size_t side, double speed_m_s, double drive_N, double brake_N,
                     double dt_s) {
    const double perEnd = static_cast<double>(tyres_) / 2.0;
    const double k_N_m = perEnd * model_.tyre.grip.si();
    double& stretch_m = state_.stretch_m[side];
    stretch_m += speed_m_s * dt_s;
    const double held_N = -k_N_m * stretch_m - perEnd * model_.tyre.gripDamping.si() * speed_m_s;
    if (std::fabs(held_N) <= brake_N) return drive_N + held_N;
    const double slipping_N = std::copysign(brake_N, held_N);
    stretch_m = -slipping_N / k_N_m;
    return drive_N + slipping_N;
}

AxleReaction Axle::step(const AxlePlace& place, std::span<const RoadPoint> points, double line_m,
                        double drive_N, double brake_N, double dt_s, std::span<WheelForce> wheels) {
    AxleReaction reaction;
    const TyreModel& tyre = model_.tyre;
    const double speed_m_s = dot(place.groundVelocity_m_s, place.forward);

    // Tyres: road under the print -> force of each.
    double up_N = 0.0, rolling_Nm = 0.0;
    for (std::size_t t = 0; t < tyres_; ++t) {
        const RoadPoint* print = &points[t * samples];
        double road_m = 0.0, road_m_s = 0.0;
        for (std::size_t s = 0; s < samples; ++s) {
            road_m += print[s].up_m;
            road_m_s += print[s].up_m_s;
        }
        constexpr double n = static_cast<double>(samples);
        const double slope =
            (print[samples - 1].up_m - print[0].up_m) / (tyre.print.si() * (n - 1.0) / n);
        const double offset_m = tyreOffset_m_[t];
        const double short_m = sink_m_ + road_m / n - state_.heave_m - offset_m * state_.roll_rad;
        const double short_m_s =
            road_m_s / n + slope * speed_m_s - state_.heave_m_s - offset_m * state_.roll_rad_s;
        const double force_N =
            short_m > 0.0
                ? std::max(0.0, tyre.stiffness.si() * short_m + tyre.damping.si() * short_m_s)
                : 0.0;
        up_N += force_N;
        rolling_Nm += offset_m * force_N;
        const Vec3 centre_m = place.p_WA + place.left * offset_m;
        wheels[t] = {Length{centre_m.x}, Length{centre_m.y}, tyre.print, Force{force_N}, {}, {}};
    }

    // Treads: along by each end, across by the axle, which follows its line as on rails.
    const double perAxle = static_cast<double>(tyres_);
    std::array<double, 2> along_N{};
    for (std::size_t side = 0; side < 2; ++side) {
        along_N[side] = tread_N(side, speed_m_s, drive_N / 2.0, brake_N / 2.0, dt_s);
        reaction.forward_N += along_N[side];
    }
    const double aside_m = (place.p_WA.y - line_m) * place.left.y + hubHeight_m * state_.roll_rad;
    const double aside_m_s =
        dot(place.hubVelocity_m_s, place.left) + hubHeight_m * state_.roll_rad_s;
    reaction.left_N = -perAxle * (tyre.grip.si() * aside_m + tyre.gripDamping.si() * aside_m_s);
    for (std::size_t t = 0; t < tyres_; ++t) {
        const double forward_N = along_N[t < tyres_ / 2 ? 0 : 1] * 2.0 / perAxle;
        const Vec3 onRoad_N = place.forward * -forward_N - place.left * (reaction.left_N / perAxle);
        wheels[t].alongX = Force{onRoad_N.x};
        wheels[t].alongY = Force{onRoad_N.y};
    }

    // Springs, then the beam between tyres and springs; velocity first, then place.
    double heave_N = up_N - weight_N_, roll_Nm = rolling_Nm + hubHeight_m * reaction.left_N;
    for (std::size_t side = 0; side < 2; ++side) {
        reaction.up_N[side] = spring_N(place, side, dt_s);
        heave_N -= reaction.up_N[side];
        roll_Nm -= springOffset_m(side) * reaction.up_N[side];
    }
    state_.heave_m_s += heave_N / model_.unsprung.si() * dt_s;
    state_.roll_rad_s += roll_Nm / rollInertia_kg_m2_ * dt_s;
    state_.heave_m += state_.heave_m_s * dt_s;
    state_.roll_rad += state_.roll_rad_s * dt_s;
    return reaction;
}

void Axle::hashInto(Hash& hash) const {
    for (const double v : {state_.heave_m, state_.roll_rad, state_.heave_m_s, state_.roll_rad_s}) {
        hash.add(v);
    }
    hash.add(std::span<const double>{state_.friction_N});
    hash.add(std::span<const double>{state_.stretch_m});
}

}  // namespace jh
