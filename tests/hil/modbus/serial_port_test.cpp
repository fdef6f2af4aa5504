// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/serial_port.h
#include "hil/modbus/serial_port.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <numeric>
#include <optional>

#include "tests/support/printers.h"
#include "tests/support/rtu_frame.h"
#include "tests/support/temporary_folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr auto format = CharacterFormat::e81;
constexpr SimTime patience = 5s;  // for what surely comes

PtyPair pair(int baud = 115200) {
    auto made = PtyPair::open(baud, format);
    BOOST_REQUIRE(made.has_value());
    return std::move(*made);
}

SerialPort port(const PtyPair& line, int baud = 115200) {
    auto opened = SerialPort::open({line.device, baud, format});
    BOOST_REQUIRE(opened.has_value());
    return std::move(*opened);
}

IoError errorOf(const SerialSettings& settings) {
    const auto opened = SerialPort::open(settings);
    BOOST_REQUIRE(!opened.has_value());
    return opened.error();
}

bool says(const IoError& error, const char* word) {
    return error.text.find(word) != std::string::npos;
}

/// Reads until so many bytes have come.
Bytes readBytes(SerialPort& from, std::size_t count) {
    Bytes all;
    const SimTime until = steadyNow() + patience;
    while (all.size() < count && steadyNow() < until) {
        BOOST_REQUIRE(from.waitUntil(until).has_value());
        std::array<std::uint8_t, 64> some{};
        const auto got = from.read(some);
        BOOST_REQUIRE(got.has_value());
        all.insert(all.end(), some.begin(), some.begin() + *got);
    }
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serial_port)

BOOST_AUTO_TEST_CASE(times_of_characters_and_silences) {
    BOOST_CHECK(characterTime(9600, CharacterFormat::e81) == 1145833ns);
    BOOST_CHECK(characterTime(9600, CharacterFormat::n81) == 1041666ns);
    BOOST_CHECK(frameSilence(9600, CharacterFormat::n82) == 4010415ns);
    BOOST_CHECK(frameSilence(19200, CharacterFormat::e81) == 2005206ns);
    BOOST_CHECK(frameSilence(38400, CharacterFormat::e81) == 1750us);
    BOOST_CHECK(frameSilence(115200, CharacterFormat::e81) == 1750us);
}

BOOST_AUTO_TEST_CASE(all_256_bytes_pass_unchanged_both_ways) {
    PtyPair line = pair();
    SerialPort near = port(line);
    BOOST_TEST(near.pseudoTerminal());
    Bytes all(256);
    std::iota(all.begin(), all.end(), std::uint8_t{0});
    BOOST_REQUIRE(near.write(all).has_value());
    BOOST_TEST(readBytes(line.far, all.size()) == all, boost::test_tools::per_element());
    BOOST_REQUIRE(line.far.write(all).has_value());
    BOOST_TEST(readBytes(near, all.size()) == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_there_is_no_error_and_no_waiting) {
    PtyPair line = pair();
    SerialPort near = port(line);
    std::array<std::uint8_t, 8> some{};
    BOOST_TEST(near.read(some).value() == 0u);
    const SimTime until = steadyNow() + 2ms;
    BOOST_TEST(!near.waitUntil(until).value());
    BOOST_CHECK(steadyNow() >= until);
    BOOST_TEST(!near.waitUntil(until).value());  // long past
}

BOOST_AUTO_TEST_CASE(bytes_take_their_time_on_a_line_without_a_rate) {
    PtyPair line = pair(9600);
    SerialPort near = port(line, 9600);
    const SimTime start = steadyNow();
    BOOST_REQUIRE(near.write(Bytes(20, 0x55)).has_value());
    BOOST_CHECK(steadyNow() - start >= characterTime(9600, format) * 20);
}

BOOST_DATA_TEST_CASE(every_rate_and_format_opens,
                     bdata::make({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200}), baud) {
    PtyPair line = pair();
    for (const auto f :
         {CharacterFormat::e81, CharacterFormat::o81, CharacterFormat::n82, CharacterFormat::n81}) {
        BOOST_TEST(SerialPort::open({line.device, baud, f}).has_value());
    }
}

BOOST_AUTO_TEST_CASE(one_user_at_a_time) {
    PtyPair line = pair();
    {
        SerialPort first = port(line);
        const IoError error = errorOf({line.device});
        BOOST_TEST(error.kind == IoError::Kind::refused);
        BOOST_TEST(says(error, "in use"));
        SerialPort moved = std::move(first);
        BOOST_TEST(says(errorOf({line.device}), "in use"));
    }
    BOOST_TEST(SerialPort::open({line.device}).has_value());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_says_what_to_do) {
    TemporaryFolder folder;
    const IoError missing = errorOf({(folder / "ttyUSB9").string()});
    BOOST_TEST(missing.kind == IoError::Kind::disconnected);
    BOOST_TEST(says(missing, "plugged in"));

    const IoError file = errorOf({folder.write("notes.txt", "x").string()});
    BOOST_TEST(file.kind == IoError::Kind::refused);
    BOOST_TEST(says(file, "not a serial device"));
    BOOST_TEST(says(errorOf({"/dev/null"}), "not a serial device"));
    BOOST_TEST(says(errorOf({folder.path().string()}), "not a serial device"));

    PtyPair line = pair();
    const IoError rate = errorOf({line.device, 12345});
    BOOST_TEST(rate.kind == IoError::Kind::refused);
    BOOST_TEST(says(rate, "19200"));
    const IoError direction = errorOf({line.device, 9600, format, true});
    BOOST_TEST(direction.kind == IoError::Kind::refused);
    BOOST_TEST(says(direction, "switches by itself"));
    // A refusal leaves the device free.
    BOOST_TEST(SerialPort::open({line.device}).has_value());
}

BOOST_AUTO_TEST_CASE(error_numbers_in_words) {
    const IoError permission = serialError("/dev/ttyUSB0", EACCES);
    BOOST_TEST(permission.kind == IoError::Kind::refused);
    BOOST_TEST(says(permission, "dialout"));
    BOOST_TEST(says(permission, "/dev/ttyUSB0"));
    for (const int gone : {EIO, ENXIO, ENODEV})
        BOOST_TEST(serialError("/dev/ttyUSB0", gone).kind == IoError::Kind::disconnected);
    BOOST_TEST(serialError("/dev/ttyUSB0", EBUSY).kind == IoError::Kind::refused);
    BOOST_TEST(says(serialError("/dev/ttyUSB0", ENOMEM), "/dev/ttyUSB0"));
}

BOOST_AUTO_TEST_CASE(unplugged_in_the_middle) {
    std::optional<PtyPair> line = pair();
    SerialPort near = port(*line);
    line.reset();
    std::array<std::uint8_t, 8> some{};
    const auto got = near.read(some);
    BOOST_REQUIRE(!got.has_value());
    BOOST_TEST(got.error().kind == IoError::Kind::disconnected);
    const auto written = near.write(Bytes{1, 2, 3});
    BOOST_REQUIRE(!written.has_value());
    BOOST_TEST(written.error().kind == IoError::Kind::disconnected);
}

BOOST_AUTO_TEST_SUITE_END()
