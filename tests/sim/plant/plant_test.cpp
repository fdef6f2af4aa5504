// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/plant/plant.h
#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

#include "sim/plant/plant.h"
#include "tests/sim/plant/reference_scale.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr SimTime window = 100ms;
/// Reading per voltage ratio of the ideal scale: 8 cells of 30 t at 2 mV/V under gravity g_n.
constexpr double kg_per_V_V = 240000.0 / 2e-3;

double sumOfForces_N(const Plant& plant) {
    double sum_N = 0.0;
    for (const Force f : plant.cellForces()) sum_N += f.si();
    return sum_N;
}

BridgeRatio runFor(Plant& plant, SimTime time) {
    BridgeRatio last;
    for (const SimTime end = plant.now() + time; plant.now() < end;) last = plant.convert(window);
    return last;
}

std::vector<Weight> weights(double x_m, double y_m, double mass_kg) {
    return {{Length{x_m}, Length{y_m}, Mass{mass_kg}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plant)

BOOST_AUTO_TEST_CASE(forces_carry_deck_and_weights_under_local_gravity) {
    const SiteModel site{Acceleration{9.78}, Temperature{20.0}, 0.0};
    Plant plant{referenceScale(), site, 1};
    constexpr double relative = 1e-6;  // the bound for the balance at rest
    BOOST_TEST(sumOfForces_N(plant) == 11700.0 * 9.78, boost::test_tools::tolerance(relative));

    plant.setDown(weights(5.0, 0.9, 14000.0), 1s, 2s);
    runFor(plant, 30s);
    BOOST_TEST(plant.resting());
    BOOST_TEST(plant.massOnDeck().si() == 14000.0);
    BOOST_TEST(sumOfForces_N(plant) == 25700.0 * 9.78, boost::test_tools::tolerance(relative));
}

BOOST_AUTO_TEST_CASE(weight_is_not_mass) {
    // A cell calibrated under g_n and used where gravity is 0.2 % less shows 0.2 % less.
    constexpr double lhasa_m_s2 = 9.7870;
    Plant plant{referenceScale(), {Acceleration{lhasa_m_s2}, Temperature{20.0}, 0.0}, 1};
    const double empty = runFor(plant, 1s).si();
    plant.setDown(weights(9.0, 0.0, 50000.0), 1s, 2s);
    const double live_kg = (runFor(plant, 10s).si() - empty) * kg_per_V_V;
    // Cells are individuals: their gains differ by up to 2e-4, bow and creep by as much.
    constexpr double partSpread = 4e-4;
    BOOST_TEST(live_kg == 50000.0 * lhasa_m_s2 / 9.80665, boost::test_tools::tolerance(partSpread));
}

BOOST_AUTO_TEST_CASE(nothing_happens_before_its_time) {
    Plant plant{referenceScale(), {}, 1};
    plant.setDown(weights(9.0, 0.0, 20000.0), 2050ms, 1s);
    runFor(plant, 2s);
    BOOST_TEST(plant.resting());
    BOOST_TEST(plant.massOnDeck().si() == 0.0);
    plant.convert(window);
    BOOST_TEST(!plant.resting());
    runFor(plant, 10s);
    BOOST_TEST(plant.massOnDeck().si() == 20000.0);
}

BOOST_AUTO_TEST_CASE(lifted_weights_leave_no_trace_but_creep) {
    Plant plant{referenceScale(), {}, 3};
    const double before_N = sumOfForces_N(plant);
    const std::vector<int> ids = plant.setDown(weights(7.0, -0.9, 14000.0), 0s, 2s);
    runFor(plant, 20s);
    plant.lift(ids, plant.now(), 2s);
    runFor(plant, 20s);
    BOOST_TEST(plant.resting());
    BOOST_TEST(plant.massOnDeck().si() == 0.0);
    BOOST_TEST(sumOfForces_N(plant) == before_N, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(parts_of_a_load_can_be_lifted) {
    Plant plant{referenceScale(), {}, 3};
    std::vector<Weight> two = weights(3.0, 0.0, 1000.0);
    two.push_back({Length{15.0}, Length{0.0}, Mass{2000.0}});
    const std::vector<int> ids = plant.setDown(two, 0s, 1s);
    runFor(plant, 5s);
    BOOST_TEST(plant.massOnDeck().si() == 3000.0);
    plant.lift(std::array{ids[0]}, plant.now(), 1s);
    runFor(plant, 5s);
    BOOST_TEST(plant.massOnDeck().si() == 2000.0);
}

BOOST_AUTO_TEST_CASE(rest_detection_changes_no_signal_by_a_hundredth_of_e) {
    // Four seconds after each touch-down, when a reading could be taken at the earliest.
    Plant jumping{referenceScale(), {}, 5}, stepping{referenceScale(), {}, 5};
    stepping.allowRest(false);
    constexpr double limit_kg = 0.01 * 20.0;
    double worst_kg = 0.0;
    for (int n = 0; n < 4; ++n) {
        for (Plant* p : {&jumping, &stepping})
            p->setDown(weights(2.0 + 5.0 * n, 0.4, 5000.0 * n + 20.0), p->now(), 2s);
        BridgeRatio a = runFor(jumping, 6s), b = runFor(stepping, 6s);
        worst_kg = std::max(worst_kg, std::abs(a.si() - b.si()) * kg_per_V_V);
        for (int i = 0; i < 50; ++i) {
            a = jumping.convert(window);
            b = stepping.convert(window);
            worst_kg = std::max(worst_kg, std::abs(a.si() - b.si()) * kg_per_V_V);
        }
    }
    BOOST_TEST(jumping.resting());
    BOOST_TEST(!stepping.resting());
    BOOST_TEST(worst_kg < limit_kg);
}

BOOST_AUTO_TEST_CASE(a_faster_converter_sees_the_same_mean) {
    // 12.5 ms windows do not divide into whole milliseconds.
    Plant slow{referenceScale(), {}, 7}, fast{referenceScale(), {}, 7};
    for (Plant* p : {&slow, &fast}) p->setDown(weights(9.0, 0.0, 20000.0), 0s, 2s);
    for (int i = 0; i < 100; ++i) {
        const double whole = slow.convert(window).si();
        double mean = 0.0;
        for (int k = 0; k < 8; ++k) mean += fast.convert(12500us).si() / 8.0;
        // Creep and hysteresis follow within a window, and the deck is stepped at 0.96 ms.
        constexpr double limit_kg = 30.0;
        BOOST_TEST(std::abs(whole - mean) * kg_per_V_V < limit_kg);
    }
    BOOST_TEST((slow.now() == fast.now()));
}

BOOST_AUTO_TEST_CASE(faults_act_on_their_own_cell) {
    // Torsion-free, so that the lever rule gives the share of the cell exactly.
    ScaleModel scale = referenceScale();
    scale.deck.torsionStiffness = FlexuralRigidity{0.0};
    Fault fault;
    fault.what = CellSensitivityFault{"2L", 0.003};
    Plant healthy{scale, {}, 9}, sick{scale, {}, 9, {fault}};
    const double zero = runFor(sick, 1s).si() - runFor(healthy, 1s).si();
    for (Plant* p : {&healthy, &sick}) p->setDown(weights(6.0, 0.9, 14000.0), p->now(), 2s);
    const double loaded = runFor(sick, 20s).si() - runFor(healthy, 20s).si();
    // Share of 2L at (6.0, 0.9) is (1/2 + 0.9/2.6) = 0.846: 14 t x 0.846 x 0.3 % = 35.5 kg.
    constexpr double limit_kg = 0.1;  // creep and bow of the cell scale the fault with them
    BOOST_TEST(std::abs((loaded - zero) * kg_per_V_V * 9.80665 / 9.8037 - 35.54) < limit_kg);
}

BOOST_AUTO_TEST_CASE(same_seed_same_states_other_seed_other_parts) {
    Plant a{referenceScale(), {}, 11}, b{referenceScale(), {}, 11}, c{referenceScale(), {}, 12};
    for (Plant* p : {&a, &b, &c}) {
        p->setDown(weights(4.0, 0.2, 8000.0), 500ms, 1s);
        runFor(*p, 5s);
    }
    BOOST_TEST(a.hashes().cells == b.hashes().cells);
    BOOST_TEST(a.hashes().deck == b.hashes().deck);
    BOOST_TEST(a.hashes().noise == b.hashes().noise);
    BOOST_TEST(a.hashes().cells != c.hashes().cells);
    BOOST_TEST(a.hashes().noise != c.hashes().noise);
}

BOOST_AUTO_TEST_SUITE_END()
