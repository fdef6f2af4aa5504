// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/linear_vehicle.h
#include <Eigen/Dense>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>

#include "sim/vehicle/linear_vehicle.h"
#include "tests/sim/vehicle/shipped_truck.h"

using namespace jh;
using namespace jh::test;

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::vector<double> frequencies_Hz(const LinearVehicle& vehicle) {
    const auto n = static_cast<Eigen::Index>(vehicle.freedoms);
    const Eigen::Map<const Matrix> mass{vehicle.mass.data(), n, n};
    const Eigen::Map<const Matrix> stiffness{vehicle.stiffness.data(), n, n};
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> solver{stiffness, mass};
    std::vector<double> out;
    for (const double lambda : solver.eigenvalues()) {
        out.push_back(std::sqrt(lambda) / (2.0 * std::numbers::pi));
    }
    return out;
}

LinearVehicle parked(const std::string& name, bool locked) {
    return linearVehicle(shipped(name), {Length{15.8}, {}}, standardGravity, locked);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(linear_vehicle)

int countWithin(const std::vector<double>& all_Hz, double from_Hz, double to_Hz) {
    int count = 0;
    for (const double f_Hz : all_Hz) count += f_Hz >= from_Hz && f_Hz <= to_Hz ? 1 : 0;
    return count;
}

BOOST_AUTO_TEST_CASE(bodies_bounce_below_3_hz_and_axles_hop_at_10_to_13_hz) {
    for (const char* name : {"china-6axle-49t", "china-6axle-49t-air"}) {
        // Small swings: leaves stick. Hopping axles: leaves slide.
        const auto small_Hz = frequencies_Hz(parked(name, true));
        const auto hop_Hz = frequencies_Hz(parked(name, false));
        BOOST_REQUIRE(small_Hz.size() == 17u);
        for (std::size_t i = 0; i < 17; ++i) {
            BOOST_TEST_MESSAGE(name << " " << small_Hz[i] << " Hz, sliding " << hop_Hz[i] << " Hz");
        }
        // Heave and pitch of two bodies with one joint between them make three; the stiffest of
        // them, the tractor's pitch, lies at 3 Hz when leaves stick.
        BOOST_TEST(countWithin(small_Hz, 1.5, 3.05) >= 3);
        // Heave and roll of six axles.
        BOOST_TEST(countWithin(hop_Hz, 10.0, 13.0) == 12);
    }
}

BOOST_AUTO_TEST_CASE(sticking_leaves_stiffen_air_does_not) {
    const double stuck_Hz = frequencies_Hz(parked("china-6axle-49t", true))[0];
    const double free_Hz = frequencies_Hz(parked("china-6axle-49t", false))[0];
    BOOST_TEST(stuck_Hz > 1.1 * free_Hz);
}

BOOST_AUTO_TEST_CASE(a_small_swing_has_a_frequency_of_the_linear_model) {
    // The air truck bounced by a load taken off suddenly: zero crossings against the modes.
    VehicleWorld world{standardGravity};
    VehicleModel model = shipped("china-6axle-49t-air");
    for (AxleModel& axle : model.axles) {
        axle.suspension.frictionShare = 0.0;
        axle.suspension.damping = axle.tyre.damping = Damping{0.0};
        axle.tyre.grip = Stiffness{1.0};  // the linear model's treads do not hold
        axle.tyre.gripDamping = Damping{0.0};
    }
    Vehicle& truck = world.park(model, {});
    truck.setWind({Force{20'000.0}, {}, Length{1.0}});
    run(world, LevelRoad{}, 0.2);
    truck.setWind({});
    const auto modes_Hz = frequencies_Hz(linearVehicle(model, {}, standardGravity, false));
    // The strongest frequency of 40 s.
    std::vector<double> rest_kg;
    for (int i = 0; i < 40'000; ++i) {
        world.step(LevelRoad{}, dt_s);
        if (i % 20 == 0) rest_kg.push_back(kg(truck.down()) - 49'000.0);
    }
    double best = 0.0, best_Hz = 0.0;
    for (int k = 200; k < 1000; ++k) {
        const double f_Hz = k * 0.005;
        double c = 0.0, s = 0.0;
        for (std::size_t i = 0; i < rest_kg.size(); ++i) {
            const double angle = 2.0 * std::numbers::pi * f_Hz * 0.02 * static_cast<double>(i);
            c += rest_kg[i] * std::cos(angle);
            s += rest_kg[i] * std::sin(angle);
        }
        if (c * c + s * s <= best) continue;
        best = c * c + s * s;
        best_Hz = f_Hz;
    }
    double nearest_Hz = 1e9;
    for (const double f_Hz : modes_Hz) {
        if (std::fabs(f_Hz - best_Hz) < std::fabs(nearest_Hz - best_Hz)) nearest_Hz = f_Hz;
    }
    BOOST_TEST_MESSAGE("swings at " << best_Hz << " Hz, mode " << nearest_Hz << " Hz");
    BOOST_TEST(best_Hz == nearest_Hz, boost::test_tools::tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(tyres_and_weights_are_those_of_the_vehicle) {
    const LinearVehicle linear = parked("china-6axle-49t", true);
    BOOST_TEST(linear.tyres.size() == 22u);
    BOOST_TEST(linear.tyres[2].x.si() == 12.5, boost::test_tools::tolerance(1e-12));
    // Everything raised by one metre: the whole mass moves, and only tyres are strained.
    std::vector<double> up(linear.freedoms, 0.0);
    up[0] = 1.0;
    for (std::size_t i = 5; i < linear.freedoms; i += 2) up[i] = 1.0;
    double mass = 0.0, stiffness = 0.0, tyres = 0.0;
    for (std::size_t r = 0; r < linear.freedoms; ++r) {
        for (std::size_t c = 0; c < linear.freedoms; ++c) {
            mass += up[r] * up[c] * linear.mass[r * linear.freedoms + c];
            stiffness += up[r] * up[c] * linear.stiffness[r * linear.freedoms + c];
        }
    }
    for (const LinearTyre& tyre : linear.tyres) tyres += tyre.stiffness.si();
    BOOST_TEST(mass == 49'000.0, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(stiffness == tyres, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_SUITE_END()
