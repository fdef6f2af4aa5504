// Tests for firmware-bridge/display/hd44780.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/display/hd44780.h"

#include <string_view>

#include <boost/test/unit_test.hpp>

namespace jh {
namespace {

constexpr std::size_t rs = 0, rw = 1, e = 2, d0 = Hd44780::dataPin;

/// A firmware at its pins: it waits as long as the data sheet asks before each byte.
struct Wired {
    Hd44780 lcd;
    SimTime now{};
    bool four{};
    SimTime pause{40us};

    Wired(int columns, int rows) : lcd{columns, rows, SimTime{}} { now = 15ms; }
    void pulse(unsigned levels, std::size_t from) {
        for (std::size_t bit = from; bit < 8; ++bit) {
            lcd.drive(d0 + bit, (levels >> bit & 1U) != 0, now);
        }
        lcd.drive(e, true, now);
        now += 1us;
        lcd.drive(e, false, now);
    }
    void put(bool data, unsigned byte) {
        lcd.drive(rs, data, now);
        pulse(byte, four ? 4 : 0);
        if (four) pulse(byte << 4U, 4);
        now += !data && byte <= 3 ? 1'600us : pause;
    }
    void instruct(unsigned byte) { put(false, byte); }
    void print(std::string_view text) {
        for (const char c : text) put(true, static_cast<unsigned char>(c));
    }
    /// By instruction, as figure 24 of the data sheet has it for 4 lines.
    void beginFour() {
        for (const SimTime wait : {5ms, 1ms, 1ms}) {
            lcd.drive(rs, false, now);
            pulse(0x30, 4);
            now += wait;
        }
        pulse(0x20, 4);
        now += 40us;
        four = true;
        for (const unsigned byte : {0x28U, 0x08U, 0x01U, 0x06U, 0x0CU}) instruct(byte);
    }
    void beginEight() {
        for (const unsigned byte : {0x38U, 0x08U, 0x01U, 0x06U, 0x0CU}) instruct(byte);
    }
};

BOOST_AUTO_TEST_SUITE(hd44780)

BOOST_AUTO_TEST_CASE(eight_lines_show_what_is_written) {
    Wired w{16, 2};
    w.beginEight();
    w.print("   123.45 kg");
    w.instruct(0xC0);
    w.print("net");
    BOOST_TEST(w.lcd.text() == "   123.45 kg    |net             ");
}

BOOST_AUTO_TEST_CASE(four_lines_synchronise_from_whatever_state) {
    // 0: after power-on; 1: 4 lines already; 2: 4 lines and half a byte taken.
    for (int state = 0; state < 3; ++state) {
        Wired w{16, 2};
        if (state > 0) w.beginFour();
        if (state == 2) w.pulse(0x00, 4);
        w.now += 5ms;
        w.beginFour();
        w.print("ok");
        BOOST_TEST(w.lcd.text() == "ok              |                ", "state " << state);
    }
}

BOOST_AUTO_TEST_CASE(until_it_is_switched_on_nothing_is_seen) {
    Wired w{8, 1};
    w.instruct(0x30);
    w.print("12");
    BOOST_TEST(w.lcd.text() == "");
    w.instruct(0x0C);
    BOOST_TEST(w.lcd.text() == "12      ");
}

BOOST_AUTO_TEST_CASE(addresses_of_the_glass) {
    Wired four{20, 4};
    four.beginEight();
    for (const unsigned address : {0x00U, 0x40U, 0x14U, 0x54U}) {
        four.instruct(0x80U | address);
        four.print(std::string(1, static_cast<char>('a' + address / 0x14)));
    }
    const std::string rest(19, ' ');
    BOOST_TEST(four.lcd.text() == "a" + rest + "|d" + rest + "|b" + rest + "|e" + rest);

    // From the end of the first line to the second, and from its end to the first.
    Wired two{40, 2};
    two.beginEight();
    two.instruct(0x80U | 0x27U);
    two.print("XY");
    two.instruct(0x80U | 0x67U);
    two.print("xy");
    const std::string middle(38, ' ');
    BOOST_TEST(two.lcd.text() == "y" + middle + "X|Y" + middle + "x");

    // One line of 80.
    Wired one{16, 1};
    one.instruct(0x30);
    one.instruct(0x0C);
    one.instruct(0x80U | 0x4FU);
    one.print("AB");
    BOOST_TEST(one.lcd.text() == "B               ");
}

BOOST_AUTO_TEST_CASE(entry_mode_home_and_shift) {
    Wired w{8, 2};
    w.beginEight();
    w.instruct(0x84);
    w.instruct(0x04);  // decrement
    w.print("321");
    BOOST_TEST(w.lcd.text() == "  123   |        ");
    w.instruct(0x18);  // the display to the left, both lines
    BOOST_TEST(w.lcd.text() == " 123    |        ");
    w.instruct(0x1C);
    w.instruct(0x1C);
    BOOST_TEST(w.lcd.text() == "   123  |        ");
    w.instruct(0x02);
    w.instruct(0x06);
    w.instruct(0x14);  // the cursor to the right
    w.print("7");
    BOOST_TEST(w.lcd.text() == " 7123   |        ");
    w.instruct(0x80U | 8U);
    w.instruct(0x07);  // the display goes along: right-aligned entry
    w.print("9");
    BOOST_TEST(w.lcd.text() == "7123   9|        ");
    w.instruct(0x01);  // clear also sets increment and the shift back
    w.instruct(0x06);
    w.print("0");
    BOOST_TEST(w.lcd.text() == "0       |        ");
}

BOOST_AUTO_TEST_CASE(an_instruction_while_it_is_busy_is_lost) {
    Wired w{8, 1};
    w.beginEight();
    w.instruct(0x30);
    w.pause = 20us;
    w.print("1234");
    BOOST_TEST(w.lcd.text() == "13      ");
    w.now += 1ms;
    w.put(false, 0x01);
    w.now -= 1'300us;  // clear takes longer
    w.print("9");
    BOOST_TEST(w.lcd.text() == "        ");
    BOOST_TEST(w.lcd.takeNotices().size() == 1U);
    BOOST_TEST(w.lcd.takeNotices().empty());

    Wired early{8, 1};
    early.now = 5ms;
    early.instruct(0x0C);
    BOOST_TEST(early.lcd.text() == "");
    BOOST_TEST(early.lcd.takeNotices().size() == 1U);
}

BOOST_AUTO_TEST_CASE(busy_flag_and_memory_can_be_read) {
    Wired w{8, 1};
    w.beginEight();
    w.instruct(0x30);
    w.print("AB");
    const auto read = [&](bool data) {
        w.lcd.drive(rs, data, w.now);
        w.lcd.drive(rw, true, w.now);
        w.lcd.drive(e, true, w.now);
        const auto byte = w.lcd.output();
        w.now += 1us;
        w.lcd.drive(e, false, w.now);
        BOOST_TEST(!w.lcd.output().has_value());
        w.lcd.drive(rw, false, w.now);
        return unsigned{byte.value_or(0)};
    };
    BOOST_TEST(read(false) == 0x02U);
    w.instruct(0x80);
    BOOST_TEST(read(true) == unsigned{'A'});
    BOOST_TEST(read(false) == 0x81U);  // busy, and the address went on
    w.now += 40us;
    BOOST_TEST(read(false) == 0x01U);

    Wired four{8, 2};
    four.beginFour();
    four.instruct(0xC5);
    four.lcd.drive(rw, true, four.now);
    four.lcd.drive(rs, false, four.now);
    four.lcd.drive(e, true, four.now);
    BOOST_TEST(unsigned{four.lcd.output().value()} >> 4U == 0x4U);
    four.lcd.drive(e, false, four.now);
    four.lcd.drive(e, true, four.now);
    BOOST_TEST(unsigned{four.lcd.output().value()} >> 4U == 0x5U);
    four.lcd.drive(e, false, four.now);
    four.lcd.drive(rw, false, four.now);
    four.print("x");
    BOOST_TEST(four.lcd.text() == "        |     x  ");
}

BOOST_AUTO_TEST_CASE(characters_of_its_own_are_no_text) {
    Wired w{8, 1};
    w.beginEight();
    w.instruct(0x30);
    w.instruct(0x40);
    w.print("\x1F\x11");  // rows of character 0
    w.instruct(0x80);
    w.put(true, 0);
    w.put(true, 0xDF);
    w.print("C");
    BOOST_TEST(w.lcd.text() == "?°C     ");
}

BOOST_AUTO_TEST_CASE(a_text_is_told_once_when_it_has_stood) {
    Wired w{8, 1};
    w.beginEight();
    w.instruct(0x30);
    w.print("12");
    const SimTime begin = w.now - w.pause;
    BOOST_TEST(w.lcd.takeShown(begin + 19ms).empty());
    const auto shown = w.lcd.takeShown(begin + 100ms);
    BOOST_TEST_REQUIRE(shown.size() == 1U);
    BOOST_TEST(shown[0].text == "12      ");
    BOOST_TEST((shown[0].at == begin + 20ms));
    w.now = begin + 200ms;
    w.instruct(0x80);
    w.print("12");  // the same again
    BOOST_TEST(w.lcd.takeShown(w.now + 1s).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
