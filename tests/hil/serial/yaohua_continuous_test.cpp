// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/yaohua_continuous.h
#include "hil/serial/yaohua_continuous.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"
#include "tests/support/printers.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace jh {

// What Boost.Test prints when a comparison fails.
std::ostream& operator<<(std::ostream& os, YaohuaFormat format) {
    return os << static_cast<int>(format);
}

}  // namespace jh

namespace {

constexpr auto checked = YaohuaFormat::checked, reversed = YaohuaFormat::reversed,
               upright = YaohuaFormat::upright;

struct Golden {
    YaohuaFormat format;
    const char* bytes;
    const char* mass_kg;
    int decimals;
    friend std::ostream& operator<<(std::ostream& os, const Golden& g) { return os << g.bytes; }
};
const Golden golden[] = {
    // DS1 manual p. 8: + 20.00, XOR 1B.
    {checked,
     "\x02+0020002"
     "1B\x03",
     "20", 2},
    // By hand: 2D ^ 30 (six times: nothing) ^ 30 = 1D.
    {checked,
     "\x02-0000000"
     "1D\x03",
     "0", 0},
    // A26 manual p. 13: 3.000 and -1.00 in both spellings.
    {reversed, "=000.3000", "3", 3},
    {reversed, "=00.1000-", "-1", 2},
    {upright, "=0003.000", "3", 3},
    {upright, "=-0001.00", "-1", 2},
    // No decimals: seven digits, as the A23p sends a count (p. 25).
    {reversed, "=22194000", "49122", 0},
    {upright, "=00049122", "49122", 0},
};

struct BadFrame {
    const char* what;
    YaohuaFormat format;
    const char* bytes;
    FrameFault fault;
    friend std::ostream& operator<<(std::ostream& os, const BadFrame& b) { return os << b.what; }
};
const BadFrame badFrames[] = {
    {"XOR of another frame", checked,
     "\x02+0020002"
     "1C\x03",
     FrameFault::checksum},
    {"XOR in small letters", checked,
     "\x02+0020002"
     "1b\x03",
     FrameFault::checksum},
    {"no ETX", checked,
     "\x02+0020002"
     "1B\r",
     FrameFault::length},
    // 2B ^ 32 ^ 30 (five) ^ 35 = 1C
    {"five decimals", checked,
     "\x02+0020005"
     "1C\x03",
     FrameFault::decimals},
    // 20 ^ 32 ^ 30 ^ 32 = 10
    {"a blank for a sign", checked,
     "\x02 0020002"
     "10\x03",
     FrameFault::status},
    // 2B ^ 4F ^ 30 (four) ^ 32 ^ 32 = 64
    {"a letter among the digits", checked,
     "\x02+O020002"
     "64\x03",
     FrameFault::digits},
    {"a plus for a sign", reversed, "=000.300+", FrameFault::status},
    {"two points", reversed, "=00.3.000", FrameFault::decimals},
    {"five decimals", upright, "=00.00001", FrameFault::decimals},
    {"six decimals reversed", reversed, "=000003.0", FrameFault::decimals},
    {"a blank", upright, "=0  3.000", FrameFault::digits},
    {"one character lost", upright, "=003.000=", FrameFault::digits},
    {"a comma", upright, "=0003,000", FrameFault::digits},
};

Bytes goldenOf(YaohuaFormat format) {
    for (const Golden& g : golden) {
        if (g.format == format) return bytesOf(g.bytes);
    }
    return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yaohua_continuous)

BOOST_DATA_TEST_CASE(the_frames_of_the_manuals_are_read_and_written, bdata::make(golden), g) {
    const Bytes bytes = bytesOf(g.bytes);
    YaohuaReader reader{g.format, SerialUnit::kg};
    const auto weights = reader.feed(bytes);
    BOOST_REQUIRE(weights.size() == 1u);
    const SerialWeight& shown = weights.front();
    BOOST_TEST(shown.weight == ExactMass::parseKg(g.mass_kg));
    BOOST_TEST(shown.decimals == g.decimals);
    // The protocol tells nothing else.
    BOOST_TEST(!shown.stable.has_value());
    BOOST_TEST(!shown.overload.has_value());
    BOOST_CHECK(!shown.kind.has_value());

    if (bytes[1] == '-' && shown.weight == ExactMass{}) return;  // zero has no sign of its own
    BOOST_TEST(yaohuaFrame(shown, g.format).value() == bytes, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_unit_is_the_one_set_on_the_indicator) {
    YaohuaReader reader{upright, SerialUnit::t};
    const auto weights = reader.feed(bytesOf("=0049.120"));
    BOOST_REQUIRE(weights.size() == 1u);
    BOOST_TEST(weights.front().weight == ExactMass::kg(49'120));
    BOOST_TEST(yaohuaFrame(weights.front(), upright).value() == bytesOf("=0049.120"),
               boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(a_bad_frame_is_counted_and_the_next_one_read, bdata::make(badFrames), bad) {
    YaohuaReader reader{bad.format, SerialUnit::kg};
    BOOST_TEST(reader.feed(bytesOf(bad.bytes)).empty());
    BOOST_TEST(reader.counts().lastFault.value() == bad.fault);
    const Bytes good = goldenOf(bad.format);
    BOOST_TEST(reader.feed(good + good).size() >= 1u);
    BOOST_TEST(reader.counts().good >= 1u);
}

BOOST_DATA_TEST_CASE(lumps_of_any_size_give_the_same,
                     bdata::make({checked, reversed, upright}) * bdata::xrange<std::size_t>(1, 20),
                     format, size) {
    YaohuaReader reader{format, SerialUnit::kg};
    const Bytes one = goldenOf(format), stream = bytesOf("0.1\x03-") + one + one + one;
    BOOST_TEST(inLumps(reader, stream, size).size() == 3u);
    BOOST_TEST(reader.counts().skippedBytes == 5u);
}

BOOST_DATA_TEST_CASE(a_reader_may_come_in_anywhere,
                     bdata::make({checked, reversed, upright}) * bdata::xrange<std::size_t>(1, 9),
                     format, missed) {
    YaohuaReader reader{format, SerialUnit::kg};
    const Bytes one = goldenOf(format);
    const Bytes tail(one.begin() + static_cast<int>(missed), one.end());
    BOOST_TEST(reader.feed(tail + one + one).size() == 2u);
    BOOST_TEST(reader.counts().bad == 0u);
}

BOOST_DATA_TEST_CASE(every_number_comes_back,
                     bdata::make({checked, reversed, upright}) * bdata::xrange(0, 5), format,
                     decimals) {
    NoiseStream noise{20260801, "yaohua"};
    for (int i = 0; i < 500; ++i) {
        SerialWeight shown;
        shown.decimals = decimals;
        std::int64_t step_mg = 1'000'000;
        for (int d = 0; d < decimals; ++d) step_mg /= 10;
        shown.weight =
            ExactMass::mg(static_cast<std::int64_t>(noise.uniform(-999'999.0, 999'999.0))) *
            step_mg;
        const auto frame = yaohuaFrame(shown, format);
        BOOST_REQUIRE(frame.has_value());
        YaohuaReader reader{format, SerialUnit::kg};
        const auto weights = reader.feed(*frame);
        BOOST_REQUIRE(weights.size() == 1u);
        BOOST_REQUIRE((weights.front() == shown));
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_said_is_not_sent) {
    for (const auto format : {checked, reversed, upright}) {
        SerialWeight shown;
        BOOST_TEST(!yaohuaFrame(shown, format).has_value());
        shown.weight = ExactMass::kg(10'000'000);
        BOOST_TEST(!yaohuaFrame(shown, format).has_value());
        shown.weight = ExactMass::kg(1);
        shown.decimals = 5;
        BOOST_TEST(!yaohuaFrame(shown, format).has_value());
        shown.decimals = -1;
        BOOST_TEST(!yaohuaFrame(shown, format).has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
