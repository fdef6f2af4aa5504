// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/pdu_server.h
#include "hil/modbus/pdu_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/fake_station.h"
#include "tests/support/modbus_frame.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr int unit = 0x11;

/// The data of the application protocol's own examples, section 6; wire addresses are one below
/// the numbers in its text.
void furnish(FakeStation& station) {
    const auto bits = [&](ModbusTable table, int from, std::initializer_list<unsigned> bytes) {
        for (const unsigned byte : bytes) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                station.at(table, from++) = static_cast<std::uint16_t>(byte >> bit & 1U);
            }
        }
    };
    bits(ModbusTable::coils, 0x13, {0xCD, 0x6B, 0x05});
    bits(ModbusTable::discreteInputs, 0xC4, {0xAC, 0xDB, 0x35});
    station.at(ModbusTable::holdingRegisters, 0x6B) = 0x022B;
    station.at(ModbusTable::holdingRegisters, 0x6D) = 0x0064;
    station.at(ModbusTable::inputRegisters, 0x08) = 0x000A;
}

struct Example {
    const char* what;
    Bytes request, reply;
    friend std::ostream& operator<<(std::ostream& os, const Example& e) { return os << e.what; }
};
const Example examples[] = {
    {"read coils", {0x01, 0, 0x13, 0, 0x13}, {0x01, 3, 0xCD, 0x6B, 0x05}},
    {"read discrete inputs", {0x02, 0, 0xC4, 0, 0x16}, {0x02, 3, 0xAC, 0xDB, 0x35}},
    {"read holding registers", {0x03, 0, 0x6B, 0, 3}, {0x03, 6, 2, 0x2B, 0, 0, 0, 0x64}},
    {"read input registers", {0x04, 0, 8, 0, 1}, {0x04, 2, 0, 0x0A}},
    {"write coil", {0x05, 0, 0xAC, 0xFF, 0}, {0x05, 0, 0xAC, 0xFF, 0}},
    {"write register", {0x06, 0, 1, 0, 3}, {0x06, 0, 1, 0, 3}},
    {"write coils", {0x0F, 0, 0x13, 0, 0x0A, 2, 0xCD, 1}, {0x0F, 0, 0x13, 0, 0x0A}},
    {"write registers", {0x10, 0, 1, 0, 2, 4, 0, 0x0A, 1, 2}, {0x10, 0, 1, 0, 2}},
};

/// A reply's PDU on either framing.
struct Bench {
    FakeStation station;
    PduServer tcp{AduFraming::mbap};
    PduServer serial{AduFraming::rtu};

    PduAnswer onTcp(const Bytes& pdu) { return tcp.answer(mbap(0x1234, unit, pdu), station); }
    PduAnswer onSerial(const Bytes& pdu) { return serial.answer(rtu(unit, pdu), station); }
    ModbusException exceptionTo(const Bytes& pdu) {
        const PduAnswer answer = onTcp(pdu);
        BOOST_REQUIRE(answer.answered);
        if (answer.exception != ModbusException::none) {
            const Bytes expected{static_cast<std::uint8_t>(pdu[0] | 0x80),
                                 static_cast<std::uint8_t>(answer.exception)};
            BOOST_TEST(answer.adu == mbap(0x1234, unit, expected),
                       boost::test_tools::per_element());
            BOOST_TEST(onSerial(pdu).adu == rtu(unit, expected), boost::test_tools::per_element());
        }
        return answer.exception;
    }
};

Bytes writeOf(int function, int quantity, int byteCount, int bytesThatFollow) {
    Bytes pdu{static_cast<std::uint8_t>(function),
              0,
              0,
              static_cast<std::uint8_t>(quantity >> 8),
              static_cast<std::uint8_t>(quantity & 0xFF),
              static_cast<std::uint8_t>(byteCount)};
    pdu.resize(pdu.size() + static_cast<std::size_t>(bytesThatFollow), 0xFF);
    return pdu;
}

