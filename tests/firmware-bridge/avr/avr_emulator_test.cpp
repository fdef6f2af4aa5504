// Tests for firmware-bridge/avr/avr_emulator.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_emulator.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "firmware-bridge/image/line_table.h"
#include "sim/base/noise.h"
#include "tests/firmware-bridge/host/board_events.h"

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

std::vector<std::uint8_t> fileOf(const std::string& name) {
    std::ifstream in{std::string{JH_FIRMWARE} + "/" + name + ".elf", std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

FirmwareImage imageOf(const std::string& name) {
    std::string problem;
    FirmwareImage image = readFirmware(fileOf(name), problem);
    BOOST_TEST_REQUIRE(problem == "");
    BOOST_TEST((image.mcu == "atmega328p" || image.mcu == "atmega1284p"));
    return image;
}

Board board328(int rate_Hz) {
    Board board;
    board.host = "avr";
    board.mcu = "atmega328p";
    board.converter = ConverterOnBoard{"hx711", rate_Hz, {{"DOUT", "PD2"}, {"PD_SCK", "PD3"}}};
    board.uart = UartOnBoard{0, 115'200, "8N1", true};
    return board;
}

/// For what takes minutes: a sixteenth of the clock is a sixteenth of the work.
Board slowBoard(int rate_Hz) {
    Board board = board328(rate_Hz);
    board.clock_Hz = 1'000'000;
    board.uart->baud = 7'200;
    return board;
}

Board boardWithNau7802(int rate_Hz, const PinName& scl, const PinName& sda) {
    Board board = board328(rate_Hz);
    board.converter = ConverterOnBoard{"nau7802", rate_Hz, {{"SCL", scl}, {"SDA", sda}}};
    return board;
}
Board atTwi(int rate_Hz) {
    return boardWithNau7802(rate_Hz, "PC5", "PC4");
}
Board atWires(int rate_Hz) {
    return boardWithNau7802(rate_Hz, "PC3", "PC2");
}

/// Over the whole range and beyond both its ends; nothing but the first ones, which settle, is
/// missing: of an HX711 three, 50 ms at 80 a second, as the fourth ends with it.
void readsExactly(const std::string& image, int count,
                  const std::function<Board(int)>& board = board328, int settling = 3) {
    constexpr int rate_Hz = 80;
    constexpr std::int64_t end = 0x7FFFFF;
    AvrEmulator emulator{board(rate_Hz), imageOf(image), {}};
    NoiseStream luck{1, "codes"};
    std::vector<std::int64_t> wanted;
    std::string text;
    for (int i = 1; i <= count; ++i) {
        std::int64_t code = static_cast<std::int64_t>(luck.uniform(-9e6, 9e6));
        if (i % 100 == 0) code = end;
        if (i % 100 == 1) code = -end - 1;
        if (i % 100 == 2) code = -1;
        emulator.conversion(i * (SimTime{1s} / rate_Hz), code);
        wanted.push_back(std::clamp(code, -end - 1, end));
        if (i % rate_Hz == 0) emulator.runUntil(i * (SimTime{1s} / rate_Hz), false);
        text += textOf(emulator.takeEvents());
    }
    emulator.runUntil((count + 1) * (SimTime{1s} / rate_Hz), false);
    text += textOf(emulator.takeEvents());

    std::vector<std::int64_t> got;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t newline = text.find('\n', at);
        BOOST_TEST_REQUIRE(newline != std::string::npos);
        got.push_back(0);
        std::from_chars(text.data() + at, text.data() + newline, got.back());
        at = newline + 1;
    }
    wanted.erase(wanted.begin(), wanted.begin() + settling);
    BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), wanted.begin(), wanted.end());
    BOOST_TEST_MESSAGE(image << ": " << got.size() << " conversions, "
                             << (got == wanted ? "all exact" : "NOT exact"));
    const BoardFigures figures = emulator.figures();
    BOOST_TEST(figures.taken == got.size());
    BOOST_TEST(figures.leastStackFree.value() > 1000U);
}

