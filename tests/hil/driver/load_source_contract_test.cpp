// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/port/load_source.h: what every load source keeps to, whoever it is
#include "hil/port/load_source.h"

#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/driver/simulated_load_source.h"
#include "tests/support/ideal_scale.h"
#include "tests/support/printers.h"
#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

using namespace jh;
using namespace jh::test;

namespace {

struct Simulated {
    Scenario scenario{shipped("30t-jjg539-initial")};
    VirtualBench bench{simulatedBench(scenario)};
    SimulatedLoadSource source{bench, scenario.scale, scenario.weights, scenario.seed};
    LoadSource& loads() { return source; }
    ExactMass onDeck() const { return bench.truth()->onDeck; }
    SimTime now() const { return bench.now(); }
};

struct Fake {
    Scenario scenario{shipped("30t-jjg539-initial")};
    IdealScale scale{scenario.scale};
    LoadSource& loads() { return scale; }
    ExactMass onDeck() const { return scale.truth()->onDeck; }
    SimTime now() const { return scale.now(); }
};

using Siblings = boost::mpl::list<Simulated, Fake>;

constexpr ExactMass tonne = ExactMass::kg(1000), hand = ExactMass::kg(20), small = ExactMass::kg(1);
/// Class M1, OIML R 111-1 Table 1: 50 mg per kilogram from 50 kg on and at 20 kg.
constexpr ExactMass allowance(ExactMass nominal) {
    return nominal.dividedBy(20'000);
}
/// Material is shovelled together by eye: 0.3 % at most; trimmed to 2 % and 0.15 kg (1 sd).
constexpr ExactMass byEye(ExactMass nominal) {
    return nominal.dividedBy(1000) * 3;
}
constexpr ExactMass byShovel(ExactMass change) {
    return change.dividedBy(50) * 5 + ExactMass::kg(1);
}

void check(ExactMass mass, ExactMass nominal, ExactMass allowed) {
    BOOST_TEST((mass - nominal).abs() <= allowed, mass << " instead of " << nominal);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(load_source)

BOOST_AUTO_TEST_CASE_TEMPLATE(exactly_that_many_pieces_lie_there, Sibling, Siblings) {
    Sibling s;
    for (const int count : {1, 10, 10, 3, 20, 0, 5}) {
        BOOST_REQUIRE(s.loads().place(LoadKind::block, count, tonne, std::nullopt).has_value());
        check(s.onDeck(), count * tonne, allowance(count * tonne));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(kinds_do_not_mind_each_other, Sibling, Siblings) {
    Sibling s;
    LoadSource& loads = s.loads();
    BOOST_REQUIRE(loads.place(LoadKind::block, 5, tonne, std::nullopt).has_value());
    BOOST_REQUIRE(loads.place(LoadKind::handWeight, 7, hand, std::nullopt).has_value());
    BOOST_REQUIRE(loads.place(LoadKind::smallWeight, 4, small, std::nullopt).has_value());
    const ExactMass nominal = 5 * tonne + 7 * hand + 4 * small;
    check(s.onDeck(), nominal, allowance(nominal));
    BOOST_REQUIRE(loads.place(LoadKind::block, 0, tonne, std::nullopt).has_value());
    check(s.onDeck(), 7 * hand + 4 * small, allowance(tonne));
    BOOST_REQUIRE(loads.place(LoadKind::tareLoad, 1, 6 * tonne, std::nullopt).has_value());
    check(s.onDeck(), 6 * tonne + 7 * hand + 4 * small, byEye(6 * tonne) + allowance(tonne));
    BOOST_REQUIRE(loads.place(LoadKind::tareLoad, 0, 6 * tonne, std::nullopt).has_value());
    BOOST_REQUIRE(loads.place(LoadKind::handWeight, 0, hand, std::nullopt).has_value());
    BOOST_REQUIRE(loads.place(LoadKind::smallWeight, 0, small, std::nullopt).has_value());
    BOOST_TEST(s.onDeck() == ExactMass{});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_same_pieces_come_back, Sibling, Siblings) {
    Sibling s;
    BOOST_REQUIRE(s.loads().place(LoadKind::block, 10, tonne, std::nullopt).has_value());
    const ExactMass first = s.onDeck();
    BOOST_REQUIRE(s.loads().place(LoadKind::block, 0, tonne, std::nullopt).has_value());
    BOOST_REQUIRE(s.loads().place(LoadKind::block, 10, tonne, 2).has_value());
    BOOST_TEST(s.onDeck() == first);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(material_keeps_its_mass_and_its_trims, Sibling, Siblings) {
    Sibling s;
    LoadSource& loads = s.loads();
    const ExactMass w = 20 * tonne;
    BOOST_REQUIRE(loads.place(LoadKind::material, 1, w, std::nullopt).has_value());
    const ExactMass raw = s.onDeck();
    check(raw, w, byEye(w));
    for (const int change_kg : {-30, 14, 2}) {
        const ExactMass before = s.onDeck(), change = ExactMass::kg(change_kg);
        BOOST_REQUIRE(loads.trimMaterial(change).has_value());
        check(s.onDeck(), before + change, byShovel(change.abs()));
    }
    const ExactMass trimmed = s.onDeck();
    BOOST_TEST(trimmed != raw);
    // The trim is of the topmost: the next one has its own mass, and this one comes back as it was.
    BOOST_REQUIRE(loads.place(LoadKind::material, 2, w, std::nullopt).has_value());
    check(s.onDeck(), trimmed + w, byEye(w));
    BOOST_REQUIRE(loads.place(LoadKind::material, 0, w, std::nullopt).has_value());
    BOOST_TEST(s.onDeck() == ExactMass{});
    BOOST_REQUIRE(loads.place(LoadKind::material, 1, w, std::nullopt).has_value());
    BOOST_TEST(s.onDeck() == trimmed);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(work_takes_bench_time, Sibling, Siblings) {
    Sibling s;
    const SimTime start = s.now();
    BOOST_REQUIRE(s.loads().place(LoadKind::block, 2, tonne, std::nullopt).has_value());
    BOOST_CHECK(s.now() > start);
}

BOOST_AUTO_TEST_SUITE_END()
