// Tests for firmware-bridge/display/multiplexed_digits.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/display/multiplexed_digits.h"

#include <boost/test/unit_test.hpp>

namespace jh {
namespace {

/// A firmware that multiplexes: patterns with the point in bit 7.
struct Scan {
    MultiplexedDigits digits;
    SimTime now{}, each{2ms}, ghost{};

    explicit Scan(std::size_t count, const std::map<std::string, std::string>& table = {})
        : digits{count, table, SimTime{}} {}
    void segments(unsigned pattern) {
        for (std::size_t s = 0; s < 8; ++s) digits.segment(s, (pattern >> s & 1U) != 0, now);
    }
    void show(const std::vector<unsigned>& patterns, SimTime until) {
        while (now < until) {
            for (std::size_t i = 0; i < patterns.size(); ++i) {
                digits.digit(i, true, now);
                now += ghost;  // the last digit's segments are still there
                segments(patterns[i]);
                now += each - ghost;
                digits.digit(i, false, now);
            }
        }
    }
};

const unsigned zero = 0x3F, one = 0x06, two = 0x5B, eight = 0x7F, minus = 0x40, point = 0x80;

BOOST_AUTO_TEST_SUITE(multiplexed_digits)

BOOST_AUTO_TEST_CASE(multiplexed_it_reads_as_a_steady_text) {
    Scan scan{4};
    scan.show({minus, one, two | point, zero}, 200ms);
    BOOST_TEST(scan.digits.text() == "-12.0");
    const auto shown = scan.digits.takeShown(scan.now);
    BOOST_TEST_REQUIRE(shown.size() == 1U);
    BOOST_TEST((shown[0].at == 50ms));
}

BOOST_AUTO_TEST_CASE(ghosts_and_blank_digits_are_no_segments) {
    Scan scan{4};
    scan.ghost = 100us;
    scan.show({0, eight, one, 0}, 200ms);
    BOOST_TEST(scan.digits.text() == " 81 ");
    // All dark but for ghosts of less than anybody sees.
    MultiplexedDigits dark{1, {}, SimTime{}};
    dark.segment(0, true, 1ms);
    dark.digit(0, true, 1ms);
    dark.digit(0, false, 1ms + 20us);
    BOOST_TEST(dark.takeShown(200ms).front().text == " ");
}

BOOST_AUTO_TEST_CASE(a_change_shows_no_text_that_nobody_wrote) {
    Scan scan{2};
    scan.show({two, two}, 110ms);
    scan.show({0x6D, 0x6D}, 300ms);  // 5 5
    std::string all;
    for (const ShownText& text : scan.digits.takeShown(scan.now)) all += text.text + ";";
    BOOST_TEST(all == "22;55;");
}

BOOST_AUTO_TEST_CASE(dimmed_digits_read_and_blinking_ones_come_and_go) {
    Scan dim{1};
    for (int i = 0; i < 100; ++i) {
        dim.segments(eight);
        dim.digits.digit(0, true, dim.now);
        dim.now += 100us;
        dim.digits.digit(0, false, dim.now);
        dim.now += 1900us;
    }
    BOOST_TEST(dim.digits.text() == "8");

    Scan blink{1};
    blink.show({one}, 300ms);
    blink.show({0}, 600ms);
    blink.show({one}, 900ms);
    std::string all;
    for (const ShownText& text : blink.digits.takeShown(blink.now)) all += text.text + ";";
    BOOST_TEST(all == "1; ;1;");
}

BOOST_AUTO_TEST_CASE(all_usual_characters_and_those_of_the_board) {
    const std::vector<unsigned> patterns{0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F,
                                         0x6F, 0x77, 0x7C, 0x39, 0x5E, 0x79, 0x71, 0x40, 0x00};
    Scan scan{patterns.size()};
    scan.each = 500us;
    scan.show(patterns, 200ms);
    BOOST_TEST(scan.digits.text() == "0123456789AbCdEF- ");
    Scan own{3, {{"fed", "L"}, {"cdefg", "6"}}};
    own.show({0x38, 0x7C, 0x49}, 200ms);
    BOOST_TEST(own.digits.text() == "L6?");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
