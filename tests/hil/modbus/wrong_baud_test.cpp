// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/wrong_baud.h
#include "hil/modbus/wrong_baud.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/rtu_frame.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

const auto per = boost::test_tools::per_element();
const Bytes frame = framed({0x01, 0x03, 0x04, 0x00, 0x0B, 0xF4, 0xFF});

}  // namespace

namespace jh {

// What Boost.Test prints when a comparison fails.
std::ostream& operator<<(std::ostream& os, CharacterFormat format) {
    return os << word(format);
}

}  // namespace jh

BOOST_AUTO_TEST_SUITE(wrong_baud)

BOOST_AUTO_TEST_CASE(at_twice_the_rate_each_bit_is_heard_twice) {
    // By hand, 8N1: 0 1010 1010 1 becomes 0 0110 0110 0, then from the next edge 0 0110 0111 1.
    BOOST_TEST(
        heardAtOtherBaud(Bytes{0x55}, 9600, 19200, CharacterFormat::n81) == (Bytes{0x66, 0xE6}),
        per);
}

BOOST_AUTO_TEST_CASE(at_half_the_rate_every_other_bit_is_heard) {
    // By hand: nine bits low, looked at in the middle of bits 1, 3, 5, 7 and then the high ones.
    BOOST_TEST(heardAtOtherBaud(Bytes{0x00}, 9600, 4800, CharacterFormat::n81) == (Bytes{0xF8}),
               per);
}

BOOST_DATA_TEST_CASE(at_the_same_rate_all_is_heard,
                     bdata::make({CharacterFormat::e81, CharacterFormat::o81, CharacterFormat::n82,
                                  CharacterFormat::n81}),
                     format) {
    BOOST_TEST(heardAtOtherBaud(frame, 9600, 9600, format) == frame, per);
    // Each start bit sets the receiver right: 2 % are a fifth of a bit in ten.
    BOOST_TEST(heardAtOtherBaud(frame, 9600, 9792, format) == frame, per);
    BOOST_TEST(heardAtOtherBaud(frame, 9600, 9408, format) == frame, per);
}

BOOST_DATA_TEST_CASE(at_another_rate_it_is_no_frame,
                     bdata::make({1200, 2400, 4800, 14400, 19200, 38400, 57600, 115200}) *
                         bdata::make({CharacterFormat::e81, CharacterFormat::n82}),
                     heardBaud, format) {
    const Bytes heard = heardAtOtherBaud(frame, 9600, heardBaud, format);
    BOOST_TEST(!crcRight(heard));
    BOOST_TEST(!heard.empty());
}

BOOST_AUTO_TEST_CASE(a_pulse_shorter_than_half_a_bit_is_no_start) {
    // 0xFF at 115200 is one low bit of 8.7 us; half a bit at 9600 is 52 us.
    BOOST_TEST(heardAtOtherBaud(Bytes{0xFF}, 115200, 9600, CharacterFormat::n81).empty());
    BOOST_TEST(heardAtOtherBaud({}, 9600, 19200, CharacterFormat::e81).empty());
}

BOOST_AUTO_TEST_SUITE_END()
