// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/deck/deck_solver.h: loads at rest
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/sim/deck/reference_deck.h"
#include "tests/support/deck_oracles.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr double tablePrint_kg = 0.0051;  // tables have two digits
constexpr double exact_kg = 0.01;
// Warping between nodes is not a cubic; more elements would close the gap.
constexpr double threeElements_kg = 2.4;

double worstDeviation_kg(const DeckSolver& solver, const DeckTable& table) {
    double worst_kg = 0.0;
    for (const DeckRow& row : table) {
        const auto added_kg = addedLoads_kg(solver, {weightAt(row.x_m, row.y_m, 10000)});
        for (std::size_t j = 0; j < 8; ++j) {
            worst_kg = std::max(worst_kg, std::fabs(added_kg[j] - row.cells_kg[j]));
        }
    }
    BOOST_TEST_MESSAGE("worst cell is off by " << worst_kg << " kg");
    return worst_kg;
}

const std::array<DeckModel, 5>& allDecks() {
    static const std::array<DeckModel, 5> decks{
        referenceDeck(JointKind::hinged, 0.0), referenceDeck(JointKind::hinged),
        referenceDeck(JointKind::lapped, 0.0), referenceDeck(JointKind::lapped),
        referenceDeck(JointKind::bolted)};
    return decks;
}

std::vector<CellPlace> sunk(const DeckModel& deck, std::initializer_list<std::size_t> which) {
    std::vector<CellPlace> cells = standardCellPlaces(deck);
    for (const std::size_t j : which) cells[j].settlement = Length{1e-3};
    return cells;
}

void checkSettlement(const DeckModel& deck, std::initializer_list<std::size_t> which,
                     const std::array<double, 8>& expected_kg, double tolerance_kg) {
    const auto level_kg = restLoads_kg(solverFor(deck));
    const auto now_kg = restLoads_kg(solverFor(deck, sunk(deck, which)));
    for (std::size_t j = 0; j < 8; ++j) {
        BOOST_TEST_CONTEXT("cell " << j + 1) {
            BOOST_TEST(std::fabs(now_kg[j] - level_kg[j] - expected_kg[j]) < tolerance_kg);
        }
    }
    BOOST_TEST(std::fabs(sum(now_kg) - sum(level_kg)) < exact_kg);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deck_at_rest)

BOOST_AUTO_TEST_CASE(hinged_deck_without_torsion_follows_the_lever_rule) {
    const auto solver = solverFor(referenceDeck(JointKind::hinged, 0.0));
    BOOST_TEST(worstDeviation_kg(solver, leverRule) < exact_kg);
}

BOOST_AUTO_TEST_CASE(lapped_deck_levers_over_its_cells) {
    BOOST_TEST(worstDeviation_kg(solverFor(referenceDeck(JointKind::lapped, 0.0)), lapJoints) <
               exact_kg);
}

BOOST_AUTO_TEST_CASE(torsion_carries_roll_to_other_lines) {
    BOOST_TEST(worstDeviation_kg(solverFor(referenceDeck(JointKind::hinged)), withTorsion) <
               exact_kg);
}

BOOST_AUTO_TEST_CASE(bolted_deck_is_a_continuous_beam) {
    BOOST_TEST(worstDeviation_kg(solverFor(referenceDeck(JointKind::bolted)), continuous) <
               threeElements_kg + tablePrint_kg);
}

