// SPDX-License-Identifier: GPL-3.0-or-later
// Vehicles and weather on the plant: docs/vehicles.md, docs/physics.md.
#include <boost/test/unit_test.hpp>

#include <cmath>

#include "tests/sim/plant/reference_scale.h"
#include "tests/sim/plant/run_plant.h"
#include "tests/sim/plant/six_axles.h"

namespace jh::test {

BOOST_AUTO_TEST_SUITE(plant_traffic)

BOOST_AUTO_TEST_CASE(parked_truck_weighs_what_it_weighs) {
    Plant plant{referenceScale(), {}, 3};
    const double empty_kg = sum_kg(plant);
    plant.park(sixAxles(), {Length{15.8}, Length{}});
    run(plant, 40s);
    BOOST_TEST(plant.resting());
    BOOST_TEST(plant.massOnDeck().si() == 49'000.0);
    BOOST_TEST(std::abs(sum_kg(plant) - empty_kg - 49'000.0) < 0.5);
    // Balance of moments: where the centre of gravity is.
    double moment_Nm = 0.0, sum_N = 0.0;
    for (std::size_t c = 0; c < 8; ++c) {
        moment_Nm += plant.cellForces()[c].si() * plant.parts().places[c].x.si();
        sum_N += plant.cellForces()[c].si();
    }
    double expected_kg_m = 11'700.0 * 9.0;
    for (const AxleModel& axle : sixAxles().axles) {
        expected_kg_m += axle.load.si() * (15.8 - axle.position.si());
    }
    BOOST_TEST(moment_Nm / sum_N == expected_kg_m / 60'700.0, boost::test_tools::tolerance(1e-4));
}

BOOST_AUTO_TEST_CASE(driving_on_makes_a_staircase_and_braking_moves_the_deck) {
    ScaleModel scale = referenceScale();
    scale.deck.sideways.stops = standardStops(scale.deck, Length{5e-3}, Length{7.5e-3});
    Plant plant{scale, {}, 3};
    const double empty_kg = sum_kg(plant);
    DrivePlan plan;
    plan.start = {Length{-3.0}, Length{0.1}};
    plan.stops = {{Length{15.8}, 30s}};
    plan.leaveTo = Length{60.0};
    plant.drive(sixAxles(), plan);
    double most_m = 0.0;
    std::vector<double> seen_kg;
    for (int i = 0; i < 300; ++i) {
        plant.convert(100ms);
        most_m = std::max(most_m, std::abs(plant.sideways().x_m));
        seen_kg.push_back(sum_kg(plant) - empty_kg);
    }
    // Each riser is there for a moment at least.
    for (const double step_kg : {7'000.0, 16'000.0, 25'000.0, 33'000.0, 41'000.0, 49'000.0}) {
        const bool found = std::any_of(seen_kg.begin(), seen_kg.end(), [&](double kg) {
            return std::abs(kg - step_kg) < 0.06 * step_kg;
        });
        BOOST_TEST(found, "no reading near " << step_kg << " kg");
    }
    BOOST_TEST(std::abs(seen_kg.back() - 49'000.0) < 10.0);
    // 0.6 m/s2 push with 0.061 of the weight: beyond the gap of 5 mm.
    BOOST_TEST(most_m > 5.0e-3);
    BOOST_TEST(most_m < 7.0e-3);
    run(plant, 60s);
    BOOST_TEST(plant.massOnDeck().si() == 0.0);
    BOOST_TEST(std::abs(sum_kg(plant) - empty_kg) < 0.5);
    BOOST_TEST(plant.resting());
}

BOOST_AUTO_TEST_CASE(wind_lifts_the_bare_deck) {
    SiteModel site;
    site.wind.speed = Speed{10.0};
    site.wind.turbulence = 0.0;
    site.temperature = Temperature{15.0};  // 1.225 kg/m3, as the table of wind forces has it
    Plant windy{referenceScale(), site, 3}, still{referenceScale(), {}, 3};
    run(windy, 10s);
    run(still, 10s);
    BOOST_TEST(sum_kg(windy) - sum_kg(still) == -67.0, boost::test_tools::tolerance(0.01));
    // Gusts never rest.
    site.wind.turbulence = 0.2;
    Plant gusty{referenceScale(), site, 3};
    run(gusty, 10s);
    BOOST_TEST(!gusty.resting());
}

BOOST_AUTO_TEST_CASE(rain_stays_until_it_runs_off) {
    SiteModel site;
    site.rain.rate_mm_h = 20.0;
    Plant wet{referenceScale(), site, 3};
    const double dry_kg = sum_kg(wet);
    run(wet, 60s);
    BOOST_TEST(std::abs(sum_kg(wet) - dry_kg - 18.0) < 0.3);
    run(wet, 10min);
    BOOST_TEST(std::abs(sum_kg(wet) - dry_kg - 54.0) < 0.3);
    BOOST_TEST(wet.resting());
}

BOOST_AUTO_TEST_CASE(shaking_shows_in_the_sum_and_not_in_the_mean) {
    SiteModel site;
    site.vibration.push_back({10.0, Speed{5e-4}, 0.0});
    Plant plant{referenceScale(), site, 3};
    double low = 1e9, high = 0.0, mean = 0.0;
    plant.onStep = [&](SimTime) {
        const double kg = sum_kg(plant);
        low = std::min(low, kg);
        high = std::max(high, kg);
    };
    run(plant, 5s);
    low = 1e9, high = 0.0;
    int count = 0;
    plant.onStep = [&](SimTime) {
        const double kg = sum_kg(plant);
        low = std::min(low, kg), high = std::max(high, kg), mean += kg, ++count;
    };
    run(plant, 10s);
    // 0.5 mm/s at 10 Hz is 0.0032 g; a deck of 24 Hz amplifies it by 1 / (1 - (10/24)^2) = 1.21.
    BOOST_TEST((high - low) / 2.0 == 11'700.0 * 0.0032 * 1.21, boost::test_tools::tolerance(0.05));
    BOOST_TEST(std::abs(mean / count - 11'700.0) < 0.5);
}

BOOST_AUTO_TEST_CASE(same_bytes_with_everything_on) {
    const auto hashOfARun = [] {
        SiteModel site;
        site.wind.speed = Speed{6.0};
        site.rain.rate_mm_h = 5.0;
        site.vibration.push_back({12.0, Speed{1e-4}, 0.1});
        Plant plant{referenceScale(), site, 3};
        DrivePlan plan;
        plan.start = {Length{-3.0}, Length{0.1}};
        plan.stops = {{Length{15.8}, 2s}};
        plant.drive(sixAxles(), plan);
        run(plant, 20s);
        const PlantHashes all = plant.hashes();
        Hash combined;
        for (const std::uint64_t part : {all.deck, all.cells, all.loads, all.noise}) {
            combined.add(part);
        }
        return combined.value();
    };
    BOOST_TEST(hashOfARun() == hashOfARun());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test
