// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/sma_answer.h
#include "hil/serial/sma_answer.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"
#include "tests/support/printers.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

SmaAnswer only(std::string_view text) {
    SmaReader reader;
    const auto answers = reader.feed(bytesOf(text));
    BOOST_REQUIRE(answers.size() == 1u);
    BOOST_TEST(reader.counts().good == 1u);
    return answers.front();
}

SerialWeight weight(std::string_view text) {
    const SmaAnswer answer = only(text);
    BOOST_REQUIRE(std::holds_alternative<SerialWeight>(answer));
    return std::get<SerialWeight>(answer);
}

std::string textOf(const Bytes& bytes) {
    return {bytes.begin(), bytes.end()};
}

/// The examples of the standard, 5.1; its underscores are blanks.
struct Example {
    const char* frame;
    const char* number;
    MassUnit unit;
    int decimals;
    WeightKind kind;
    bool highResolution, stable, zero;
    friend std::ostream& operator<<(std::ostream& os, const Example& e) { return os << e.frame; }
};
const Example examples[] = {
    {"\n 1G       5.025lb \r", "5.025", MassUnit::lb, 3, WeightKind::gross, false, true, false},
    {"\n 1N      100000lb \r", "100000", MassUnit::lb, 0, WeightKind::net, false, true, false},
    {"\n 1g      5.0025lb \r", "5.0025", MassUnit::lb, 4, WeightKind::gross, true, true, false},
    {"\nZ1G       0.000lb \r", "0", MassUnit::lb, 3, WeightKind::gross, false, true, true},
    {"\n 1G       7.025kg \r", "7.025", MassUnit::kg, 3, WeightKind::gross, false, true, false},
    {"\n 1GM      7.650kg \r", "7.65", MassUnit::kg, 3, WeightKind::gross, false, false, false},
};

struct BadFrame {
    const char* what;
    const char* text;
    FrameFault fault;
    friend std::ostream& operator<<(std::ostream& os, const BadFrame& b) { return os << b.what; }
};
const BadFrame badFrames[] = {
    // 5.1 again: pounds and ounces, which are no decimal number.
    {"pounds and ounces", "\n 2GM     8:08.5l/o\r", FrameFault::unit},
    {"a colon in the number", "\n 2GM     8:08.5lb \r", FrameFault::digits},
    {"ounces", "\n 1G       5.025oz \r", FrameFault::unit},
    {"one character short", "\n 1G      5.025lb \r", FrameFault::length},
    {"one character long", "\n 1G        5.025lb \r", FrameFault::length},
    {"an unknown status", "\nX1G       5.025lb \r", FrameFault::status},
    {"no range", "\n 0G       5.025lb \r", FrameFault::status},
    {"an unknown kind", "\n 1X       5.025lb \r", FrameFault::status},
    {"an unknown motion", "\n 1Gm      5.025lb \r", FrameFault::status},
    {"two points", "\n 1G      5.02.5lb \r", FrameFault::decimals},
    {"a lone minus", "\n 1G           -kg \r", FrameFault::digits},
    {"a letter", "\n 1G       5.O25lb \r", FrameFault::digits},
    {"a blank inside", "\n 1G       5 025lb \r", FrameFault::digits},
    {"too heavy", "\n 1G  9999999999t  \r", FrameFault::tooLarge},
    {"nine decimals", "\n 1G 0.12345678kg \r", FrameFault::length},
    {"damaged diagnostics", "\nX   \r", FrameFault::status},
    {"an empty frame", "\n\r", FrameFault::length},
    {"a control character", "\n 1G  \x01    5.025lb \r", FrameFault::status},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sma_answer)

