// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/line_faults.h
#include "hil/modbus/line_faults.h"

#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/rtu_frame.h"

using namespace jh;
using namespace jh::test;
using namespace jh::line_fault;

namespace {

const auto per = boost::test_tools::per_element();
constexpr std::uint64_t seed = 20260801;

const Bytes request = framed({0x01, 0x03, 0x00, 0x00, 0x00, 0x02});
/// Two registers, 0x1234 and 0x5678.
const Bytes reply = framed({0x01, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78});
const Bytes later = framed({0x01, 0x03, 0x04, 0xAA, 0xBB, 0xCC, 0xDD});

Bytes onTcp(std::uint8_t transaction, const Bytes& body) {
    Bytes adu(6 + body.size());
    adu[1] = transaction;
    adu[5] = static_cast<std::uint8_t>(body.size());
    std::copy(body.begin(), body.end(), adu.begin() + 6);
    return adu;
}

LineFaults faultsOf(const std::vector<LineFault>& faults, LineWire wire = LineWire::rtu) {
    auto made = LineFaults::make(faults, wire, seed);
    BOOST_REQUIRE(made.has_value());
    return std::move(*made);
}

LineFaults always(const LineFaultKind& what, LineWire wire = LineWire::rtu) {
    return faultsOf({{what, {}}}, wire);
}

/// The only piece, which comes without delay.
Bytes atOnce(const std::vector<TimedPiece>& pieces) {
    BOOST_REQUIRE(pieces.size() == 1u);
    BOOST_CHECK(pieces[0].delay == 0ns);
    return pieces[0].bytes;
}

int wrongBits(const Bytes& a, const Bytes& b) {
    int count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += std::popcount(static_cast<unsigned>(a[i] ^ b[i]));
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(line_faults)

BOOST_AUTO_TEST_CASE(without_a_fault_the_reply_goes_through) {
    LineFaults none = faultsOf({});
    BOOST_TEST(atOnce(none.apply(request, reply, 0s)) == reply, per);
    BOOST_TEST(none.apply(request, {}, 0s).empty());
    // What is no frame is not touched either.
    LineFaults busy = always(Busy{});
    BOOST_TEST(atOnce(busy.apply(request, Bytes{0x01, 0x02}, 0s)) == (Bytes{0x01, 0x02}), per);
}

BOOST_AUTO_TEST_CASE(no_reply) {
    LineFaults faults = always(NoReply{});
    BOOST_TEST(faults.apply(request, reply, 0s).empty());
}

BOOST_AUTO_TEST_CASE(late_by_a_fixed_time) {
    LineFaults faults = always(LateReply{{RandomTime::Shape::fixed, 200ms, {}}});
    const auto pieces = faults.apply(request, reply, 0s);
    BOOST_REQUIRE(pieces.size() == 1u);
    BOOST_CHECK(pieces[0].delay == 200ms);
    BOOST_TEST(pieces[0].bytes == reply, per);
}

BOOST_AUTO_TEST_CASE(late_by_a_random_time) {
    using Shape = RandomTime::Shape;
    struct Case {
        RandomTime time;
        double mean_s, deviation_s;
    };
    // Uniform: spread over the square root of 3. Exponential: its own mean.
    const Case cases[] = {{{Shape::uniform, 50ms, 30ms}, 0.050, 0.01732},
                          {{Shape::normal, 50ms, 5ms}, 0.050, 0.005},
                          {{Shape::exponential, 50ms, {}}, 0.050, 0.050}};
    for (const Case& c : cases) {
        LineFaults faults = always(LateReply{c.time});
        constexpr int draws = 20'000;
        double sum_s = 0.0, squares_s2 = 0.0;
        for (int i = 0; i < draws; ++i) {
            const double delay_s = seconds(faults.apply(request, reply, 0s).at(0).delay);
            BOOST_REQUIRE(delay_s >= 0.0);
            sum_s += delay_s;
            squares_s2 += delay_s * delay_s;
        }
        const double mean_s = sum_s / draws;
        constexpr double relative = 0.03;  // 20 000 draws: four standard errors at most
        BOOST_TEST(mean_s == c.mean_s, boost::test_tools::tolerance(relative));
        BOOST_TEST(std::sqrt(squares_s2 / draws - mean_s * mean_s) == c.deviation_s,
                   boost::test_tools::tolerance(relative));
    }
    // Clipped: a wide normal distribution around zero never comes early.
    LineFaults wide = always(LateReply{{Shape::normal, 0ms, 100ms}});
    int atZero = 0;
    for (int i = 0; i < 1000; ++i) {
        const SimTime delay = wide.apply(request, reply, 0s).at(0).delay;
        BOOST_REQUIRE(delay >= 0ns);
        if (delay == 0ns) ++atZero;
    }
    BOOST_TEST(atZero > 400);
    BOOST_TEST(atZero < 600);
}

BOOST_AUTO_TEST_CASE(contents_change_and_the_crc_fits) {
    BOOST_TEST(atOnce(always(WrongId{}).apply(request, reply, 0s)) ==
                   framed({0x02, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78}),
               per);
    BOOST_TEST(atOnce(always(Busy{}).apply(request, reply, 0s)) == framed({0x01, 0x83, 0x06}), per);
    BOOST_TEST(atOnce(always(WrongFunction{}).apply(request, reply, 0s)) ==
                   framed({0x01, 0x04, 0x04, 0x12, 0x34, 0x56, 0x78}),
               per);
    BOOST_TEST(atOnce(always(WordSwap{}).apply(request, reply, 0s)) ==
                   framed({0x01, 0x03, 0x04, 0x56, 0x78, 0x12, 0x34}),
               per);
}

BOOST_AUTO_TEST_CASE(words_are_swapped_in_pairs_of_registers_only) {
    const Bytes three = framed({0x01, 0x04, 0x06, 1, 2, 3, 4, 5, 6});
    BOOST_TEST(atOnce(always(WordSwap{}).apply(request, three, 0s)) ==
                   framed({0x01, 0x04, 0x06, 3, 4, 1, 2, 5, 6}),
               per);
    const Bytes written = framed({0x01, 0x10, 0x00, 0x14, 0x00, 0x03});
    BOOST_TEST(atOnce(always(WordSwap{}).apply(request, written, 0s)) == written, per);
}

BOOST_AUTO_TEST_CASE(bytes_change) {
    const Bytes badCrc = atOnce(always(WrongCrc{}).apply(request, reply, 0s));
    BOOST_TEST(badCrc.size() == reply.size());
    BOOST_TEST(!crcRight(badCrc));
    BOOST_TEST(atOnce(always(Truncated{4}).apply(request, reply, 0s)) ==
                   (Bytes{0x01, 0x03, 0x04, 0x12, 0x34}),
               per);
    BOOST_TEST(always(Truncated{9}).apply(request, reply, 0s).empty());
    BOOST_TEST(always(Truncated{100}).apply(request, reply, 0s).empty());
    const Bytes otherRate = atOnce(always(WrongBaud{}).apply(request, reply, 0s));
    BOOST_TEST(!crcRight(otherRate));
}

BOOST_AUTO_TEST_CASE(bits_are_wrong_at_the_rate) {
    LineFaults faults = always(BitErrors{0.01});
    constexpr int replies = 5000;
    int wrong = 0;
    for (int i = 0; i < replies; ++i)
        wrong += wrongBits(atOnce(faults.apply(request, reply, 0s)), reply);
    // 72 bits each; five standard deviations.
    const double expected = 0.01 * 72 * replies;
    BOOST_TEST(std::abs(wrong - expected) < 5.0 * std::sqrt(expected));
    BOOST_TEST(wrongBits(atOnce(always(BitErrors{1.0}).apply(request, reply, 0s)), reply) == 72);
    BOOST_TEST(atOnce(always(BitErrors{0.0}).apply(request, reply, 0s)) == reply, per);
}

BOOST_AUTO_TEST_CASE(a_pause_inside) {
    const auto pieces = always(Split{3, 10ms}).apply(request, reply, 0s);
    BOOST_REQUIRE(pieces.size() == 2u);
    BOOST_CHECK(pieces[0].delay == 0ns);
    BOOST_TEST(pieces[0].bytes == (Bytes{0x01, 0x03, 0x04}), per);
    BOOST_CHECK(pieces[1].delay == 10ms);
    BOOST_TEST(pieces[1].bytes == Bytes(reply.begin() + 3, reply.end()), per);
    BOOST_TEST(atOnce(always(Split{9, 10ms}).apply(request, reply, 0s)) == reply, per);
}

BOOST_AUTO_TEST_CASE(twice) {
    const auto pieces = always(Duplicated{2ms}).apply(request, reply, 0s);
    BOOST_REQUIRE(pieces.size() == 2u);
    BOOST_TEST(pieces[0].bytes == reply, per);
    BOOST_TEST(pieces[1].bytes == reply, per);
    BOOST_CHECK(pieces[1].delay == 2ms);
}

BOOST_AUTO_TEST_CASE(noise_before) {
    const auto pieces = always(NoiseBytes{7, 5ms}).apply(request, reply, 0s);
    BOOST_REQUIRE(pieces.size() == 2u);
    BOOST_TEST(pieces[0].bytes.size() == 7u);
    BOOST_CHECK(pieces[1].delay == 5ms);
    BOOST_TEST(pieces[1].bytes == reply, per);
}

BOOST_AUTO_TEST_CASE(held_back_and_merged_with_the_next_of_that_station) {
    LineFaults faults = always(MergedWithNext{});
    const Bytes otherRequest = framed({0x02, 0x03, 0x00, 0x00, 0x00, 0x01}),
                other = framed({0x02, 0x03, 0x02, 0x00, 0x07});
    BOOST_TEST(faults.apply(request, reply, 0s).empty());
    BOOST_TEST(faults.apply(otherRequest, other, 0s).empty());
    Bytes both = reply;
    both.insert(both.end(), later.begin(), later.end());
    BOOST_TEST(atOnce(faults.apply(request, later, 0s)) == both, per);
    BOOST_TEST(faults.apply(request, reply, 0s).empty());
}

BOOST_AUTO_TEST_CASE(a_reply_held_back_comes_although_the_fault_is_over) {
    LineFaults faults = faultsOf({{MergedWithNext{}, {}, 0s, 1s, 1.0}});
    BOOST_TEST(faults.apply(request, reply, 0s).empty());
    BOOST_TEST(atOnce(faults.apply(request, later, 2s)).size() == reply.size() + later.size());
    BOOST_TEST(atOnce(faults.apply(request, later, 3s)) == later, per);
}

BOOST_AUTO_TEST_CASE(stale_is_the_reply_before) {
    LineFaults faults = always(StaleData{});
    BOOST_TEST(atOnce(faults.apply(request, reply, 0s)) == reply, per);  // there is none before
    BOOST_TEST(atOnce(faults.apply(request, later, 0s)) == reply, per);
    BOOST_TEST(atOnce(faults.apply(request, reply, 0s)) == later, per);
}

BOOST_AUTO_TEST_CASE(frozen_is_the_first_reply_to_the_same_request) {
    LineFaults faults = faultsOf({{FrozenValue{}, {}, 1s, 3s, 1.0}});
    const Bytes elsewhere = framed({0x01, 0x03, 0x00, 0x10, 0x00, 0x02});
    BOOST_TEST(atOnce(faults.apply(request, later, 0s)) == later, per);
    BOOST_TEST(atOnce(faults.apply(request, reply, 1s)) == reply, per);
    BOOST_TEST(atOnce(faults.apply(elsewhere, later, 2s)) == later, per);
    BOOST_TEST(atOnce(faults.apply(request, later, 2s)) == reply, per);
    BOOST_TEST(atOnce(faults.apply(request, later, 3s)) == later, per);
    // Writes are carried out and confirmed.
    const Bytes write = framed({0x01, 0x06, 0x00, 0x16, 0x00, 0x01});
    BOOST_TEST(atOnce(faults.apply(write, write, 2s)) == write, per);
}

BOOST_AUTO_TEST_CASE(disconnected_and_back) {
    LineFaults once = faultsOf({{Disconnect{2s, {}}, {}, 10s}});
    BOOST_TEST(!once.disconnected(9s));
    BOOST_TEST(once.disconnected(10s));
    BOOST_TEST(once.disconnected(11999ms));
    BOOST_TEST(!once.disconnected(12s));
    BOOST_TEST(!once.apply(request, reply, 9s).empty());
    BOOST_TEST(once.apply(request, reply, 11s).empty());
    BOOST_TEST(!once.apply(request, reply, 12s).empty());

    LineFaults again = faultsOf({{Disconnect{2s, 5s}, {}, 10s}});
    BOOST_TEST(again.disconnected(16s));
    BOOST_TEST(!again.disconnected(18s));
    BOOST_TEST(again.apply(request, reply, 21s).empty());

    // One station switched off is not the line gone.
    LineFaults one = faultsOf({{Disconnect{2s, {}}, 1, 0s}});
    BOOST_TEST(!one.disconnected(1s));
    BOOST_TEST(one.apply(request, reply, 1s).empty());
}

BOOST_AUTO_TEST_CASE(only_its_station_and_its_time) {
    LineFaults faults = faultsOf({{NoReply{}, 2, 1s, 2s, 1.0}});
    const Bytes second = framed({0x02, 0x03, 0x00, 0x00, 0x00, 0x02});
    BOOST_TEST(!faults.apply(request, reply, 1s).empty());
    BOOST_TEST(!faults.apply(second, reply, 999ms).empty());
    BOOST_TEST(faults.apply(second, reply, 1s).empty());
    BOOST_TEST(!faults.apply(second, reply, 2s).empty());
}

BOOST_AUTO_TEST_CASE(a_share_of_the_replies) {
    LineFaults faults = faultsOf({{NoReply{}, {}, 0s, SimTime::max(), 0.2}});
    int silent = 0;
    for (int i = 0; i < 10'000; ++i) silent += faults.apply(request, reply, 0s).empty() ? 1 : 0;
    BOOST_TEST(silent > 1800);  // five standard deviations: 40 each
    BOOST_TEST(silent < 2200);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_and_faults_do_not_shift_each_other) {
    const LineFault noisy{NoiseBytes{}, {}, 0s, SimTime::max(), 0.5};
    const LineFault late{
        LateReply{{RandomTime::Shape::exponential, 5ms, {}}}, {}, 0s, SimTime::max(), 0.5};
    LineFaults a = faultsOf({noisy, late}), b = faultsOf({noisy, late}), alone = faultsOf({noisy});
    for (int i = 0; i < 500; ++i) {
        const auto pieces = a.apply(request, reply, 0s);
        BOOST_REQUIRE((pieces == b.apply(request, reply, 0s)));
        const auto without = alone.apply(request, reply, 0s);
        BOOST_REQUIRE(pieces.size() == without.size());
        BOOST_REQUIRE((pieces.front().bytes == without.front().bytes));
    }
}

BOOST_AUTO_TEST_CASE(several_at_once_act_in_order) {
    // Listed the other way round: the id changes before the CRC is spoilt and the pause comes.
    LineFaults faults = faultsOf({{LateReply{{RandomTime::Shape::fixed, 7ms, {}}}, {}},
                                  {Split{1, 3ms}, {}},
                                  {WrongCrc{}, {}},
                                  {WrongId{}, {}}});
    const auto pieces = faults.apply(request, reply, 0s);
    BOOST_REQUIRE(pieces.size() == 2u);
    BOOST_CHECK(pieces[0].delay == 7ms);
    BOOST_TEST(pieces[0].bytes == (Bytes{0x02}), per);
    BOOST_CHECK(pieces[1].delay == 3ms);
    BOOST_TEST(pieces[1].bytes.size() == reply.size() - 1);
}

BOOST_AUTO_TEST_CASE(on_tcp_the_header_fits) {
    const Bytes ask = onTcp(5, {0x01, 0x03, 0x00, 0x00, 0x00, 0x02}),
                answer = onTcp(5, {0x01, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78});
    const auto tcp = LineWire::tcp;
    BOOST_TEST(atOnce(faultsOf({}, tcp).apply(ask, answer, 0s)) == answer, per);
    BOOST_TEST(atOnce(always(Busy{}, tcp).apply(ask, answer, 0s)) == onTcp(5, {0x01, 0x83, 0x06}),
               per);
    BOOST_TEST(atOnce(always(WrongId{}, tcp).apply(ask, answer, 0s)) ==
                   onTcp(5, {0x02, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78}),
               per);
    BOOST_TEST(atOnce(always(Truncated{2}, tcp).apply(ask, answer, 0s)) ==
                   Bytes(answer.begin(), answer.end() - 2),
               per);
    // An old reply under the new transaction: only its contents are old.
    LineFaults stale = always(StaleData{}, tcp);
    static_cast<void>(stale.apply(ask, answer, 0s));
    BOOST_TEST(atOnce(stale.apply(onTcp(6, {0x01, 0x03, 0x00, 0x00, 0x00, 0x02}),
                                  onTcp(6, {0x01, 0x03, 0x04, 9, 9, 9, 9}), 0s)) ==
                   onTcp(6, {0x01, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78}),
               per);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_refused_with_all_reasons) {
    const auto made = LineFaults::make({{WrongCrc{}, {}}, {WrongId{0}, {}}, {NoReply{}, 999}},
                                       LineWire::tcp, seed);
    BOOST_REQUIRE(!made.has_value());
    BOOST_TEST(made.error().size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
