// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/drive_plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/check.h"

namespace jh {

namespace {

/// Brakes at rest hold against more than ever pushes.
constexpr double holding_m_s2 = 5.0;
/// A driver lets the speed come to what he wants within about this time.
constexpr double ease_s = 0.5;

}  // namespace

DrivePlan withScatter(DrivePlan plan, const DriverScatter& scatter, NoiseStream& luck) {
    const double aside_m = scatter.lateral.si(), short_m = scatter.stop.si();
    plan.start.lateral = plan.start.lateral + Length{luck.uniform(-aside_m, aside_m)};
    for (Stop& stop : plan.stops) {
        stop.frontAxle = stop.frontAxle + Length{luck.uniform(-short_m, short_m)};
    }
    return plan;
}

Driver::Driver(DrivePlan plan, Mass vehicle) : plan_{std::move(plan)}, mass_kg_{vehicle.si()} {
    JH_CHECK(!plan_.stops.empty() && plan_.speed > Speed{} && plan_.deceleration > Acceleration{});
}

double Driver::target_m() const {
    if (stop_ < plan_.stops.size()) return plan_.stops[stop_].frontAxle.si();
    return plan_.leaveTo->si();
}

Pedals Driver::decide(const Vehicle& vehicle, double dt_s) {
    const Pedals hold{{}, Force{mass_kg_ * holding_m_s2}};
    if (doing_ == Doing::waiting) {
        waited_s_ += dt_s;
        const bool more = stop_ + 1 < plan_.stops.size() || plan_.leaveTo;
        if (!more || waited_s_ < seconds(plan_.stops[stop_].wait)) return hold;
        ++stop_;
        doing_ = Doing::rolling;
    }

    // Both counted towards the target; `forward` is what the nose's way is worth.
    const double toGo_m = target_m() - vehicle.frontAxle().si();
    const double way = toGo_m < 0.0 ? -1.0 : 1.0;
    const double forward = vehicle.heading() == Heading::alongX ? way : -way;
    const double v_m_s = vehicle.speed().si() * forward;
    const double brake_m_s2 = plan_.deceleration.si();
    if (doing_ == Doing::braking) {
        const bool stands = std::fabs(vehicle.speed().si()) <= brake_m_s2 * dt_s;
        if (!stands) return {{}, Force{mass_kg_ * brake_m_s2}};
        doing_ = Doing::waiting;
        waited_s_ = 0.0;
        ++stopsMade_;
        return hold;
    }
    const bool last = stop_ == plan_.stops.size();
    if (last && std::fabs(toGo_m) < plan_.speed.si()) doing_ = Doing::gone;
    if (doing_ == Doing::gone) return {};
    const double next_m = std::fabs(toGo_m) - v_m_s * dt_s / 2.0;
    if (!last && v_m_s > 0.0 && v_m_s * v_m_s / (2.0 * brake_m_s2) >= next_m) {
        doing_ = Doing::braking;
        return {{}, Force{mass_kg_ * brake_m_s2}};
    }
    const double most_m_s2 = plan_.acceleration.si();
    const double push_m_s2 = std::clamp((plan_.speed.si() - v_m_s) / ease_s, -most_m_s2, most_m_s2);
    return {Force{mass_kg_ * push_m_s2 * forward}, {}};
}

}  // namespace jh