Bytes readOf(int function, int address, int quantity) {
    return {static_cast<std::uint8_t>(function), static_cast<std::uint8_t>(address >> 8),
            static_cast<std::uint8_t>(address & 0xFF), static_cast<std::uint8_t>(quantity >> 8),
            static_cast<std::uint8_t>(quantity & 0xFF)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pdu_server)

BOOST_DATA_TEST_CASE(the_examples_of_the_standard_are_answered, bdata::make(examples), example) {
    Bench bench;
    furnish(bench.station);
    const PduAnswer onTcp = bench.onTcp(example.request);
    BOOST_TEST(onTcp.answered);
    BOOST_TEST(onTcp.exception == ModbusException::none);
    BOOST_TEST(onTcp.adu == mbap(0x1234, unit, example.reply), boost::test_tools::per_element());
    const PduAnswer onSerial = bench.onSerial(example.request);
    BOOST_TEST(onSerial.adu == rtu(unit, example.reply), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(the_same_bytes_go_straight_to_a_socket, bdata::make(examples), example) {
    Bench bench;
    furnish(bench.station);
    int pair[2];
    BOOST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) == 0);
    const PduAnswer answer =
        bench.tcp.answerTo(pair[0], mbap(0x1234, unit, example.request), bench.station);
    BOOST_TEST(answer.answered);
    BOOST_TEST(answer.whole);
    BOOST_TEST(answer.adu.empty());
    Bytes reply(300);
    const ssize_t length = read(pair[1], reply.data(), reply.size());
    reply.resize(static_cast<std::size_t>(length));
    BOOST_TEST(reply == mbap(0x1234, unit, example.reply), boost::test_tools::per_element());
    close(pair[1]);
    BOOST_TEST(!bench.tcp.answerTo(pair[0], mbap(1, unit, example.request), bench.station).whole);
    close(pair[0]);
}

BOOST_AUTO_TEST_CASE(what_is_written_stands_in_its_table) {
    Bench bench;
    bench.onTcp({0x05, 0, 0xAC, 0xFF, 0});
    BOOST_TEST(bench.station.at(ModbusTable::coils, 0xAC) == 1);
    bench.onTcp({0x05, 0, 0xAC, 0, 0});
    BOOST_TEST(bench.station.at(ModbusTable::coils, 0xAC) == 0);
    bench.onSerial({0x06, 0xFF, 0xFF, 0xAB, 0xCD});
    BOOST_TEST(bench.station.at(ModbusTable::holdingRegisters, 0xFFFF) == 0xABCD);
    bench.onTcp({0x10, 0, 1, 0, 2, 4, 0xFF, 0x0A, 1, 2});
    BOOST_TEST(bench.station.at(ModbusTable::holdingRegisters, 1) == 0xFF0A);
    BOOST_TEST(bench.station.at(ModbusTable::holdingRegisters, 2) == 0x0102);
    bench.onTcp({0x0F, 0, 0x13, 0, 0x0A, 2, 0xCD, 1});
    const std::uint16_t coils[] = {1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0};
    for (int i = 0; i < 11; ++i) {
        BOOST_TEST(bench.station.at(ModbusTable::coils, 0x13 + i) == coils[i]);
    }
    BOOST_TEST(bench.station.writes == 5);
}

BOOST_AUTO_TEST_CASE(a_function_the_station_does_not_know_is_exception_01_or_silence) {
    Bench bench;
    bench.station.unknown = {0x03};
    BOOST_TEST(bench.exceptionTo(readOf(0x03, 0, 1)) == ModbusException::function);
    // What nobody here can answer, whatever the station says.
    for (const int function : {0x00, 0x07, 0x08, 0x0B, 0x11, 0x16, 0x17, 0x2B, 0x41, 0x7F}) {
        BOOST_TEST(bench.exceptionTo({static_cast<std::uint8_t>(function)}) ==
                   ModbusException::function);
    }
    bench.station.silentOnUnknown = true;
    BOOST_TEST(!bench.onTcp(readOf(0x03, 0, 1)).answered);
    BOOST_TEST(bench.onSerial(readOf(0x03, 0, 1)).adu.empty());
    BOOST_TEST(bench.onTcp(readOf(0x04, 0, 1)).answered);
    BOOST_TEST(bench.station.writes == 0);
}

BOOST_AUTO_TEST_CASE(a_station_that_is_not_there_says_nothing_and_does_nothing) {
    Bench bench;
    bench.station.absent = true;
    for (const Bytes& request :
         {readOf(0x03, 0, 1), readOf(0x03, 0, 0), readOf(0x07, 0, 1), Bytes{0x06, 0, 1, 0, 2}}) {
        BOOST_TEST(!bench.onTcp(request).answered);
        BOOST_TEST(bench.onSerial(request).adu.empty());
    }
    BOOST_TEST(bench.station.reads + bench.station.writes == 0);
    bench.station.absent = false;
    BOOST_TEST(bench.onTcp(readOf(0x03, 0, 1)).answered);
}

BOOST_AUTO_TEST_CASE(a_reply_as_request_is_refused_on_tcp_and_ignored_on_a_serial_line) {
    Bench bench;
    const PduAnswer onTcp = bench.onTcp({0x83, 2});
    BOOST_TEST(onTcp.adu == mbap(0x1234, unit, {0x83, 1}), boost::test_tools::per_element());
    BOOST_TEST(!bench.onSerial({0x83, 2}).answered);
}

struct Quantity {
    std::uint8_t function;
    int most;
    bool write;
    friend std::ostream& operator<<(std::ostream& os, const Quantity& q) {
        return os << "function " << int{q.function};
    }
};
const Quantity quantities[] = {{0x01, 2000, false}, {0x02, 2000, false}, {0x03, 125, false},
                               {0x04, 125, false},  {0x0F, 1968, true},  {0x10, 123, true}};

BOOST_DATA_TEST_CASE(quantities_from_one_to_the_most_are_served, bdata::make(quantities), q) {
    Bench bench;
    for (const int quantity : {0, 1, q.most, q.most + 1, 0xFFFF}) {
        const int bytes = std::min(247, q.function == 0x0F ? (quantity + 7) / 8 : 2 * quantity);
        const Bytes pdu =
            q.write ? writeOf(q.function, quantity, bytes, bytes) : readOf(q.function, 0, quantity);
        const bool fits = quantity >= 1 && quantity <= q.most;
        BOOST_TEST(bench.exceptionTo(pdu) ==
                   (fits ? ModbusException::none : ModbusException::value));
    }
}

BOOST_AUTO_TEST_CASE(a_station_can_take_fewer_registers_but_not_more) {
    Bench bench;
    bench.station.readLimit = 20;
    bench.station.writeLimit = 2;
    BOOST_TEST(bench.exceptionTo(readOf(0x03, 0, 20)) == ModbusException::none);
    BOOST_TEST(bench.exceptionTo(readOf(0x04, 0, 21)) == ModbusException::value);
    BOOST_TEST(bench.exceptionTo(writeOf(0x10, 2, 4, 4)) == ModbusException::none);
    BOOST_TEST(bench.exceptionTo(writeOf(0x10, 3, 6, 6)) == ModbusException::value);
    bench.station.readLimit = 1000;
    BOOST_TEST(bench.exceptionTo(readOf(0x03, 0, 126)) == ModbusException::value);
}

BOOST_AUTO_TEST_CASE(a_coil_is_on_or_off) {
    Bench bench;
    for (const int value : {0x0001, 0x00FF, 0xFF01, 0xFFFF, 0x0100}) {
        BOOST_TEST(bench.exceptionTo(readOf(0x05, 0, value)) == ModbusException::value);
    }
    BOOST_TEST(bench.station.writes == 0);
}

BOOST_DATA_TEST_CASE(a_request_of_any_other_length_is_exception_03, bdata::make(examples),
                     example) {
    Bench bench;
    for (std::size_t length = 1; length < example.request.size(); ++length) {
        const Bytes cut{example.request.begin(),
                        example.request.begin() + static_cast<std::ptrdiff_t>(length)};
        BOOST_TEST(bench.exceptionTo(cut) == ModbusException::value);
    }
    Bytes longer = example.request;
    for (const std::size_t length : {example.request.size() + 1, std::size_t{253}}) {
        longer.resize(length);
        BOOST_TEST(bench.exceptionTo(longer) == ModbusException::value);
    }
    BOOST_TEST(bench.station.reads + bench.station.writes == 0);
}

BOOST_AUTO_TEST_CASE(a_byte_count_that_disagrees_with_the_quantity_is_exception_03) {
    Bench bench;
    for (const int function : {0x0F, 0x10}) {
        const int right = function == 0x0F ? 2 : 20;
        BOOST_TEST(bench.exceptionTo(writeOf(function, 10, right, right)) == ModbusException::none);
        for (const int wrong : {0, right - 1, right + 1, 255}) {
            BOOST_TEST(bench.exceptionTo(writeOf(function, 10, wrong, right)) ==
                       ModbusException::value);
            if (wrong < 240) {
                BOOST_TEST(bench.exceptionTo(writeOf(function, 10, wrong, wrong)) ==
                           ModbusException::value);
            }
        }
    }
    BOOST_TEST(bench.station.writes == 2);
}

BOOST_AUTO_TEST_CASE(addresses_end_at_65536_and_where_the_station_says) {
    Bench bench;
    for (const int function : {0x01, 0x02, 0x03, 0x04}) {
        BOOST_TEST(bench.exceptionTo(readOf(function, 65535, 1)) == ModbusException::none);
        BOOST_TEST(bench.exceptionTo(readOf(function, 65535, 2)) == ModbusException::address);
    }
    BOOST_TEST(bench.station.reads == 4);  // it is not asked about what no station can have
    bench.station.addresses = 100;
    BOOST_TEST(bench.exceptionTo(readOf(0x03, 96, 4)) == ModbusException::none);
    BOOST_TEST(bench.exceptionTo(readOf(0x03, 96, 5)) == ModbusException::address);
    BOOST_TEST(bench.exceptionTo({0x06, 0, 100, 0, 1}) == ModbusException::address);
    BOOST_TEST(bench.exceptionTo({0x05, 0, 100, 0, 0}) == ModbusException::address);
}

BOOST_DATA_TEST_CASE(the_stations_own_exceptions_are_passed_on, bdata::xrange(1, 12), code) {
    Bench bench;
    bench.station.execution = static_cast<ModbusException>(code);
    for (const Example& example : examples) {
        BOOST_TEST(bench.exceptionTo(example.request) == bench.station.execution);
    }
}

BOOST_AUTO_TEST_CASE(checks_come_in_the_order_of_the_standard) {
    // Everything is wrong at once; one after the other is put right.
    Bench bench;
    bench.station.unknown = {0x10};
    bench.station.addresses = 10;
    bench.station.execution = ModbusException::failure;
    Bytes pdu = writeOf(0x10, 2, 3, 4);
    pdu[1] = pdu[2] = 0xFF;
    BOOST_TEST(bench.exceptionTo(pdu) == ModbusException::function);
    bench.station.unknown.clear();
    BOOST_TEST(bench.exceptionTo(pdu) == ModbusException::value);
    pdu[5] = 4;
    BOOST_TEST(bench.exceptionTo(pdu) == ModbusException::address);
    pdu[1] = pdu[2] = 0;
    BOOST_TEST(bench.exceptionTo(pdu) == ModbusException::failure);
    bench.station.execution = ModbusException::none;
    BOOST_TEST(bench.exceptionTo(pdu) == ModbusException::none);
}

BOOST_AUTO_TEST_CASE(who_may_only_read_gets_exception_01_for_writes) {
    Bench bench;
    bench.station.silentOnUnknown = true;
    for (const Example& example : examples) {
        const PduAnswer answer =
            bench.tcp.answer(mbap(1, unit, example.request), bench.station, Access::readOnly);
        const bool read = example.request[0] <= 4;
        BOOST_TEST(answer.answered);
        BOOST_TEST(answer.exception == (read ? ModbusException::none : ModbusException::function));
    }
    BOOST_TEST(bench.station.writes == 0);
}

BOOST_AUTO_TEST_CASE(a_broadcast_is_carried_out_and_never_answered) {
    Bench bench;
    for (const Example& example : examples) {
        const PduAnswer answer = bench.serial.answer(rtu(0, example.request), bench.station);
        BOOST_TEST(!answer.answered);
        BOOST_TEST(answer.adu.empty());
    }
    BOOST_TEST(bench.station.writes == 4);
    BOOST_TEST(bench.station.reads == 0);
    bench.station.execution = ModbusException::failure;
    BOOST_TEST(!bench.serial.answer(rtu(0, {0x06, 0, 1, 0, 1}), bench.station).answered);
    BOOST_TEST(!bench.serial.answer(rtu(0, {0x41}), bench.station).answered);
    // On TCP unit 0 is the device itself.
    BOOST_TEST(bench.tcp.answer(mbap(1, 0, {0x03, 0, 0, 0, 1}), bench.station).answered);
}

BOOST_DATA_TEST_CASE(transaction_and_unit_come_back, bdata::make({0, 1, 255, 256, 65535}), id) {
    Bench bench;
    const PduAnswer answer =
        bench.tcp.answer(mbap(id, id & 0xFF, {0x03, 0, 0, 0, 1}), bench.station);
    BOOST_TEST(answer.adu == mbap(id, id & 0xFF, {0x03, 2, 0, 0}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_gateway_refuses_for_a_unit_it_does_not_have) {
    Bench bench;
    const PduAnswer answer = bench.tcp.refuse(mbap(5, 9, {0x03, 0, 0, 0, 1}), gatewayTargetSilent);
    BOOST_TEST(answer.adu == mbap(5, 9, {0x83, 0x0B}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_request_at_all_gets_silence) {
    Bench bench;
    const Bytes adu = mbap(1, unit, {0x03});
    for (std::size_t length = 0; length < adu.size(); ++length) {
        BOOST_TEST(!bench.tcp.answer(std::span{adu}.first(length), bench.station).answered);
    }
    BOOST_TEST(!bench.tcp.answer(Bytes(261), bench.station).answered);
    for (const std::size_t length : {0U, 1U, 3U, 257U}) {
        BOOST_TEST(!bench.serial.answer(Bytes(length), bench.station).answered);
    }
}

BOOST_AUTO_TEST_SUITE_END()
