// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/plant/plant.h: once it is warm, a conversion asks for no memory.
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <new>

#include "sim/plant/plant.h"
#include "tests/sim/plant/reference_scale.h"
#include "tests/sim/plant/six_axles.h"

namespace {

// Counted in this program only.
std::size_t allocations = 0;

}  // namespace

// Not inlined: the compiler would see one of a pair alone and take it for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace jh::test {

BOOST_AUTO_TEST_SUITE(plant_allocations)

BOOST_AUTO_TEST_CASE(driving_on_allocates_nothing) {
    SiteModel site;
    site.wind.speed = Speed{8.0};
    site.rain.rate_mm_h = 5.0;
    Plant plant{referenceScale(), site, 3};
    DrivePlan plan;
    plan.start = {Length{-3.0}, Length{0.1}};
    plan.stops = {{Length{15.8}, 5s}};
    plan.leaveTo = Length{40.0};
    plant.drive(sixAxles(), plan);
    for (int i = 0; i < 50; ++i) plant.convert(100ms);
    const std::size_t before = allocations;
    for (int i = 0; i < 400; ++i) plant.convert(100ms);
    BOOST_TEST(allocations - before == 0u);
    BOOST_TEST(plant.traffic()->vehicle(0).frontAxle().si() > 16.0);
}

BOOST_AUTO_TEST_CASE(who_has_left_for_good_stands_still) {
    Plant plant{referenceScale(), {}, 3};
    DrivePlan plan;
    plan.start = {Length{10.0}, Length{}};
    plan.stops = {{Length{15.8}, 1s}};
    plan.leaveTo = Length{20.0};  // with its tail still on the deck
    plant.drive(sixAxles(), plan);
    for (int i = 0; i < 100; ++i) plant.convert(100ms);
    BOOST_TEST(!plant.resting());
    BOOST_TEST(plant.massOnDeck().si() > 0.0);
    for (int i = 0; i < 300; ++i) plant.convert(100ms);
    BOOST_TEST(plant.massOnDeck().si() == 0.0);
    BOOST_TEST(plant.traffic()->retired(0));
    const double left_m = plant.traffic()->vehicle(0).frontAxle().si();
    BOOST_TEST(left_m > 31.0);
    for (int i = 0; i < 100; ++i) plant.convert(100ms);
    BOOST_TEST(plant.traffic()->vehicle(0).frontAxle().si() == left_m);
    BOOST_TEST(plant.resting());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test
