// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/fault/fault.h
#include "sim/fault/fault.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <vector>

using namespace jh;

namespace {

template <class... T>
std::vector<Fault::What> oneOfEach(const std::variant<T...>&) {
    return {T{}...};
}

template <class F>
F part(F whole, double severity) {
    return std::get<F>(scaled(whole, severity));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fault)

BOOST_AUTO_TEST_CASE(a_fault_comes_at_once_and_stays) {
    Fault fault;
    BOOST_TEST(severity(fault, -1ns) == 0.0);
    BOOST_TEST(severity(fault, 0s) == 1.0);
    BOOST_TEST(severity(fault, 10'000h) == 1.0);
}

BOOST_AUTO_TEST_CASE(a_fault_waits_grows_and_ends) {
    Fault fault;
    fault.after = 10s;
    fault.growing = 4s;
    fault.lasting = 6s;
    BOOST_TEST(severity(fault, 10s - 1ns) == 0.0);
    BOOST_TEST(severity(fault, 10s) == 0.0);
    BOOST_TEST(severity(fault, 11s) == 0.25);
    BOOST_TEST(severity(fault, 14s) == 1.0);
    BOOST_TEST(severity(fault, 16s - 1ns) == 1.0);
    BOOST_TEST(severity(fault, 16s) == 0.0);
}

BOOST_AUTO_TEST_CASE(every_kind_can_be_had_in_part) {
    for (const Fault::What& whole : oneOfEach(Fault::What{})) {
        for (const double s : {0.0, 0.5, 1.0}) {
            BOOST_TEST(scaled(whole, s).index() == whole.index());
        }
    }
}

BOOST_AUTO_TEST_CASE(what_pushes_or_weighs_is_had_in_proportion) {
    const DeckContactFault stone{Length{9.0}, {}, Stiffness{1e7}, Length{3e-3}, Force{400.0}};
    for (const double s : {0.0, 0.5, 1.0}) {
        const auto some = part(stone, s);
        BOOST_TEST(some.stiffness.si() == s * 1e7);
        BOOST_TEST(some.friction.si() == s * 400.0);
        // It lies where it lies.
        BOOST_TEST(some.x.si() == 9.0);
        BOOST_TEST(some.gap.si() == 3e-3);

        BOOST_TEST(part(EdgeMudFault{3e4, 20.0}, s).stiffness_N_m_m == s * 3e4);
        BOOST_TEST(part(EdgeMudFault{3e4, 20.0}, s).friction_N_m == s * 20.0);
        BOOST_TEST(part(CheckRodFault{{}, {}, Force{2e4}, 5e-3}, s).tension.si() == s * 2e4);
        BOOST_TEST(part(SupportSettlementFault{"2L", Length{5e-3}}, s).depth.si() == s * 5e-3);
        BOOST_TEST(part(DeckDepositFault{Mass{270.0}}, s).mass.si() == s * 270.0);
        BOOST_TEST(part(UnevenHeatingFault{Temperature{15.0}}, s).warmer.si() == s * 15.0);
        BOOST_TEST(part(CellSensitivityFault{"2L", -3e-3}, s).change == s * -3e-3);
        BOOST_TEST(part(CellShockFault{"2R", 5e-3}, s).shift == s * 5e-3);
        BOOST_TEST(part(CellTrimFault{"2L", Resistance{7.0}}, s).resistance.si() == s * 7.0);
        BOOST_TEST(part(RemoteOffsetFault{Mass{1e3}}, s).mass.si() == s * 1e3);
        const auto weights = part(WeightsWrongFault{Mass{2.0}, 1, Mass{20.0}}, s);
        BOOST_TEST(weights.each.si() == s * 2.0);
        BOOST_TEST(weights.carrier.si() == s * 20.0);
        BOOST_TEST(weights.missing == 1);
        BOOST_TEST(part(PartlyOffFault{0.02}, s).share == s * 0.02);
    }
}

BOOST_AUTO_TEST_CASE(half_a_leak_has_twice_the_resistance) {
    const CellMoistureFault moist{"3R", Resistance{1e7}};
    BOOST_TEST(part(moist, 1.0).insulation.si() == 1e7);
    BOOST_TEST(part(moist, 0.5).insulation.si() == 2e7);
    BOOST_TEST(part(moist, 0.0).insulation.si() > 1e15);
    BOOST_TEST(part(BoxMoistureFault{Resistance{1e7}}, 0.5).insulation.si() == 2e7);
    BOOST_TEST(part(CellShuntFault{"2L", Resistance{5e4}}, 0.5).resistance.si() == 1e5);
    const SupportSoftnessFault grout{"3L", Stiffness{3e7}};
    BOOST_TEST(part(grout, 0.5).stiffness.si() == 6e7);
    BOOST_TEST(part(grout, 0.0).stiffness.si() > 1e15);
}

BOOST_AUTO_TEST_CASE(a_factor_grows_from_one) {
    const CellCreepFault creep{"2L", 10.0};
    BOOST_TEST(part(creep, 0.0).factor == 1.0);
    BOOST_TEST(part(creep, 0.5).factor == 5.5);
    BOOST_TEST(part(creep, 1.0).factor == 10.0);
}

BOOST_AUTO_TEST_CASE(what_is_there_or_not_has_no_half) {
    const auto wire = part(CellWireFault{"2L", WireState::reversed}, 0.5);
    BOOST_TEST((wire.state == WireState::reversed));
    BOOST_TEST(part(JointSeizedFault{2}, 0.5).joint == 2);
    BOOST_TEST(part(StopGapFault{"ends", Length{-1e-3}}, 0.5).gap.si() == -1e-3);
    BOOST_TEST(part(SupportLostFault{"4L", Length{0.03}}, 0.5).drop.si() == 0.03);
}

BOOST_AUTO_TEST_SUITE_END()
