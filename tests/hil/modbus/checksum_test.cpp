// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/checksum.h
#include "hil/modbus/checksum.h"

#include <boost/test/unit_test.hpp>
#include <string_view>

#include "sim/base/noise.h"
#include "tests/support/rtu_frame.h"

using namespace jh::test;

BOOST_AUTO_TEST_SUITE(checksum)

BOOST_AUTO_TEST_CASE(known_values) {
    constexpr std::string_view digits = "123456789";
    // CRC-16/MODBUS in the catalogues.
    BOOST_TEST(jh::crc16(Bytes(digits.begin(), digits.end())) == 0x4B37);
    BOOST_TEST(jh::crc16({}) == 0xFFFF);
}

BOOST_AUTO_TEST_CASE(as_its_definition) {
    jh::NoiseStream noise{20260801, "crc"};
    for (std::size_t length = 1; length < 260; ++length) {
        Bytes bytes(length);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(noise.bits() & 0xFF);
        BOOST_TEST(jh::crc16(bytes) == jh::test::crc16(bytes));
        BOOST_TEST(jh::crc16(framed(bytes)) == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
