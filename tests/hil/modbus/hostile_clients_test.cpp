// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/tcp_connection.h: clients that do what none should, and lines that fail
#include "hil/modbus/tcp_connection.h"

#include <boost/test/unit_test.hpp>

#include "tests/hil/modbus/loopback.h"

using namespace jh;
using namespace jh::test;

namespace {

const Bytes question = mbap(1, 1, {0x03, 0, 7, 0, 1});
const Bytes response = mbap(1, 1, {0x03, 2, 0x12, 0x34});

/// Short enough for a test, long enough for a request of the honest to arrive whole.
constexpr TcpServerOptions impatient{.requestTimeLimit = 50ms};

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_clients)

BOOST_AUTO_TEST_CASE(half_a_request_is_closed_after_its_time_and_disturbs_nobody) {
    Loopback loopback{impatient};
    Client half = loopback.connect();
    Client quiet = loopback.connect();  // has said nothing: may stay
    half.send({question.begin(), question.begin() + 7});
    BOOST_TEST(loopback.serves());
    BOOST_TEST(loopback.closedFor(CloseReason::slowRequest) == 0u);
    BOOST_TEST(half.isClosed());
    BOOST_TEST(loopback.closedFor(CloseReason::slowRequest) == 1u);
    BOOST_TEST((quiet.ask(question, response.size()) == response));
}

