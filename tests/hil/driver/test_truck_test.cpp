// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/test_truck.h, and for substitution loads that drive or leak
#include "hil/driver/test_truck.h"

#include <boost/test/unit_test.hpp>

#include "hil/driver/simulated_load_source.h"
#include "tests/support/printers.h"
#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

using namespace jh;
using namespace jh::test;

namespace {

constexpr ExactMass tonne = ExactMass::kg(1000);

struct Crew {
    explicit Crew(const std::string& name, void (*change)(Scenario&) = nullptr)
        : scenario{shipped(name)}, bench{benchOf(scenario, change)} {
        empty_kg = sum_kg();
    }
    static VirtualBench benchOf(Scenario& s, void (*change)(Scenario&)) {
        if (change != nullptr) change(s);
        return simulatedBench(s);
    }
    Scenario scenario;
    VirtualBench bench;
    SimulatedLoadSource source{bench, scenario.scale, scenario.weights, scenario.seed};
    double empty_kg{};

    double sum_kg() {
        double sum_N = 0.0;
        for (const Force f : bench.plant().cellForces()) sum_N += f.si();
        return sum_N / bench.plant().parts().site.gravity.si();
    }
    /// Minutes that it took.
    double place(LoadKind kind, int count, ExactMass nominal,
                 std::optional<std::size_t> support = {}) {
        const SimTime start = bench.now();
        const auto placed = source.place(kind, count, nominal, support);
        BOOST_REQUIRE_MESSAGE(placed.has_value(), placed.error().text);
        return seconds(bench.now() - start) / 60.0;
    }
    double live_kg() {
        BOOST_REQUIRE(bench.waitUntil(bench.now() + 30s).has_value());
        return sum_kg() - empty_kg;
    }
    double truth_kg() { return bench.truth()->onDeck.mass().si(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(test_truck)

BOOST_AUTO_TEST_CASE(a_crane_brings_block_after_block) {
    Crew crew{"30t-jjg539-crane"};
    // About two minutes each, and the same back.
    const double down_min = crew.place(LoadKind::block, 6, tonne);
    BOOST_TEST(down_min == 12.0, boost::test_tools::tolerance(0.25));
    BOOST_TEST(crew.truth_kg() == 6000.0, boost::test_tools::tolerance(3e-4));
    BOOST_TEST(crew.live_kg() == crew.truth_kg(), boost::test_tools::tolerance(2e-5));
    const double up_min = crew.place(LoadKind::block, 2, tonne);
    BOOST_TEST(up_min == 8.0, boost::test_tools::tolerance(0.25));
    BOOST_TEST(crew.live_kg() == 2000.0, boost::test_tools::tolerance(3e-4));
    crew.place(LoadKind::block, 0, tonne);
    BOOST_TEST(std::abs(crew.live_kg()) < 0.1);
}

BOOST_AUTO_TEST_CASE(over_a_support_the_blocks_bear_on_it) {
    Crew crew{"30t-jjg539-crane"};
    std::vector<double> before_N;
    for (const Force f : crew.bench.plant().cellForces()) before_N.push_back(f.si());
    crew.place(LoadKind::block, 10, tonne, 3);
    crew.live_kg();
    for (std::size_t c = 0; c < 3; ++c) {
        const double other_N = crew.bench.plant().cellForces()[c].si() - before_N[c];
        BOOST_TEST(crew.bench.plant().cellForces()[3].si() - before_N[3] > 1.5 * other_N);
    }
}

BOOST_AUTO_TEST_CASE(beyond_its_chart_the_crane_refuses) {
    Crew crew{"30t-jjg539-crane", [](Scenario& s) {
                  s.weights.truck->crane->chart = {{Length{5.0}, Mass{1050.0}}};
              }};
    const auto placed = crew.source.place(LoadKind::block, 10, tonne, 0);
    BOOST_REQUIRE(!placed.has_value());
    BOOST_CHECK(placed.error().kind == IoError::Kind::refused);
    BOOST_TEST(placed.error().text.find("load chart") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(on_a_long_deck_the_crane_moves_along) {
    const auto minutes = [](double reach_m, SimTime moveStand) {
        Crew crew{"100t-jjg539-cart"};
        crew.scenario.weights.truck->cart.reset();
        CraneModel crane;
        crane.chart = {{Length{reach_m}, Mass{1100.0}}};
        crane.moveStand = moveStand;
        crew.scenario.weights.truck->crane = crane;
        SimulatedLoadSource source{crew.bench, crew.scenario.scale, crew.scenario.weights, 1};
        const SimTime start = crew.bench.now();
        BOOST_REQUIRE(source.place(LoadKind::block, 2, tonne, 0).has_value());
        BOOST_REQUIRE(source.place(LoadKind::block, 0, tonne, 0).has_value());
        BOOST_REQUIRE(source.place(LoadKind::block, 2, tonne, 7).has_value());
        return seconds(crew.bench.now() - start) / 60.0;
    };
    // From one end of the deck to the other: once, when it does not reach.
    const auto test = boost::test_tools::tolerance(1e-3);
    BOOST_TEST(minutes(11.0, 6min) - minutes(11.0, 0min) == 0.0, test);
    BOOST_TEST(minutes(6.5, 6min) - minutes(6.5, 0min) == 6.0, test);
}

BOOST_AUTO_TEST_CASE(a_cart_counts_as_its_own_blocks) {
    Crew crew{"30t-jjg539-cart"};
    const double first_min = crew.place(LoadKind::block, 10, tonne, 1);
    // Eight blocks loaded at 1.5 min each, and the way.
    BOOST_TEST(first_min == 13.5, boost::test_tools::tolerance(0.1));
    BOOST_TEST(crew.live_kg() == 10'000.0, boost::test_tools::tolerance(3e-4));
    BOOST_TEST(crew.live_kg() == crew.truth_kg(), boost::test_tools::tolerance(5e-5));
    // Off and over the next support: only the way.
    crew.place(LoadKind::block, 0, tonne);
    BOOST_TEST(std::abs(crew.live_kg()) < 0.2);
    const double next_min = crew.place(LoadKind::block, 10, tonne, 3);
    BOOST_TEST(next_min < 3.0);
    BOOST_TEST(crew.live_kg() == 10'000.0, boost::test_tools::tolerance(3e-4));
}

BOOST_AUTO_TEST_CASE(blocks_go_onto_the_standing_cart_and_below_its_mass_onto_the_deck) {
    Crew crew{"30t-jjg539-cart"};
    for (const int count : {1, 12, 5, 20, 1, 0}) {
        crew.place(LoadKind::block, count, tonne);
        BOOST_TEST(std::abs(crew.live_kg() - 1000.0 * count) < 3.0, count << " blocks");
        BOOST_TEST(std::abs(crew.live_kg() - crew.truth_kg()) < 0.4);
    }
}

BOOST_AUTO_TEST_CASE(a_truck_is_the_first_substitution_load) {
    Crew crew{"100t-jjg539-truck-and-tank"};
    const ExactMass w = 20 * tonne;
    crew.place(LoadKind::material, 1, w);
    BOOST_REQUIRE(crew.bench.plant().traffic() != nullptr);
    const double first_kg = crew.live_kg();
    BOOST_TEST(first_kg == 20'000.0, boost::test_tools::tolerance(4e-3));
    BOOST_TEST(first_kg == crew.truth_kg(), boost::test_tools::tolerance(2e-5));
    BOOST_REQUIRE(crew.source.trimMaterial(ExactMass::kg(30)).has_value());
    const double trimmed_kg = crew.live_kg();
    BOOST_TEST(std::abs(trimmed_kg - first_kg - 30.0) < 4.0);
    crew.place(LoadKind::material, 2, w);
    BOOST_TEST(crew.live_kg() == trimmed_kg + 20'000.0, boost::test_tools::tolerance(4e-3));
    crew.place(LoadKind::material, 0, w);
    BOOST_TEST(std::abs(crew.live_kg()) < 0.3);
    // It comes back as it left, sand and all.
    crew.place(LoadKind::material, 1, w);
    BOOST_TEST(std::abs(crew.live_kg() - trimmed_kg) < 0.3);
}

BOOST_AUTO_TEST_CASE(a_tank_leaks_as_it_is_told) {
    Crew crew{"100t-jjg539-truck-and-tank", [](Scenario& s) {
                  s.weights.substitution = {{SubstitutionKind::tank, 60.0, {}}};
              }};
    crew.place(LoadKind::material, 1, 20 * tonne);
    const double before_kg = crew.live_kg();
    BOOST_REQUIRE(crew.bench.waitUntil(crew.bench.now() + 1h).has_value());
    BOOST_TEST(crew.live_kg() - before_kg == -60.5, boost::test_tools::tolerance(0.02));
}

BOOST_AUTO_TEST_CASE(lost_caps_make_the_weights_light) {
    const auto condition = [](Scenario& s) {
        s.weights.condition = {Mass{}, 20, Mass{1.5}, 0, Mass{}};
    };
    Crew sound{"30t-jjg539-initial"}, light{"30t-jjg539-initial", condition};
    sound.place(LoadKind::block, 20, tonne);
    light.place(LoadKind::block, 20, tonne);
    BOOST_TEST(light.truth_kg() - sound.truth_kg() == -30.0, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_SUITE_END()
