// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/checksum.h
#include "hil/modbus/checksum.h"

#include <boost/test/unit_test.hpp>
#include <numeric>

#include "tests/support/rtu_frame.h"

using namespace jh;
using test::Bytes;

BOOST_AUTO_TEST_SUITE(checksum)

BOOST_AUTO_TEST_CASE(crc_is_that_of_the_definition_for_any_bytes) {
    BOOST_TEST(crc16(Bytes{}) == 0xFFFF);
    // The catalogues' check value of CRC-16/MODBUS.
    BOOST_TEST(crc16(Bytes{'1', '2', '3', '4', '5', '6', '7', '8', '9'}) == 0x4B37);
    Bytes bytes(256);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    for (std::size_t length = 1; length <= bytes.size(); ++length) {
        const auto part = std::span{bytes}.first(length);
        BOOST_REQUIRE_EQUAL(crc16(part), test::crc16(part));
    }
}

BOOST_AUTO_TEST_CASE(crc_over_a_frame_and_its_crc_is_zero) {
    BOOST_TEST(crc16(Bytes{0x01, 0x03, 0x00, 0x00, 0x00, 0x0A, 0xC5, 0xCD}) == 0);
}

BOOST_AUTO_TEST_CASE(lrc_makes_the_sum_of_the_bytes_zero) {
    BOOST_TEST(lrc(Bytes{}) == 0);
    BOOST_TEST(lrc(Bytes{0x01, 0x03, 0x00, 0x00, 0x00, 0x0A}) == 0xF2);  // 0x100 - 0x0E
    BOOST_TEST(lrc(Bytes{0xFF, 0xFF, 0x02}) == 0);                       // carries are lost
    Bytes bytes{0xF7, 0x03, 0x13, 0x89, 0x00, 0x0A};
    bytes.push_back(lrc(bytes));
    BOOST_TEST(bytes.back() == 0x60);
    BOOST_TEST(lrc(bytes) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
