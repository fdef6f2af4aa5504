// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/plant/plant_faults.cpp and plant_parts.cpp: faults against figures by hand.
#include <boost/test/unit_test.hpp>

#include <cmath>

#include "sim/plant/plant.h"
#include "tests/sim/plant/reference_scale.h"

namespace jh::test {

namespace {

constexpr SimTime window = 100ms;

/// A scale without chance: every cell exactly nominal, no noise, under the gravity of its works.
ScaleModel exactScale() {
    ScaleModel scale = referenceScale();
    scale.deck.torsionStiffness = FlexuralRigidity{0.0};
    scale.cellType.sensitivitySpread = 0.0;
    return scale;
}
SiteModel worksSite() {
    SiteModel site;
    site.gravity = standardGravity;
    return site;
}

Fault fault(Fault::What what) {
    Fault f;
    f.what = std::move(what);
    return f;
}

double read_kg(Plant& plant, SimTime time) {
    double sum = 0.0;
    int count = 0;
    for (const SimTime end = plant.now() + time; plant.now() < end;) {
        const double value = plant.convert(window).si();
        if (plant.now() > end - 2s) sum += value, ++count;
    }
    return sum / count * 240'000.0 / 2e-3;
}

/// What a fault changes in the reading: on the empty deck, and by a load beyond that.
struct Change {
    double zero_kg, load_kg;
};
Change changeBy(const std::vector<Fault>& faults, double x_m, double y_m, double mass_kg,
                SiteModel site = worksSite(), ScaleModel scale = exactScale()) {
    Plant healthy{scale, worksSite(), 5}, sick{scale, site, 5, faults};
    const double zero_kg = read_kg(sick, 3s) - read_kg(healthy, 3s);
    const std::vector<Weight> load{{Length{x_m}, Length{y_m}, Mass{mass_kg}}};
    healthy.setDown(load, healthy.now(), 2s);
    sick.setDown(load, sick.now(), 2s);
    return {zero_kg, read_kg(sick, 30s) - read_kg(healthy, 30s) - zero_kg};
}
Change changeBy(Fault::What what, double x_m, double y_m, double mass_kg) {
    return changeBy({fault(std::move(what))}, x_m, y_m, mass_kg);
}

bool near(double got, double expected, double within) {
    BOOST_TEST_MESSAGE("got " << got << ", expected " << expected << " +- " << within);
    return std::abs(got - expected) <= within;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plant_faults)

// Figures of docs/physics.md; within a few kilograms for creep, bow and hysteresis of the parts.

BOOST_AUTO_TEST_CASE(stone_takes_what_statics_say) {
    const Change hard =
        changeBy(DeckContactFault{Length{9.0}, {}, Stiffness{1e7}, {}, {}}, 9, 0, 10'000);
    BOOST_TEST(near(hard.zero_kg, 0.0, 0.5));
    BOOST_TEST(near(hard.load_kg, -1876.0, 3.0));
    const Change gap = changeBy(
        DeckContactFault{Length{9.0}, {}, Stiffness{1e7}, Length{0.003}, {}}, 9, 0, 40'000);
    BOOST_TEST(near(gap.load_kg, -5020.0, 8.0));
}

BOOST_AUTO_TEST_CASE(friction_at_a_pressed_bumper_holds_weight_both_ways) {
    // The end of the deck sinks 0.117 mm under 10 t there: 0.117e-3 x 1e7 N/m = 119 kg in all, less
    // what it takes from the cells; within the friction of 5e4 N x 0.3 a stop.
    ScaleModel scale = exactScale();
    scale.deck.sideways.stops = standardStops(scale.deck, Length{5e-3}, Length{7.5e-3});
    const Change change = changeBy({fault(StopGapFault{"ends", Length{-1e-3}})}, 0.0, 0.0, 10'000,
                                   worksSite(), scale);
    BOOST_TEST(change.load_kg < -200.0);
    BOOST_TEST(change.load_kg > -260.0);
    const Change apart =
        changeBy({fault(StopGapFault{"ends", Length{1e-3}})}, 0.0, 0.0, 10'000, worksSite(), scale);
    BOOST_TEST(near(apart.load_kg, 0.0, 0.1));
}

BOOST_AUTO_TEST_CASE(settlement_and_softness_change_no_sum) {
    const Change sunk = changeBy(SupportSettlementFault{"2L", Length{1e-3}}, 6, 0.9, 10'000);
    BOOST_TEST(near(sunk.zero_kg, 0.0, 2.0));
    BOOST_TEST(near(sunk.load_kg, 0.0, 3.0));
    const Change soft = changeBy(SupportSoftnessFault{"2L", Stiffness{1e7}}, 6, 0.9, 10'000);
    BOOST_TEST(near(soft.load_kg, 0.0, 3.0));
    const Change crack = changeBy(GirderCrackFault{2, 0.5}, 9, 0, 10'000);
    BOOST_TEST(near(crack.load_kg, 0.0, 2.0));
    const Change seized = changeBy(JointSeizedFault{1}, 9, 0, 10'000);
    BOOST_TEST(near(seized.load_kg, 0.0, 3.0));
}

BOOST_AUTO_TEST_CASE(deck_off_a_cell_loses_what_lies_there) {
    // Without torsion nothing would hold the corner until it comes down.
    ScaleModel scale = exactScale();
    scale.deck.torsionStiffness = FlexuralRigidity{6.4e7};
    const Change lost = changeBy({fault(SupportLostFault{"4L", Length{2e-3}})}, 18, 1.3, 10'000,
                                 worksSite(), scale);
    // Torsion holds some 160 kg of the corner for each mm that it sinks; the rest of its 975 kg,
    // and nearly all of the load, lies on the structure (1e8 N/m: another mm under 10 t).
    BOOST_TEST(near(lost.zero_kg, -(975.0 - 2 * 160.0), 60.0));
    BOOST_TEST(near(lost.load_kg, -10'000.0 + 160.0, 60.0));
}

BOOST_AUTO_TEST_CASE(deposits_and_hands_on_the_edge) {
    BOOST_TEST(near(changeBy(DeckDepositFault{Mass{146}}, 9, 0, 10'000).zero_kg, 146.0, 0.2));
    BOOST_TEST(
        near(changeBy(EdgeForceFault{Length{18}, Length{1.3}, Force{-4903.325}}, 9, 0, 1).zero_kg,
             -500.0, 1.0));
}

BOOST_AUTO_TEST_CASE(wires_of_one_cell) {
    const Change end = changeBy(CellWireFault{"1L", WireState::open}, 9, 0, 50'000);
    BOOST_TEST(near(end.zero_kg, 557.0, 1.5));
    const Change inner = changeBy(CellWireFault{"2L", WireState::open}, 9, 0, 50'000);
    BOOST_TEST(near(inner.zero_kg, -557.0, 1.5));
    const Change dead = changeBy(CellWireFault{"2L", WireState::dead}, 6, 1.3, 10'000);
    BOOST_TEST(near(dead.zero_kg, -1950.0, 2.0));
    BOOST_TEST(near(dead.load_kg, -10'000.0, 5.0));
    const Change reversed = changeBy(CellWireFault{"1L", WireState::reversed}, 0, 1.3, 10'000);
    BOOST_TEST(near(reversed.zero_kg, -1950.0, 2.0));
    BOOST_TEST(near(reversed.load_kg, -20'000.0, 10.0));
    const Change trim = changeBy(CellTrimFault{"1L", Resistance{7.0}}, 0, 1.3, 10'000);
    BOOST_TEST(near(trim.load_kg, -86.7, 0.2));
}

BOOST_AUTO_TEST_CASE(moisture_and_supply) {
    const Change wet = changeBy(CellMoistureFault{"1L", Resistance{50e6}}, 9, 0, 10'000);
    BOOST_TEST(near(wet.zero_kg, 52.0, 12.0));  // restless by 3 % of it per conversion
    const Change cable = changeBy(CableFault{Length{30}, 4}, 9, 0, 50'000);
    BOOST_TEST(near(cable.load_kg, -0.0209 * 50'000, 8.0));
    const Change drop = changeBy(ExcitationDropFault{-0.01}, 9, 0, 50'000);
    BOOST_TEST(near(drop.load_kg, -500.0, 1.0));
    const Change box = changeBy(RemoteOffsetFault{Mass{-2000}}, 9, 0, 10'000);
    BOOST_TEST(near(box.zero_kg, -2000.0, 0.1));
    BOOST_TEST(near(box.load_kg, 0.0, 0.1));
}

BOOST_AUTO_TEST_CASE(tilted_cell_reads_low_with_the_load) {
    // 5 mm out of plumb: -0.21 % of the cell's load, of which 0.3 is not trimmed out.
    const Change tilted = changeBy(CellTiltFault{"1L", Length{5e-3}}, 0, 1.3, 14'000);
    BOOST_TEST(near(tilted.load_kg, -0.3 * 0.0021 * 14'000, 0.3));
}

BOOST_AUTO_TEST_CASE(heat_on_one_side_walks_the_zero) {
    SiteModel site = worksSite();
    const Change warm =
        changeBy({fault(UnevenHeatingFault{Temperature{20.0}})}, 9, 0, 10'000, site);
    BOOST_TEST(std::abs(warm.zero_kg) < 2.0);  // bodies take hours
}

BOOST_AUTO_TEST_CASE(faults_begin_grow_and_end_at_their_time) {
    Fault f = fault(RemoteOffsetFault{Mass{1000}});
    f.from = FaultStart::after_adjustment;
    f.after = 10s;
    f.growing = 20s;
    f.lasting = 60s;
    Plant plant{exactScale(), worksSite(), 5, {f}};
    const double zero_kg = read_kg(plant, 5s);
    BOOST_TEST(near(read_kg(plant, 60s) - zero_kg, 0.0, 0.5));
    plant.happened(FaultStart::after_adjustment);
    BOOST_TEST(near(read_kg(plant, 9s) - zero_kg, 0.0, 0.5));
    BOOST_TEST(near(read_kg(plant, 12s) - zero_kg, 500.0, 10.0));
    BOOST_TEST(near(read_kg(plant, 20s) - zero_kg, 1000.0, 0.5));
    BOOST_TEST(near(read_kg(plant, 60s) - zero_kg, 0.0, 0.5));
    // A second event does not start it again.
    plant.happened(FaultStart::after_adjustment);
    BOOST_TEST(near(read_kg(plant, 60s) - zero_kg, 0.0, 0.5));
}

BOOST_AUTO_TEST_CASE(several_faults_at_once_add_up) {
    const Change both = changeBy({fault(RemoteOffsetFault{Mass{300}}),
                                  fault(DeckDepositFault{Mass{100}}), fault(SpanDriftFault{0.001})},
                                 9, 0, 10'000);
    BOOST_TEST(near(both.zero_kg, 400.0 + 11.8, 0.5));
    BOOST_TEST(near(both.load_kg, 10.0, 0.2));
}

BOOST_AUTO_TEST_CASE(a_broken_wire_comes_and_goes) {
    Plant plant{exactScale(), worksSite(), 5, {fault(IntermittentWireFault{"2L", 2s, 10s})}};
    const double sound_kg = 11'700.0;
    int open = 0, all = 0;
    for (; all < 6000; ++all) {
        const double kg = plant.convert(window).si() * 240'000.0 / 2e-3;
        if (std::abs(kg - sound_kg) > 300.0) ++open;
    }
    const double share = static_cast<double>(open) / all;
    BOOST_TEST(share > 0.1);
    BOOST_TEST(share < 0.35);
}

BOOST_AUTO_TEST_CASE(play_scatters_by_the_lean_of_the_cells) {
    Plant plant{exactScale(), worksSite(), 5, {fault(DeckShiftsFault{Length{8e-3}, ""})}};
    double low = 1e9, high = -1e9;
    for (int i = 0; i < 6; ++i) {
        const double zero_kg = read_kg(plant, 4s);
        const std::vector<Weight> load{{Length{9}, {}, Mass{50'000}}};
        const std::vector<int> ids = plant.setDown(load, plant.now(), 2s);
        const double kg = read_kg(plant, 20s) - zero_kg;
        plant.lift(ids, plant.now(), 2s);
        read_kg(plant, 20s);
        low = std::min(low, kg);
        high = std::max(high, kg);
    }
    // 8 mm along and across: cos a / cos b - 1 = -1.1 %, of which 0.3 shows, of 50 t: 160 kg at
    // most.
    BOOST_TEST(high - low > 20.0);
    BOOST_TEST(high - low < 170.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test
