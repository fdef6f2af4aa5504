// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/vehicle/vehicle_world.h: no memory in the step, same bits in every build
#include <LinearMath/btAlignedAllocator.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <new>

#include "sim/vehicle/profile_road.h"
#include "tests/sim/vehicle/shipped_truck.h"

namespace {

long allocations = 0;

void* counted(std::size_t size) {
    ++allocations;
    return std::malloc(size);
}

}  // namespace

// Not inlined: the compiler would see one of a pair alone and take it for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
    void* memory = counted(size);
    if (memory == nullptr) throw std::bad_alloc{};
    return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

using namespace jh;
using namespace jh::test;

namespace {

DrivePlan ontoTheDeck() {
    DrivePlan plan;
    plan.start = {Length{-2.0}, Length{0.1}, Heading::alongX};
    plan.stops = {{Length{15.8}, 60s}};
    return plan;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vehicle_world)

BOOST_AUTO_TEST_CASE(no_step_allocates_after_the_first) {
    btAlignedAllocSetCustom(counted, std::free);
    {
        VehicleWorld world{standardGravity};
        world.drive(shipped("china-6axle-49t"), ontoTheDeck());
        world.park(shipped("china-8x4-31t"), {Length{60.0}, {}});
        const ProfileRoad road{{}, NoiseStream{1, "road"}};
        world.step(road, dt_s);
        const long before = allocations;
        BOOST_TEST(before > 0);
        run(world, road, 20.0);
        BOOST_TEST(allocations == before);
    }
    btAlignedAllocSetCustom(nullptr, nullptr);
}

BOOST_AUTO_TEST_CASE(a_run_has_the_same_bits_in_every_build) {
    std::uint64_t first = 0;
    for (int round = 0; round < 2; ++round) {
        VehicleWorld world{standardGravity};
        Vehicle& truck = world.drive(shipped("china-6axle-49t"), ontoTheDeck());
        truck.setIdle(Force{40.0});
        const ProfileRoad road{{}, NoiseStream{1, "road"}};
        run(world, road, 20.0);
        Hash hash;
        world.hashInto(hash);
        if (round == 0) first = hash.value();
        BOOST_TEST(hash.value() == first);
    }
    // Golden: changes only together with the model or a shipped figure, and stands in the
    // changelog.
    BOOST_TEST(first == 5662628826675026916u);
}

BOOST_AUTO_TEST_SUITE_END()
