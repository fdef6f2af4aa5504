// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/sma_scale.h
#include "hil/serial/sma_scale.h"

#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"

using namespace jh;
using namespace jh::test;
using Kind = SmaCommand::Kind;

namespace {

SmaDisplay display() {
    SmaDisplay d;
    d.weight.weight = ExactMass::kg(15'020);
    d.weight.kind = WeightKind::net;
    d.tare = ExactMass::kg(5'000);
    return d;
}

std::string ask(SmaScale& scale, Kind kind, const SmaDisplay& shown = display()) {
    const Bytes bytes = scale.answer({kind, {}}, shown);
    return {bytes.begin(), bytes.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sma_scale)

BOOST_AUTO_TEST_CASE(weight_commands_answer_what_is_shown) {
    SmaScale scale{{}};
    for (const Kind kind : {Kind::weight, Kind::zero, Kind::tare, Kind::clearTare, Kind::repeat})
        BOOST_TEST(ask(scale, kind) == "\n 1N       15020kg \r");
    BOOST_TEST(ask(scale, Kind::tareWeight) == "\n 1T        5000kg \r");
}

BOOST_AUTO_TEST_CASE(high_resolution_only_where_there_is_one) {
    SmaScale scale{{}};
    SmaDisplay shown = display();
    BOOST_TEST(ask(scale, Kind::highResolution, shown) == "\n?\r");
    shown.highResolution = shown.weight;
    shown.highResolution->highResolution = true;
    shown.highResolution->decimals = 1;
    BOOST_TEST(ask(scale, Kind::highResolution, shown) == "\n 1n     15020.0kg \r");
}

BOOST_AUTO_TEST_CASE(the_status_of_the_load_does_not_stand_beside_the_tare) {
    SmaScale scale{{}};
    SmaDisplay shown = display();
    shown.weight.error = SerialError::zeroSetting;
    BOOST_TEST(ask(scale, Kind::zero, shown) == "\nE1N  ----------kg \r");
    BOOST_TEST(ask(scale, Kind::tareWeight, shown) == "\n 1T        5000kg \r");
}

BOOST_AUTO_TEST_CASE(about_runs_through_its_lines_and_a_begins_anew) {
    SmaScale scale{{"Maker", "Model", "1.2", ""}};
    BOOST_TEST(ask(scale, Kind::about) == "\nSMA:2/1.0\r");
    for (const char* line :
         {"\nMFG:Maker\r", "\nMOD:Model\r", "\nREV:1.2\r", "\nSN :\r", "\nEND:\r", "\n?\r"})
        BOOST_TEST(ask(scale, Kind::aboutNext) == line);
    BOOST_TEST(ask(scale, Kind::about) == "\nSMA:2/1.0\r");
    BOOST_TEST(ask(scale, Kind::aboutNext) == "\nMFG:Maker\r");
}

BOOST_AUTO_TEST_CASE(repeating_ends_with_the_next_command) {
    SmaScale scale{{}};
    BOOST_TEST(scale.repeated(display()).empty());
    static_cast<void>(ask(scale, Kind::repeat));
    BOOST_TEST(scale.repeating());
    BOOST_TEST(scale.repeated(display()).size() == 20u);
    BOOST_TEST(ask(scale, Kind::abort).empty());
    BOOST_TEST(!scale.repeating());
    BOOST_TEST(scale.repeated(display()).empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_understood) {
    SmaScale scale{{}};
    BOOST_TEST(ask(scale, Kind::unknown) == "\n?\r");
    BOOST_TEST(ask(scale, Kind::garbled) == "\n!\r");
    SmaDisplay shown = display();
    shown.diagnostics.calibrationError = true;
    BOOST_TEST(ask(scale, Kind::diagnostics, shown) == "\n  C \r");
}

BOOST_AUTO_TEST_SUITE_END()
