// Tests for firmware-bridge/reference/parameters.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "bench_indicator.h"

namespace jh {
namespace {

BOOST_AUTO_TEST_SUITE(parameters)

BOOST_AUTO_TEST_CASE(works_values_can_be_read) {
    auto b = BenchIndicator::adjusted(multiIntervalTruckScale());
    BOOST_TEST(b.readOne(30) == 539);
    BOOST_TEST(b.readOne(31) == 0x0100);
    BOOST_TEST(b.readLong(32) == 20'260'001);
    BOOST_TEST(b.readLong(37) == 100'000);
    BOOST_TEST(b.readLong(39) == 20);
    BOOST_TEST(b.readLong(41) == 60'000);
    BOOST_TEST(b.readLong(43) == 50);
    BOOST_TEST(b.readOne(45) == 2);
    auto single = BenchIndicator::adjusted(truckScale());
    BOOST_TEST(single.readLong(43) == 0);
    BOOST_TEST(single.readLong(41) == 100'000);
    BOOST_TEST(single.read(50, 5) == (std::vector<int>{500, 30, 500, 50, 50}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_adjustment_counts_and_survives_power) {
    BenchIndicator b{truckScale()};
    BOOST_TEST(b.readOne(36) == 0);
    b.settle_g(0);
    b.command(32, 539);
    for (int k = 1; k <= 5; ++k) {
        BOOST_TEST(b.command(16) == 1);
        BOOST_TEST(b.readOne(36) == k);
        b.powerOn();
        b.settle_g(0);
        BOOST_TEST(b.readOne(36) == k);
        b.command(32, 539);
    }
    BOOST_TEST(b.command(17, 50'000) == 4);
    BOOST_TEST(b.readOne(36) == 5);
}

BOOST_AUTO_TEST_CASE(adjustment_survives_power) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.powerOn();
    b.settle_g(0);
    b.settle_g(50'000'000);
    BOOST_TEST(b.gross() == 50'000);
    BOOST_TEST(b.readOne(36) == 2);
}

BOOST_AUTO_TEST_CASE(the_checksum_tells_a_change_and_its_return_and_the_counter_both) {
    auto b = BenchIndicator::adjusted(truckScale());
    const std::int32_t checksum = b.readLong(34);
    b.command(32, 539);
    BOOST_TEST(b.write(53, 1500) == 0);
    BOOST_TEST(b.readOne(53) == 1500);
    BOOST_TEST(b.readLong(34) != checksum);
    BOOST_TEST(b.readOne(36) == 3);
    BOOST_TEST(b.write(53, 50) == 0);
    BOOST_TEST(b.readLong(34) == checksum);
    BOOST_TEST(b.readOne(36) == 4);
    const Bytes untouched = b.nonvolatile;
    BOOST_TEST(b.write(53, 50) == 0);
    BOOST_TEST(b.readOne(36) == 4);
    BOOST_TEST((b.nonvolatile == untouched));
    // Two changes in one frame are two events.
    b.request({16, 0, 53, 0, 2, 4, 0, 40, 0, 40});
    BOOST_TEST(b.readOne(36) == 6);
}

BOOST_AUTO_TEST_CASE(sealed_parameters_cannot_be_written) {
    auto b = BenchIndicator::adjusted(truckScale());
    for (int address = 50; address < 55; ++address) BOOST_TEST(b.write(address, 60) == 4);
    BOOST_TEST(b.readOne(36) == 2);
    BOOST_TEST(b.readOne(50) == 500);
}

BOOST_AUTO_TEST_CASE(impossible_values_are_refused_and_nothing_changes) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.command(32, 539);
    BOOST_TEST(b.write(50, 0) == 3);
    BOOST_TEST(b.write(50, 12'900) == 3);
    BOOST_TEST(b.write(50, 12'800) == 0);
    BOOST_TEST(b.write(51, 0) == 3);
    BOOST_TEST(b.write(51, 1001) == 3);
    BOOST_TEST(b.write(52, 25'800) == 3);
    BOOST_TEST(b.write(53, 2001) == 3);
    BOOST_TEST(b.write(54, 1001) == 3);
    BOOST_TEST(b.readOne(36) == 3);
    // One bad value in the frame: none is taken.
    const Bytes r = b.request({16, 0, 50, 0, 2, 4, 0, 100, 0, 0});
    BOOST_TEST(r.at(1) == 0x90);
    BOOST_TEST(r.at(2) == 3);
    BOOST_TEST(b.readOne(50) == 12'800);
    BOOST_TEST(b.readOne(36) == 3);
}

BOOST_AUTO_TEST_CASE(a_changed_filter_takes_effect) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.command(32, 539);
    BOOST_TEST(b.write(50, 100) == 0);
    BOOST_TEST(b.status(10));
    b.settle_g(0);
    b.load_g(1'000'000, 0.1);
    BOOST_TEST(b.gross() == 1'000);
}

// Power may fail after any byte of a write: the values of before or of after, never a mixture.
BOOST_AUTO_TEST_CASE(a_torn_write_leaves_the_old_or_the_new) {
    auto b = BenchIndicator::adjusted(truckScale());
    const Bytes before = b.nonvolatile;
    const std::int32_t oldChecksum = b.readLong(34);
    b.command(32, 539);
    BOOST_TEST(b.write(54, 49) == 0);
    const Bytes after = b.nonvolatile;
    const std::int32_t newChecksum = b.readLong(34);
    const auto differs = std::mismatch(before.begin(), before.end(), after.begin()).first;
    BOOST_TEST_REQUIRE((differs != before.end()));

    for (std::size_t written = 0; written <= after.size(); ++written) {
        std::copy(before.begin(), before.end(), b.nonvolatile.begin());
        std::copy_n(after.begin(), written, b.nonvolatile.begin());
        b.powerOn();
        const std::int32_t checksum = b.readLong(34);
        BOOST_TEST_REQUIRE((checksum == oldChecksum || checksum == newChecksum));
        BOOST_TEST_REQUIRE(b.readOne(54) == (checksum == oldChecksum ? 50 : 49));
        BOOST_TEST_REQUIRE(!b.status(6));
        BOOST_TEST_REQUIRE(b.readOne(36) >= 2);
    }
    BOOST_TEST(b.readOne(54) == 49);
}

// The first save is cut off after its count, the second one within it: the count of before stood
// only in the slot that is being written over.
BOOST_AUTO_TEST_CASE(two_torn_writes_do_not_take_the_count_back) {
    auto b = BenchIndicator::adjusted(truckScale());
    const auto cutOff = [&b](int value, std::size_t bytesWritten) {
        const Bytes before = b.nonvolatile;
        b.command(32, 539);
        BOOST_TEST_REQUIRE(b.write(54, value) == 0);
        const Bytes after = b.nonvolatile;
        std::size_t written = 0;
        for (std::size_t k = 0; k < after.size(); ++k) {
            if (after[k] == before[k]) continue;
            if (written++ >= bytesWritten) b.nonvolatile[k] = before[k];
        }
        b.powerOn();
        return b.readOne(36);
    };
    constexpr std::size_t most = 16;
    for (std::size_t first = 0; first < most; ++first) {
        for (std::size_t second = 0; second < most; ++second) {
            const int counted = b.readOne(36);
            const int once = cutOff(b.readOne(54) == 49 ? 48 : 49, first);
            BOOST_TEST_REQUIRE(once >= counted);
            BOOST_TEST_REQUIRE(cutOff(b.readOne(54) == 47 ? 46 : 47, second) >= once);
        }
    }
}

BOOST_AUTO_TEST_CASE(work_goes_on_after_a_torn_write) {
    auto b = BenchIndicator::adjusted(truckScale());
    const Bytes before = b.nonvolatile;
    b.command(32, 539);
    BOOST_TEST(b.write(54, 49) == 0);
    for (std::size_t k = 0; k < before.size(); ++k)
        if (before[k] != b.nonvolatile[k]) {
            b.nonvolatile[k] = before[k];
            break;
        }
    b.powerOn();
    b.settle_g(0);
    BOOST_TEST(b.readOne(54) == 50);
    b.command(32, 539);
    BOOST_TEST(b.write(54, 48) == 0);
    b.powerOn();
    b.settle_g(0);
    BOOST_TEST(b.readOne(54) == 48);
    BOOST_TEST(b.gross() == 0);
}

BOOST_AUTO_TEST_CASE(two_bad_slots_blank_the_weight_but_keep_the_counter) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.nonvolatile[20] ^= 1;
    b.nonvolatile[b.nonvolatile.size() / 2 + 20] ^= 1;
    b.powerOn();
    b.settle_g(0);
    BOOST_TEST(b.status(6));
    BOOST_TEST(b.gross() == blank);
    BOOST_TEST(b.readOne(36) == 2);
    BOOST_TEST(b.command(32, 539) == 1);
    BOOST_TEST(b.command(16) == 7);
    BOOST_TEST(b.write(50, 500) == 4);
    BOOST_TEST(b.status(6));
}

BOOST_AUTO_TEST_CASE(every_single_bit_error_is_noticed) {
    const auto b = BenchIndicator::adjusted(truckScale());
    const std::size_t slot = b.nonvolatile.size() / 2;
    for (std::size_t bit = 0; bit < slot * 8; ++bit) {
        auto damaged = b;
        for (const std::size_t start : {std::size_t{0}, slot})
            damaged.nonvolatile[start + bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        damaged.powerOn();
        BOOST_TEST_REQUIRE(damaged.status(6));
    }
}

BOOST_AUTO_TEST_CASE(an_erased_memory_is_invalid) {
    auto b = BenchIndicator::adjusted(truckScale());
    for (const std::uint8_t fill : Bytes{0x00, 0xFF}) {
        std::fill(b.nonvolatile.begin(), b.nonvolatile.end(), fill);
        b.powerOn();
        b.settle_g(0);
        BOOST_TEST(b.status(6));
        BOOST_TEST(b.readOne(36) == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
