// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/tcp_relay.h
#include "hil/modbus/tcp_relay.h"

#include <boost/test/unit_test.hpp>

#include "tests/hil/modbus/loopback.h"

using namespace jh;
using namespace jh::test;

namespace {

const Bytes ask = mbap(1, 1, {0x03, 0, 7, 0, 1}), told = mbap(1, 1, {0x03, 2, 0x12, 0x34});

struct Relayed : Loopback {
    TcpRelay relay{poller, {"127.0.0.1", port}};
    std::map<std::pair<std::uint64_t, bool>, Bytes> seen;  ///< by connection and who sent it
    int closed{};
    std::string why;
    std::uint16_t front{};

    Relayed() {
        relay.onBytes = [this](auto connection, bool fromClient, auto bytes) {
            Bytes& all = seen[{connection, fromClient}];
            all.insert(all.end(), bytes.begin(), bytes.end());
        };
        relay.onClosed = [this](auto, const std::string& reason) {
            ++closed;
            why = reason;
        };
        front = relay.listen("127.0.0.1", 0).value();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(tcp_relay)

BOOST_AUTO_TEST_CASE(passes_on_what_it_shows) {
    Relayed r;
    Client first{r.poller, r.front}, second{r.poller, r.front};
    BOOST_TEST((first.ask(ask, told.size()) == told));
    BOOST_TEST((second.ask(ask, told.size()) == told));
    BOOST_TEST((first.ask(ask, told.size()) == told));
    BOOST_TEST((r.seen[{1, true}] == joined({ask, ask})));
    BOOST_TEST((r.seen[{1, false}] == joined({told, told})));
    BOOST_TEST((r.seen[{2, false}] == told));
}

BOOST_AUTO_TEST_CASE(a_farewell_goes_through_and_replies_come_before_it) {
    Relayed r;
    Client client{r.poller, r.front};
    client.send(ask);
    client.finishSending();
    client.receive(told.size());
    BOOST_TEST(client.isClosed());
    BOOST_TEST(until(r.poller, [&] { return r.closed == 1 && r.server.openConnections() == 0; }));
    BOOST_TEST(r.why.empty());
}

BOOST_AUTO_TEST_CASE(a_reset_ends_both_sides) {
    Relayed r;
    Client client{r.poller, r.front};
    BOOST_TEST((client.ask(ask, told.size()) == told));
    client.abort();
    BOOST_TEST(until(r.poller, [&] { return r.closed == 1 && r.server.openConnections() == 0; }));
}

BOOST_AUTO_TEST_CASE(nobody_behind_it_closes_the_client_and_says_why) {
    Poller poller;
    std::uint16_t gone{};
    { gone = Loopback{}.port; }
    TcpRelay relay{poller, {"127.0.0.1", gone}};
    std::string why;
    relay.onClosed = [&why](auto, const std::string& reason) { why = reason; };
    Client client{poller, relay.listen("127.0.0.1", 0).value()};
    BOOST_TEST(client.isClosed());
    BOOST_TEST(why.find("nothing listens there") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_does_not_read_is_waited_for_and_nothing_is_lost) {
    Relayed r;
    Client client{r.poller, r.front};
    constexpr int requests = 3000;
    std::size_t sent = 0;
    const Bytes many = joined(std::vector<Bytes>(requests, ask));
    BOOST_TEST(until(r.poller, [&] {
        sent += client.send({many.begin() + static_cast<std::ptrdiff_t>(sent), many.end()});
        return sent == many.size();
    }));
    BOOST_TEST(
        (client.receive(requests * told.size()) == joined(std::vector<Bytes>(requests, told))));
}

BOOST_AUTO_TEST_SUITE_END()
