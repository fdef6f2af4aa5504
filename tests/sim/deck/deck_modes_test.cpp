// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/deck/deck_solver.h: natural frequencies
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/sim/deck/reference_deck.h"

using namespace jh;
using namespace jh::test;

namespace {

// The oracle, a grillage of 0.5 m elements, agrees with the reduced model to 0.2 %; its printed
// digits allow 0.7 % at 8 Hz.
constexpr double oracle = 0.01;

void checkModes(const DeckSolver& solver, std::initializer_list<double> expected_Hz) {
    const auto found_Hz = solver.naturalFrequencies_Hz();
    std::size_t i = 0;
    for (const double f_Hz : expected_Hz) {
        BOOST_TEST_MESSAGE("mode " << i + 1 << ": " << found_Hz[i] << " Hz, oracle " << f_Hz);
        BOOST_TEST(std::fabs(found_Hz[i++] / f_Hz - 1.0) < oracle);
    }
}

DeckModel girderDeck(JointKind joint) {
    DeckModel deck = referenceDeck(joint);
    deck.rollInertia = RollInertia::girders;
    return deck;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deck_modes)

BOOST_AUTO_TEST_CASE(empty_hinged_deck_bends_near_24_hz_and_rolls_above) {
    checkModes(solverFor(referenceDeck(JointKind::hinged)), {23.3, 23.7, 24.0, 44.5, 45.6, 46.7});
    checkModes(solverFor(girderDeck(JointKind::hinged)), {23.3, 23.7, 24.0, 29.6, 30.3, 31.1});
}

BOOST_AUTO_TEST_CASE(bolted_joints_spread_the_modes) {
    checkModes(solverFor(girderDeck(JointKind::bolted)), {24.0, 29.5, 31.0, 35.1});
}

BOOST_AUTO_TEST_CASE(weights_on_the_centre_module_bring_its_modes_down) {
    // 20 t on the girders over the middle 3 m of the module.
    auto solver = solverFor(girderDeck(JointKind::hinged));
    solver.attach(onGirderNodes(7.5, 10.5, 20000));
    checkModes(solver, {8.0, 10.3, 23.7});
}

BOOST_AUTO_TEST_CASE(a_hundred_tonnes_bring_all_modes_down) {
    auto solver = solverFor(girderDeck(JointKind::hinged));
    solver.attach(onGirderNodes(0, 18, 100000));
    checkModes(solver, {7.65, 7.76, 7.88, 9.7});
    // Removed again they leave no trace.
    solver.attach({});
    checkModes(solver, {23.3, 23.7, 24.0, 29.6, 30.3, 31.1});
}

BOOST_AUTO_TEST_SUITE_END()
