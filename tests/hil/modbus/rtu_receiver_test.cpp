// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/rtu_receiver.h
#include "hil/modbus/rtu_receiver.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/modbus_frame.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

const Bytes ours = rtu(1, {0x03, 0, 0, 0, 2});
const Bytes foreignRequest = rtu(2, {0x03, 0, 0, 0, 2});
const Bytes foreignReply = rtu(2, {0x03, 4, 1, 2, 3, 4});

/// A line at 9600 baud with 11 bits a character, whose bytes follow each other closely.
struct Wire {
    RtuTiming timing = rtuTiming(9600, 11);
    RtuReceiver receiver;
    SimTime now{1s};

    explicit Wire(GapRule rule = GapRule::strict) : receiver{timing, rule} {}

    void silence(SimTime time) { now += time; }
    void send(const Bytes& bytes) {
        for (const std::uint8_t byte : bytes) receiver.feed(now += timing.character, byte);
    }
    /// As a USB adapter hands them over: all at one time.
    void lump(const Bytes& bytes) {
        for (const std::uint8_t byte : bytes) receiver.feed(now, byte);
    }
    std::vector<Bytes> frames() {
        std::vector<Bytes> all;
        while (auto frame = receiver.poll(now)) all.push_back(*frame);
        return all;
    }
    std::vector<Bytes> framesAfterSilence() {
        silence(timing.betweenFrames);
        return frames();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rtu_receiver)

BOOST_AUTO_TEST_CASE(silences_follow_the_baud_rate_up_to_19200) {
    const RtuTiming slow = rtuTiming(9600, 11);
    BOOST_TEST(slow.character.count() == 1'145'833);
    BOOST_TEST(slow.withinFrame.count() == 1'718'749);    // 1.5 characters
    BOOST_TEST(slow.betweenFrames.count() == 4'010'416);  // 3.5 characters
    BOOST_TEST(rtuTiming(19200, 10).character.count() == 520'833);
    BOOST_TEST(rtuTiming(19200, 10).betweenFrames.count() == 1'822'916);
    const RtuTiming fast = rtuTiming(38400, 11);
    BOOST_TEST(fast.character.count() == 286'458);
    BOOST_TEST(fast.withinFrame.count() == 750'000);
    BOOST_TEST(fast.betweenFrames.count() == 1'750'000);
}

BOOST_AUTO_TEST_CASE(a_frame_is_complete_after_its_silence_and_not_before) {
    Wire wire;
    BOOST_TEST(!wire.receiver.due().has_value());
    wire.send(ours);
    BOOST_CHECK(wire.receiver.due() == wire.now + wire.timing.betweenFrames);
    wire.silence(wire.timing.betweenFrames - 1ns);
    BOOST_TEST(wire.frames().empty());
    wire.silence(1ns);
    BOOST_TEST((wire.frames() == std::vector<Bytes>{ours}));
    BOOST_TEST(!wire.receiver.due().has_value());
    BOOST_TEST(wire.receiver.counters().frames == 1u);
}

BOOST_AUTO_TEST_CASE(frames_that_nobody_asked_for_in_time_are_kept_apart) {
    Wire wire;
    wire.send(foreignRequest);
    wire.silence(wire.timing.betweenFrames);
    wire.send(foreignReply);
    wire.silence(wire.timing.betweenFrames);
    wire.send(ours);
    BOOST_TEST((wire.framesAfterSilence() == std::vector{foreignRequest, foreignReply, ours}));
}

BOOST_DATA_TEST_CASE(a_gap_spoils_a_frame_when_strict, bdata::xrange<std::size_t>(1, 8), at) {
    for (const GapRule rule : {GapRule::strict, GapRule::lenient}) {
        Wire wire{rule};
        const Bytes head{ours.begin(), ours.begin() + static_cast<std::ptrdiff_t>(at)};
        const Bytes tail{ours.begin() + static_cast<std::ptrdiff_t>(at), ours.end()};
        wire.send(head);
        wire.silence(wire.timing.withinFrame);  // the limit itself is allowed
        wire.send(tail);
        BOOST_TEST((wire.framesAfterSilence() == std::vector<Bytes>{ours}));
        wire.send(head);
        wire.silence(wire.timing.withinFrame + 1ns);
        wire.send(tail);
        const bool strict = rule == GapRule::strict;
        BOOST_TEST(wire.framesAfterSilence().size() == (strict ? 0u : 1u));
        BOOST_TEST(wire.receiver.counters().spoiledByGap == (strict ? 1u : 0u));
        // The next frame is none the worse for it.
        wire.send(ours);
        BOOST_TEST((wire.framesAfterSilence() == std::vector<Bytes>{ours}));
    }
}

BOOST_DATA_TEST_CASE(silence_inside_a_frame_makes_two_pieces_of_it,
                     bdata::xrange<std::size_t>(1, 8), at) {
    Wire wire{GapRule::lenient};
    wire.send({ours.begin(), ours.begin() + static_cast<std::ptrdiff_t>(at)});
    wire.silence(wire.timing.betweenFrames);
    wire.send({ours.begin() + static_cast<std::ptrdiff_t>(at), ours.end()});
    BOOST_TEST(wire.framesAfterSilence().empty());
    BOOST_TEST(wire.receiver.counters().badCrc == 2u);
}

BOOST_AUTO_TEST_CASE(any_flipped_bit_is_a_bad_crc) {
    Wire wire;
    for (std::size_t bit = 0; bit < 8 * ours.size(); ++bit) {
        Bytes bad = ours;
        bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1U << bit % 8));
        wire.send(bad);
        BOOST_REQUIRE(wire.framesAfterSilence().empty());
    }
    BOOST_TEST(wire.receiver.counters().badCrc == 8 * ours.size());
    BOOST_TEST(wire.receiver.counters().frames == 0u);
}

BOOST_AUTO_TEST_CASE(the_longest_frame_is_taken_and_a_longer_one_not) {
    Wire wire;
    Bytes body(254, 0x41);
    wire.send(framed(body));
    BOOST_TEST(wire.framesAfterSilence().size() == 1u);
    body.push_back(0x41);
    wire.send(framed(body));
    BOOST_TEST(wire.framesAfterSilence().empty());
    wire.send(Bytes(5000, 0x41));
    BOOST_TEST(wire.framesAfterSilence().empty());
    BOOST_TEST(wire.receiver.counters().overlong == 2u);
    wire.send(ours);
    BOOST_TEST((wire.framesAfterSilence() == std::vector<Bytes>{ours}));
}

BOOST_AUTO_TEST_CASE(foreign_traffic_in_one_lump_comes_out_under_its_own_address) {
    Wire wire{GapRule::lenient};
    wire.lump(joined({foreignRequest, foreignReply}));
    BOOST_TEST((wire.framesAfterSilence() == std::vector{foreignRequest, foreignReply}));
    wire.lump(joined({foreignRequest, foreignReply, ours}));
    BOOST_TEST((wire.framesAfterSilence() == std::vector{foreignRequest, foreignReply, ours}));
    BOOST_TEST(wire.receiver.counters().takenApart == 2u);
    BOOST_TEST(wire.receiver.counters().frames == 5u);
    BOOST_TEST(wire.receiver.counters().badCrc == 0u);
}

BOOST_AUTO_TEST_CASE(a_lump_longer_than_a_frame_is_taken_apart_too) {
    Wire wire{GapRule::lenient};
    Bytes pdu{0x03, 250};
    pdu.resize(252, 0x11);
    const Bytes request = rtu(2, {0x03, 0, 0, 0, 125});
    const Bytes reply = rtu(2, pdu);
    wire.lump(joined({request, reply, ours}));
    BOOST_TEST((wire.framesAfterSilence() == std::vector{request, reply, ours}));
}

BOOST_AUTO_TEST_CASE(a_lump_that_ends_or_begins_in_the_middle_gives_nothing) {
    const Bytes burst = joined({foreignRequest, foreignReply, ours});
    const std::size_t whole[] = {foreignRequest.size(), foreignRequest.size() + foreignReply.size(),
                                 burst.size()};
    for (std::size_t cut = 1; cut < burst.size(); ++cut) {
        const bool border = std::find(std::begin(whole), std::end(whole), cut) != std::end(whole);
        Wire head{GapRule::lenient};
        head.lump({burst.begin(), burst.begin() + static_cast<std::ptrdiff_t>(cut)});
        BOOST_REQUIRE(head.framesAfterSilence().empty() == !border);
        Wire tail{GapRule::lenient};
        tail.lump({burst.begin() + static_cast<std::ptrdiff_t>(cut), burst.end()});
        BOOST_REQUIRE(tail.framesAfterSilence().empty() == !border);
    }
}

// A byte that a busy machine brings late: a whole frame ends by 3.5 characters all the same.
BOOST_AUTO_TEST_CASE(what_is_no_whole_frame_yet_is_waited_for_longer) {
    RtuTiming timing = rtuTiming(9600, 11);
    timing.heldBack = 20ms;
    RtuReceiver receiver{timing, GapRule::lenient};
    const std::vector<std::uint8_t> frame{1, 3, 0, 0, 0, 2, 0xC4, 0x0B};
    SimTime at = 100ms;
    for (std::size_t i = 0; i < frame.size(); ++i) {
        at += i == 4 ? SimTime{15ms} : timing.character;
        receiver.feed(at, frame[i]);
    }
    BOOST_CHECK(receiver.due() == at + timing.betweenFrames);
    const auto heard = receiver.poll(at + timing.betweenFrames);
    BOOST_REQUIRE(heard.has_value());
    BOOST_TEST(*heard == frame, boost::test_tools::per_element());
    receiver.feed(at + 50ms, 1);
    BOOST_CHECK(receiver.due() == at + 50ms + timing.betweenFrames + 20ms);
}

BOOST_AUTO_TEST_SUITE_END()
