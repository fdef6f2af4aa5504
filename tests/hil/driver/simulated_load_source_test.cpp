// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/simulated_load_source.h
#include "hil/driver/simulated_load_source.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/printers.h"
#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr ExactMass tonne = ExactMass::kg(1000), hand = ExactMass::kg(20);

struct Centre {
    double x_m, y_m;
};

struct Crew {
    explicit Crew(const std::string& name = "30t-jjg539-initial", std::uint64_t seed = 1)
        : scenario{shipped(name, seed)} {
        settle();
        empty_N = forces();
    }
    Scenario scenario;
    VirtualBench bench{simulatedBench(scenario)};
    SimulatedLoadSource source{bench, scenario.scale, scenario.weights, scenario.seed};
    std::vector<double> empty_N;

    ExactMass onDeck() const { return bench.truth()->onDeck; }
    /// Time until the deck stands still.
    void settle() { BOOST_REQUIRE(bench.waitUntil(bench.now() + 30s).has_value()); }
    std::vector<double> forces() {
        std::vector<double> all;
        for (const Force f : bench.plant().cellForces()) all.push_back(f.si());
        return all;
    }
    /// Puts it down and returns the time that took.
    SimTime place(LoadKind kind, int count, ExactMass nominal,
                  std::optional<std::size_t> support = {}) {
        const SimTime start = bench.now();
        BOOST_REQUIRE(source.place(kind, count, nominal, support).has_value());
        return bench.now() - start;
    }
    /// Centre of gravity of the live load, from the forces and moments of the supports.
    Centre centre() {
        settle();
        const std::vector<double> now_N = forces();
        double sum = 0.0, x = 0.0, y = 0.0;
        for (std::size_t i = 0; i < now_N.size(); ++i) {
            const double live = now_N[i] - empty_N[i];
            sum += live;
            x += live * scenario.scale.cells[i].x.si();
            y += live * scenario.scale.cells[i].y.si();
        }
        return {x / sum, y / sum};
    }
    Centre middle() { return {scenario.scale.deck.length().si() / 2.0, 0.0}; }
};

/// Blocks differ by up to 50 g in a tonne, which moves the centre by fractions of a millimetre; the
/// statics are good to a millionth.
constexpr double centre_m = 1e-3;

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_load_source)

struct WeightCase {
    LoadKind kind;
    const char* name;
    ExactMass nominal, mpe;
    int pieces;
    friend std::ostream& operator<<(std::ostream& os, const WeightCase& c) { return os << c.name; }
};
// OIML R 111-1:2004, Table 1, class M1.
const WeightCase weightCases[] = {
    {LoadKind::block, "1 t", tonne, ExactMass::g(50), 20},
    {LoadKind::handWeight, "20 kg", hand, ExactMass::g(1), 25},
};

BOOST_DATA_TEST_CASE(every_weight_lies_within_its_class, bdata::make(weightCases), c) {
    Crew crew;
    ExactMass before, least = ExactMass::kg(1), most = -least;
    for (int count = 1; count <= c.pieces; ++count) {
        crew.place(c.kind, count, c.nominal);
        // Sums are kept in doubles and rounded to the milligram twice.
        const ExactMass rounding = ExactMass::mg(1);
        const ExactMass off = crew.onDeck() - before - c.nominal;
        BOOST_TEST(off.abs() <= c.mpe + rounding, "piece " << count << " is off by " << off);
        least = std::min(least, off);
        most = std::max(most, off);
        before = crew.onDeck();
    }
    // Individuals: they use most of what the class allows, both ways.
    BOOST_TEST(least < ExactMass{} - c.mpe.dividedBy(2));
    BOOST_TEST(most > c.mpe.dividedBy(2));
}

BOOST_AUTO_TEST_CASE(another_seed_is_another_set_of_weights) {
    Crew a, b{"30t-jjg539-initial", 2}, again;
    for (Crew* crew : {&a, &b, &again}) crew->place(LoadKind::block, 10, tonne);
    BOOST_TEST(a.onDeck() == again.onDeck());
    BOOST_TEST(a.onDeck() != b.onDeck());
}

