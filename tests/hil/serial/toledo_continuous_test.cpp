// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/toledo_continuous.h
#include "hil/serial/toledo_continuous.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"
#include "tests/support/printers.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr ToledoFormat full{true, true}, withoutChecksum{true, false}, shortForm{false, false},
    shortChecked{false, true};
const ToledoFormat formats[] = {full, withoutChecksum, shortForm, shortChecked};

// 1220 kg gross at rest, count by 1, no decimals: A = 0010 1010, B = 0011 0000, C = 0010 0000.
// Sum by hand: 02+2A+30+20 = 7C, "001220" = 125, "000000" = 120, CR = 0D; 2CE in all. Its low
// seven bits are 4E, and 80 - 4E = 32.
const Bytes goldenFull = bytesOf("\x02*0 001220000000\r2");
// Without the tare 7C + 125 + 0D = 1AE: 2E, 80 - 2E = 52.
const Bytes goldenShort = bytesOf("\x02*0 001220\rR");

/// A frame of status words and texts with the right checksum, whatever they say.
Bytes frame(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::string_view weight,
            std::string_view tare = "000000") {
    Bytes bytes{0x02, a, b, c};
    bytes = bytes + bytesOf(weight) + bytesOf(tare) + Bytes{0x0D};
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes) sum += byte;
    bytes.push_back(static_cast<std::uint8_t>((0x80 - (sum & 0x7F)) & 0x7F));
    return bytes;
}

SerialWeight only(const Bytes& bytes, ToledoFormat format = full) {
    ToledoReader reader{format};
    const auto weights = reader.feed(bytes);
    BOOST_REQUIRE(weights.size() == 1u);
    BOOST_TEST(reader.counts().bad == 0u);
    return weights.front();
}

