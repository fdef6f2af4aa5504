// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts beside the cells, seized joints, cracked girders: docs/physics.md, "Contacts".
#include <boost/test/unit_test.hpp>

#include "tests/sim/deck/reference_deck.h"

namespace jh::test {

namespace {

/// Points of contact that touch the empty deck, or come this far short of it.
struct Contact {
    double x_m, y_m, stiffness_N_m, gap_m;
    bool holds{};
};

DeckSolver withContacts(DeckModel deck, const std::vector<Contact>& contacts) {
    deck.fineBending = true;
    const std::vector<CellPlace> cells = standardCellPlaces(deck);
    std::vector<DeckSupport> supports = cellSupports(cells, referenceCell);
    const DeckSolver empty{deck, supports, standardGravity};
    const DeckState rest = empty.equilibrium({});
    for (const Contact& c : contacts) {
        const Length x{c.x_m}, y{c.y_m};
        supports.push_back({x, y, Stiffness{c.stiffness_N_m},
                            empty.deflection(rest, x, y) + Length{c.gap_m}, c.holds});
    }
    return DeckSolver{deck, supports, standardGravity};
}

/// What all contacts take from the cells when this load comes on.
double lost_kg(const DeckModel& deck, const std::vector<Contact>& contacts,
               const PointForce& load) {
    const DeckSolver solver = withContacts(deck, contacts);
    const std::vector<double> added = addedLoads_kg(solver, {load});
    double sum_kg = 0.0;
    for (std::size_t i = 8; i < added.size(); ++i) sum_kg += added[i];
    BOOST_TEST(sum(added) == massOf(load.down, standardGravity).si(),
               boost::test_tools::tolerance(1e-6));
    return sum_kg;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deck_contacts)

BOOST_AUTO_TEST_CASE(stone_under_mid_span_takes_its_share) {
    const DeckModel deck = referenceDeck(JointKind::hinged);
    const PointForce load = weightAt(9.0, 0.0, 10'000);
    BOOST_TEST(std::abs(lost_kg(deck, {{9.0, 0.0, 1e6, 0.0}}, load) - 226.0) < 0.5);
    BOOST_TEST(std::abs(lost_kg(deck, {{9.0, 0.0, 1e7, 0.0}}, load) - 1876.0) < 0.5);
    BOOST_TEST(std::abs(lost_kg(deck, {{9.0, 0.0, 1e7, 0.001}}, load) - 1048.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(stone_touches_when_the_gap_has_closed) {
    const DeckModel deck = referenceDeck(JointKind::hinged);
    const PointForce load = weightAt(9.0, 0.0, 40'000);
    BOOST_TEST(std::abs(lost_kg(deck, {{9.0, 0.0, 1e7, 0.003}}, load) - 5020.0) < 0.5);
    BOOST_TEST(std::abs(lost_kg(deck, {{9.0, 0.0, 1e7, 0.005}}, load) - 3363.0) < 0.5);
    BOOST_TEST(lost_kg(deck, {{9.0, 0.0, 1e7, 0.010}}, load) == 0.0);
}

BOOST_AUTO_TEST_CASE(debris_beside_a_cell) {
    const DeckModel deck = referenceDeck(JointKind::hinged);
    const PointForce load = weightAt(6.0, 1.3, 10'000);
    BOOST_TEST(std::abs(lost_kg(deck, {{6.0, 1.3, 1e6, 0.0}}, load) - 24.0) < 0.5);
    BOOST_TEST(std::abs(lost_kg(deck, {{6.0, 1.3, 1e7, 0.0}}, load) - 231.0) < 0.5);
    BOOST_TEST(std::abs(lost_kg(deck, {{6.0, 1.3, 1e8, 0.0}}, load) - 1912.0) < 0.5);
    BOOST_TEST(lost_kg(deck, {{6.0, 1.3, 1e7, 0.001}}, load) == 0.0);
}

BOOST_AUTO_TEST_CASE(mud_along_the_long_edges_takes_18_kg_of_10_t) {
    const DeckModel deck = referenceDeck(JointKind::hinged);
    std::vector<Contact> mud;
    for (int i = 0; i < 18; ++i) {
        for (const double y_m : {-1.5, 1.5}) mud.push_back({i + 0.5, y_m, 1e4, 0.0, true});
    }
    // Over the middle of a span, where the deck moves most.
    BOOST_TEST(lost_kg(deck, mud, weightAt(9.0, 0.0, 10'000)) == 18.0,
               boost::test_tools::tolerance(0.03));
}

BOOST_AUTO_TEST_CASE(mud_pulls_when_the_deck_rises) {
    const DeckModel deck = referenceDeck(JointKind::hinged);
    const DeckSolver stuck = withContacts(deck, {{9.0, 0.0, 1e6, 0.0, true}});
    const DeckSolver loose = withContacts(deck, {{9.0, 0.0, 1e6, 0.0, false}});
    const PointForce up = weightAt(9.0, 0.0, -1'000);
    BOOST_TEST(addedLoads_kg(stuck, {up}).back() < -20.0);
    BOOST_TEST(std::abs(addedLoads_kg(loose, {up}).back()) < 1e-9);
}

BOOST_AUTO_TEST_CASE(all_joints_seized_are_bolted_joints) {
    DeckModel seized = referenceDeck(JointKind::hinged);
    seized.seizedJoints = {0, 1};
    const DeckModel bolted = referenceDeck(JointKind::bolted);
    for (const auto& [x_m, y_m] : {std::pair{9.0, 0.0}, {5.0, 0.9}, {17.0, 0.9}}) {
        const std::vector<double> one = addedLoads_kg(solverFor(seized), {weightAt(x_m, y_m, 1e4)});
        const std::vector<double> two = addedLoads_kg(solverFor(bolted), {weightAt(x_m, y_m, 1e4)});
        for (std::size_t i = 0; i < 8; ++i) BOOST_TEST(std::abs(one[i] - two[i]) < 0.5);
    }
}

BOOST_AUTO_TEST_CASE(one_seized_joint_leaves_the_other_a_hinge) {
    // Two spans of one beam, 6 + 6 m, on three supports, then a hinge: a load in the middle of the
    // first span shares out 13/32, 22/32, -3/32 (textbook), here softened by the cells.
    DeckModel deck = referenceDeck(JointKind::hinged);
    deck.seizedJoints = {0};
    DeckModel pair = referenceDeck(JointKind::bolted);
    pair.moduleLengths.resize(2);
    pair.supportLines.resize(3);
    const std::vector<double> three = addedLoads_kg(solverFor(deck), {weightAt(3.0, 0.0, 1e4)});
    const std::vector<double> two = addedLoads_kg(solverFor(pair), {weightAt(3.0, 0.0, 1e4)});
    for (std::size_t i = 0; i < 6; ++i) BOOST_TEST(std::abs(three[i] - two[i]) < 0.5);
    BOOST_TEST(std::abs(three[6]) < 0.5);
    BOOST_TEST(2.0 * three[0] == 1e4 * 13.0 / 32.0, boost::test_tools::tolerance(0.03));
}

BOOST_AUTO_TEST_CASE(beams_with_hinges_are_the_hinged_deck) {
    DeckModel beams = referenceDeck(JointKind::hinged);
    beams.fineBending = true;
    const DeckModel sines = referenceDeck(JointKind::hinged);
    for (const auto& [x_m, y_m] : {std::pair{3.0, 0.0}, {5.0, 0.0}, {6.0, 0.0}}) {
        const std::vector<double> one = addedLoads_kg(solverFor(beams), {weightAt(x_m, y_m, 1e4)});
        const std::vector<double> two = addedLoads_kg(solverFor(sines), {weightAt(x_m, y_m, 1e4)});
        for (std::size_t i = 0; i < 8; ++i) BOOST_TEST(std::abs(one[i] - two[i]) < 0.01);
    }
}

BOOST_AUTO_TEST_CASE(a_hinge_keeps_a_seized_joint_from_the_load) {
    // On rigid supports nothing of it reaches the first module.
    DeckModel deck = referenceDeck(JointKind::hinged, 0.0);
    deck.seizedJoints = {1};
    const DeckSolver solver{deck, cellSupports(standardCellPlaces(deck), Stiffness{4.2e12}),
                            standardGravity};
    const std::vector<double> added = addedLoads_kg(solver, {weightAt(3.0, 0.0, 1e4)});
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(std::abs(added[i] - 2500.0) < 0.01);
    for (std::size_t i = 4; i < 8; ++i) BOOST_TEST(std::abs(added[i]) < 0.01);
}

BOOST_AUTO_TEST_CASE(cracked_girder_sags_more_and_weighs_the_same) {
    DeckModel deck = referenceDeck(JointKind::hinged);
    const PointForce load = weightAt(9.0, 0.0, 10'000);
    const auto sag_mm = [&load](const DeckModel& model) {
        const DeckSolver solver = solverFor(model);
        return (solver.deflection(solver.equilibrium(std::span{&load, 1}), load.x, load.y) -
                solver.deflection(solver.equilibrium({}), load.x, load.y))
                   .si() *
               1e3;
    };
    const double sound_mm = sag_mm(deck);
    deck.moduleSoundness = {1.0, 0.5, 1.0};
    const double rigid_mm = 1e4 * standardGravity.si() / (4 * 4.2e8) * 1e3;  // of the four cells
    BOOST_TEST(sag_mm(deck) - rigid_mm == 2.0 * (sound_mm - rigid_mm),
               boost::test_tools::tolerance(1e-6));
    BOOST_TEST(sum(addedLoads_kg(solverFor(deck), {load})) == 10'000.0,
               boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(even_load_and_weight_vectors) {
    const DeckModel deck = referenceDeck(JointKind::hinged);
    DeckSolver solver = solverFor(deck);
    // 11.7 t spread evenly double the dead load: 975 and 1950 kg a cell.
    std::vector<double> snow_N = solver.evenLoadVector();
    for (double& part : snow_N) part *= weightOf(Mass{11'700}, standardGravity).si();
    const std::vector<double> loads = cellLoads_kg(solver, solver.equilibriumUnder(snow_N));
    BOOST_TEST(loads[0] == 2 * 975.0, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(loads[3] == 2 * 1950.0, boost::test_tools::tolerance(1e-9));

    // Shaken with a hundredth of gravity, deck and block push with a hundredth of their weight.
    const PointMass block{Length{9.0}, Length{}, Mass{10'000}};
    solver.attach({&block, 1});
    std::vector<double> shake_N{solver.weightVector().begin(), solver.weightVector().end()};
    for (double& part : shake_N) part *= 0.01;
    BOOST_TEST(sum(cellLoads_kg(solver, solver.equilibriumUnder(shake_N))) == 1.01 * 21'700.0,
               boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test
