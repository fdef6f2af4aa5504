// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/vehicle_world.h"

namespace jh {

VehicleWorld::VehicleWorld(Acceleration gravity, int iterations)
    : gravity_{gravity}, bodies_{gravity, iterations} {}

Vehicle& VehicleWorld::park(const VehicleModel& model, const Placement& at) {
    traffic_.push_back({Vehicle{bodies_, model, gravity_, at}, std::nullopt, false});
    return traffic_.back().vehicle;
}

Vehicle& VehicleWorld::drive(const VehicleModel& model, const DrivePlan& plan) {
    Vehicle& vehicle = park(model, plan.start);
    traffic_.back().driver.emplace(plan, vehicle.statics().total);
    const bool up = plan.stops.front().frontAxle >= plan.start.frontAxle;
    const bool forward = up == (plan.start.heading == Heading::alongX);
    vehicle.setSpeed(bodies_, forward ? plan.speed : -plan.speed);
    return vehicle;
}

void VehicleWorld::send(std::size_t i, const DrivePlan& plan) {
    Traffic& t = traffic_[i];
    t.driver.emplace(plan, t.vehicle.statics().total);
}

void VehicleWorld::step(const RoadSurface& road, double dt_s) {
    constexpr double parked_m_s2 = 5.0;
    for (Traffic& t : traffic_) {
        if (t.retired) continue;
        const Pedals held{{}, Force{t.vehicle.statics().total.si() * parked_m_s2}};
        const Pedals pedals = t.driver ? t.driver->decide(t.vehicle, dt_s) : held;
        t.vehicle.push(bodies_, road, pedals, dt_s);
    }
    bodies_.step(dt_s);
    for (Traffic& t : traffic_) {
        if (!t.retired) t.vehicle.follow(bodies_);
    }
}

void VehicleWorld::retire(std::size_t i) {
    traffic_[i].vehicle.freeze(bodies_);
    traffic_[i].retired = true;
}

void VehicleWorld::hashInto(Hash& hash) const {
    bodies_.hashInto(hash);
    for (const Traffic& t : traffic_) t.vehicle.hashInto(hash);
}

}  // namespace jh
