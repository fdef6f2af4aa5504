// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/indicator/frame_words.h
#include "hil/indicator/frame_words.h"

#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/support/rtu_frame.h"

using namespace jh;
using jh::test::Bytes;

namespace {

IndicatorProfile shipped(const char* name) {
    return loadIndicator(dataFolder() / "indicators" / (std::string{name} + ".yaml")).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(frame_words)

BOOST_AUTO_TEST_CASE(registers_have_names_and_masses_their_decimals) {
    const IndicatorProfile laumas = shipped("laumas");
    FrameWords words{&laumas};
    const Bytes ask{0x03, 0, 6, 0, 8};
    BOOST_TEST(words.request(ask) ==
               "read 8 holding registers from 6 (40007): status, gross, net, peak, decimals, "
               "interval, unit");
    // Code 10: d = 0.05, two decimals; unit 0 is kg. Gross is negative.
    const Bytes told{0x03, 16, 0x08, 0x80, 0, 0, 0x04, 0xD2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 10};
    BOOST_TEST(words.reply(told, ask) ==
               "status 0x0880 (gross_negative stable), gross -12.34 kg, net 0.01 kg, peak 0.00 kg, "
               "decimals 2, interval 0.05, unit kg");
    // Remembered; the sign was not read along.
    BOOST_TEST(words.reply(Bytes{0x03, 4, 0, 0, 0, 5}, Bytes{0x03, 0, 7, 0, 2}) ==
               "gross +-0.05 kg");
    BOOST_TEST(words.reply(Bytes{0x03, 2, 0, 5}, {}) ==
               "2 bytes of holding registers, to a question that was not heard");
}

BOOST_AUTO_TEST_CASE(writes_name_the_command) {
    const IndicatorProfile laumas = shipped("laumas"), own = shipped("jh-r1");
    FrameWords words{&laumas};
    BOOST_TEST(words.request(Bytes{0x06, 0, 5, 0, 8}) == "write command 8 (zero)");
    BOOST_TEST(words.request(Bytes{0x10, 0, 5, 0, 1, 2, 0, 7}) == "write command 7 (tare)");
    BOOST_TEST(words.reply(Bytes{0x10, 0, 5, 0, 1}, Bytes{0x10, 0, 5, 0, 1, 2, 0, 7}) ==
               "1 register written");
    BOOST_TEST(FrameWords{&own}.request(Bytes{0x10, 0, 20, 0, 3, 6, 0, 0, 2, 0x1B, 0, 32}) ==
               "write parameter 539, command 32 (unlock)");
    BOOST_TEST(FrameWords{&own}.reply(Bytes{0x03, 4, 0x80, 0, 0, 0}, Bytes{0x03, 0, 1, 0, 2}) ==
               "gross blank");
}

BOOST_AUTO_TEST_CASE(exceptions_speak_the_makers_words) {
    const IndicatorProfile laumas = shipped("laumas");
    BOOST_TEST(FrameWords{&laumas}.reply(Bytes{0x83, 2}, {}) ==
               "exception 02 to read holding registers: no such register");
    BOOST_TEST(FrameWords{nullptr}.reply(Bytes{0x83, 2}, {}) ==
               "exception 02 to read holding registers: illegal data address");
    BOOST_TEST(FrameWords{nullptr}.reply(Bytes{0xC1, 0x77}, {}) == "exception 77 to function 41");
}

BOOST_AUTO_TEST_CASE(without_a_profile_there_are_numbers) {
    FrameWords words{nullptr};
    BOOST_TEST(words.request(Bytes{0x04, 0, 6, 0, 1}) == "read 1 input register from 6");
    BOOST_TEST(words.reply(Bytes{0x04, 2, 0xAB, 1}, Bytes{0x04, 0, 6, 0, 1}) == "6=0xAB01");
    BOOST_TEST(words.request(Bytes{0x05, 0, 3, 0xFF, 0}) == "write coil 3 on");
    BOOST_TEST(words.reply(Bytes{0x01, 1, 5}, Bytes{0x01, 0, 0, 0, 3}) == "coils from 0: 101");
}

BOOST_AUTO_TEST_CASE(what_is_cut_short_is_still_told) {
    FrameWords words{nullptr};
    for (std::size_t function = 0; function < 256; ++function) {
        for (std::size_t length = 0; length < 8; ++length) {
            Bytes pdu(length, 0xFF);
            if (length > 0) pdu[0] = static_cast<std::uint8_t>(function);
            BOOST_TEST(!words.request(pdu).empty());
            BOOST_TEST(!words.reply(pdu, pdu).empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
