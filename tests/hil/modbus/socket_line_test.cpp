// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/socket_line.h and connect_socket.h
#include "hil/modbus/socket_line.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/hil/modbus/loopback.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A server of RTU over TCP whose replies can be spoilt, in a thread of its own.
struct Gateway {
    Loopback loopback{{}, AduFraming::rtu};
    std::atomic<bool> done{};
    std::thread thread;

    explicit Gateway(TcpLineFault fault = {}) {
        if (fault) loopback.server.setLineFault(std::move(fault));
        thread = std::thread{[this] {
            while (!done) loopback.poller.step(1ms);
        }};
    }
    ~Gateway() {
        done = true;
        thread.join();
    }
    HostAddress address() const { return {"127.0.0.1", loopback.port}; }
};

const Bytes ask = rtu(1, {0x03, 0, 7, 0, 1}), told = rtu(1, {0x03, 2, 0x12, 0x34});
constexpr SimTime patient = 10s, impatient = 50ms;

}  // namespace

BOOST_AUTO_TEST_SUITE(socket_line)

BOOST_AUTO_TEST_CASE(carries_requests_and_replies) {
    Gateway gateway;
    SocketLine line{gateway.address()};
    BOOST_TEST((line.exchange(ask, patient) == told));
    RtuClient client{line, 1, patient};
    BOOST_TEST((client.read(7, 1).value() == std::vector<std::uint16_t>{0x1234}));
    const auto refused = client.read(65'535, 2);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().exceptionCode == 2);
}

BOOST_AUTO_TEST_CASE(a_reply_in_pieces_is_put_together) {
    Gateway gateway{[](const TcpExchange& exchange) {
        const auto half = exchange.reply.begin() + 3;
        return std::vector<TcpReplyPart>{{{}, {exchange.reply.begin(), half}},
                                         {10ms, {half, exchange.reply.end()}}};
    }};
    SocketLine line{gateway.address()};
    BOOST_TEST((line.exchange(ask, patient) == told));
}

BOOST_AUTO_TEST_CASE(silence_is_no_fault_and_a_late_reply_no_answer_to_the_next_question) {
    int asked = 0;
    Gateway gateway{[&asked](const TcpExchange& exchange) {
        const std::chrono::nanoseconds late = ++asked == 1 ? 200ms : 0ms;
        return std::vector<TcpReplyPart>{{late, {exchange.reply.begin(), exchange.reply.end()}}};
    }};
    SocketLine line{gateway.address()};
    BOOST_TEST(line.exchange(ask, impatient).empty());
    BOOST_TEST(!line.fault().has_value());
    const Bytes other = rtu(1, {0x03, 0, 8, 0, 1});
    BOOST_TEST((line.exchange(other, patient) == rtu(1, {0x03, 2, 0, 0})));
}

BOOST_AUTO_TEST_CASE(nobody_there_is_a_fault_that_says_what_to_do) {
    std::uint16_t port{};
    { port = Loopback{}.port; }
    SocketLine line{{"127.0.0.1", port}};
    BOOST_TEST(line.exchange(ask, patient).empty());
    BOOST_REQUIRE(line.fault().has_value());
    BOOST_TEST((line.fault()->kind == IoError::Kind::disconnected));
    BOOST_TEST(line.fault()->text.find("is the device on") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(addresses) {
    const auto text = [](const char* address) {
        const auto parsed = parseHostAddress(address);
        return parsed ? parsed->text() : "none";
    };
    BOOST_TEST(text("scale.local") == "scale.local:502");
    BOOST_TEST(text("192.168.1.20:1502") == "192.168.1.20:1502");
    BOOST_TEST(text("[::1]:7") == "::1:7");
    for (const char* wrong :
         {"", ":502", "host:", "host:0", "host:65536", "host:5x", "a b", "[::1"}) {
        BOOST_TEST(text(wrong) == "none", wrong);
    }
    BOOST_TEST(inFigures({"localhost", 5}).value().text() == "127.0.0.1:5");
    BOOST_TEST(!inFigures({"nobody.invalid", 5}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