BOOST_DATA_TEST_CASE(an_even_number_of_blocks_lies_about_the_middle, bdata::make(shippedHealthy),
                     name) {
    Crew crew{name};
    const double middle_m = crew.middle().x_m;
    for (const int count : {2, 4, 10, 20}) {
        crew.place(LoadKind::block, count, tonne);
        const Centre centre = crew.centre();
        BOOST_TEST(std::abs(centre.x_m - middle_m) < centre_m, count << " at " << centre.x_m);
        BOOST_TEST(std::abs(centre.y_m) < centre_m);
    }
}

BOOST_AUTO_TEST_CASE(material_lies_where_the_weights_lay_to_a_decimetre) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Crew crew{"30t-jjg539-initial", seed};
        const double middle_m = crew.middle().x_m;
        crew.place(LoadKind::material, 1, 20 * tonne);
        const Centre centre = crew.centre();
        BOOST_TEST(std::abs(centre.x_m - middle_m) <= 0.1 + centre_m, "at " << centre.x_m);
        BOOST_TEST(std::abs(centre.y_m) <= centre_m);
    }
}

BOOST_DATA_TEST_CASE(blocks_at_a_support_lie_over_it_and_on_the_deck, bdata::make(shippedHealthy),
                     name) {
    Crew crew{name};
    const auto& deck = crew.scenario.scale.deck;
    for (std::size_t support = 0; support < crew.scenario.scale.cells.size(); ++support) {
        crew.place(LoadKind::block, 8, tonne, support);
        const Centre centre = crew.centre();
        const CellPlace& cell = crew.scenario.scale.cells[support];
        // Four footprints of 0.6 m side by side: at the deck's end their middle is 1.2 m inside.
        constexpr double inside_m = 1.2;
        BOOST_TEST(std::abs(centre.x_m - cell.x.si()) <= inside_m + centre_m, cell.id);
        BOOST_TEST(centre.x_m >= inside_m - centre_m);
        BOOST_TEST(centre.x_m <= deck.length().si() - inside_m + centre_m);
        BOOST_TEST((centre.y_m > 0.0) == (cell.y.si() > 0.0), cell.id);
        BOOST_TEST(std::abs(centre.y_m) <= deck.width.si() / 2.0 - 0.6 + centre_m);
        crew.place(LoadKind::block, 0, tonne);
    }
}

BOOST_AUTO_TEST_CASE(every_move_takes_the_time_of_the_weights_file) {
    Crew crew;
    WeightsModel& w = crew.scenario.weights;
    BOOST_CHECK(crew.place(LoadKind::block, 20, tonne) == w.moveBlocks);
    BOOST_CHECK(crew.place(LoadKind::block, 5, tonne) == w.moveBlocks);
    BOOST_CHECK(crew.place(LoadKind::block, 5, tonne) == SimTime{});
    BOOST_CHECK(crew.place(LoadKind::handWeight, 3, hand) == 3 * w.moveHandWeight);
    BOOST_CHECK(crew.place(LoadKind::handWeight, 1, hand) == 2 * w.moveHandWeight);
    BOOST_CHECK(crew.place(LoadKind::smallWeight, 4, ExactMass::kg(1)) == 4 * w.moveSmallWeight);
    BOOST_CHECK(crew.place(LoadKind::smallWeight, 0, ExactMass::kg(1)) == w.moveSmallWeight);
    BOOST_CHECK(crew.place(LoadKind::material, 2, 2 * tonne) == 2 * w.moveMaterial);
    const SimTime start = crew.bench.now();
    BOOST_REQUIRE(crew.source.trimMaterial(ExactMass::kg(3)).has_value());
    BOOST_CHECK(crew.bench.now() - start == w.trimMaterial);
    BOOST_CHECK(crew.place(LoadKind::material, 0, 2 * tonne) == 2 * w.moveMaterial);
}

BOOST_AUTO_TEST_CASE(who_is_stopped_says_so) {
    Crew crew;
    std::atomic<bool> stop{true};
    crew.bench.stopRequested = &stop;
    const auto placed = crew.source.place(LoadKind::block, 1, tonne, std::nullopt);
    BOOST_REQUIRE(!placed.has_value());
    BOOST_TEST(placed.error().kind == IoError::Kind::interrupted);
}

BOOST_AUTO_TEST_SUITE_END()
