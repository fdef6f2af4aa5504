// Tests for firmware-bridge/reference/commands.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "bench_indicator.h"

namespace jh {
namespace {

BOOST_AUTO_TEST_SUITE(commands)

BOOST_AUTO_TEST_CASE(net_zero_after_tare_is_right_within_a_quarter_interval) {
    auto b = BenchIndicator::adjusted(truckScale());
    for (const std::int64_t load_g : {15'009'980, 15'010'000, 99'990'020}) {
        b.settle_g(load_g);
        const std::int64_t tared_mg = b.unrounded_mg();
        BOOST_TEST(b.command(2) == 1);
        BOOST_TEST(b.status(2));
        BOOST_TEST(b.net() == 0);
        // The net changes over half an interval above the load, so nothing of it was rounded away.
        b.settle_g(load_g + 9'980);
        BOOST_TEST(b.net() == 0);
        b.settle_g(load_g + 10'000);
        BOOST_TEST(b.net() == 20);
        b.settle_g(load_g);
        BOOST_TEST(b.unrounded_mg() == 0);
        BOOST_TEST(b.readLong(5) == (load_g + 10'000) / 20'000 * 20);
        BOOST_TEST(b.command(3) == 1);
        BOOST_TEST(b.unrounded_mg() == tared_mg);
    }
}

BOOST_AUTO_TEST_CASE(clearing_the_tare_shows_gross_as_net) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(15'000'000);
    BOOST_TEST(b.command(2) == 1);
    b.settle_g(0);
    BOOST_TEST(b.net() == -15'000);
    BOOST_TEST(b.command(3) == 1);
    BOOST_TEST(!b.status(2));
    BOOST_TEST(b.net() == 0);
    BOOST_TEST(b.readLong(5) == 0);
}

BOOST_AUTO_TEST_CASE(tare_wants_rest_and_a_load_up_to_max) {
    auto b = BenchIndicator::adjusted(truckScale());
    BOOST_TEST(b.command(2) == 4);
    b.settle_g(-100'000);
    BOOST_TEST(b.command(2) == 4);
    b.settle_g(100'000'000);
    BOOST_TEST(b.command(2) == 1);
    b.settle_g(100'020'000);
    BOOST_TEST(b.command(2) == 4);
    b.settle_g(110'000'000);
    BOOST_TEST(b.command(2) == 7);
    b.settle_g(15'000'000);
    b.load_g(15'100'000, 0.1);
    BOOST_TEST(b.command(2) == 3);
    BOOST_TEST(b.readLong(5) == 100'000);
}

BOOST_AUTO_TEST_CASE(unknown_commands_are_named_so) {
    auto b = BenchIndicator::adjusted(truckScale());
    BOOST_TEST(b.command(99) == 6);
    BOOST_TEST(b.readOne(24) == 99);
    BOOST_TEST(b.command(3) == 1);
    BOOST_TEST(b.readOne(24) == 3);
}

BOOST_AUTO_TEST_CASE(the_state_is_idle_after_power_on) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.powerOn();
    BOOST_TEST(b.readOne(23) == 0);
}

BOOST_AUTO_TEST_CASE(adjustment_is_sealed_until_the_code_is_given) {
    auto b = BenchIndicator::adjusted(truckScale());
    BOOST_TEST(b.command(16) == 5);
    BOOST_TEST(b.command(17, 50'000) == 5);
    BOOST_TEST(b.command(32, 538) == 4);
    BOOST_TEST(b.command(16) == 5);
    BOOST_TEST(b.command(32, 539) == 1);
    BOOST_TEST(b.command(16) == 1);
    BOOST_TEST(b.command(33) == 1);
    BOOST_TEST(b.command(16) == 5);
    BOOST_TEST(b.command(32, 539) == 1);
    b.powerOn();
    b.settle_g(0);
    BOOST_TEST(b.command(16) == 5);
}

BOOST_AUTO_TEST_CASE(a_scale_never_adjusted_shows_no_weight) {
    BenchIndicator b{truckScale()};
    b.settle_g(0);
    BOOST_TEST(b.status(7));
    BOOST_TEST(b.status(0));
    BOOST_TEST(b.gross() == blank);
    BOOST_TEST(b.command(1) == 7);
    BOOST_TEST(b.command(4) == 7);
}

BOOST_AUTO_TEST_CASE(span_follows_the_known_mass) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.command(32, 539);
    b.settle_g(40'000'000);
    BOOST_TEST(b.command(17, 41'000) == 1);
    BOOST_TEST(b.gross() == 41'000);
    b.settle_g(20'000'000);
    BOOST_TEST(b.gross() == 20'500);
}

BOOST_AUTO_TEST_CASE(span_refuses_what_cannot_be) {
    auto b = BenchIndicator::adjusted(truckScale());
    const auto nonvolatile = b.nonvolatile;
    b.command(32, 539);
    BOOST_TEST(b.command(17, 50'000) == 4);  // no signal
    b.settle_g(4'980'000);
    BOOST_TEST(b.command(17, 4'980) == 4);  // less than 5 % of Max
    b.settle_g(50'000'000);
    BOOST_TEST(b.command(17, 0) == 4);
    BOOST_TEST(b.command(17, -50'000) == 4);
    BOOST_TEST(b.command(17, 100'001) == 4);
    BOOST_TEST(b.command(17, 25'000) == 4);  // Max would lie outside the converter
    BOOST_TEST((b.nonvolatile == nonvolatile));
    BOOST_TEST(b.command(17, 40'000) == 1);  // a bold lie but a possible scale
    b.load_g(61'000'000, 0.1);
    BOOST_TEST(b.command(17, 61'000) == 3);
}

BOOST_AUTO_TEST_CASE(span_wants_zero_first) {
    BenchIndicator b{truckScale()};
    b.settle_g(50'000'000);
    b.command(32, 539);
    BOOST_TEST(b.command(17, 50'000) == 4);
}

// What tracking had taken up belongs to zero, not to the mass.
BOOST_AUTO_TEST_CASE(span_counts_from_the_actual_zero) {
    auto b = BenchIndicator::adjusted(truckScale());
    b.settle_g(1'000'000);
    BOOST_TEST(b.command(1) == 1);
    b.command(32, 539);
    b.settle_g(51'000'000);
    BOOST_TEST(b.command(17, 50'000) == 1);
    BOOST_TEST(b.gross() == 50'000);
    BOOST_TEST(std::abs(b.unrounded_mg() - 50'000'000'000) <= 20'000);
    b.settle_g(1'000'000);
    BOOST_TEST(b.gross() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
