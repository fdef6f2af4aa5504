// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/deck/sideways.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"
#include "sim/model/thermal.h"

namespace jh {

namespace {

/// Below both of these nothing moves any more: 0.02 mm of swing.
constexpr double restSpeed_m_s = 2e-5, restAcceleration_m_s2 = 2e-4;

double clampTo(double value, double limit) {
    return std::clamp(value, -limit, limit);
}

}  // namespace

void SidewaysState::hashInto(Hash& hash) const {
    for (const double v :
         {x_m, y_m, yaw_rad, speedX_m_s, speedY_m_s, turning_rad_s, pinSlipX_m, pinSlipY_m}) {
        hash.add(v);
    }
    hash.add(std::span{slip_m});
    for (const char pressed : rubs) hash.add(static_cast<std::uint64_t>(pressed));
    hash.add(carried.si());
    hash.add(static_cast<std::uint64_t>(moving));
}

DeckSideways::DeckSideways(const DeckModel& deck, const CellMount& mount,
                           std::span<const CellPlace> cells, Temperature atTemperature)
    : model_{deck.sideways},
      cells_{cells.begin(), cells.end()},
      middle_m_{deck.length().si() / 2.0},
      mass_kg_{deck.mass().si()},
      halfLength_m_{deck.length().si() / 2.0} {
    const double height_m = mount.height.si(), radius_m = mount.ballRadius.si();
    const double length_m = deck.length().si(), width_m = deck.width.si();
    JH_CHECK(height_m > 0.0 && 2.0 * radius_m > height_m);
    yawRadius2_m2_ = (length_m * length_m + width_m * width_m) / 12.0;
    lean_per_m_ = 1.0 / height_m;
    restoring_per_m_ = (2.0 * radius_m - height_m) / (height_m * height_m);

    // Restitution e of a spring and damper: zeta = -ln e / sqrt(pi^2 + ln^2 e).
    constexpr double pi = 3.14159265358979323846;
    const double logarithm = portableLog(model_.restitution);
    const double ratio = -logarithm / std::sqrt(pi * pi + logarithm * logarithm);
    stopDamping_N_s_m_ = 2.0 * ratio * std::sqrt(model_.stopStiffness.si() * mass_kg_);

    for (const StopModel& stop : model_.stops) {
        const double armX_m = stop.x.si() - middle_m_, armY_m = stop.y.si();
        stops_.push_back({armX_m, armY_m, stop.lengthwise ? std::copysign(1.0, armX_m) : 0.0,
                          stop.lengthwise ? 0.0 : std::copysign(1.0, armY_m), stop.gap.si()});
    }
    warm(atTemperature);
}

SidewaysState DeckSideways::atRest() const {
    SidewaysState state;
    state.slip_m.assign(stops_.size(), 0.0);
    state.rubs.assign(stops_.size(), 0);
    return state;
}

void DeckSideways::warm(Temperature deck) {
    const double growth_m =
        thermalGrowth(Length{halfLength_m_}, (deck - model_.gapsSetAt).si()).si();
    for (std::size_t i = 0; i < stops_.size(); ++i) {
        if (model_.stops[i].lengthwise) stops_[i].gap_m = model_.stops[i].gap.si() - growth_m;
    }
}

/// How far the deck has pressed into the stop; negative: still apart.
double DeckSideways::closed_m(const SidewaysState& s, const Stop& stop) const {
    const double x_m = s.x_m - stop.armY_m * s.yaw_rad, y_m = s.y_m + stop.armX_m * s.yaw_rad;
    return stop.towardsX * x_m + stop.towardsY * y_m - stop.gap_m;
}

double DeckSideways::press_N(const SidewaysState& s, const Stop& stop) const {
    const double closed = closed_m(s, stop);
    if (closed <= 0.0) return 0.0;
    const double speed_m_s = stop.towardsX * (s.speedX_m_s - stop.armY_m * s.turning_rad_s) +
                             stop.towardsY * (s.speedY_m_s + stop.armX_m * s.turning_rad_s);
    return std::max(0.0, model_.stopStiffness.si() * closed + stopDamping_N_s_m_ * speed_m_s);
}

/// Tension of a rod with the deck where it is.
double DeckSideways::pull_N(const SidewaysState& s, const CheckRodModel& rod) const {
    const double along_m = rod.lengthwise ? s.x_m - rod.y.si() * s.yaw_rad
                                          : s.y_m + (rod.x.si() - middle_m_) * s.yaw_rad;
    const double beyond_m = std::max(0.0, std::fabs(along_m) - rod.slack.si());
    return rod.tension.si() + rod.stiffness.si() * beyond_m;
}

void DeckSideways::step(SidewaysState& s, std::span<const Force> cellForces,
                        std::span<const SidewaysForce> outside, Mass onDeck, double dt_s) const {
    JH_CHECK(cellForces.size() >= cells_.size() && s.slip_m.size() == stops_.size());
    if (onDeck > s.carried) {
        const double slower = (mass_kg_ + s.carried.si()) / (mass_kg_ + onDeck.si());
        s.speedX_m_s *= slower;
        s.speedY_m_s *= slower;
        s.turning_rad_s *= slower;
    }
    s.carried = onDeck;
    double alongX_N = 0.0, alongY_N = 0.0, moment_Nm = 0.0;
    const auto add = [&](double armX_m, double armY_m, double x_N, double y_N) {
        alongX_N += x_N;
        alongY_N += y_N;
        moment_Nm += armX_m * y_N - armY_m * x_N;
    };
    for (const SidewaysForce& f : outside) {
        add(f.x.si() - middle_m_, f.y.si(), f.alongX.si(), f.alongY.si());
    }
    const bool pushed = alongX_N != 0.0 || alongY_N != 0.0 || moment_Nm != 0.0;
    const bool displaced = s.x_m != 0.0 || s.y_m != 0.0 || s.yaw_rad != 0.0;
    if (!s.moving && !pushed && !displaced) return;

    // Each rocker rolls back with its share of the load.
    double weight_N = 0.0;
    for (std::size_t j = 0; j < cells_.size(); ++j) {
        const double armX_m = cells_[j].x.si() - middle_m_, armY_m = cells_[j].y.si();
        const double force_N = cellForces[j].si(), back_N_m = force_N * restoring_per_m_;
        weight_N += force_N;
        add(armX_m, armY_m, -back_N_m * (s.x_m - armY_m * s.yaw_rad),
            -back_N_m * (s.y_m + armX_m * s.yaw_rad));
    }
    for (const Stop& stop : stops_) {
        const double press = press_N(s, stop);
        if (press == 0.0) continue;
        add(stop.armX_m, stop.armY_m, -stop.towardsX * press, -stop.towardsY * press);
    }
    for (const CheckRodModel& rod : model_.rods) {
        // Tension by itself is balanced by the rod at the other end; only what stretches returns.
        const double back_N = pull_N(s, rod) - rod.tension.si();
        const double armX_m = rod.x.si() - middle_m_, armY_m = rod.y.si();
        if (rod.lengthwise) {
            add(armX_m, armY_m, -std::copysign(back_N, s.x_m - armY_m * s.yaw_rad), 0.0);
        } else {
            add(armX_m, armY_m, 0.0, -std::copysign(back_N, s.y_m + armX_m * s.yaw_rad));
        }
    }

    const double mass_kg = mass_kg_ + onDeck.si();
    if (model_.pinFriction > 0.0) {
        const double limit_N = model_.pinFriction * weight_N;
        const double stiffness_N_m = model_.frictionStiffness.si();
        const double x_N = clampTo(stiffness_N_m * (s.x_m - s.pinSlipX_m), limit_N);
        const double y_N = clampTo(stiffness_N_m * (s.y_m - s.pinSlipY_m), limit_N);
        s.pinSlipX_m = s.x_m - x_N / stiffness_N_m;
        s.pinSlipY_m = s.y_m - y_N / stiffness_N_m;
        add(0.0, 0.0, -x_N, -y_N);
        // The pin itself does not ring.
        const double damping_N_s_m = std::sqrt(stiffness_N_m * mass_kg);
        add(0.0, 0.0, -damping_N_s_m * s.speedX_m_s * (std::fabs(x_N) < limit_N ? 1.0 : 0.0),
            -damping_N_s_m * s.speedY_m_s * (std::fabs(y_N) < limit_N ? 1.0 : 0.0));
    }
    const double damping_N_s_m =
        2.0 * model_.dampingRatio * std::sqrt(weight_N * restoring_per_m_ * mass_kg);
    alongX_N -= damping_N_s_m * s.speedX_m_s;
    alongY_N -= damping_N_s_m * s.speedY_m_s;
    moment_Nm -= damping_N_s_m * yawRadius2_m2_ * s.turning_rad_s;

    const double aX_m_s2 = alongX_N / mass_kg, aY_m_s2 = alongY_N / mass_kg;
    const double aYaw_rad_s2 = moment_Nm / (mass_kg * yawRadius2_m2_);
    s.speedX_m_s += aX_m_s2 * dt_s;
    s.speedY_m_s += aY_m_s2 * dt_s;
    s.turning_rad_s += aYaw_rad_s2 * dt_s;
    s.x_m += s.speedX_m_s * dt_s;
    s.y_m += s.speedY_m_s * dt_s;
    s.yaw_rad += s.turning_rad_s * dt_s;

    const double speed_m_s = std::fabs(s.speedX_m_s) + std::fabs(s.speedY_m_s) +
                             halfLength_m_ * std::fabs(s.turning_rad_s);
    const double acceleration_m_s2 =
        std::fabs(aX_m_s2) + std::fabs(aY_m_s2) + halfLength_m_ * std::fabs(aYaw_rad_s2);
    s.moving = speed_m_s > restSpeed_m_s || acceleration_m_s2 > restAcceleration_m_s2;
    if (!s.moving) s.speedX_m_s = s.speedY_m_s = s.turning_rad_s = 0.0;
}

DeckSideways::Lean DeckSideways::lean(const SidewaysState& s, std::size_t cell) const {
    const double armX_m = cells_[cell].x.si() - middle_m_, armY_m = cells_[cell].y.si();
    return {(s.x_m - armY_m * s.yaw_rad) * lean_per_m_, (s.y_m + armX_m * s.yaw_rad) * lean_per_m_};
}

Length DeckSideways::holdX(std::size_t i) const {
    return i < stops_.size() ? model_.stops[i].x : model_.rods[i - stops_.size()].x;
}

Length DeckSideways::holdY(std::size_t i) const {
    return i < stops_.size() ? model_.stops[i].y : model_.rods[i - stops_.size()].y;
}

bool DeckSideways::holds(const SidewaysState& s, std::size_t i) const {
    if (i >= stops_.size()) return true;
    return s.rubs[i] != 0 || closed_m(s, stops_[i]) > 0.0;
}

Force DeckSideways::hold(SidewaysState& s, std::size_t i, double sunk_m) const {
    if (i >= stops_.size()) {
        const CheckRodModel& rod = model_.rods[i - stops_.size()];
        return Force{pull_N(s, rod) * rod.slope};
    }
    const double limit_N = model_.stopFriction * press_N(s, stops_[i]);
    if (s.rubs[i] == 0) s.slip_m[i] = sunk_m;
    s.rubs[i] = limit_N > 0.0;
    const double stiffness_N_m = model_.frictionStiffness.si();
    const double force_N = clampTo(stiffness_N_m * (sunk_m - s.slip_m[i]), limit_N);
    s.slip_m[i] = sunk_m - force_N / stiffness_N_m;
    return Force{force_N};
}

Force DeckSideways::pressOn(const SidewaysState& s, std::size_t stop) const {
    return Force{press_N(s, stops_[stop])};
}

}  // namespace jh
