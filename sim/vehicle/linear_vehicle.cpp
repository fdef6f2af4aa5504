// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/vehicle/linear_vehicle.h"

#include <span>

namespace jh {

namespace {

/// Adds springs, dampers and masses that act along one combination of the freedoms.
class Assembly {
public:
    explicit Assembly(LinearVehicle& out) : out_{out} {
        const std::size_t size = out.freedoms * out.freedoms;
        out.mass.assign(size, 0.0);
        out.damping.assign(size, 0.0);
        out.stiffness.assign(size, 0.0);
    }
    void mass(std::span<const double> shape, double m) { add(out_.mass, shape, m); }
    void spring(std::span<const double> shape, double k, double c) {
        add(out_.stiffness, shape, k);
        add(out_.damping, shape, c);
    }
    std::vector<double> none() const { return std::vector<double>(out_.freedoms, 0.0); }

private:
    void add(std::vector<double>& matrix, std::span<const double> shape, double factor) const {
        const std::size_t n = out_.freedoms;
        for (std::size_t r = 0; r < n; ++r) {
            for (std::size_t c = 0; c < n; ++c) matrix[r * n + c] += factor * shape[r] * shape[c];
        }
    }
    LinearVehicle& out_;
};

/// Shapes of the bodies' motions.
struct BodyShapes {
    std::vector<double> heave, pitch, roll;
    /// Height of a point ahead of and left of the centre of gravity.
    std::vector<double> at(double ahead_m, double left_m) const {
        std::vector<double> shape = heave;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            shape[i] += left_m * roll[i] - ahead_m * pitch[i];
        }
        return shape;
    }
};

std::vector<BodyShapes> bodyShapes(const VehicleModel& model, const VehicleStatics& statics,
                                   const Assembly& assembly) {
    const auto unit = [&](std::size_t freedom) {
        std::vector<double> shape = assembly.none();
        shape[freedom] = 1.0;
        return shape;
    };
    std::vector<BodyShapes> shapes{{unit(0), unit(1), unit(2)}};
    if (statics.bodies.size() == 1) return shapes;
    // The kingpin ties the semitrailer's heave to the tractor.
    const double front_m = (statics.bodies[0].cgBehind - *model.fifthWheel).si();
    const double rear_m = (statics.bodies[1].cgBehind - *model.fifthWheel).si();
    BodyShapes trailer{shapes[0].at(front_m, 0.0), unit(3), unit(4)};
    trailer.heave[3] += rear_m;
    shapes.push_back(std::move(trailer));
    return shapes;
}

}  // namespace

LinearVehicle linearVehicle(const VehicleModel& model, const Placement& at, Acceleration gravity,
                            bool frictionLocked) {
    const VehicleStatics statics = staticsOf(model);
    const std::size_t first = statics.bodies.size() == 2 ? 5 : 3;
    LinearVehicle out;
    out.freedoms = first + 2 * model.axles.size();
    Assembly assembly{out};
    const std::vector<BodyShapes> bodies = bodyShapes(model, statics, assembly);
    const double nose = at.heading == Heading::againstX ? -1.0 : 1.0;

    for (std::size_t b = 0; b < bodies.size(); ++b) {
        const RigidBodyModel body = bodyModel(statics.bodies[b], model);
        assembly.mass(bodies[b].heave, body.mass.si());
        assembly.mass(bodies[b].pitch, body.inertia_kg_m2.y);
        assembly.mass(bodies[b].roll, body.inertia_kg_m2.x);
    }
    // A force up, fixed to a body below its centre of gravity, helps to tip it over.
    const auto tip = [&](std::size_t b, Force up, Length height) {
        const double k_Nm_rad = up.si() * (height - statics.bodies[b].cgHeight).si();
        assembly.spring(bodies[b].pitch, k_Nm_rad, 0.0);
        assembly.spring(bodies[b].roll, k_Nm_rad, 0.0);
    };
    if (model.fifthWheel) {
        std::vector<double> twist = bodies[1].roll;
        for (std::size_t i = 0; i < twist.size(); ++i) twist[i] -= bodies[0].roll[i];
        assembly.spring(twist, fifthWheelRoll_Nm_rad, fifthWheelRollDamping_Nm_s_rad);
        const Force kingpin = weightOf(statics.kingpinLoad, gravity);
        tip(0, -kingpin, model.fifthWheelHeight);
        tip(1, kingpin, model.fifthWheelHeight);
    }

    for (std::size_t i = 0; i < model.axles.size(); ++i) {
        const Axle axle{model.axles[i], gravity};
        const AxleModel& a = axle.model();
        const std::size_t b = a.unit == VehicleUnit::semitrailer ? 1 : 0;
        const double ahead_m = (statics.bodies[b].cgBehind - a.position).si();
        std::vector<double> heave = assembly.none(), roll = assembly.none();
        heave[first + 2 * i] = roll[first + 2 * i + 1] = 1.0;
        assembly.mass(heave, a.unsprung.si());
        assembly.mass(roll, axle.rollInertia_kg_m2());
        tip(b, weightOf(a.load - a.unsprung, gravity), Length{Axle::hubHeight_m});

        const double sticking_N_m =
            frictionLocked ? axle.mostFriction().si() / a.suspension.frictionTravel.si() : 0.0;
        for (std::size_t side = 0; side < 2; ++side) {
            const double left_m = axle.springOffset_m(side);
            std::vector<double> shape = bodies[b].at(ahead_m, left_m);
            for (double& part : shape) part = -part;
            shape[first + 2 * i] += 1.0;
            shape[first + 2 * i + 1] += left_m;
            assembly.spring(shape, a.suspension.stiffness.si() + sticking_N_m,
                            a.suspension.damping.si());
        }
        for (std::size_t t = 0; t < axle.tyres(); ++t) {
            const double left_m = axle.tyreOffset_m(t);
            std::vector<double> shape = heave;
            shape[first + 2 * i + 1] = left_m;
            assembly.spring(shape, a.tyre.stiffness.si(), a.tyre.damping.si());
            out.tyres.push_back({at.frontAxle - nose * a.position,
                                 at.lateral + Length{nose * left_m}, a.tyre.stiffness,
                                 a.tyre.damping, std::move(shape)});
        }
    }
    return out;
}

}  // namespace jh
