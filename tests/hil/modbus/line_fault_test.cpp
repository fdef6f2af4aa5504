// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/line_fault.h
#include "hil/modbus/line_fault.h"

#include <boost/test/unit_test.hpp>

using namespace jh;
using namespace jh::line_fault;

namespace {

std::size_t problems(LineFaultKind what, LineWire wire = LineWire::rtu) {
    return problemsOf({what, {}}, wire).size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(line_fault_words)

BOOST_AUTO_TEST_CASE(each_fault_has_its_name) {
    BOOST_TEST(name(NoReply{}) == "no_reply");
    BOOST_TEST(name(LateReply{}) == "late_reply");
    BOOST_TEST(name(BitErrors{}) == "bit_errors");
    BOOST_TEST(name(WordSwap{}) == "word_swap");
    BOOST_TEST(name(Disconnect{}) == "disconnect");
    BOOST_TEST(name(WrongBaud{}) == "wrong_baud");
}

BOOST_AUTO_TEST_CASE(what_tcp_cannot_show_is_refused_there) {
    for (const LineFaultKind& what :
         {LineFaultKind{WrongCrc{}}, LineFaultKind{BitErrors{}}, LineFaultKind{WrongBaud{}}}) {
        BOOST_TEST(!possibleOnTcp(what));
        BOOST_TEST(problems(what, LineWire::tcp) == 1u);
        BOOST_TEST(problems(what) == 0u);
    }
    for (const LineFaultKind& what :
         {LineFaultKind{NoReply{}}, LineFaultKind{WrongId{}}, LineFaultKind{MergedWithNext{}},
          LineFaultKind{Busy{}}, LineFaultKind{Disconnect{1s, {}}}})
        BOOST_TEST(problems(what, LineWire::tcp) == 0u);
}

BOOST_AUTO_TEST_CASE(sizes_that_make_no_sense_are_told) {
    BOOST_TEST(problems(LateReply{{RandomTime::Shape::fixed, -1ms, {}}}) == 1u);
    BOOST_TEST(problems(LateReply{{RandomTime::Shape::normal, 1ms, -1ms}}) == 1u);
    BOOST_TEST(problems(WrongId{0}) == 1u);
    BOOST_TEST(problems(WrongId{256}) == 1u);
    BOOST_TEST(problems(WrongId{-1}) == 0u);
    BOOST_TEST(problems(WrongFunction{0}) == 1u);
    BOOST_TEST(problems(WrongFunction{128}) == 1u);
    BOOST_TEST(problems(Truncated{0}) == 1u);
    BOOST_TEST(problems(Split{0, 1ms}) == 1u);
    BOOST_TEST(problems(Split{3, 0ms}) == 1u);
    BOOST_TEST(problems(Duplicated{-1ms}) == 1u);
    BOOST_TEST(problems(BitErrors{1.5}) == 1u);
    BOOST_TEST(problems(BitErrors{-0.1}) == 1u);
    BOOST_TEST(problems(NoiseBytes{0, 1ms}) == 1u);
    BOOST_TEST(problems(NoiseBytes{3, -1ms}) == 1u);
    BOOST_TEST(problems(Disconnect{}) == 1u);
    BOOST_TEST(problems(Disconnect{2s, 2s}) == 1u);
    BOOST_TEST(problems(WrongBaud{9600, 9600, {}}) == 1u);
    BOOST_TEST(problems(WrongBaud{0, 9600, {}}) == 1u);
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_told_at_once) {
    LineFault fault{WrongId{0}, 300, 2s, 1s, 0.0};
    BOOST_TEST(problemsOf(fault, LineWire::rtu).size() == 4u);
    fault = {Disconnect{1s, {}}, {}, {}, SimTime::max(), 0.5};
    BOOST_TEST(problemsOf(fault, LineWire::rtu).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