BOOST_DATA_TEST_CASE(the_examples_of_the_standard, bdata::make(examples), e) {
    const SerialWeight shown = weight(e.frame);
    BOOST_TEST(shown.weight == ExactMass::parse(e.number, e.unit));
    BOOST_CHECK(shown.unit == (e.unit == MassUnit::lb ? SerialUnit::lb : SerialUnit::kg));
    BOOST_TEST(shown.decimals == e.decimals);
    BOOST_CHECK(shown.kind == e.kind);
    BOOST_TEST(shown.highResolution == e.highResolution);
    BOOST_TEST(shown.stable.value() == e.stable);
    BOOST_TEST(shown.centerOfZero.value() == e.zero);
    BOOST_TEST(shown.range.value() == 1);
    BOOST_TEST(textOf(smaFrame(shown).value()) == e.frame);
}

BOOST_AUTO_TEST_CASE(status_letters) {
    BOOST_TEST(weight("\nO1G      100200kg \r").overload.value());
    BOOST_TEST(weight("\nO1G      100200kg \r").weight == ExactMass::kg(100'200));
    const SerialWeight under = weight("\nU2G         -60kg \r");
    BOOST_TEST(under.underload.value());
    BOOST_TEST(!under.overload.value());
    BOOST_TEST(under.weight == ExactMass::kg(-60));
    BOOST_TEST(under.range.value() == 2);
    BOOST_CHECK(weight("\n 1T        5000kg \r").kind == WeightKind::tare);
}

BOOST_AUTO_TEST_CASE(errors_show_dashes_and_no_weight) {
    const std::pair<const char*, SerialError> cases[] = {
        {"\nE1G ----------kg \r", SerialError::zeroSetting},
        {"\nI1G ----------kg \r", SerialError::initialZero},
        {"\nT1G    -----  kg \r", SerialError::taring},
        // Some go on showing the number: it is none all the same.
        {"\nE1G         100kg \r", SerialError::zeroSetting},
    };
    for (const auto& [frame, error] : cases) {
        // One blank for motion and one in reserve.
        std::string text = frame;
        if (text.size() == 19) text.insert(4, " ");
        const SerialWeight shown = weight(text);
        BOOST_CHECK(shown.error == error);
        BOOST_TEST(!shown.weight.has_value());
        BOOST_TEST(!shown.overload.has_value());  // overridden: not known
    }
    SerialWeight shown;
    shown.error = SerialError::taring;
    shown.weight = ExactMass::kg(3);
    BOOST_TEST(textOf(smaFrame(shown).value()) == "\nT1G  ----------kg \r");
}

BOOST_AUTO_TEST_CASE(a_weight_that_is_not_displayed) {
    // Cardinal: 'e', and blanks.
    const SerialWeight shown = weight("\ne1G            kg \r");
    BOOST_TEST(!shown.weight.has_value());
    BOOST_CHECK(!shown.error.has_value());
    BOOST_CHECK(weight("\n 1G         100KG \r").unit == SerialUnit::kg);
}

BOOST_AUTO_TEST_CASE(the_other_answers) {
    BOOST_CHECK(only("\n?\r") == SmaAnswer{SmaUnknownCommand{}});
    BOOST_CHECK(only("\n!\r") == SmaAnswer{SmaCommunicationError{}});
    BOOST_CHECK(only("\n    \r") == SmaAnswer{SmaDiagnostics{}});
    BOOST_CHECK(only("\nREC7\r") == SmaAnswer(SmaDiagnostics{true, true, true, '7'}));
    BOOST_CHECK(only("\n  C \r") == SmaAnswer(SmaDiagnostics{false, false, true, ' '}));
    BOOST_CHECK(only("\nSMA:1/1.0 \r") == SmaAnswer(SmaAbout{"SMA", "1/1.0"}));
    BOOST_CHECK(only("\nMFG:Weigh-Tronix, Corp. \r") ==
                SmaAnswer(SmaAbout{"MFG", "Weigh-Tronix, Corp."}));
    BOOST_CHECK(only("\nSN :1234567890U812 \r") == SmaAnswer(SmaAbout{"SN", "1234567890U812"}));
    BOOST_CHECK(only("\nEND:\r") == SmaAnswer(SmaAbout{"END", ""}));
}

BOOST_AUTO_TEST_CASE(the_other_answers_are_written) {
    BOOST_TEST(textOf(smaFrame(SmaUnknownCommand{})) == "\n?\r");
    BOOST_TEST(textOf(smaFrame(SmaCommunicationError{})) == "\n!\r");
    BOOST_TEST(textOf(smaFrame(SmaDiagnostics{false, true, false, ' '})) == "\n E  \r");
    BOOST_TEST(textOf(smaFrame(SmaAbout{"SN", "77"})) == "\nSN :77\r");
    BOOST_TEST(textOf(smaFrame(SmaAbout{"MODEL", "a text of more than 25 letters"})) ==
               "\nMOD:a text of more than 25 le\r");
}

BOOST_DATA_TEST_CASE(a_bad_frame_is_counted_and_the_next_one_read, bdata::make(badFrames), bad) {
    SmaReader reader;
    BOOST_TEST(reader.feed(bytesOf(bad.text)).empty());
    BOOST_TEST(reader.counts().bad == 1u);
    BOOST_TEST(reader.counts().lastFault.value() == bad.fault);
    BOOST_TEST(reader.feed(bytesOf("\n 1G       5.025lb \r")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_frame_that_never_ends_gives_way_to_the_next) {
    SmaReader reader;
    const auto answers =
        reader.feed(bytesOf("\n 1G   \n 1G       5.025lb \r" + ("\n" + std::string(60, 'x')) +
                            "\n 1G       7.025kg \r"));
    BOOST_TEST(answers.size() == 2u);
    BOOST_TEST(reader.counts().bad == 2u);
}

BOOST_DATA_TEST_CASE(lumps_of_any_size_give_the_same, bdata::xrange<std::size_t>(1, 30), size) {
    SmaReader reader;
    const Bytes stream = bytesOf("kg \r\n 1G       5.025lb \r\n?\rxx\n 1N      100000lb \r");
    BOOST_TEST(inLumps(reader, stream, size).size() == 3u);
    BOOST_TEST(reader.counts().skippedBytes == 6u);
}

BOOST_AUTO_TEST_CASE(every_weight_comes_back) {
    NoiseStream noise{20260801, "sma"};
    for (int i = 0; i < 3000; ++i) {
        SerialWeight shown;
        shown.decimals = static_cast<int>(noise.uniform(0.0, 5.0));
        std::int64_t step_mg = 1'000'000;
        for (int d = 0; d < shown.decimals; ++d) step_mg /= 10;
        shown.weight = ExactMass::mg(static_cast<std::int64_t>(noise.uniform(-1e6, 1e6))) * step_mg;
        shown.kind = noise.uniform() < 0.5 ? WeightKind::gross : WeightKind::net;
        shown.highResolution = noise.uniform() < 0.2;
        shown.range = 1 + static_cast<int>(noise.uniform(0.0, 3.0));
        shown.stable = noise.uniform() < 0.5;
        const double which = noise.uniform();
        shown.centerOfZero = which < 0.2;
        shown.overload = which > 0.8;
        shown.underload = which > 0.6 && which < 0.8;
        const auto frame = smaFrame(shown);
        BOOST_REQUIRE(frame.has_value());
        BOOST_REQUIRE(frame->size() == 20u);
        BOOST_REQUIRE((weight(textOf(*frame)) == shown));
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_not_sent) {
    SerialWeight shown;
    shown.weight = ExactMass::kg(10'000'000);
    shown.decimals = 3;
    BOOST_TEST(!smaFrame(shown).has_value());
    shown.decimals = 2;
    BOOST_TEST(!smaFrame(shown).has_value());
    shown.decimals = 1;
    BOOST_TEST(smaFrame(shown).has_value());
    shown.range = 10;
    BOOST_TEST(!smaFrame(shown).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
