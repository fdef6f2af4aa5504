// Tests for firmware-bridge/reference/indication.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "bench_indicator.h"

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

struct Rounding {
    std::int64_t load_g;
    std::int32_t shown_kg;
    friend std::ostream& operator<<(std::ostream& os, const Rounding& r) {
        return os << r.load_g << " g shows " << r.shown_kg << " kg";
    }
};

/// Nothing but rounding: no tracking, no initial zero.
jh_indicator_parameters plain(jh_indicator_parameters p) {
    p.tracking_rate_cd_s = 0;
    return p;
}

BOOST_AUTO_TEST_SUITE(indication)

// I = d floor(P/d + 1/2): the half belongs to the upper value on both sides of zero.
const Rounding single[] = {
    {0, 0},         {9'980, 0},           {10'000, 20},         {29'980, 20},
    {30'000, 40},   {-10'000, 0},         {-10'020, -20},       {-30'000, -20},
    {-30'020, -40}, {50'000'000, 50'000}, {50'009'980, 50'000}, {50'010'000, 50'020}};

BOOST_DATA_TEST_CASE(rounds_to_the_nearest_interval, bdata::make(single), r) {
    auto b = BenchIndicator::adjusted(plain(truckScale()));
    b.settle_g(r.load_g);
    BOOST_TEST(b.gross() == r.shown_kg);
    BOOST_TEST(b.unrounded_mg() == r.load_g * 1000);
}

// The partial range in use follows the load once rounded: 60 009.98 kg still shows 60 000 by 20 kg.
const Rounding multi[] = {{59'989'980, 59'980},  {59'990'000, 60'000}, {60'009'980, 60'000},
                          {60'010'000, 60'000},  {60'024'980, 60'000}, {60'025'000, 60'050},
                          {99'975'000, 100'000}, {-1'010'020, blank}};

BOOST_DATA_TEST_CASE(multi_interval_edges, bdata::make(multi), r) {
    auto b = BenchIndicator::adjusted(plain(multiIntervalTruckScale()));
    b.settle_g(r.load_g);
    BOOST_TEST(b.gross() == r.shown_kg);
}

BOOST_AUTO_TEST_CASE(interval_in_use_changes_above_max_1) {
    auto b = BenchIndicator::adjusted(plain(multiIntervalTruckScale()));
    b.settle_g(60'009'980);
    BOOST_TEST(b.readLong(7) == 20);
    BOOST_TEST(!b.status(9));
    b.settle_g(60'010'000);
    BOOST_TEST(b.readLong(7) == 50);
    BOOST_TEST(b.status(9));
}

BOOST_AUTO_TEST_CASE(net_uses_the_range_of_the_net_load) {
    auto b = BenchIndicator::adjusted(plain(multiIntervalTruckScale()));
    b.settle_g(30'000'000);
    BOOST_TEST(b.command(2) == 1);
    b.settle_g(70'030'000);
    BOOST_TEST(b.gross() == 70'050);
    BOOST_TEST(b.net() == 40'040);
    BOOST_TEST(b.readLong(7) == 20);
}

BOOST_AUTO_TEST_CASE(a_multiple_range_indicator_keeps_its_range_on_the_way_down) {
    auto b = BenchIndicator::adjusted(multipleRangeTruckScale());
    BOOST_TEST(b.readOne(46) == 1);
    b.settle_g(60'009'980);
    BOOST_TEST(b.gross() == 60'000);
    BOOST_TEST(b.readLong(7) == 20);
    BOOST_TEST(!b.status(9));
    b.settle_g(60'010'000);  // rounds to 60 020: beyond Max_1
    BOOST_TEST(b.gross() == 60'000);
    BOOST_TEST(b.readLong(7) == 50);
    BOOST_TEST(b.status(9));
    b.settle_g(40'020'000);
    BOOST_TEST(b.gross() == 40'000);
    b.settle_g(40'030'000);
    BOOST_TEST(b.gross() == 40'050);
    BOOST_TEST(b.readLong(7) == 50);
    b.settle_g(200'000);  // the zero load of 10 e_1
    BOOST_TEST(b.readLong(7) == 50);
    b.settle_g(0);
    BOOST_TEST(b.readLong(7) == 20);
    BOOST_TEST(!b.status(9));
    b.settle_g(40'030'000);
    BOOST_TEST(b.gross() == 40'040);
}

// By itself within a quarter of e_1 of zero and no farther; by key where zero is shown.
BOOST_AUTO_TEST_CASE(a_multiple_range_indicator_goes_home_at_zero_or_by_key) {
    auto b = BenchIndicator::adjusted(plain(multipleRangeTruckScale()));
    b.settle_g(70'000'000);
    BOOST_TEST(b.command(5) == 4);  // not with a load
    b.settle_g(5'020);
    BOOST_TEST(b.readLong(7) == 50);
    b.settle_g(5'000);
    BOOST_TEST(b.readLong(7) == 20);
    b.settle_g(70'000'000);
    b.settle_g(24'980);
    BOOST_TEST(b.gross() == 0);
    BOOST_TEST(b.command(5) == 1);
    BOOST_TEST(b.readLong(7) == 20);
    BOOST_TEST(b.unrounded_mg() == 0);  // zero is set with it
    b.settle_g(70'000'000);
    b.settle_g(50'000);
    BOOST_TEST(b.command(5) == 4);
}

BOOST_AUTO_TEST_CASE(a_tare_keeps_a_multiple_range_indicator_in_its_range_until_the_key) {
    auto b = BenchIndicator::adjusted(plain(multipleRangeTruckScale()));
    b.settle_g(70'000'000);
    BOOST_TEST(b.command(2) == 1);
    b.settle_g(0);
    BOOST_TEST(b.readLong(7) == 50);
    BOOST_TEST(b.net() == -70'000);
    BOOST_TEST(b.command(5) == 1);
    BOOST_TEST(b.net() == 0);
    BOOST_TEST(!b.status(2));
    BOOST_TEST(b.readLong(7) == 20);
}

BOOST_AUTO_TEST_CASE(only_a_multiple_range_indicator_has_ranges_to_choose) {
    auto b = BenchIndicator::adjusted(multiIntervalTruckScale());
    BOOST_TEST(b.command(5) == 4);
    BOOST_TEST(b.readOne(46) == 0);
    auto one = truckScale();
    one.multiple_range = 1;
    BenchIndicator nonsense{one};
    BOOST_TEST(nonsense.status(6));
}

BOOST_AUTO_TEST_CASE(blank_above_max_plus_nine_intervals) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(100'180'000);
    BOOST_TEST(b.gross() == 100'180);
    BOOST_TEST(!b.status(3));
    b.settle_g(100'189'980);
    BOOST_TEST(b.gross() == 100'180);
    b.settle_g(100'190'000);
    BOOST_TEST(b.gross() == blank);
    BOOST_TEST(b.net() == blank);
    BOOST_TEST(b.status(3));
}

BOOST_AUTO_TEST_CASE(multi_interval_blanks_by_its_last_interval) {
    auto b = BenchIndicator::adjusted(multiIntervalTruckScale());
    b.settle_g(100'450'000);
    BOOST_TEST(b.gross() == 100'450);
    b.settle_g(100'475'000);
    BOOST_TEST(b.gross() == blank);
}

BOOST_AUTO_TEST_CASE(blank_below_minus_twenty_intervals) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(-410'000);
    BOOST_TEST(b.gross() == -400);
    b.settle_g(-410'020);
    BOOST_TEST(b.gross() == blank);
    BOOST_TEST(b.status(4));
}

BOOST_AUTO_TEST_CASE(centre_of_zero_within_a_quarter_interval) {
    auto b = BenchIndicator::adjusted(plain(truckScale()));
    b.settle_g(5'000);
    BOOST_TEST(b.status(1));
    b.settle_g(5'020);
    BOOST_TEST(!b.status(1));
    b.settle_g(-5'000);
    BOOST_TEST(b.status(1));
}

BOOST_AUTO_TEST_CASE(high_resolution_shows_tenths_for_five_seconds_only) {
    auto b = BenchIndicator::adjusted(plain(truckScale()));
    b.settle_g(50'013'000);
    BOOST_TEST(b.readLong(11) == blank);
    BOOST_TEST(b.command(4) == 1);
    const std::uint64_t given_us = b.now_us;
    BOOST_TEST(b.status(8));
    BOOST_TEST(b.readLong(11) == 5'001'400);  // 0.01 kg, rounded to 0.1 d = 2 kg
    b.feed(b.deadCode + 50'013'000 / 20, 48);
    BOOST_TEST(b.now_us - given_us < 5'000'000u);
    BOOST_TEST(b.readLong(11) == 5'001'400);
    b.feed(b.deadCode + 50'013'000 / 20, 3);
    BOOST_TEST(b.readLong(11) == blank);
    BOOST_TEST(!b.status(8));
    BOOST_TEST(b.gross() == 50'020);
}

BOOST_AUTO_TEST_CASE(rounding_hysteresis_holds_only_downwards) {
    auto p = plain(truckScale());
    p.rounding_hysteresis_g = 6'000;
    auto b = BenchIndicator::adjusted(p);
    b.settle_g(9'980);
    BOOST_TEST(b.gross() == 0);
    b.settle_g(10'000);
    BOOST_TEST(b.gross() == 20);
    b.settle_g(
        14'000);  // 6 kg more would reach 20 kg once again, never a value above the one shown
    BOOST_TEST(b.gross() == 20);
    b.settle_g(26'000);
    BOOST_TEST(b.gross() == 20);
    b.settle_g(4'000);
    BOOST_TEST(b.gross() == 20);
    b.settle_g(3'980);
    BOOST_TEST(b.gross() == 0);
}

BOOST_AUTO_TEST_CASE(decimals_scale_every_mass) {
    auto p = plain(truckScale());
    p.decimals = 2;
    auto b = BenchIndicator::adjusted(p);
    b.settle_g(1'010'000);
    BOOST_TEST(b.gross() == 102'000);
    BOOST_TEST(b.readOne(9) == 2);
    BOOST_TEST(b.readLong(37) == 10'000'000);
    BOOST_TEST(b.readLong(39) == 2'000);
    BOOST_TEST(b.command(4) == 1);
    BOOST_TEST(b.readLong(11) == 10'100'000);
}

// 358 counts per 20 kg: the span must not cost 0.001 e at 100 t, nor may one code be lost.
BOOST_AUTO_TEST_CASE(span_keeps_a_thousandth_of_an_interval) {
    constexpr std::int32_t dead = 209'380, codesAt100t = 1'789'570, codesAt20t = 357'914;
    BenchIndicator b{plain(truckScale())};
    b.feed(dead, 20);
    BOOST_TEST(b.command(32, 539) == 1);
    BOOST_TEST(b.command(16) == 1);
    b.feed(dead + codesAt20t, 20);
    BOOST_TEST(b.command(17, 20'000) == 1);
    b.feed(dead + codesAt100t, 20);
    const std::int64_t exact_mg = 20'000'000'000LL * codesAt100t / codesAt20t;
    BOOST_TEST(std::abs(b.unrounded_mg() - exact_mg) <= 20'000);
    BOOST_TEST(b.gross() == 100'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
