// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/tcp_server.h
#include "hil/modbus/tcp_server.h"

#include <ifaddrs.h>
#include <modbus/modbus.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/hil/modbus/loopback.h"
#include "tests/support/printers.h"

using namespace jh;
using namespace jh::test;

namespace {

const Bytes question = mbap(1, 1, {0x03, 0, 7, 0, 1});
const Bytes response = mbap(1, 1, {0x03, 2, 0x12, 0x34});

/// An address of this machine that is not loopback, when it has one.
std::string outsideAddress() {
    ifaddrs* all{};
    if (getifaddrs(&all) != 0) return {};
    std::string found;
    for (const ifaddrs* each = all; each != nullptr; each = each->ifa_next) {
        if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET) continue;
        char text[INET_ADDRSTRLEN]{};
        inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in*>(each->ifa_addr)->sin_addr, text,
                  sizeof text);
        if (std::string{text}.rfind("127.", 0) != 0) found = text;
    }
    freeifaddrs(all);
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tcp_server)

BOOST_AUTO_TEST_CASE(libmodbus_as_a_client_reads_and_writes) {
    Loopback loopback;
    std::atomic<bool> done{};
    std::thread serving{[&] {
        while (!done) loopback.poller.step(1ms);
    }};
    modbus_t* client = modbus_new_tcp("127.0.0.1", loopback.port);
    BOOST_TEST(modbus_set_slave(client, 1) == 0);
    BOOST_TEST(modbus_connect(client) == 0);
    std::uint16_t registers[125]{};
    BOOST_TEST(modbus_read_registers(client, 7, 1, registers) == 1);
    BOOST_TEST(registers[0] == 0x1234);
    const std::uint16_t values[] = {1, 2, 3};
    BOOST_TEST(modbus_write_registers(client, 100, 3, values) == 3);
    BOOST_TEST(modbus_read_registers(client, 0, 125, registers) == 125);
    BOOST_TEST(registers[102] == 3);
    const std::uint8_t coils[] = {1, 0, 1};
    BOOST_TEST(modbus_write_bits(client, 65533, 3, coils) == 3);
    BOOST_TEST(modbus_write_bit(client, 65534, 1) == 1);
    std::uint8_t bits[3]{};
    BOOST_TEST(modbus_read_bits(client, 65533, 3, bits) == 3);
    BOOST_TEST(int{bits[1]} == 1);
    BOOST_TEST(modbus_write_register(client, 4, 0xBEEF) == 1);
    BOOST_TEST(modbus_read_registers(client, 65535, 2, registers) == -1);
    BOOST_TEST(errno == EMBXILADD);
    modbus_close(client);
    modbus_free(client);
    done = true;
    serving.join();
    BOOST_TEST(loopback.station.at(ModbusTable::holdingRegisters, 4) == 0xBEEF);
    BOOST_TEST(loopback.server.counters().requests == 8u);
    BOOST_TEST(loopback.server.counters().exceptions == 1u);
}

BOOST_AUTO_TEST_CASE(a_request_cut_in_two_anywhere_is_answered) {
    Loopback loopback;
    Client client = loopback.connect();
    for (std::size_t cut = 1; cut < question.size(); ++cut) {
        client.send({question.begin(), question.begin() + static_cast<std::ptrdiff_t>(cut)});
        for (int i = 0; i < 3; ++i) loopback.poller.step(0ns);
        const Bytes rest{question.begin() + static_cast<std::ptrdiff_t>(cut), question.end()};
        BOOST_TEST((client.ask(rest, response.size()) == response));
    }
    BOOST_TEST(loopback.server.counters().connections == 1u);
}

