// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/yaohua_command.h
#include "hil/serial/yaohua_command.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"
#include "tests/support/printers.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace jh {

// What Boost.Test prints when a comparison fails.
std::ostream& operator<<(std::ostream& os, YaohuaCommand command) {
    return os << static_cast<char>(command);
}

}  // namespace jh

namespace {

// A23p manual p. 26: 02 41 41 30 30 03 and so on.
const Bytes handshake = bytesOf(
                "\x02"
                "AA00\x03"),
            askGross = bytesOf(
                "\x02"
                "AB03\x03"),
            askTare = bytesOf(
                "\x02"
                "AC02\x03"),
            askNet = bytesOf(
                "\x02"
                "AD05\x03");
// Gross 20.00 from address A. By hand: 41 ^ 42 = 03, ^ 2B = 28, ^ 30 (five: 30) = 18, ^ 32 = 2A,
// ^ 32 = 18.
const Bytes gross20 = bytesOf(
    "\x02"
    "AB+00200021"
    "8\x03");

YaohuaDisplay display() {
    YaohuaDisplay d;
    d.gross = ExactMass::kg(20);
    d.tare = ExactMass::kg(5);
    d.net = ExactMass::kg(15);
    d.decimals = 2;
    return d;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(yaohua_command)

BOOST_AUTO_TEST_CASE(requests_are_those_of_the_manual) {
    const auto per = boost::test_tools::per_element();
    BOOST_TEST(yaohuaRequest('A', YaohuaCommand::handshake) == handshake, per);
    BOOST_TEST(yaohuaRequest('A', YaohuaCommand::gross) == askGross, per);
    BOOST_TEST(yaohuaRequest('A', YaohuaCommand::tare) == askTare, per);
    BOOST_TEST(yaohuaRequest('A', YaohuaCommand::net) == askNet, per);
    // 5A ^ 44 = 1E
    BOOST_TEST(yaohuaRequest('Z', YaohuaCommand::net) == bytesOf("\x02ZD1E\x03"), per);
}

BOOST_AUTO_TEST_CASE(an_answer_is_read) {
    YaohuaPoller poller{'A', SerialUnit::kg};
    BOOST_TEST(poller.ask(YaohuaCommand::gross) == askGross, boost::test_tools::per_element());
    BOOST_TEST(gross20.size() == 14u);
    const auto answer = poller.feed(gross20);
    BOOST_REQUIRE(answer.has_value());
    BOOST_CHECK(answer->command == YaohuaCommand::gross);
    BOOST_REQUIRE(answer->weight.has_value());
    BOOST_TEST(answer->weight->weight == ExactMass::kg(20));
    BOOST_TEST(answer->weight->decimals == 2);
    BOOST_CHECK(answer->weight->kind == WeightKind::gross);
    // Once asked, once answered.
    BOOST_TEST(!poller.feed(gross20).has_value());
    BOOST_TEST(poller.foreign() == 1u);
}

BOOST_AUTO_TEST_CASE(a_handshake_has_no_weight_and_a_refusal_is_told) {
    YaohuaPoller poller{'A', SerialUnit::kg};
    static_cast<void>(poller.ask(YaohuaCommand::handshake));
    const auto shaken = poller.feed(handshake);
    BOOST_REQUIRE(shaken.has_value());
    BOOST_TEST(!shaken->weight.has_value());
    BOOST_TEST(!shaken->refused);
    static_cast<void>(poller.ask(YaohuaCommand::net));
    // 41 ^ 04 = 45
    const auto refused =
        poller.feed(bytesOf("\x02"
                            "A\x04"
                            "45\x03"));
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->refused);
}

BOOST_AUTO_TEST_CASE(answers_of_others_and_to_other_commands_are_left_aside) {
    YaohuaResponder neighbour{'B'};
    const Bytes foreign = neighbour.feed(yaohuaRequest('B', YaohuaCommand::gross), display());
    YaohuaPoller poller{'A', SerialUnit::kg};
    static_cast<void>(poller.ask(YaohuaCommand::gross));
    BOOST_TEST(!poller.feed(foreign).has_value());
    static_cast<void>(poller.ask(YaohuaCommand::net));
    BOOST_TEST(!poller.feed(gross20).has_value());  // late: to the question before
    BOOST_TEST(poller.foreign() == 2u);
    BOOST_TEST(poller.counts().bad == 0u);
}

BOOST_AUTO_TEST_CASE(damaged_answers_are_counted_and_the_next_one_read) {
    for (std::size_t at = 1; at < gross20.size(); ++at) {
        YaohuaPoller poller{'A', SerialUnit::kg};
        static_cast<void>(poller.ask(YaohuaCommand::gross));
        BOOST_TEST(!poller.feed(flipped(gross20, at, 0x01)).has_value());
        BOOST_TEST(poller.feed(gross20 + gross20).has_value());
        BOOST_TEST(poller.counts().bad >= 1u);
    }
}

BOOST_AUTO_TEST_CASE(its_own_echo_does_not_disturb) {
    YaohuaPoller poller{'A', SerialUnit::kg};
    const Bytes echo = poller.ask(YaohuaCommand::gross);
    BOOST_TEST(!poller.feed(echo).has_value());
    BOOST_TEST(poller.feed(gross20).has_value());
}

BOOST_DATA_TEST_CASE(poller_and_responder_understand_each_other,
                     bdata::make({YaohuaCommand::gross, YaohuaCommand::tare, YaohuaCommand::net}),
                     command) {
    YaohuaPoller poller{'Q', SerialUnit::kg};
    YaohuaResponder responder{'Q'};
    Bytes answer;
    for (const std::uint8_t byte : poller.ask(command))
        answer = answer + responder.feed({&byte, 1}, display());
    std::optional<YaohuaAnswer> read;
    for (const std::uint8_t byte : answer) {
        if (auto now = poller.feed({&byte, 1})) read = now;
    }
    BOOST_REQUIRE(read.has_value());
    const int mass_kg[] = {20, 5, 15};
    BOOST_TEST(read->weight->weight == ExactMass::kg(mass_kg[static_cast<char>(command) - 'B']));
}

BOOST_AUTO_TEST_CASE(a_responder_answers_its_own_address_only) {
    YaohuaResponder responder{'A'};
    BOOST_TEST(responder.feed(askGross, display()) == gross20, boost::test_tools::per_element());
    BOOST_TEST(responder.feed(yaohuaRequest('B', YaohuaCommand::gross), display()).empty());
    BOOST_TEST(responder.feed(flipped(askGross, 2, 0x01), display()).empty());
    BOOST_TEST(responder.counts().bad >= 1u);
    // Unit price, command E: 41 ^ 45 = 04. Not known to a truck scale.
    BOOST_TEST(responder.feed(bytesOf("\x02"
                                      "AE04\x03"),
                              display()) == bytesOf("\x02"
                                                    "A\x04"
                                                    "45\x03"),
               boost::test_tools::per_element());
    YaohuaDisplay blank = display();
    blank.gross.reset();
    BOOST_TEST(responder.feed(askGross, blank).empty());
    BOOST_TEST(responder.feed(askGross + askGross, display()).size() == 28u);
}

BOOST_AUTO_TEST_SUITE_END()