BOOST_AUTO_TEST_CASE(forces_and_moments_balance_everywhere) {
    constexpr double relative = 1e-6;  // what the run itself asserts
    double worst = 0.0;
    for (const DeckModel& deck : allDecks()) {
        const auto cells = standardCellPlaces(deck);
        const auto solver = solverFor(deck, cells);
        for (int place = 0; place < 26; ++place) {
            const double x_m = 0.3 + 0.7 * place;
            const double y_m = 1.2 * std::sin(x_m);
            const auto now_kg = restLoads_kg(solver, {weightAt(x_m, y_m, 2000)});
            const double deck_kg = deck.mass().si();
            double total_kg = 0.0, momentX = 0.0, momentY = 0.0;
            for (std::size_t j = 0; j < 8; ++j) {
                total_kg += now_kg[j];
                momentX += now_kg[j] * cells[j].x.si();
                momentY += now_kg[j] * cells[j].y.si();
            }
            const double scale_kg = deck_kg + 2000;
            worst = std::max({worst, std::fabs(total_kg - scale_kg) / scale_kg,
                              std::fabs(momentX - 2000 * x_m - deck_kg * 9) / (9 * scale_kg),
                              std::fabs(momentY - 2000 * y_m) / scale_kg});
        }
    }
    BOOST_TEST_MESSAGE("worst relative balance " << worst);
    BOOST_TEST(worst < relative);
}

BOOST_AUTO_TEST_CASE(dead_load_is_shared_as_computed_by_hand) {
    // The oracle lumps the deck's mass every 0.5 m; its ends lack the moment m' l^2 / 12 of half a
    // part, 13.5 kg m, which is 1.4 kg per end cell. Beam theory with a true line load is ours.
    constexpr double lumpedOracle_kg = 1.5;
    const auto hinged_kg = restLoads_kg(solverFor(referenceDeck(JointKind::hinged)));
    const auto bolted_kg = restLoads_kg(solverFor(referenceDeck(JointKind::bolted)));
    for (const std::size_t j : {0u, 1u, 6u, 7u}) {
        BOOST_TEST(std::fabs(hinged_kg[j] - 975.0) < exact_kg);
        BOOST_TEST(std::fabs(bolted_kg[j] - 783.2) < lumpedOracle_kg);
    }
    for (const std::size_t j : {2u, 3u, 4u, 5u}) {
        BOOST_TEST(std::fabs(hinged_kg[j] - 1950.0) < exact_kg);
        BOOST_TEST(std::fabs(bolted_kg[j] - 2141.8) < lumpedOracle_kg);
    }
}

BOOST_AUTO_TEST_CASE(deck_bends_as_beam_theory_says) {
    // One sine has 98.6 % of P L^3 / 48 EI; under a load between nodes a cubic lacks P l^3 / 192
    // EI.
    constexpr double bending = 0.017;
    constexpr double cellColumn = 0.003;  // oracle has three digits
    struct Point {
        JointKind joint;
        double x_m, expected_mm, relative;
    };
    for (const Point& p :
         {Point{JointKind::hinged, 0, 0.117, cellColumn},
          Point{JointKind::hinged, 3, 2.265, bending},
          Point{JointKind::hinged, 6, 0.117, cellColumn},
          Point{JointKind::hinged, 9, 2.265, bending}, Point{JointKind::bolted, 3, 1.627, bending},
          Point{JointKind::bolted, 9, 1.292, bending}}) {
        const auto solver = solverFor(referenceDeck(p.joint));
        const Length x{p.x_m}, y{0.0};
        const std::vector<PointForce> load{weightAt(p.x_m, 0, 10000)};
        const double moved_mm = 1e3 * (solver.deflection(solver.equilibrium(load), x, y) -
                                       solver.deflection(solver.equilibrium({}), x, y))
                                          .si();
        BOOST_TEST_MESSAGE("x = " << p.x_m << " m moves " << moved_mm << " mm");
        BOOST_TEST(std::fabs(moved_mm / p.expected_mm - 1.0) < p.relative);
    }
}

