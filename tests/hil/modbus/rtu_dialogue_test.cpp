// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/rtu_dialogue.h
#include "hil/modbus/rtu_dialogue.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/modbus_frame.h"

using namespace jh;
using namespace jh::test;

namespace {

const Bytes ask = rtu(1, {0x03, 0, 6, 0, 2}), told = rtu(1, {0x03, 4, 8, 0, 0, 1});
const Bytes order = rtu(1, {0x06, 0, 5, 0, 8});

/// "> < >": sides of frames that come 10 ms after each other.
std::string sides(const std::vector<Bytes>& frames, SimTime between = 10ms) {
    RtuDialogue dialogue;
    std::string text;
    SimTime now{};
    for (const Bytes& frame : frames) {
        text += dialogue.sideOf(frame, now, now + 1ms) == RtuSide::request ? '>' : '<';
        now += between;
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rtu_dialogue)

BOOST_AUTO_TEST_CASE(turns_tell_a_write_from_its_echo) {
    BOOST_TEST(sides({ask, told, order, order, ask, told}) == "><><><");
    BOOST_TEST(sides({order, order, order, order}) == "><><");
}

BOOST_AUTO_TEST_CASE(a_request_that_nobody_answers_is_followed_by_a_request) {
    BOOST_TEST(sides({ask, ask, told}) == ">><");
    // Another register than the one that was written: no echo.
    BOOST_TEST(sides({order, rtu(1, {0x06, 0, 6, 0, 8})}) == ">>");
    // So late that it can be no reply.
    BOOST_TEST(sides({order, order}, 2s) == ">>");
}

BOOST_AUTO_TEST_CASE(who_comes_in_the_middle_hears_a_reply_first) {
    BOOST_TEST(sides({told, ask, told}) == "<><");
    BOOST_TEST(sides({rtu(1, {0x83, 2})}) == "<");
    RtuDialogue dialogue;
    dialogue.sideOf(told, SimTime{}, 1ms);
    BOOST_TEST(dialogue.request().empty());
}

BOOST_AUTO_TEST_CASE(a_broadcast_is_not_answered) {
    const Bytes all = rtu(0, {0x06, 0, 5, 0, 8});
    BOOST_TEST(sides({all, all, ask, told}) == ">>><");
}

BOOST_AUTO_TEST_CASE(a_reply_that_looks_like_a_request_is_known_by_what_was_asked) {
    // Three bytes of coils make it as long as a request.
    BOOST_TEST(sides({rtu(1, {0x01, 0, 0, 0, 20}), rtu(1, {0x01, 3, 1, 2, 3})}) == "><");
    BOOST_TEST(!fitsRequest(rtu(1, {0x03, 6, 0, 0, 0, 0, 0, 0}), ask));
    BOOST_TEST(!fitsRequest(rtu(2, {0x03, 4, 8, 0, 0, 1}), ask));
    BOOST_TEST(fitsRequest(rtu(1, {0x83, 2}), ask));
}

BOOST_AUTO_TEST_CASE(functions_without_a_rule_go_by_their_turn) {
    const Bytes own = rtu(1, {0x41, 1, 2, 3});
    BOOST_TEST(sides({own, own, own, own}) == "><><");
}

BOOST_AUTO_TEST_SUITE_END()
