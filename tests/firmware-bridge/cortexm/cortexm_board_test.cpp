// Tests for firmware-bridge/cortexm/cortexm_board.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/cortexm/cortexm_board.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include "tests/firmware-bridge/host/board_events.h"

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;
using Bytes = std::vector<std::uint8_t>;

std::string pathOf(const std::string& name) {
    return std::string{JH_FIRMWARE} + "/" + name + ".elf";
}

FirmwareImage imageOf(const std::string& name) {
    std::ifstream in{pathOf(name), std::ios::binary};
    const Bytes bytes{std::istreambuf_iterator<char>{in}, {}};
    std::string problem;
    FirmwareImage image = readFirmware(bytes, problem);
    BOOST_TEST_REQUIRE(problem == "");
    return image;
}

Board boardWithUart() {
    Board board;
    board.host = "cortexm";
    board.mcu = "mps2-an385";
    board.clock_Hz = 25'000'000;
    board.uart = UartOnBoard{0, 115'200, "8N1", true};
    return board;
}

CortexmBoard boardWith(const std::string& name, Bytes memory, SimTime patience = 10s) {
    return {boardWithUart(), imageOf(name), pathOf(name), std::move(memory), patience};
}

CortexmBoard plain(Bytes memory = {}) {
    return boardWith("cortexm_plain", std::move(memory));
}

/// Long enough for QEMU to start on a busy machine.
constexpr SimTime shortPatience = 8s;

BOOST_AUTO_TEST_SUITE(cortexm_board)

BOOST_AUTO_TEST_CASE(conversions_go_in_and_lines_come_out) {
    CortexmBoard board = plain();
    board.conversion(100ms, 1234);
    board.conversion(200ms, -5);
    board.conversion(300ms, std::int64_t{1} << 40);  // beyond 24 bits
    BOOST_TEST((board.runUntil(1s, false) == 1s));
    const auto events = board.takeEvents();
    BOOST_TEST(textOf(events) == "1234\n-5\n8388607\n");
    // One character after it was sent: 10 bits at 115200 Bd.
    const SimTime character{86'806};
    BOOST_TEST((events[0].at >= 100ms + character && events[0].at < 100ms + character + 50us));
    BOOST_TEST((events[1].at - events[0].at == character));
    const BoardFigures figures = board.figures();
    BOOST_TEST(figures.taken == 3U);
    BOOST_TEST((figures.lateness > 0us && figures.lateness < 50us));
    BOOST_TEST((figures.cycles >= 25'000'000U && figures.cycles < 25'002'000U));
    BOOST_TEST(figures.asleep > 24'000'000U);
    BOOST_TEST(board.whereabouts().find("(main") != std::string::npos, board.whereabouts());
}

// Its own timers go with the bench's time, though QEMU runs as fast as it can.
BOOST_AUTO_TEST_CASE(sys_tick_counts_the_milliseconds_of_the_bench) {
    CortexmBoard board = plain();
    for (int s = 1; s <= 20; ++s) board.receive(s * 1s + 500us, 'T');
    board.runUntil(21s, false);
    std::string wanted;
    for (int s = 1; s <= 20; ++s) wanted += std::to_string(1000 * s) + "\n";
    BOOST_TEST(textOf(board.takeEvents()) == wanted);
}

BOOST_AUTO_TEST_CASE(it_stops_at_the_end_of_a_byte) {
    CortexmBoard board = plain();
    board.conversion(100ms, 12);
    const SimTime first = board.runUntil(1s, true);
    const auto events = board.takeEvents();
    BOOST_TEST_REQUIRE(!events.empty());
    BOOST_TEST((events[0].at == first));
    board.receive(first + 1us, 'T');
    BOOST_TEST((board.runUntil(1s, true) == first + 86'806ns));
    board.runUntil(1s, false);
    BOOST_TEST(textOf(board.takeEvents()) == "100\n");
}

std::uint64_t hashOf(SimTime step) {
    CortexmBoard board = plain();
    for (int i = 1; i <= 80; ++i) board.conversion(i * 12'500us, i * 1234 - 50'000);
    for (SimTime t = step; t <= 1s; t += step) board.runUntil(t, false);
    Hash hash;
    board.hashInto(hash);
    return hash.value();
}

BOOST_AUTO_TEST_CASE(the_same_each_time_down_to_its_clock) {
    BOOST_TEST(hashOf(100ms) == hashOf(100ms));
    BOOST_TEST(hashOf(1ms) == hashOf(1ms));
}

std::vector<BoardEvent> linesOf(SimTime step) {
    CortexmBoard board = plain();
    for (int i = 1; i <= 80; ++i) board.conversion(i * 12'500us, i * 1234 - 50'000);
    for (SimTime t = step; t <= 1s; t += step) board.runUntil(t, false);
    board.runUntil(1'010ms, false);
    return board.takeEvents();
}

BOOST_AUTO_TEST_CASE(the_same_bytes_at_nearly_the_same_times_whatever_the_span) {
    const auto once = linesOf(1s), often = linesOf(1ms);
    BOOST_TEST_REQUIRE(textOf(once) == textOf(often));
    SimTime most{};
    for (std::size_t i = 0; i < once.size(); ++i) {
        most = std::max(most, std::chrono::abs(once[i].at - often[i].at));
    }
    BOOST_TEST_MESSAGE("bytes differ by at most " << most.count() << " ns");
    BOOST_TEST((most < 20us));
}

BOOST_AUTO_TEST_CASE(the_memory_outlives_the_supply) {
    CortexmBoard board = plain();
    board.conversion(100ms, 70'000);
    board.receive(200ms, 'Z');
    board.conversion(300ms, 70'001);
    board.powerOff(400ms);
    board.conversion(500ms, 70'002);  // nobody is there
    board.powerOn(600ms);
    board.conversion(700ms, 70'003);
    board.runUntil(1s, false);
    BOOST_TEST(textOf(board.takeEvents()) == "70000\n1\n3\n");
    BOOST_TEST((board.nonvolatile() == Bytes{0x70, 0x11, 0x01, 0x00}));
    BOOST_TEST(board.figures().nonvolatileWrites == 4U);
    CortexmBoard other = plain({0x01, 0, 0, 0});
    other.conversion(100ms, 3);
    other.runUntil(1s, false);
    BOOST_TEST(textOf(other.takeEvents()) == "2\n");
}

BOOST_AUTO_TEST_CASE(a_byte_on_its_way_out_is_lost_with_the_supply) {
    CortexmBoard board = plain();
    board.conversion(100ms, 12);
    const SimTime first = board.runUntil(1s, true);
    board.powerOff(first + 20us);  // in the middle of the second one
    board.runUntil(1s, false);
    BOOST_TEST(textOf(board.takeEvents()) == "1");
}

struct Misdeed {
    std::uint8_t number;
    BoardEvent::Kind kind;
    std::string begins, holds;
    friend std::ostream& operator<<(std::ostream& os, const Misdeed& m) {
        return os << int{m.number} << " " << m.begins;
    }
};
const Misdeed misdeeds[] = {
    {1, BoardEvent::Kind::lost, "it does not come back to its mailbox; it is at 0x", "(hang"},
    {2, BoardEvent::Kind::lost, "it crashed at 0x", "(reach_nowhere"},
    {3, BoardEvent::Kind::lost, "it crashed at 0x", "Lockup"},
    {4, BoardEvent::Kind::lost, "it has ended itself", ""},
    {5, BoardEvent::Kind::lost, "it sends and sends and never waits", ""},
    {6, BoardEvent::Kind::notice, "its UART is set to 9600 Bd", "115200"},
    {7, BoardEvent::Kind::lost, "it resets again and again", ""},
    {9, BoardEvent::Kind::lost, "it wanted to start a program", ""},
    {10, BoardEvent::Kind::lost, "it writes its non-volatile memory and never waits", ""},
    {11, BoardEvent::Kind::notice, "it writes its non-volatile memory again and again", ""},
};
BOOST_DATA_TEST_CASE(misdeeds_are_recognised_and_named, bdata::make(misdeeds), m) {
    CortexmBoard board = boardWith("cortexm_misbehaving", {m.number}, shortPatience);
    board.conversion(100ms, 1);
    board.conversion(200ms, 1);
    board.runUntil(1s, false);
    const auto texts = said(board.takeEvents(), m.kind);
    BOOST_TEST_REQUIRE(texts.size() == 1U);
    BOOST_TEST(texts[0].rfind(m.begins, 0) == 0U, texts[0]);
    BOOST_TEST(texts[0].find(m.holds) != std::string::npos, texts[0]);
}

BOOST_AUTO_TEST_CASE(who_never_looks_into_the_mailbox_is_found_where_he_is) {
    CortexmBoard board = boardWith("cortexm_silent", {}, shortPatience);
    BOOST_TEST((board.runUntil(1s, false) == 1s));
    const auto lost = said(board.takeEvents(), BoardEvent::Kind::lost);
    BOOST_TEST_REQUIRE(lost.size() == 1U);
    BOOST_TEST(lost[0].rfind("it never comes to its mailbox; it is at 0x", 0) == 0U, lost[0]);
    BOOST_TEST(lost[0].find("(hang") != std::string::npos, lost[0]);
}

BOOST_AUTO_TEST_CASE(who_is_busy_takes_what_comes_late_and_that_is_told) {
    CortexmBoard board = boardWith("cortexm_misbehaving", {8});
    board.conversion(100ms, 1);
    board.conversion(110ms, 1);
    board.runUntil(115ms, false);
    board.runUntil(1s, false);
    BOOST_TEST(textOf(board.takeEvents()) == "8");
    BOOST_TEST((board.figures().lateness > 10ms && board.figures().lateness < 200ms));
    BOOST_TEST(board.figures().taken == 2U);
}

BOOST_AUTO_TEST_CASE(a_program_that_does_not_fit_is_named) {
    FirmwareImage image;
    image.machine = FirmwareImage::Machine::avr;
    BOOST_TEST(misfit(boardWithUart(), image) == "a program for AVR, not for ARM");
    image.machine = FirmwareImage::Machine::unknown;
    BOOST_TEST(misfit(boardWithUart(), image) ==
               "not an ELF file, and the Cortex-M3 host takes no other");
    image = imageOf("cortexm_plain");
    BOOST_TEST(misfit(boardWithUart(), image) == "");
    image.flash[7] = 0x08;  // a vector table for flash at 0x08000000
    BOOST_TEST(misfit(boardWithUart(), image) ==
               "not made for mps2-an385: no vector table at address 0 with a stack between "
               "0x20000000 and 0x20400000");
}

BOOST_AUTO_TEST_CASE(the_program_counter_is_read_from_the_registers) {
    BOOST_TEST(programCounterIn("R12=00000000 R13=20010000\nR15=0000012c\nXPSR").value() == 0x12CU);
    BOOST_TEST(!programCounterIn("R15=00000"));
    BOOST_TEST(!programCounterIn("R14=fffffff9"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