struct BadFrame {
    const char* what;
    Bytes bytes;
    FrameFault fault;
    friend std::ostream& operator<<(std::ostream& os, const BadFrame& b) { return os << b.what; }
};
const BadFrame badFrames[] = {
    {"one bit of the checksum", flipped(goldenFull, 17, 0x01), FrameFault::checksum},
    {"one bit of a digit", flipped(goldenFull, 6, 0x01), FrameFault::checksum},
    {"no CR at its place", flipped(goldenFull, 16, 0x07), FrameFault::length},
    {"a letter among the digits", frame(0x2A, 0x30, 0x20, "00I220"), FrameFault::digits},
    {"a blank behind the digits", frame(0x2A, 0x30, 0x20, "00122 "), FrameFault::digits},
    {"a minus among the digits", frame(0x2A, 0x30, 0x20, "-01220"), FrameFault::digits},
    {"a letter in the tare", frame(0x2A, 0x30, 0x20, "001220", "00O000"), FrameFault::digits},
    {"status A without its fixed bit", frame(0x0A, 0x30, 0x20, "001220"), FrameFault::status},
    {"status A with both fixed bits", frame(0x6A, 0x30, 0x20, "001220"), FrameFault::status},
    {"ounces", frame(0x2A, 0x30, 0x23, "001220"), FrameFault::unit},
    {"a hundred million tonnes", frame(0x28, 0x30, 0x22, "999999"), FrameFault::tooLarge},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(toledo_continuous)

BOOST_AUTO_TEST_CASE(the_golden_frames_are_read) {
    BOOST_TEST(goldenFull.size() == 18u);
    const SerialWeight shown = only(goldenFull);
    BOOST_TEST(shown.weight == ExactMass::kg(1220));
    BOOST_TEST(shown.tare == ExactMass{});
    BOOST_CHECK(shown.unit == SerialUnit::kg);
    BOOST_TEST(shown.decimals == 0);
    BOOST_TEST(shown.count.value() == 1);
    BOOST_CHECK(shown.kind == WeightKind::gross);
    BOOST_TEST(shown.stable.value());
    BOOST_TEST(!shown.overload.value());
    BOOST_TEST(!shown.underload.value());
    BOOST_TEST(!shown.centerOfZero.has_value());  // the protocol cannot tell
    BOOST_CHECK(!shown.error.has_value());

    const SerialWeight brief = only(goldenShort, shortChecked);
    BOOST_TEST(brief.weight == ExactMass::kg(1220));
    BOOST_TEST(!brief.tare.has_value());
}

BOOST_AUTO_TEST_CASE(the_golden_frames_are_written) {
    SerialWeight shown;
    shown.weight = ExactMass::kg(1220);
    const Bytes withTare(goldenFull.begin(), goldenFull.end() - 1);
    const Bytes brief(goldenShort.begin(), goldenShort.end() - 1);
    BOOST_TEST(toledoFrame(shown, full).value() == goldenFull, boost::test_tools::per_element());
    BOOST_TEST(toledoFrame(shown, withoutChecksum).value() == withTare,
               boost::test_tools::per_element());
    BOOST_TEST(toledoFrame(shown, shortForm).value() == brief, boost::test_tools::per_element());
    BOOST_TEST(toledoFrame(shown, shortChecked).value() == goldenShort,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_status_bit_says_its_thing) {
    BOOST_CHECK(only(frame(0x2A, 0x31, 0x20, "001220")).kind == WeightKind::net);
    BOOST_TEST(only(frame(0x2A, 0x32, 0x20, "001220")).weight == ExactMass::kg(-1220));
    BOOST_TEST(!only(frame(0x2A, 0x38, 0x20, "001220")).stable.value());
    BOOST_CHECK(only(frame(0x2A, 0x20, 0x20, "001220")).unit == SerialUnit::lb);
    BOOST_TEST(only(frame(0x2A, 0x20, 0x20, "001220")).weight == ExactMass::lb(1220));
    BOOST_CHECK(only(frame(0x2A, 0x70, 0x20, "000000")).error == SerialError::initialZero);
    BOOST_CHECK(only(frame(0x2A, 0x30, 0x21, "001220")).unit == SerialUnit::g);
    BOOST_TEST(only(frame(0x2A, 0x30, 0x22, "001220")).weight == ExactMass::kg(1'220'000));
}

BOOST_AUTO_TEST_CASE(out_of_range_is_overload_or_with_the_sign_underload) {
    const SerialWeight over = only(frame(0x2A, 0x34, 0x20, "100200"));
    BOOST_TEST(over.overload.value());
    BOOST_TEST(!over.underload.value());
    const SerialWeight under = only(frame(0x2A, 0x36, 0x20, "      "));
    BOOST_TEST(!under.overload.value());
    BOOST_TEST(under.underload.value());
    BOOST_TEST(!under.weight.has_value());  // blanked
}

BOOST_DATA_TEST_CASE(the_decimal_point_of_each_code, bdata::xrange(8), code) {
    constexpr std::int64_t inMg[] = {122'000'000'000, 12'200'000'000, 1'220'000'000, 122'000'000,
                                     12'200'000,      1'220'000,      122'000,       12'200};
    const auto a = static_cast<std::uint8_t>(0x28 | code);
    const SerialWeight shown = only(frame(a, 0x30, 0x20, "  1220", "000020"));
    BOOST_TEST(shown.weight == ExactMass::mg(inMg[code]));
    BOOST_TEST(shown.tare == ExactMass::mg(inMg[code] / 61));
    BOOST_TEST(shown.decimals == code - 2);
}

BOOST_AUTO_TEST_CASE(the_increment_is_1_2_or_5) {
    BOOST_TEST(only(frame(0x2A, 0x30, 0x20, "001220")).count.value() == 1);
    BOOST_TEST(only(frame(0x32, 0x30, 0x20, "001220")).count.value() == 2);
    BOOST_TEST(only(frame(0x3A, 0x30, 0x20, "001220")).count.value() == 5);
    BOOST_TEST(!only(frame(0x22, 0x30, 0x20, "001220")).count.has_value());
}

BOOST_AUTO_TEST_CASE(a_clone_with_its_fixed_bit_elsewhere_is_read) {
    // LUW2001: bits 3 to 6 of A are 0 1 0 1.
    const SerialWeight shown = only(frame(0x52, 0x30, 0x20, "001220"));
    BOOST_TEST(shown.weight == ExactMass::kg(1220));
}

BOOST_AUTO_TEST_CASE(ten_times_the_resolution_gives_no_weight) {
    const SerialWeight shown = only(frame(0x2A, 0x30, 0x30, "001220"));
    BOOST_TEST(shown.highResolution);
    BOOST_TEST(!shown.weight.has_value());
}

BOOST_AUTO_TEST_CASE(a_parity_bit_does_not_matter) {
    Bytes even = goldenFull;
    for (std::uint8_t& byte : even) {
        if (__builtin_popcount(byte) % 2 != 0) byte |= 0x80;
    }
    BOOST_TEST(only(even).weight == ExactMass::kg(1220));
}

BOOST_DATA_TEST_CASE(a_bad_frame_is_counted_and_the_next_one_read, bdata::make(badFrames), bad) {
    ToledoReader reader{full};
    BOOST_TEST(reader.feed(bad.bytes).empty());
    const auto weights = reader.feed(goldenFull + goldenFull);
    BOOST_REQUIRE(!weights.empty());
    BOOST_TEST(weights.back().weight == ExactMass::kg(1220));
    BOOST_TEST(reader.counts().bad == 1u);
    BOOST_TEST(reader.counts().lastFault.value() == bad.fault);
}

BOOST_DATA_TEST_CASE(a_frame_cut_anywhere_costs_only_itself, bdata::xrange<std::size_t>(1, 18),
                     kept) {
    ToledoReader reader{full};
    const auto weights =
        reader.feed(Bytes(goldenFull.begin(), goldenFull.begin() + static_cast<int>(kept)) +
                    goldenFull + goldenFull);
    BOOST_TEST(weights.size() == 2u);
    BOOST_TEST(reader.counts().bad == 1u);
}

BOOST_DATA_TEST_CASE(lumps_of_any_size_give_the_same, bdata::xrange<std::size_t>(1, 40), size) {
    ToledoReader reader{full};
    const Bytes stream = bytesOf("xy\r") + goldenFull + bytesOf("12\x02") + goldenFull;
    BOOST_TEST(inLumps(reader, stream, size).size() == 2u);
    BOOST_TEST(reader.counts().skippedBytes == 6u);
}

BOOST_DATA_TEST_CASE(what_is_written_is_read_back, bdata::make({0, 1, 2, 3}), which) {
    const ToledoFormat format = formats[which];
    NoiseStream noise{20260801, "toledo"};
    for (int i = 0; i < 2000; ++i) {
        SerialWeight shown;
        shown.decimals = static_cast<int>(noise.uniform(-2.0, 6.0));
        shown.unit = noise.uniform() < 0.5 ? SerialUnit::kg : SerialUnit::lb;
        const auto digits = [&] { return static_cast<std::int64_t>(noise.uniform(0.0, 1e6)); };
        const ExactMass step =
            ExactMass::one(shown.unit == SerialUnit::kg ? MassUnit::kg : MassUnit::lb);
        // Whole units only, so that no rounding hides a wrong digit.
        shown.decimals = std::min(shown.decimals, 0);
        const std::int64_t last = shown.decimals == 0 ? 1 : shown.decimals == -1 ? 10 : 100;
        shown.weight = step * (digits() * last * (noise.uniform() < 0.5 ? -1 : 1));
        if (format.tare) shown.tare = step * (digits() * last);
        shown.count = noise.uniform() < 0.3 ? 1 : noise.uniform() < 0.5 ? 2 : 5;
        shown.kind = noise.uniform() < 0.5 ? WeightKind::gross : WeightKind::net;
        shown.stable = noise.uniform() < 0.5;
        shown.overload = noise.uniform() < 0.1 && *shown.weight > ExactMass{};
        shown.underload = false;
        if (noise.uniform() < 0.1) shown.error = SerialError::initialZero;
        const auto frame = toledoFrame(shown, format);
        BOOST_REQUIRE(frame.has_value());
        BOOST_REQUIRE(frame->size() == format.length());
        BOOST_REQUIRE((only(*frame, format) == shown));
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_said_is_not_sent) {
    SerialWeight shown;
    shown.weight = ExactMass::kg(1'000'000);
    BOOST_TEST(!toledoFrame(shown, full).has_value());
    shown.weight = ExactMass::kg(1);
    shown.decimals = 6;
    BOOST_TEST(!toledoFrame(shown, full).has_value());
    shown.decimals = 0;
    shown.kind = WeightKind::tare;
    BOOST_TEST(!toledoFrame(shown, full).has_value());
}

BOOST_AUTO_TEST_CASE(a_blanked_display_is_sent_as_blanks) {
    SerialWeight shown;
    shown.overload = true;
    const auto bytes = toledoFrame(shown, full);
    BOOST_REQUIRE(bytes.has_value());
    BOOST_TEST(std::string(bytes->begin() + 4, bytes->begin() + 10) == "      ");
    const SerialWeight read = only(*bytes);
    BOOST_TEST(!read.weight.has_value());
    BOOST_TEST(read.overload.value());
}

BOOST_AUTO_TEST_CASE(noise_makes_no_weights_of_the_checked_form) {
    NoiseStream noise{20260801, "toledo noise"};
    ToledoReader reader{full};
    std::size_t weights = 0;
    for (int i = 0; i < 400; ++i) weights += reader.feed(noiseBytes(noise, 1000)).size();
    BOOST_TEST(weights == 0u);
    BOOST_TEST(!reader.feed(goldenFull + goldenFull).empty());
}

BOOST_AUTO_TEST_SUITE_END()