BOOST_AUTO_TEST_SUITE(avr_emulator)

// Ten thousand take long: tests/accept/6 asks for them by name.
BOOST_AUTO_TEST_CASE(a_plain_firmware_reads_a_thousand_conversions_exactly) {
    readsExactly("hx711_plain", 1'000);
}
BOOST_AUTO_TEST_CASE(an_arduino_sketch_reads_a_thousand_conversions_exactly) {
    readsExactly("hx711_arduino", 1'000);
}
BOOST_AUTO_TEST_CASE(a_firmware_reads_a_converter_on_two_wires) {
    constexpr int settling = 4;  // written after power-on; the fifth ends after them
    readsExactly("nau7802_twi", 400, atTwi, settling);
    readsExactly("nau7802_wires", 400, atWires, settling);
}
BOOST_AUTO_TEST_CASE(elsewhere_than_at_the_two_wire_peripheral_nobody_answers) {
    AvrEmulator emulator{atWires(80), imageOf("nau7802_twi"), {}};
    emulator.runUntil(100ms, false);
    BOOST_TEST(textOf(emulator.takeEvents()) == "none\n");
}
BOOST_AUTO_TEST_CASE(a_plain_firmware_reads_ten_thousand_conversions_exactly,
                     *boost::unit_test::disabled()) {
    readsExactly("hx711_plain", 10'000);
}
BOOST_AUTO_TEST_CASE(an_arduino_sketch_reads_ten_thousand_conversions_exactly,
                     *boost::unit_test::disabled()) {
    readsExactly("hx711_arduino", 10'000);
}

std::uint64_t hashOf(SimTime step) {
    AvrEmulator emulator{board328(80), imageOf("hx711_plain"), {}};
    Hash hash;
    for (int i = 1; i <= 80; ++i) emulator.conversion(i * 12'500us, i * 1234 - 50'000);
    for (SimTime t = step; t <= 1s; t += step) emulator.runUntil(t, false);
    for (const BoardEvent& event : emulator.takeEvents()) {
        hash.add(static_cast<std::uint64_t>(event.at.count()));
        hash.add(static_cast<std::uint64_t>(event.value));
    }
    return hash.value();
}

BOOST_AUTO_TEST_CASE(the_same_bytes_at_the_same_times_whatever_the_span) {
    BOOST_TEST(hashOf(1s) == hashOf(1s));
    BOOST_TEST(hashOf(1s) == hashOf(100ms));
    BOOST_TEST(hashOf(1s) == hashOf(1ms));
}

BOOST_AUTO_TEST_CASE(it_stops_at_the_end_of_a_byte) {
    AvrEmulator emulator{board328(10), imageOf("misbehaving"), {1}};
    const SimTime first = emulator.runUntil(1s, true);
    BOOST_TEST((first > 80us && first < 200us));
    const auto events = emulator.takeEvents();
    BOOST_TEST_REQUIRE(!events.empty());
    BOOST_TEST((events[0].at == first));
    const SimTime second = emulator.runUntil(1s, true);
    // 10 bits at 115200 as the chip divides its clock, 17 * 8 cycles each; the program polls.
    const SimTime character{10 * 17 * 8 * 1'000 / 16};
    BOOST_TEST((second - first >= character && second - first < character + 2us));
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
    {1, BoardEvent::Kind::notice, "it does not read the converter", "(hang"},
    {2, BoardEvent::Kind::notice, "it resets again and again", ""},
    {3, BoardEvent::Kind::notice, "its UART has been sending without a pause", ""},
    {4, BoardEvent::Kind::notice, "it writes its EEPROM again and again", ""},
    {5, BoardEvent::Kind::lost, "it sleeps for ever", "(main"},
    {6, BoardEvent::Kind::notice, "its UART is set to 333333 Bd 8N1", "115200"},
    {7, BoardEvent::Kind::lost, "it crashed at", ""},
};
BOOST_DATA_TEST_CASE(misdeeds_are_recognised_and_named, bdata::make(misdeeds), m) {
    // The rate that is wrong is told in the numbers of a fast clock.
    const Board board = m.number == 6 ? board328(10) : slowBoard(10);
    AvrEmulator emulator{board, imageOf("misbehaving"), {m.number}};
    for (int i = 1; i <= 250; ++i) emulator.conversion(i * 100ms, 1000);
    emulator.runUntil(25s, false);
    const auto texts = said(emulator.takeEvents(), m.kind);
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const std::string& text) {
        return text.rfind(m.begins, 0) == 0;
    });
    BOOST_TEST_REQUIRE((found != texts.end()), (texts.empty() ? "nothing said" : texts.front()));
    BOOST_TEST(found->find(m.holds) != std::string::npos, *found);
}

/// What becomes of misdeeds that have no end: when it is lost and why.
std::pair<SimTime, std::string> endOf(std::uint8_t misdeed) {
    AvrEmulator emulator{slowBoard(10), imageOf("misbehaving"), {misdeed}};
    for (int i = 1; i <= 700; ++i) emulator.conversion(i * 100ms, 1000);
    for (int i = 1; i <= 70; ++i) emulator.runUntil(i * 1s, false);
    for (const BoardEvent& event : emulator.takeEvents()) {
        if (event.kind == BoardEvent::Kind::lost) return {event.at, event.name};
    }
    return {};
}

BOOST_AUTO_TEST_CASE(who_does_nothing_for_a_minute_is_lost_where_he_hangs) {
    const auto [at, why] = endOf(1);
    BOOST_TEST((at > 60s && at < 63s));
    BOOST_TEST(why.rfind("it hangs: for 60 s it has read no conversion", 0) == 0U, why);
    BOOST_TEST(why.find("(hang") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(endless_resets_have_an_end) {
    const auto [at, why] = endOf(2);
    BOOST_TEST((at > 10s && at < 30s));
    BOOST_TEST(why.rfind("it resets without end; it is at 0x", 0) == 0U, why);
}

BOOST_AUTO_TEST_CASE(who_sends_or_stores_does_not_hang) {
    BOOST_TEST(endOf(3).second == "");
    BOOST_TEST(endOf(4).second == "");
}

BOOST_AUTO_TEST_CASE(a_converter_that_gives_nothing_is_not_the_fault_of_the_firmware) {
    AvrEmulator emulator{slowBoard(10), imageOf("hx711_plain"), {}};
    for (int i = 1; i <= 50; ++i) emulator.conversion(i * 100ms, 1000);
    for (int i = 1; i <= 90; ++i) emulator.runUntil(i * 1s, false);
    for (int i = 900; i <= 950; ++i) emulator.conversion(i * 100ms, 1000);
    emulator.runUntil(95s, false);
    const auto events = emulator.takeEvents();
    BOOST_TEST(said(events, BoardEvent::Kind::notice).empty());
    BOOST_TEST(said(events, BoardEvent::Kind::lost).empty());
    BOOST_TEST(emulator.figures().taken >= 90U);
}

BOOST_AUTO_TEST_CASE(without_supply_nothing_happens_and_the_memory_stays) {
    AvrEmulator emulator{board328(10), imageOf("misbehaving"), {4}};
    emulator.powerOff(100ms);
    emulator.powerOn(200ms);
    emulator.runUntil(150ms, false);
    const std::string before = textOf(emulator.takeEvents());
    BOOST_TEST(before == "04");
    // It was writing all the time: the byte in progress is lost.
    BOOST_TEST(int{emulator.nonvolatile()[10]} == 0xFF);
    BOOST_TEST(int{emulator.nonvolatile()[0]} == 4);
    emulator.runUntil(300ms, false);
    BOOST_TEST(textOf(emulator.takeEvents()) == "04");
}

BOOST_AUTO_TEST_CASE(a_byte_on_its_way_out_is_lost_with_the_supply) {
    AvrEmulator emulator{board328(10), imageOf("misbehaving"), {1}};
    const SimTime first = emulator.runUntil(1s, true);
    emulator.powerOff(first + 20us);  // in the middle of the second one
    emulator.runUntil(1s, false);
    BOOST_TEST(textOf(emulator.takeEvents()) == "0");
}

BOOST_AUTO_TEST_CASE(numbers_on_both_displays_are_read) {
    Board board;
    board.host = "avr";
    board.mcu = "atmega1284p";
    board.lcd = LcdOnBoard{10,
                           2,
                           {{"RS", "PC0"},
                            {"RW", "PC1"},
                            {"E", "PC2"},
                            {"D4", "PC4"},
                            {"D5", "PC5"},
                            {"D6", "PC6"},
                            {"D7", "PC7"}}};
    board.digits.emplace();
    for (int i = 0; i < 8; ++i) board.digits->segments.push_back("PA" + std::to_string(i));
    board.digits->digits = {"PB0", "PB1", "PB2", "PB3"};
    BOOST_TEST_REQUIRE(problemsOf(board).empty());
    AvrEmulator emulator{board, imageOf("displays"), {}};
    emulator.runUntil(1s, false);
    const auto events = emulator.takeEvents();
    BOOST_TEST(said(events, BoardEvent::Kind::notice).empty());
    const auto texts = said(events, BoardEvent::Kind::display);
    const std::vector<std::string> wanted{"weight    |1234      ", "123.4", "weight    |9876      ",
                                          "987.6"};
    std::vector<std::string> got;
    for (const std::string& text : texts) {
        if (text.find_first_of("0123456789") != std::string::npos) got.push_back(text);
    }
    BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), wanted.begin(), wanted.end());
    BOOST_TEST(texts.size() <= wanted.size() + 2);  // and blank glass
}

BOOST_AUTO_TEST_CASE(a_display_behind_two_wires_is_read) {
    Board board = board328(10);
    board.lcd = LcdOnBoard{16, 2, {}, 0x27};
    AvrEmulator emulator{board, imageOf("lcd_twi"), {}};
    emulator.runUntil(500ms, false);
    const auto events = emulator.takeEvents();
    BOOST_TEST(said(events, BoardEvent::Kind::notice).empty());
    const auto texts = said(events, BoardEvent::Kind::display);
    BOOST_TEST_REQUIRE(!texts.empty());
    BOOST_TEST(texts.back() == "12.345 kg       |                ");
}

BOOST_AUTO_TEST_CASE(a_program_without_a_uart_is_said_to_have_none) {
    AvrEmulator emulator{board328(10), imageOf("lcd_twi"), {}, true};
    emulator.runUntil(200ms, false);
    BOOST_TEST(emulator.survey().uarts.empty());
    BOOST_TEST(emulator.survey().twiBytes > 100U);
}

BOOST_AUTO_TEST_CASE(a_watched_program_tells_what_it_does) {
    AvrEmulator emulator{board328(10), imageOf("hx711_plain"), {}, true};
    for (int i = 1; i <= 20; ++i) emulator.conversion(i * 100ms, 1000);
    emulator.runUntil(2050ms, false);
    const BoardSurvey seen = emulator.survey();
    const auto pin = [&](const std::string& name) {
        const auto found = std::find_if(seen.pins.begin(), seen.pins.end(),
                                        [&](const PinSeen& p) { return p.pin == name; });
        return found == seen.pins.end() ? PinSeen{} : *found;
    };
    constexpr int words = 17;  // the first three settle
    BOOST_TEST(pin("PD3").edges == 50U * words);
    BOOST_TEST((pin("PD3").bursts == std::map<int, std::uint64_t>{{25, words}}));
    BOOST_TEST(pin("PD3").dataPin == "PD2");
    BOOST_TEST(pin("PD2").reads > 24U * words);
    BOOST_TEST(pin("PD2").wide == 0U);
    BOOST_TEST(seen.pins.size() == 3U);  // and TXD, an output that never changes
    BOOST_TEST_REQUIRE(seen.uarts.size() == 1U);
    const UartSeen uart{0, 117'647, "8N1", 5 * words, false};
    BOOST_TEST((seen.uarts[0] == uart));
    BOOST_TEST(seen.nonvolatileReads + seen.nonvolatileWrites + seen.spiBytes == 0U);
}

BOOST_AUTO_TEST_CASE(what_a_program_executed_stands_beside_its_lines) {
    const LineTable table = lineTableOf(fileOf("misbehaving"));
    AvrEmulator emulator{board328(10), imageOf("misbehaving"), {1}, false, true};
    BOOST_TEST(emulator.executed().empty());
    emulator.runUntil(1s, false);
    const std::vector<AddressRange> executed = emulator.executed();
    const auto ran = [&](std::uint32_t address) {
        return std::any_of(executed.begin(), executed.end(), [address](const AddressRange& r) {
            return r.from <= address && address < r.to;
        });
    };
    std::map<std::string, bool> entered;
    std::map<std::string, int> lines;
    for (const LineTable::Function& function : table.functions) {
        entered[function.name] = ran(function.from);
        const LineTable::Row* row = table.rowAt(function.from);
        if (row == nullptr) continue;
        lines[function.name] = row->line;
        BOOST_TEST(table.files[row->file].ends_with("avr/misbehaving.c"));
    }
    BOOST_TEST((entered.at("main") && entered.at("hang") && !entered.at("wear_out")));
    BOOST_TEST((lines.at("hang") == 15 && lines.at("wear_out") == 21 && lines.at("main") == 25));
    // What stands before the switch, and of the switch not the other cases.
    const auto ranLine = [&](int line) {
        return std::any_of(table.rows.begin(), table.rows.end(), [&](const LineTable::Row& row) {
            return row.line == line && ran(row.from);
        });
    };
    BOOST_TEST((ranLine(26) && ranLine(29) && !ranLine(43) && !ranLine(48) && !ranLine(51)));
    // Nothing is noted unless that is wanted.
    AvrEmulator other{board328(10), imageOf("misbehaving"), {1}};
    other.runUntil(1s, false);
    BOOST_TEST(other.executed().empty());
    Hash noted, bare;
    emulator.hashInto(noted);
    other.hashInto(bare);
    BOOST_TEST(noted.value() == bare.value());
}

// What the linker threw away would stand at address 0, where the vectors are.
BOOST_AUTO_TEST_CASE(lines_that_were_not_burnt_are_none) {
    const LineTable table = lineTableOf(fileOf("hx711_arduino"));
    BOOST_TEST(table.rows.size() > 100U);
    for (const LineTable::Row& row : table.rows) {
        BOOST_TEST(std::any_of(table.functions.begin(), table.functions.end(), [&](const auto& f) {
            return f.from <= row.from && row.from < f.to;
        }));
    }
    BOOST_TEST(lineTableOf({}).rows.empty());
}

BOOST_AUTO_TEST_CASE(a_program_that_does_not_fit_is_named) {
    FirmwareImage image;
    image.flash.resize(40'000);
    BOOST_TEST(misfit(board328(10), image) == "40000 bytes of program; atmega328p has 32768");
    image.machine = FirmwareImage::Machine::arm;
    BOOST_TEST(misfit(board328(10), image) == "a program for ARM, not for AVR");
    image = imageOf("hx711_plain");
    BOOST_TEST(misfit(board328(10), image) == "");
    image.mcu = "atmega328";
    BOOST_TEST(misfit(board328(10), image) == "");
    image.mcu = "atmega32";
    BOOST_TEST(misfit(board328(10), image) == "built for atmega32; the board has an atmega328p");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
