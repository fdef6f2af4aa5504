// Tests for firmware-bridge/reference/measuring.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "bench_indicator.h"

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(measuring)

BOOST_AUTO_TEST_CASE(nothing_is_shown_until_the_filter_is_full) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.powerOn();
    BOOST_TEST(b.status(10));
    BOOST_TEST(b.gross() == blank);
    b.load_g(0, 0.4);
    BOOST_TEST(b.status(10));
    BOOST_TEST(b.command(1) == 7);
    b.load_g(0, 0.1);
    BOOST_TEST(!b.status(10));
    BOOST_TEST(b.gross() == 0);
}

BOOST_AUTO_TEST_CASE(average_covers_filter_ms) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(10'000'000);
    b.load_g(20'000'000, 0.2);
    BOOST_TEST(b.unrounded_mg() == 14'000'000'000);
    b.load_g(20'000'000, 0.3);
    BOOST_TEST(b.unrounded_mg() == 20'000'000'000);
}

// A fifth of a code survives the average: 256 parts per code.
BOOST_AUTO_TEST_CASE(average_keeps_fractions_of_a_code) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(10'000'000);
    b.load_g(10'000'020, 0.1);
    BOOST_TEST(std::abs(b.unrounded_mg() - 10'000'004'000) <= 20'000 / 256);
    BOOST_TEST(b.unrounded_mg() != 10'000'000'000);
}

struct Filter {
    std::uint16_t rate_Hz, filter_ms, stability_ms;
    friend std::ostream& operator<<(std::ostream& os, const Filter& f) {
        return os << f.rate_Hz << " Hz, " << f.filter_ms << " ms";
    }
};
const Filter filters[] = {{10, 100, 300},  {10, 200, 500},  {10, 300, 500}, {10, 400, 500},
                          {10, 500, 1000}, {10, 1000, 500}, {80, 500, 500}, {80, 1600, 1000}};

BOOST_DATA_TEST_CASE(a_step_of_one_interval_is_motion_at_once, bdata::make(filters), f) {
    auto p = truckScale();
    p.rate_hz = f.rate_Hz;
    p.filter_ms = f.filter_ms;
    p.stability_ms = f.stability_ms;
    auto b = BenchIndicator::adjusted(p);
    b.settle_g(10'000'000);
    b.load_g(10'000'000, 2);
    BOOST_TEST_REQUIRE(b.status(0));
    const std::int32_t code = b.deadCode + 10'020'000 / 20;
    b.feed(code, 2);
    BOOST_TEST(!b.status(0));
    // Never stable while the average still has to move.
    for (int k = 2; k < f.rate_Hz * 4; ++k) {
        if (b.status(0)) BOOST_TEST_REQUIRE(b.unrounded_mg() == 10'020'000'000);
        b.feed(code);
    }
    BOOST_TEST(b.status(0));
}

BOOST_AUTO_TEST_CASE(a_tenth_of_an_interval_is_no_motion) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(10'000'000);
    for (int k = 0; k < 10; ++k) {
        b.load_g(10'002'000, 0.1);
        BOOST_TEST(b.status(0));
    }
}

BOOST_AUTO_TEST_CASE(a_slow_ramp_is_motion) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(10'000'000);
    for (int k = 1; k <= 20; ++k) b.load_g(10'000'000 + k * 2'000, 0.1);  // 1 d per second
    BOOST_TEST(!b.status(0));
}

BOOST_AUTO_TEST_CASE(a_saturated_code_blanks_until_it_has_left_the_filter) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(0);
    b.feed(0x7FFFFF);
    BOOST_TEST(b.status(5));
    BOOST_TEST(!b.status(0));
    BOOST_TEST(b.gross() == blank);
    b.load_g(0, 0.4);
    BOOST_TEST(b.status(5));
    b.load_g(0, 0.1);
    BOOST_TEST(!b.status(5));
    BOOST_TEST(b.gross() == 0);
    b.feed(-0x800000);
    BOOST_TEST(b.status(5));
}

BOOST_AUTO_TEST_CASE(a_silent_converter_is_a_fault_after_one_second) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(1'000'000);
    b.pass(900'000);
    BOOST_TEST(b.gross() == 1'000);
    b.pass(200'000);
    BOOST_TEST(b.status(5));
    BOOST_TEST(b.gross() == blank);
    b.powerOn();
    BOOST_TEST(!b.status(5));
    b.pass(1'100'000);
    BOOST_TEST(b.status(5));
}

BOOST_AUTO_TEST_CASE(conversions_are_counted) {
    auto b = BenchIndicator::adjusted(truckScale());
    const int before = b.readOne(10);
    b.load_g(0, 0.7);
    BOOST_TEST(b.readOne(10) == before + 7);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
