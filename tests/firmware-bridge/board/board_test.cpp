// Tests for firmware-bridge/board/board.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/board/board.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

Board whole() {
    Board board;
    board.host = "avr";
    board.mcu = "atmega328p";
    board.clock_Hz = 8'000'000;
    board.converter = ConverterOnBoard{"hx711", 80, {{"DOUT", "PD2"}, {"PD_SCK", "PD3"}}};
    board.uart = UartOnBoard{0, 19'200, "8E1", true};
    board.buttons = {{"zero", "PB0", false}, {"tare", "PB1", true}};
    board.lamps = {{"stable", "PB5", true}};
    board.lcd = LcdOnBoard{
        20,
        4,
        {{"RS", "PC0"}, {"E", "PC1"}, {"D4", "PC2"}, {"D5", "PC3"}, {"D6", "PC4"}, {"D7", "PC5"}}};
    board.digits = DigitsOnBoard{{"PB2", "PB3", "PB4", "PB6", "PB7", "PD4", "PD5"},
                                 {"PD6", "PD7"},
                                 false,
                                 true,
                                 {{"abc", "7"}}};
    board.trace = {"PD3"};
    return board;
}

BOOST_AUTO_TEST_SUITE(board)

BOOST_AUTO_TEST_CASE(lines_bring_the_same_board_back) {
    std::string problem;
    const std::string lines = linesOf(whole());
    BOOST_TEST(linesOf(boardFromLines(lines, problem)) == lines);
    BOOST_TEST(problem == "");
}

BOOST_AUTO_TEST_CASE(the_first_line_that_is_none_is_named) {
    for (const char* wrong : {"mcu", "clock fast", "at SCK PD3", "lamp stable PB5 bright",
                              "segment PB0", "uart 0 9600 8N1", "converter hx711 80 PD3"}) {
        std::string problem;
        boardFromLines(std::string{"host avr\n"} + wrong + "\n", problem);
        BOOST_TEST(problem == wrong);
    }
}

BOOST_AUTO_TEST_CASE(a_board_that_is_right_has_no_problem) {
    for (const BoardProblem& problem : problemsOf(whole())) BOOST_TEST(problem.text == "");
}

struct Wrong {
    void (*change)(Board&);
    std::string key, text;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.key; }
};
const Wrong wrongs[] = {
    {[](Board& b) { b.mcu = "atmega8"; }, "mcu", "the AVR host does not know 'atmega8'"},
    {[](Board& b) { b.converter->pins["DOUT"] = "PA0"; }, "converter.pins.DOUT",
     "atmega328p has no pin 'PA0'; its ports are PB, PC, PD"},
    {[](Board& b) { b.lamps[0].pin = "PC7"; }, "lamps[0].pin",
     "atmega328p has no pin 'PC7'; its ports are PB, PC, PD"},
    {[](Board& b) { b.lamps[0].pin = "PB1"; }, "lamps[0].pin", "PB1 is taken by buttons[1].pin"},
    {[](Board& b) { b.buttons[0].pin = "PD0"; }, "buttons[0].pin", "PD0 is taken by uart"},
    {[](Board& b) { b.uart->number = 1; }, "uart.number", "atmega328p has USARTs 0 to 0"},
    {[](Board& b) { b.trace[0] = "D3"; }, "trace[0]", "atmega328p has no pin 'D3'"},
    {[](Board& b) { b.lcd->pins.erase("D7"); }, "lcd.pins", "it needs D7"},
    {[](Board& b) { b.lcd->pins["BL"] = "PC6"; }, "lcd.pins.BL",
     "an HD44780 has RS, RW, E and D0 to D7"},
    {[](Board& b) { b.lcd->pins["D0"] = "PC6"; }, "lcd.pins", "D0 to D3: all or none"},
    {[](Board& b) {
         b.lcd = LcdOnBoard{16, 2, {}, 0x28};
     },
     "lcd.i2c", "a PCF8574 is at 0x20 to 0x27, a PCF8574A at 0x38 to 0x3F"},
    {[](Board& b) { b.lcd->i2c = 0x27; }, "lcd.pins", "it stands behind the PCF8574"},
    {[](Board& b) { b.digits->segments.pop_back(); }, "digits.segments",
     "expected a to g, or a to g and the point"},
    {[](Board& b) {
         b.digits->table = {{"abx", "Y"}};
     },
     "digits.table.abx", "expected letters of segments, as abc"},
};
BOOST_DATA_TEST_CASE(what_is_wrong_is_named_at_its_key, bdata::make(wrongs), w) {
    Board board = whole();
    w.change(board);
    const auto problems = problemsOf(board);
    BOOST_TEST_REQUIRE(problems.size() == 1U);
    BOOST_TEST(problems[0].key == w.key);
    BOOST_TEST(problems[0].text == w.text);
}

Board cortexm() {
    Board board;
    board.host = "cortexm";
    board.mcu = "mps2-an385";
    board.clock_Hz = 25'000'000;
    board.uart = UartOnBoard{0, 9600, "8N2", true};
    return board;
}
const Wrong wrongsOfCortexm[] = {
    {[](Board& b) { b.mcu = "stm32f103"; }, "mcu",
     "the Cortex-M3 host is an mps2-an385, no 'stm32f103'"},
    {[](Board& b) { b.clock_Hz = 16'000'000; }, "clock", "mps2-an385 runs at 25000000 Hz"},
    {[](Board& b) {
         b.converter = ConverterOnBoard{"hx711", 80, {}};
     },
     "converter", "conversions come through the mailbox, without a chip"},
    {[](Board& b) {
         b.lamps = {{"stable", "PA5", true}};
     },
     "lamps", "the Cortex-M3 host has no pins"},
};
BOOST_DATA_TEST_CASE(a_mailbox_has_no_pins, bdata::make(wrongsOfCortexm), w) {
    Board board = cortexm();
    BOOST_TEST(problemsOf(board).empty());
    w.change(board);
    const auto problems = problemsOf(board);
    BOOST_TEST_REQUIRE(problems.size() == 1U);
    BOOST_TEST(problems[0].key == w.key);
    BOOST_TEST(problems[0].text == w.text);
}

/// A real board's pins are those of its chip where that is known; no pin goes two ways in any case.
BOOST_AUTO_TEST_CASE(a_real_board_has_the_pins_it_says) {
    Board board = whole();
    board.host = "serial";
    BOOST_TEST(problemsOf(board).empty());
    board.lamps[0].pin = "PC7";
    BOOST_TEST(problemsOf(board).size() == 1U);
    board.mcu = "stm32f103";
    BOOST_TEST(problemsOf(board).empty());
    board.lamps[0].pin = board.converter->pins["DOUT"];
    BOOST_TEST_REQUIRE(problemsOf(board).size() == 1U);
    BOOST_TEST(problemsOf(board)[0].text == "PD2 is taken by converter.pins.DOUT");
}

BOOST_AUTO_TEST_CASE(a_character_takes_its_bits) {
    BOOST_TEST((UartOnBoard{0, 9600, "8N1", true}.character().count()) == 1'041'667);
    BOOST_TEST((UartOnBoard{0, 9600, "8N2", true}.character().count()) == 1'145'833);
    BOOST_TEST((UartOnBoard{0, 9600, "7E1", true}.character().count()) == 1'041'667);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
