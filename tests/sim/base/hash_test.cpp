// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/base/hash.h
#include "sim/base/hash.h"

#include <bit>
#include <boost/test/unit_test.hpp>
#include <set>

using namespace jh;

namespace {

std::uint64_t hashOf(auto... values) {
    Hash hash;
    (hash.add(values), ...);
    return hash.value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hash)

BOOST_AUTO_TEST_CASE(order_and_borders_count) {
    BOOST_TEST(hashOf(1.0, 2.0) != hashOf(2.0, 1.0));
    BOOST_TEST(hashOf(std::string_view{"ab"}, std::string_view{"c"}) !=
               hashOf(std::string_view{"a"}, std::string_view{"bc"}));
    BOOST_TEST(hashOf(0.0) != hashOf(-0.0));
    BOOST_TEST(hashOf(1.0) == hashOf(1.0));
}

BOOST_AUTO_TEST_CASE(one_bit_turns_about_half_of_the_hash) {
    int turned = 0;
    for (int bit = 0; bit < 64; ++bit) {
        turned += std::popcount(hashOf(std::uint64_t{0}) ^ hashOf(std::uint64_t{1} << bit));
    }
    // Mean 32 of 64 bits, standard error 0.5; 3 is six of them.
    BOOST_TEST(std::abs(turned / 64.0 - 32.0) < 3.0);
}

BOOST_AUTO_TEST_CASE(small_numbers_do_not_collide) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 10000; ++i) seen.insert(hashOf(i, i / 7));
    BOOST_TEST(seen.size() == 10000u);
}

BOOST_AUTO_TEST_SUITE_END()