BOOST_AUTO_TEST_CASE(settlement_moves_load_between_cells_but_not_their_sum) {
    constexpr double print_kg = 0.06;
    const DeckModel hinged = referenceDeck(JointKind::hinged);
    const DeckModel bolted = referenceDeck(JointKind::bolted);
    checkSettlement(hinged, {2, 3}, {0, 0, 0, 0, 0, 0, 0, 0}, exact_kg);
    checkSettlement(bolted, {2, 3}, {166.8, 166.8, -444, -444, 387.5, 387.5, -110.3, -110.3},
                    print_kg);
    checkSettlement(hinged, {2}, {157.4, -157.4, -314.7, 314.7, 156.2, -156.2, 1.2, -1.2},
                    print_kg);
    checkSettlement(bolted, {2}, {343.9, -177.1, -807.6, 363.6, 581.0, -193.5, -117.3, 7.0},
                    threeElements_kg);
}

BOOST_AUTO_TEST_CASE(bolted_deck_lifts_its_ends_under_21_t_in_the_middle) {
    // Linear oracle: 783.2 kg / 370.71 kg x 10 t = 21.13 t.
    const DeckModel deck = referenceDeck(JointKind::bolted);
    const auto solver = solverFor(deck);
    BOOST_TEST(restLoads_kg(solver, {weightAt(9, 0, 21050)})[0] > 0.0);

    const auto lifted = solver.equilibrium(std::vector{weightAt(9, 0, 30000)});
    const auto loads_kg = cellLoads_kg(solver, lifted);
    for (const std::size_t j : {0u, 1u, 6u, 7u}) BOOST_TEST(loads_kg[j] == 0.0);
    BOOST_TEST(solver.deflection(lifted, Length{0}, Length{1.3}).si() < 0.0);
    BOOST_TEST(std::fabs(sum(loads_kg) - 41700) < exact_kg);
}

BOOST_AUTO_TEST_CASE(deck_that_would_tip_over_still_gives_an_answer) {
    // Without torsion a line of cells holds nothing outside itself.
    const auto solver = solverFor(referenceDeck(JointKind::hinged, 0.0));
    const auto loads_kg = restLoads_kg(solver, {weightAt(6, 1.5, 40000)});
    for (const double load_kg : loads_kg) BOOST_TEST(std::isfinite(load_kg));
}

BOOST_AUTO_TEST_CASE(truck_axles_load_the_lines_as_the_lever_rule_says) {
    const auto solver = solverFor(referenceDeck(JointKind::hinged, 0.0));
    constexpr std::array<double, 6> behind_m{0, 3.30, 4.65, 10.80, 12.11, 13.42};
    constexpr std::array<double, 6> axle_kg{7000, 9000, 9000, 8000, 8000, 8000};
    std::vector<PointForce> wheels;
    for (std::size_t i = 0; i < 6; ++i) {
        for (const double y_m : {-0.9, 0.9}) {
            wheels.push_back(weightAt(15.80 - behind_m[i], y_m, axle_kg[i] / 2));
        }
    }
    const auto added_kg = addedLoads_kg(solver, wheels);
    // By hand: 8 t (1 + 2.31 + 3.62) / 6 on line 1, and so on.
    constexpr std::array<double, 4> perCell_kg{4620.00, 8017.50, 9270.833, 2591.667};
    for (std::size_t j = 0; j < 8; ++j) {
        BOOST_TEST(std::fabs(added_kg[j] - perCell_kg[j / 2]) < exact_kg);
    }
    BOOST_TEST(std::fabs(sum(added_kg) - 49000) < exact_kg);
}

BOOST_AUTO_TEST_CASE(attached_weights_load_the_cells_like_forces) {
    auto solver = solverFor(referenceDeck(JointKind::lapped));
    const auto asForce_kg = restLoads_kg(solver, {weightAt(5, 0.9, 10000)});
    solver.attach(std::vector{PointMass{Length{5}, Length{0.9}, Mass{10000}}});
    const auto asMass_kg = restLoads_kg(solver);
    for (std::size_t j = 0; j < 8; ++j) {
        BOOST_TEST(std::fabs(asForce_kg[j] - asMass_kg[j]) < exact_kg);
    }
}

BOOST_AUTO_TEST_SUITE_END()