BOOST_AUTO_TEST_CASE(several_units_answer_on_one_port_and_a_missing_one_is_the_gateways) {
    Loopback loopback;
    FakeStation other;
    other.at(ModbusTable::holdingRegisters, 7) = 0x5678;
    const auto port = loopback.server.listen(
        {"127.0.0.1", 0, AduFraming::mbap, {{1, &loopback.station}, {2, &other}}});
    BOOST_REQUIRE(port.has_value());
    Client client{loopback.poller, *port};
    BOOST_TEST((client.ask(question, 11) == response));
    BOOST_TEST(
        (client.ask(mbap(2, 2, {0x03, 0, 7, 0, 1}), 11) == mbap(2, 2, {0x03, 2, 0x56, 0x78})));
    for (const int unit : {0, 3, 255}) {
        BOOST_TEST(
            (client.ask(mbap(2, unit, {0x03, 0, 7, 0, 1}), 9) == mbap(2, unit, {0x83, 0x0B})));
    }
    // Alone on its port a station answers to 0 and 255 too.
    Client alone = loopback.connect();
    for (const int unit : {0, 1, 255}) {
        BOOST_TEST((alone.ask(mbap(2, unit, {0x03, 0, 7, 0, 1}), 11) ==
                    mbap(2, unit, {0x03, 2, 0x12, 0x34})));
    }
    BOOST_TEST((alone.ask(mbap(2, 2, {0x03, 0, 7, 0, 1}), 9) == mbap(2, 2, {0x83, 0x0B})));
}

BOOST_AUTO_TEST_CASE(rtu_over_tcp_follows_the_rules_of_a_serial_line) {
    Loopback loopback{{}, AduFraming::rtu};
    FakeStation& station = loopback.station;
    Client client = loopback.connect();
    const Bytes read = rtu(1, {0x03, 0, 7, 0, 1});
    const Bytes reply = rtu(1, {0x03, 2, 0x12, 0x34});
    BOOST_TEST((client.ask(read, reply.size()) == reply));
    // Another station, unit 255, a bad CRC: silence. A broadcast: carried out, silence.
    client.send(rtu(2, {0x03, 0, 7, 0, 1}));
    client.send(rtu(255, {0x03, 0, 7, 0, 1}));
    client.send(rtu(0, {0x06, 0, 7, 0xAB, 0xCD}));
    BOOST_TEST((client.ask(read, reply.size()) == rtu(1, {0x03, 2, 0xAB, 0xCD})));
    BOOST_TEST(station.writes == 1);
    Bytes bad = read;
    bad.back() = static_cast<std::uint8_t>(bad.back() ^ 1);
    client.send(bad);
    for (int i = 0; i < 5; ++i) loopback.poller.step(0ns);
    BOOST_TEST((client.ask(rtu(1, {0x03, 0, 7, 0, 0}), 5) == rtu(1, {0x83, 3})));
}

BOOST_AUTO_TEST_CASE(a_broadcast_reaches_every_station_of_the_port) {
    Loopback loopback;
    FakeStation other;
    const auto port = loopback.server.listen(
        {"127.0.0.1", 0, AduFraming::rtu, {{1, &loopback.station}, {2, &other}}});
    BOOST_REQUIRE(port.has_value());
    Client client{loopback.poller, *port};
    client.send(rtu(0, {0x06, 0, 7, 0, 5}));
    BOOST_TEST((client.ask(rtu(2, {0x03, 0, 7, 0, 1}), 7) == rtu(2, {0x03, 2, 0, 5})));
    BOOST_TEST(loopback.station.at(ModbusTable::holdingRegisters, 7) == 5);
}

BOOST_AUTO_TEST_CASE(thousands_of_requests_at_once_are_all_answered_in_order) {
    Loopback loopback;
    Client client = loopback.connect();
    constexpr int count = 3000;
    Bytes requests;
    Bytes replies;
    for (int i = 0; i < count; ++i) {
        const Bytes request = mbap(i, 1, {0x03, 0, 7, 0, 1});
        const Bytes reply = mbap(i, 1, {0x03, 2, 0x12, 0x34});
        requests.insert(requests.end(), request.begin(), request.end());
        replies.insert(replies.end(), reply.begin(), reply.end());
    }
    BOOST_REQUIRE(client.send(requests) == requests.size());
    // Another client need not wait until they are done.
    Client other = loopback.connect();
    BOOST_TEST((other.ask(question, response.size()) == response));
    BOOST_TEST(loopback.server.counters().requests < 100u);
    BOOST_TEST((client.receive(replies.size()) == replies));
}

BOOST_AUTO_TEST_CASE(a_client_gets_no_more_than_its_share_of_a_step) {
    Loopback loopback{TcpServerOptions{.requestsPerTurn = 2}};
    Client client = loopback.connect();
    until(loopback.poller, [&] { return loopback.server.openConnections() == 1; });
    client.send(joined(std::vector<Bytes>(9, question)));
    for (std::uint64_t expected : {2U, 4U, 6U, 8U, 9U, 9U}) {
        loopback.poller.step(0ns);
        BOOST_TEST(loopback.server.counters().requests == expected);
    }
    BOOST_TEST(client.receive(9 * response.size()).size() == 9 * response.size());
}

