// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/rtu_lengths.h
#include "hil/modbus/rtu_lengths.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/modbus_frame.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

struct Frame {
    const char* what;
    RtuSide side;
    Bytes pdu;
    friend std::ostream& operator<<(std::ostream& os, const Frame& f) { return os << f.what; }
};

// Shapes from the application protocol 1.1b3, section 6, one row each.
const Frame frames[] = {
    {"read coils", RtuSide::request, {0x01, 0, 0x13, 0, 0x13}},
    {"coils", RtuSide::reply, {0x01, 3, 0xCD, 0x6B, 0x05}},
    {"read holding registers", RtuSide::request, {0x03, 0, 0x6B, 0, 3}},
    {"holding registers", RtuSide::reply, {0x03, 6, 2, 0x2B, 0, 0, 0, 0x64}},
    {"write coil", RtuSide::request, {0x05, 0, 0xAC, 0xFF, 0}},
    {"coil written", RtuSide::reply, {0x05, 0, 0xAC, 0xFF, 0}},
    {"read exception status", RtuSide::request, {0x07}},
    {"exception status", RtuSide::reply, {0x07, 0x6D}},
    {"diagnostics", RtuSide::request, {0x08, 0, 0, 0xA5, 0x37}},
    {"get comm event log", RtuSide::request, {0x0C}},
    {"comm event log", RtuSide::reply, {0x0C, 8, 0, 0, 1, 8, 1, 0x21, 0x20, 0}},
    {"write coils", RtuSide::request, {0x0F, 0, 0x13, 0, 0x0A, 2, 0xCD, 1}},
    {"coils written", RtuSide::reply, {0x0F, 0, 0x13, 0, 0x0A}},
    {"write registers", RtuSide::request, {0x10, 0, 1, 0, 2, 4, 0, 0x0A, 1, 2}},
    {"registers written", RtuSide::reply, {0x10, 0, 1, 0, 2}},
    {"report server id", RtuSide::request, {0x11}},
    {"server id", RtuSide::reply, {0x11, 2, 0x42, 0xFF}},
    {"mask write register", RtuSide::request, {0x16, 0, 4, 0, 0xF2, 0, 0x25}},
    {"read and write registers", RtuSide::request, {0x17, 0, 3, 0, 6, 0, 0x0E, 0, 1, 2, 0, 0xFF}},
    {"registers read and written", RtuSide::reply, {0x17, 2, 0, 0xFE}},
    {"FIFO queue", RtuSide::reply, {0x18, 0, 6, 0, 2, 1, 0xB8, 0x12, 0x84}},
    {"read device identification", RtuSide::request, {0x2B, 0x0E, 1, 0}},
    {"exception", RtuSide::reply, {0x83, 2}},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rtu_lengths)

BOOST_DATA_TEST_CASE(a_whole_frame_has_the_length_its_function_dictates, bdata::make(frames),
                     frame) {
    const Bytes bytes = rtu(0x11, frame.pdu);
    BOOST_TEST(rtuLength(frame.side, bytes).value_or(0) == bytes.size());
}

BOOST_DATA_TEST_CASE(a_part_of_a_frame_is_told_to_be_longer_than_it_is, bdata::make(frames),
                     frame) {
    const Bytes bytes = rtu(0x11, frame.pdu);
    for (std::size_t part = 0; part < bytes.size(); ++part) {
        const auto length = rtuLength(frame.side, std::span{bytes}.first(part));
        BOOST_REQUIRE(length.has_value());
        BOOST_REQUIRE(*length > part);
        BOOST_REQUIRE(*length <= bytes.size());
    }
}

BOOST_AUTO_TEST_CASE(functions_of_makers_dictate_no_length) {
    BOOST_TEST(!rtuLength(RtuSide::request, Bytes{1, 0x41, 0, 0}).has_value());
    BOOST_TEST(!rtuLength(RtuSide::reply, Bytes{1, 0x41, 0, 0}).has_value());
    BOOST_TEST(!rtuLength(RtuSide::request, Bytes{1, 0x83, 2}).has_value());
}

BOOST_AUTO_TEST_CASE(a_burst_is_taken_apart_front_to_back) {
    const Bytes request = rtu(2, {0x03, 0, 0, 0, 2});
    const Bytes reply = rtu(2, {0x03, 4, 1, 2, 3, 4});
    const Bytes ours = rtu(1, {0x03, 0, 0, 0, 1});
    const Bytes burst = joined({request, reply, ours});
    const auto parts = splitRtuBurst(burst);
    BOOST_REQUIRE(parts.size() == 3u);
    BOOST_TEST(parts[0] == request, boost::test_tools::per_element());
    BOOST_TEST(parts[1] == reply, boost::test_tools::per_element());
    BOOST_TEST(parts[2] == ours, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_burst_with_anything_left_over_is_not_taken_apart) {
    const Bytes request = rtu(2, {0x03, 0, 0, 0, 2});
    BOOST_TEST(splitRtuBurst({}).empty());
    BOOST_TEST(splitRtuBurst(joined({request, {0x00}})).empty());
    BOOST_TEST(splitRtuBurst(joined({{0x00}, request})).empty());
    Bytes bad = joined({request, request});
    bad[10] = static_cast<std::uint8_t>(bad[10] ^ 1);
    BOOST_TEST(splitRtuBurst(bad).empty());
}

BOOST_AUTO_TEST_CASE(registers_that_hold_a_request_to_us_are_not_one) {
    // Station 2 reports what it overheard: its reply begins like a request with a right CRC and
    // goes on with a right write to station 1.
    const Bytes request = rtu(2, {0x03, 0, 0, 0, 7});
    Bytes content = rtu(2, {0x03, 14, 0xAB, 0, 7});
    const Bytes evil = rtu(1, {0x06, 0, 1, 0, 1});
    content.insert(content.end(), evil.begin(), evil.end());
    BOOST_REQUIRE(content.size() == 16u);
    content.push_back(0x55);
    const Bytes reply = framed(content);
    BOOST_REQUIRE(rtuLength(RtuSide::reply, reply).value_or(0) == reply.size());
    const Bytes burst = joined({request, reply});
    const auto parts = splitRtuBurst(burst);
    BOOST_REQUIRE(parts.size() == 2u);
    BOOST_TEST(int{parts[1][0]} == 2);
    BOOST_TEST(parts[1].size() == reply.size());
}

BOOST_AUTO_TEST_SUITE_END()
