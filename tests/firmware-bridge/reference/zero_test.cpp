// Tests for firmware-bridge/reference/zero.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "bench_indicator.h"
#include "firmware-bridge/reference/indicator_core.h"

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

constexpr std::int64_t d_g = 20'000;

struct InitialZero {
    std::int64_t load_g;
    std::int32_t shown_kg;
    friend std::ostream& operator<<(std::ostream& os, const InitialZero& c) {
        return os << c.load_g << " g at power-on";
    }
};
// 20 % of Max in all: 10 t on each side, edge included (R 76-1 4.5.1).
const InitialZero initial[] = {
    {0, 0}, {10'000'000, 0}, {10'010'000, 10'020}, {-10'000'000 / 8, 0}, {60'000'000, 60'000}};

jh_indicator_parameters untracked() {
    auto p = truckScale();
    p.tracking_rate_cd_s = 0;
    return p;
}

BOOST_AUTO_TEST_SUITE(zero)

BOOST_DATA_TEST_CASE(initial_zero_within_a_fifth_of_max, bdata::make(initial), c) {
    auto b = BenchIndicator::adjusted(untracked());
    b.powerOn();
    b.settle_g(c.load_g);
    BOOST_TEST(b.gross() == c.shown_kg);
}

BOOST_AUTO_TEST_CASE(initial_zero_waits_for_rest_and_happens_once) {
    auto b = BenchIndicator::adjusted(untracked());
    b.powerOn();
    for (int k = 0; k < 20; ++k) b.load_g(k % 2 == 0 ? 0 : 400'000, 0.1);
    BOOST_TEST(b.gross() != 0);
    b.settle_g(1'000'000);
    BOOST_TEST(b.gross() == 0);
    b.settle_g(0);
    BOOST_TEST(b.unrounded_mg() == -1'000'000'000);
}

// 4 % of Max in all: 2 t on each side of the adjusted zero.
BOOST_AUTO_TEST_CASE(zero_setting_reaches_two_percent_and_no_further) {
    auto b = BenchIndicator::adjusted(untracked());
    b.settle_g(2'000'020);
    BOOST_TEST(b.command(1) == 4);
    BOOST_TEST(b.gross() == 2'000);
    b.settle_g(2'000'000);
    BOOST_TEST(b.command(1) == 1);
    BOOST_TEST(b.gross() == 0);
    b.settle_g(2'500'000);
    BOOST_TEST(b.command(1) == 4);
    b.settle_g(-2'000'000);
    BOOST_TEST(b.status(4));
    BOOST_TEST(b.command(1) == 1);
    BOOST_TEST(b.gross() == 0);
    b.settle_g(-2'000'020);
    BOOST_TEST(b.command(1) == 4);
}

BOOST_AUTO_TEST_CASE(the_range_moves_with_the_initial_zero) {
    auto b = BenchIndicator::adjusted(untracked());
    b.powerOn();
    b.settle_g(8'000'000);
    b.settle_g(10'000'000);
    BOOST_TEST(b.command(1) == 1);
    b.settle_g(10'000'020);
    BOOST_TEST(b.command(1) == 4);
}

BOOST_AUTO_TEST_CASE(zero_setting_is_refused_while_unstable) {
    auto b = BenchIndicator::adjusted(untracked());
    b.settle_g(0);
    b.load_g(100'000, 0.1);
    BOOST_TEST(b.command(1) == 3);
    b.settle_g(100'000);
    BOOST_TEST(b.gross() == 100);
}

BOOST_AUTO_TEST_CASE(a_span_by_numbers_leaves_zero_at_its_codes) {
    auto b = BenchIndicator::adjusted(untracked());
    b.settle_g(100'000);
    BOOST_TEST(b.command(1) == 1);
    const auto zero_q8 = [&] {
        jh_core_values v{};
        jh_core_read(b.state.data(), b.now_us, &v);
        return v.zero_q8;
    };
    constexpr std::int32_t wanted_q8 = 256 * (BenchIndicator::deadCode + 5'000);
    BOOST_TEST(std::abs(zero_q8() - wanted_q8) <= 1);

    // Half as much for a code as before.
    BOOST_TEST(jh_core_execute(b.state.data(), b.now_us, JH_CORE_UNLOCK, 0) == JH_CORE_DONE);
    BOOST_TEST(jh_core_set_span(b.state.data(), 10'000, 256) == JH_CORE_DONE);
    BOOST_TEST(std::abs(zero_q8() - wanted_q8) <= 1);
    b.settle_g(100'000);
    BOOST_TEST(b.gross() == 0);
    b.settle_g(50'100'000);
    BOOST_TEST(b.gross() == 25'000);
}

BOOST_AUTO_TEST_CASE(zero_setting_is_right_within_a_quarter_interval) {
    auto b = BenchIndicator::adjusted(untracked());
    for (const std::int64_t load_g : {7'000, 10'000, 993'020, -57'980}) {
        b.settle_g(load_g);
        BOOST_TEST(b.command(1) == 1);
        BOOST_TEST(std::abs(b.unrounded_mg()) * 4 <= d_g * 1000);
    }
}

BOOST_AUTO_TEST_CASE(tracking_swallows_what_rests_inside_the_band) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(8'000);
    b.load_g(8'000, 2);
    BOOST_TEST(b.unrounded_mg() == 0);
}

BOOST_AUTO_TEST_CASE(ten_intervals_are_never_tracked) {
    for (const int rate : {10, 80}) {
        auto p = truckScale();
        p.rate_hz = static_cast<std::uint16_t>(rate);
        p.filter_ms = rate == 80 ? 1600 : 500;
        p.stability_band_cd = 100;
        auto b = BenchIndicator::adjusted(p);
        b.load_g(0, 5);
        b.load_g(10 * d_g, 60);
        BOOST_TEST(b.unrounded_mg() == 10 * d_g * 1000);
        b.load_g(0, 60);
        BOOST_TEST(b.unrounded_mg() == 0);
    }
}

BOOST_AUTO_TEST_CASE(tracking_moves_half_an_interval_per_second) {
    auto p = truckScale();
    p.tracking_band_cd = 1000;
    auto b = BenchIndicator::adjusted(p);
    b.settle_g(5 * d_g);
    const std::int64_t before_mg = b.unrounded_mg();
    BOOST_TEST(before_mg > 3 * d_g * 1000);
    b.load_g(5 * d_g, 2);
    BOOST_TEST(before_mg - b.unrounded_mg() == d_g * 1000);
}

BOOST_AUTO_TEST_CASE(the_fast_tracking_fault_swallows_ten_intervals_in_three_seconds) {
    auto p = truckScale();
    p.tracking_band_cd = 1500;
    p.tracking_rate_cd_s = 500;
    auto b = BenchIndicator::adjusted(p);
    b.load_g(0, 5);
    b.load_g(10 * d_g, 1);
    BOOST_TEST(b.unrounded_mg() > 5 * d_g * 1000);
    b.load_g(10 * d_g, 2.2);
    BOOST_TEST(b.unrounded_mg() == 0);
}

BOOST_AUTO_TEST_CASE(tracking_stops_at_two_percent_of_max) {
    auto p = truckScale();
    p.tracking_band_cd = 1500;
    p.tracking_rate_cd_s = 500;
    auto b = BenchIndicator::adjusted(p);
    for (std::int64_t k = 1; k <= 15; ++k) b.load_g(k * 10 * d_g, 5);
    BOOST_TEST(150 * d_g * 1000 - b.unrounded_mg() <= 2'000'000'000);
    BOOST_TEST(150 * d_g * 1000 - b.unrounded_mg() > 1'900'000'000);
}

BOOST_AUTO_TEST_CASE(tracking_stands_still_during_motion) {
    auto b = BenchIndicator::adjusted(truckScale());
    for (int k = 0; k < 60; ++k) b.load_g(k % 2 == 0 ? 20'000 : -20'000, 0.1);
    b.load_g(0, 0.5);
    BOOST_TEST(b.unrounded_mg() == 0);
}

BOOST_AUTO_TEST_CASE(net_zero_is_tracked_only_near_the_actual_zero) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(1'000'000);
    BOOST_TEST(b.command(2) == 1);
    b.load_g(1'006'000, 4);
    BOOST_TEST(b.net() == 0);
    // The 6 kg on top of the net zero are tracked away.
    BOOST_TEST(b.unrounded_mg() == 0);
    b.settle_g(5'000'000);
    BOOST_TEST(b.command(2) == 1);
    b.load_g(5'006'000, 4);
    // Beyond 4 % of Max they stay.
    BOOST_TEST(b.unrounded_mg() == 6'000'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