BOOST_AUTO_TEST_CASE(what_was_sent_before_the_farewell_is_answered) {
    Loopback loopback;
    Client client = loopback.connect();
    client.send(joined(std::vector<Bytes>(20, question)));
    client.finishSending();
    BOOST_TEST(client.receive(20 * response.size()).size() == 20 * response.size());
    BOOST_TEST(client.isClosed());
    BOOST_TEST(loopback.closedFor(CloseReason::peer) == 1u);
}

BOOST_AUTO_TEST_CASE(limits_of_connections_close_the_surplus_at_once) {
    Loopback loopback{TcpServerOptions{.mostConnections = 3, .mostConnectionsPerPort = 2}};
    const std::uint16_t second = loopback.open(AduFraming::mbap);
    Client a = loopback.connect();
    Client b = loopback.connect();
    Client c = loopback.connect();
    BOOST_TEST(c.isClosed());
    Client d{loopback.poller, second};
    Client e{loopback.poller, second};
    BOOST_TEST(e.isClosed());
    BOOST_TEST((d.ask(question, response.size()) == response));
    BOOST_TEST((a.ask(question, response.size()) == response));
    BOOST_TEST(loopback.server.counters().connections == 3u);
    BOOST_TEST(loopback.server.counters().refused == 2u);
    b.hangUp();
    BOOST_TEST(until(loopback.poller, [&] { return loopback.server.openConnections() == 2; }));
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(without_descriptors_connections_are_refused_and_the_others_go_on) {
    Loopback loopback;
    Client honest = loopback.connect();
    BOOST_TEST((honest.ask(question, response.size()) == response));
    Client surplus = loopback.connect();
    rlimit limit{};
    BOOST_REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    const int next = dup(honest.socket());
    close(next);
    const rlimit full{static_cast<rlim_t>(next), limit.rlim_max};
    BOOST_REQUIRE(setrlimit(RLIMIT_NOFILE, &full) == 0);
    const bool closed = surplus.isClosed();
    const bool served = honest.ask(question, response.size()) == response;
    BOOST_REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    BOOST_TEST(closed);
    BOOST_TEST(served);
    BOOST_TEST(loopback.server.counters().refused == 1u);
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(hosts_elsewhere_may_write_only_when_allowed) {
    const std::string outside = outsideAddress();
    if (outside.empty()) return;  // a machine without a network
    for (const bool allow : {false, true}) {
        Poller poller;
        FakeStation station;
        TcpServer server{poller, {.allowWrite = allow}};
        const auto port = server.listen({"0.0.0.0", 0, AduFraming::mbap, {{1, &station}}});
        BOOST_REQUIRE(port.has_value());
        const Bytes write = mbap(1, 1, {0x06, 0, 7, 0, 5});
        Client away{poller, *port, outside.c_str()};
        BOOST_TEST((away.ask(question, 11).size() == 11u));
        BOOST_TEST((away.ask(write, allow ? 12 : 9) == (allow ? write : mbap(1, 1, {0x86, 1}))));
        Client here{poller, *port};
        BOOST_TEST((here.ask(write, 12) == write));
        BOOST_TEST(station.writes == (allow ? 2 : 1));
    }
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_an_error_and_the_server_goes_on) {
    Loopback loopback;
    const auto again = loopback.server.listen({"127.0.0.1", loopback.port, AduFraming::mbap, {}});
    BOOST_REQUIRE(!again.has_value());
    BOOST_TEST(again.error().kind == IoError::Kind::refused);
    BOOST_TEST(loopback.serves());
}

BOOST_AUTO_TEST_CASE(hundreds_of_ports_in_one_server) {
    Loopback loopback;
    std::vector<std::uint16_t> ports;
    // As many as the usual limit of open files allows, which is 1024.
    for (int i = 0; i < 900; ++i) ports.push_back(loopback.open(AduFraming::mbap));
    for (std::size_t i = 0; i < ports.size(); i += 100) {
        Client client{loopback.poller, ports[i]};
        BOOST_TEST((client.ask(question, response.size()) == response));
    }
}

BOOST_AUTO_TEST_SUITE_END()
