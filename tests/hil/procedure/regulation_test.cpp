// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/regulation.h
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/printers.h"
#include "tests/support/shipped.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

namespace {

const Regulation& jjg539() {
    static const Regulation regulation = test::shipped("100t-jjg539-initial").regulation;
    return regulation;
}

struct MpeCase {
    int e_kg, load_kg, initial_kg;
    friend std::ostream& operator<<(std::ostream& os, const MpeCase& c) {
        return os << c.load_kg << " kg at e = " << c.e_kg << " kg";
    }
};
// R 76-1 Table 6, class III: 500, 2000 and 10 000 e, the edge belongs to the lower band.
const MpeCase classThree[] = {
    {50, 0, 25},       {50, 1000, 25},   {50, 25'000, 25},  {50, 25'050, 50},
    {50, 100'000, 50}, {20, 400, 10},    {20, 10'000, 10},  {20, 10'020, 20},
    {20, 40'000, 20},  {20, 40'020, 30}, {20, 100'000, 30},
};
// 60 t / 20 kg, then 150 t / 50 kg: each part by its own e.
const MpeCase multiInterval[] = {
    {20, 60'000, 30}, {50, 60'050, 50}, {50, 100'000, 50}, {50, 100'050, 75}, {50, 150'000, 75},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(regulation)

BOOST_DATA_TEST_CASE(mpe_follows_the_bands_of_class_three, bdata::make(classThree), c) {
    const ExactMass e = ExactMass::kg(c.e_kg), load = ExactMass::kg(c.load_kg);
    BOOST_TEST(maxPermissibleError(jjg539(), load, e) == ExactMass::kg(c.initial_kg));
    BOOST_TEST(maxPermissibleError(jjg539(), -load, e) == ExactMass::kg(c.initial_kg));
}

BOOST_DATA_TEST_CASE(mpe_in_service_is_double, bdata::make(classThree), c) {
    Regulation inUse = jjg539();
    inUse.mpeFactor = Milli{2000};
    BOOST_TEST(maxPermissibleError(inUse, ExactMass::kg(c.load_kg), ExactMass::kg(c.e_kg)) ==
               ExactMass::kg(2 * c.initial_kg));
}

BOOST_DATA_TEST_CASE(each_part_of_a_multi_interval_scale_has_its_own_e, bdata::make(multiInterval),
                     c) {
    const ScaleModel scale = test::shipped("150t-60t-multi-jjg539-initial").scale;
    const ExactMass load = ExactMass::kg(c.load_kg);
    BOOST_TEST(scale.intervalAt(load) == ExactMass::kg(c.e_kg));
    BOOST_TEST(maxPermissibleError(jjg539(), load, scale.intervalAt(load)) ==
               ExactMass::kg(c.initial_kg));
}

struct HandbookCase {
    int load_d, maintenance_d;
    friend std::ostream& operator<<(std::ostream& os, const HandbookCase& c) {
        return os << c.load_d << " d";
    }
};
// HB 44 T.N.3, class III L: one for each 500 or part of them; acceptance is half.
const HandbookCase classThreeL[] = {{0, 1},    {1, 1},     {500, 1},   {501, 2},    {1000, 2},
                                    {1001, 3}, {5000, 10}, {9501, 20}, {10'000, 20}};

BOOST_DATA_TEST_CASE(handbook_44_counts_five_hundreds, bdata::make(classThreeL), c) {
    const ExactMass d = ExactMass::lb(20);
    const Regulation maintenance = test::shipped("200klb-hb44-maintenance").regulation;
    const Regulation acceptance = test::shipped("200klb-hb44-acceptance").regulation;
    BOOST_TEST(maxPermissibleError(maintenance, c.load_d * d, d) == c.maintenance_d * d);
    BOOST_TEST(maxPermissibleError(acceptance, c.load_d * d, d) ==
               (c.maintenance_d * d).dividedBy(2));
    BOOST_TEST(mpeOfTable(acceptance, c.load_d * d, d) == c.maintenance_d * d);
}

BOOST_AUTO_TEST_CASE(in_use_and_in_service_double_the_mpe_and_nothing_else) {
    for (const char* name : {"100t-jjg539-in-use", "100t-r76-in-service"}) {
        const Regulation r = test::shipped(name).regulation;
        BOOST_TEST(r.mpeFactor.value == 2000);
        BOOST_TEST((r.zeroAccuracy == jjg539().zeroAccuracy));
        BOOST_TEST((r.zeroReturn == jjg539().zeroReturn));
    }
}

BOOST_AUTO_TEST_CASE(a_milligram_beyond_an_edge_is_beyond_it) {
    const ExactMass e = ExactMass::kg(20), edge = 500 * e;
    BOOST_TEST(maxPermissibleError(jjg539(), edge, e) == ExactMass::kg(10));
    BOOST_TEST(maxPermissibleError(jjg539(), edge + ExactMass::mg(1), e) == ExactMass::kg(20));
}

BOOST_AUTO_TEST_CASE(fixed_limits_are_those_of_r76) {
    const ExactMass e20 = ExactMass::kg(20), e50 = ExactMass::kg(50);
    BOOST_TEST((jjg539().zeroAccuracy * e50) == ExactMass::g(12'500));
    BOOST_TEST((jjg539().tareAccuracy * e20) == ExactMass::kg(5));
    BOOST_TEST((jjg539().zeroReturn * e50) == ExactMass::kg(25));
    BOOST_TEST((jjg539().zeroReturn * e20) == ExactMass::kg(10));
    BOOST_TEST((jjg539().discrimination * e50) == ExactMass::kg(70));
    BOOST_TEST((jjg539().discrimination * e20) == ExactMass::kg(28));
    BOOST_TEST((jjg539().smallWeight * e50) == ExactMass::kg(5));
    BOOST_TEST((jjg539().substitution[0].repeatability * e20) == ExactMass::kg(4));
    BOOST_TEST((jjg539().substitution[1].repeatability * e20) == ExactMass::kg(6));
}

BOOST_AUTO_TEST_SUITE_END()