BOOST_AUTO_TEST_CASE(a_byte_now_and_then_does_not_buy_time) {
    Loopback loopback{impatient};
    Client slow = loopback.connect();
    const auto start = Poller::Time::clock::now();
    std::size_t sent = 0;
    until(loopback.poller, [&] {
        if (sent < 11 && Poller::Time::clock::now() >= start + 10ms * sent) {
            slow.send({question[sent++]});
        }
        return loopback.closedFor(CloseReason::slowRequest) == 1;
    });
    BOOST_TEST(loopback.closedFor(CloseReason::slowRequest) == 1u);
    BOOST_TEST(sent < 11u);  // a limit that each byte began anew would strike after the last
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(each_request_has_the_whole_time) {
    // The connection is never without half a request, yet none of them is slow.
    Loopback loopback{TcpServerOptions{.requestTimeLimit = 300ms}};
    Client client = loopback.connect();
    const Bytes half{question.begin(), question.begin() + 5};
    Bytes rest{question.begin() + 5, question.end()};
    rest.insert(rest.end(), half.begin(), half.end());
    client.send(half);
    for (int i = 0; i < 5; ++i) {
        const auto pause = Poller::Time::clock::now() + 80ms;
        until(loopback.poller, [&] { return Poller::Time::clock::now() >= pause; });
        BOOST_TEST((client.ask(rest, response.size()) == response));
    }
    BOOST_TEST(loopback.closedFor(CloseReason::slowRequest) == 0u);
}

BOOST_AUTO_TEST_CASE(garbage_is_closed_at_once) {
    Loopback loopback;
    Client client = loopback.connect();
    client.send({'G', 'E', 'T', ' ', '/', '\r', '\n'});
    BOOST_TEST(client.isClosed());
    // What came right before it is answered.
    Client half = loopback.connect();
    half.send(joined({question, Bytes(300, 0xFF)}));
    BOOST_TEST((half.receive(response.size()) == response));
    BOOST_TEST(half.isClosed());
    BOOST_TEST(loopback.closedFor(CloseReason::framing) == 2u);
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(who_never_reads_is_closed_and_the_others_are_served) {
    Loopback loopback{TcpServerOptions{.unreadReplyBytes = 4096}};
    Client deaf = loopback.connect();
    const int small = 4096;
    setsockopt(deaf.socket(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    const Bytes many = joined(std::vector<Bytes>(100, mbap(1, 1, {0x03, 0, 0, 0, 125})));
    BOOST_TEST(until(loopback.poller, [&] {
        deaf.send(many);
        return loopback.closedFor(CloseReason::unreadReply) == 1;
    }));
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(a_flood_leaves_the_others_their_turn) {
    Loopback loopback;
    std::vector<Client> flooders;
    for (int i = 0; i < 5; ++i) flooders.push_back(loopback.connect());
    Client honest = loopback.connect();
    const Bytes flood = joined(std::vector<Bytes>(500, question));
    for (int i = 0; i < 20; ++i) {
        for (Client& flooder : flooders) flooder.send(flood);
        const std::uint64_t before = loopback.server.counters().requests;
        BOOST_TEST((honest.ask(question, response.size()) == response));
        // A few turns of the five, not their thousands of requests.
        BOOST_TEST(loopback.server.counters().requests - before <= 200u);
        for (Client& flooder : flooders) {
            Bytes away(1 << 20);
            recv(flooder.socket(), away.data(), away.size(), MSG_DONTWAIT);
        }
    }
}

BOOST_AUTO_TEST_CASE(connections_that_come_and_break_leave_nothing_behind) {
    Loopback loopback;
    for (int i = 0; i < 200; ++i) {
        Client client = loopback.connect();
        client.send(i % 2 == 0 ? question : Bytes{0, 1, 0});
        if (i % 3 == 0) loopback.poller.step(0ns);
        if (i % 5 == 0) client.abort();
    }
    BOOST_TEST(until(loopback.poller, [&] {
        return loopback.server.counters().connections == 200 &&
               loopback.server.openConnections() == 0;
    }));
    BOOST_TEST(loopback.closedFor(CloseReason::peer) == 200u);
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(an_idle_limit_closes_who_says_nothing) {
    Loopback loopback{TcpServerOptions{.idleTimeLimit = 30ms}};
    Client client = loopback.connect();
    BOOST_TEST(client.isClosed());
    BOOST_TEST(loopback.closedFor(CloseReason::idle) == 1u);
}

BOOST_AUTO_TEST_CASE(a_server_may_go_while_clients_are_connected_and_replies_are_due) {
    Poller poller;
    FakeStation station;
    auto server = std::make_unique<TcpServer>(poller, TcpServerOptions{});
    server->setLineFault([](const TcpExchange& exchange) {
        return std::vector<TcpReplyPart>{{5ms, {exchange.reply.begin(), exchange.reply.end()}}};
    });
    const auto port = server->listen({"127.0.0.1", 0, AduFraming::mbap, {{1, &station}}});
    BOOST_REQUIRE(port.has_value());
    Client client{poller, *port};
    client.send(question);
    BOOST_TEST(until(poller, [&] { return server->counters().requests == 1; }));
    server.reset();
    const auto due = Poller::Time::clock::now() + 6ms;
    BOOST_TEST(until(poller, [&] { return poller.now() > due; }));
    BOOST_TEST(client.isClosed());
}

BOOST_AUTO_TEST_CASE(a_client_may_break_off_while_requests_of_it_are_left_over) {
    Loopback loopback{TcpServerOptions{.requestsPerTurn = 1}};
    Client client = loopback.connect();
    client.send(joined(std::vector<Bytes>(9, question)));
    BOOST_TEST(until(loopback.poller, [&] { return loopback.server.counters().requests > 0; }));
    client.abort();
    loopback.poller.step(0ns);
    loopback.poller.step(0ns);
    BOOST_TEST(loopback.server.openConnections() == 0u);
    BOOST_TEST(loopback.server.counters().requests < 9u);
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(a_monitor_sees_what_was_asked_and_answered) {
    for (const AduFraming framing : {AduFraming::mbap, AduFraming::rtu}) {
        Loopback loopback{{}, framing};
        const bool tcp = framing == AduFraming::mbap;
        const Bytes pdu{0x03, 0, 7, 0, 1};
        const Bytes request = tcp ? mbap(1, 1, pdu) : rtu(1, pdu);
        const Bytes answer = tcp ? response : rtu(1, {0x03, 2, 0x12, 0x34});
        std::vector<Bytes> seen;
        loopback.server.setMonitor([&](const TcpExchange& exchange) {
            seen.emplace_back(exchange.request.begin(), exchange.request.end());
            seen.emplace_back(exchange.reply.begin(), exchange.reply.end());
            BOOST_TEST(exchange.connection == 1u);
            BOOST_TEST(exchange.port == loopback.port);
            BOOST_TEST((exchange.framing == framing));
        });
        Client client = loopback.connect();
        BOOST_TEST((client.ask(request, answer.size()) == answer));
        BOOST_TEST((seen == std::vector{request, answer}));
    }
}

BOOST_AUTO_TEST_CASE(a_reply_can_be_altered_or_lost) {
    Loopback loopback;
    int exchanges = 0;
    loopback.server.setLineFault([&](const TcpExchange& exchange) {
        Bytes reply{exchange.reply.begin(), exchange.reply.end()};
        reply.back() = 0xEE;
        return ++exchanges == 1 ? std::vector<TcpReplyPart>{}
                                : std::vector<TcpReplyPart>{{0ns, reply}};
    });
    Client client = loopback.connect();
    client.send(mbap(1, 1, {0x03, 0, 7, 0, 1}));
    BOOST_TEST(
        (client.ask(mbap(2, 1, {0x03, 0, 7, 0, 1}), 11) == mbap(2, 1, {0x03, 2, 0x12, 0xEE})));
    loopback.server.setLineFault({});
    BOOST_TEST((client.ask(question, response.size()) == response));
}

BOOST_AUTO_TEST_CASE(a_late_reply_holds_up_its_own_connection_only) {
    Loopback loopback;
    loopback.server.setLineFault([](const TcpExchange& exchange) {
        // Transaction 1 comes late and in two parts, the others at once.
        const auto reply = exchange.reply;
        std::vector<TcpReplyPart> parts{{0ns, {reply.begin(), reply.end()}}};
        if (exchange.request[1] == 1) {
            parts = {{20ms, {reply.begin(), reply.begin() + 4}},
                     {20ms, {reply.begin() + 4, reply.end()}}};
        }
        return parts;
    });
    Client late = loopback.connect();
    const auto start = Poller::Time::clock::now();
    late.send(joined({question, mbap(2, 1, {0x03, 0, 7, 0, 1})}));
    Client other = loopback.connect();
    BOOST_TEST(
        (other.ask(mbap(3, 1, {0x03, 0, 7, 0, 1}), 11) == mbap(3, 1, {0x03, 2, 0x12, 0x34})));
    // In order, and never before its time.
    BOOST_TEST((late.receive(22) == joined({response, mbap(2, 1, {0x03, 2, 0x12, 0x34})})));
    BOOST_CHECK(Poller::Time::clock::now() - start >= 40ms);
}

BOOST_AUTO_TEST_CASE(a_late_reply_to_a_client_that_has_gone_is_dropped) {
    Loopback loopback;
    loopback.server.setLineFault([](const TcpExchange& exchange) {
        return std::vector<TcpReplyPart>{{5ms, {exchange.reply.begin(), exchange.reply.end()}}};
    });
    Client gone = loopback.connect();
    gone.send(question);
    BOOST_TEST(until(loopback.poller, [&] { return loopback.server.counters().requests == 1; }));
    gone.abort();
    BOOST_TEST(until(loopback.poller, [&] { return loopback.server.openConnections() == 0; }));
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_SUITE_END()
