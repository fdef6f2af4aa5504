// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/sma_command.h
#include "hil/serial/sma_command.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;
using Kind = SmaCommand::Kind;

namespace jh {

// What Boost.Test prints when a comparison fails.
std::ostream& operator<<(std::ostream& os, Kind kind) {
    return os << static_cast<char>(kind);
}

}  // namespace jh

namespace {

SmaCommand only(std::string_view text) {
    SmaCommandReader reader;
    const auto commands = reader.feed(bytesOf(text));
    BOOST_REQUIRE(commands.size() == 1u);
    return commands.front();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sma_command)

BOOST_DATA_TEST_CASE(each_command_is_written_and_read,
                     bdata::make({Kind::weight, Kind::highResolution, Kind::zero, Kind::tare,
                                  Kind::clearTare, Kind::tareWeight, Kind::repeat,
                                  Kind::diagnostics, Kind::about, Kind::aboutNext}),
                     kind) {
    const Bytes bytes = smaRequest({kind, {}});
    BOOST_TEST(bytes == (Bytes{0x0A, static_cast<std::uint8_t>(kind), 0x0D}),
               boost::test_tools::per_element());
    const SmaCommand read = only({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    BOOST_CHECK(read == (SmaCommand{kind, {}}));
}

BOOST_AUTO_TEST_CASE(a_tare_may_carry_its_weight) {
    BOOST_CHECK(only("\nT  5000.00\r") == (SmaCommand{Kind::tare, "5000.00"}));
    BOOST_TEST(smaRequest({Kind::tare, "12.5"}) == bytesOf("\nT12.5\r"),
               boost::test_tools::per_element());
    BOOST_CHECK(only("\nT-5\r").kind == Kind::unknown);
    BOOST_CHECK(only("\nT \r").kind == Kind::unknown);
    BOOST_CHECK(only("\nT12345678901\r").kind == Kind::unknown);
}

BOOST_AUTO_TEST_CASE(what_is_no_command_is_unknown_or_garbled) {
    for (const char* text : {"\nX\r", "\nXC\r", "\nw\r", "\nWW\r", "\nW1\r", "\n\r", "\n W\r",
                             "\nWHZTCMRDABWHZTCMRDAB\r"})
        BOOST_TEST((only(text).kind == Kind::unknown), text);
    BOOST_CHECK(only("\n\xD7\r").kind == Kind::garbled);
    BOOST_CHECK(only("\nW\x01\r").kind == Kind::garbled);
}

BOOST_AUTO_TEST_CASE(escape_is_acted_on_wherever_it_stands) {
    SmaCommandReader reader;
    const auto commands = reader.feed(bytesOf("\nW\x1B\r\nZ\r"));
    BOOST_REQUIRE(commands.size() == 2u);
    BOOST_CHECK(commands[0].kind == Kind::abort);
    BOOST_CHECK(commands[1].kind == Kind::zero);
    BOOST_TEST(smaRequest({Kind::abort, {}}) == (Bytes{0x1B}), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(lumps_of_any_size_give_the_same, bdata::xrange<std::size_t>(1, 12), size) {
    SmaCommandReader reader;
    const auto commands = inLumps(reader, bytesOf("W\r\nW\r\nZ\n\nT5\r"), size);
    BOOST_REQUIRE(commands.size() == 2u);
    BOOST_CHECK(commands[1] == (SmaCommand{Kind::tare, "5"}));
    BOOST_TEST(reader.skippedBytes() == 5u);  // "W", CR, LF "Z", LF
}

BOOST_AUTO_TEST_SUITE_END()
