// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/vehicle/drive_plan.h"
#include "sim/vehicle/vehicle.h"

namespace jh {

/// Vehicles and their drivers on one road.
class VehicleWorld {
public:
    explicit VehicleWorld(Acceleration gravity,
                          int iterations = RigidWorld::iterationsWithoutContacts);

    /// At rest, brakes on. References stay good until the next vehicle is added.
    Vehicle& park(const VehicleModel& model, const Placement& at);
    /// Rolling, its driver at work.
    Vehicle& drive(const VehicleModel& model, const DrivePlan& plan);

    /// Gives a vehicle that stands a driver with this plan, from where it stands.
    void send(std::size_t i, const DrivePlan& plan);
    /// More or less load on it, over its centre of gravity.
    void load(std::size_t i, Mass change) { traffic_[i].vehicle.load(bodies_, change); }
    /// Its driver has not done yet.
    bool onTheWay(std::size_t i) const {
        return traffic_[i].driver && !traffic_[i].driver->arrived();
    }

    /// One step: drivers -> pedals; road and pedals -> wheels, axles, bodies; all of them move on.
    /// No allocation after the first one. Sound for steps up to 1 ms.
    void step(const RoadSurface& road, double dt_s);

    /// A vehicle that has left for good: it stands still from now on and costs nothing.
    void retire(std::size_t i);
    bool retired(std::size_t i) const { return traffic_[i].retired; }

    std::size_t count() const { return traffic_.size(); }
    Vehicle& vehicle(std::size_t i) { return traffic_[i].vehicle; }
    const Vehicle& vehicle(std::size_t i) const { return traffic_[i].vehicle; }
    /// None in a parked vehicle.
    const std::optional<Driver>& driver(std::size_t i) const { return traffic_[i].driver; }
    RigidWorld& bodies() { return bodies_; }

    void hashInto(Hash& hash) const;

private:
    struct Traffic {
        Vehicle vehicle;
        std::optional<Driver> driver;
        bool retired{};
    };

    Acceleration gravity_;
    RigidWorld bodies_;
    std::vector<Traffic> traffic_;
};

}  // namespace jh
