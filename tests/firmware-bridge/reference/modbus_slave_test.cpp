// Tests for firmware-bridge/reference/modbus_slave.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "bench_indicator.h"

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;
constexpr auto each = boost::test_tools::per_element();

BenchIndicator atStation(std::uint8_t station, std::uint32_t baud = 9600) {
    auto p = truckScale();
    p.station = station;
    p.baud = baud;
    return BenchIndicator::adjusted(p);
}

struct Exception {
    Bytes pdu;
    int code;
    const char* why;
    friend std::ostream& operator<<(std::ostream& os, const Exception& e) { return os << e.why; }
};

// Order of the checks: function, structure, address, execution.
const Exception exceptions[] = {
    {{0x04, 0, 0, 0, 1}, 1, "function 04 is not there"},
    {{0x63, 0, 200, 0, 0}, 1, "unknown function before bad quantity"},
    {{0x03, 0, 200, 0, 0}, 3, "quantity 0 before bad address"},
    {{0x03, 0, 200, 0, 126}, 3, "quantity 126 before bad address"},
    {{0x03, 0, 0, 0, 125}, 2, "quantity 125 is allowed, its addresses are not there"},
    {{0x03, 0, 0}, 3, "read cut short"},
    {{0x03, 0, 13, 0, 1}, 2, "first address of the gap"},
    {{0x03, 0, 12, 0, 2}, 2, "read runs into the gap"},
    {{0x03, 0, 12, 0, 9}, 2, "read spans the gap"},
    {{0x03, 0, 19, 0, 1}, 2, "last address of the gap"},
    {{0x03, 0, 47, 0, 1}, 2, "after identity"},
    {{0x03, 0, 55, 0, 1}, 2, "after the sealed parameters"},
    {{0x03, 0xFF, 0xFF, 0, 2}, 2, "addresses do not wrap"},
    {{0x06, 0, 0, 0, 1}, 2, "status cannot be written"},
    {{0x06, 0, 23, 0, 1}, 2, "command state cannot be written"},
    {{0x06, 0, 22}, 3, "write cut short"},
    {{0x06, 0, 50, 0, 9}, 4, "sealed"},
    {{0x10, 0, 20, 0, 3, 4, 0, 0, 0, 0, 0, 3}, 3, "byte count does not fit the quantity"},
    {{0x10, 0, 20, 0, 3, 6, 0, 0, 0, 0, 0}, 3, "bytes missing"},
    {{0x10, 0, 20, 0, 0, 0}, 3, "nothing to write"},
    {{0x10, 0, 200, 0, 124, 248}, 3, "quantity 124 before bad address"},
    {{0x10, 0, 200, 0, 1, 2, 0, 0}, 2, "write to nowhere"},
    {{0x10, 0, 21, 0, 3, 6, 0, 0, 0, 0, 0, 3}, 2, "write runs into the command state"},
    {{0x10, 0, 50, 0, 1, 2, 0, 9}, 4, "sealed, many"},
};

BOOST_AUTO_TEST_SUITE(modbus_slave)

// CRC of these frames worked out apart from the code.
BOOST_AUTO_TEST_CASE(golden_read) {
    auto b = atStation(1);
    b.settle_g(12'340'000);
    const Bytes r = b.send({0x01, 0x03, 0x00, 0x00, 0x00, 0x0A, 0xC5, 0xCD});
    BOOST_TEST_REQUIRE(r.size() == 25u);
    const Bytes head{0x01, 0x03, 0x14, 0x00, 0x01, 0x00, 0x00, 0x30, 0x34, 0x00, 0x00, 0x30,
                     0x34, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x14, 0x00, 0x00};
    BOOST_TEST(Bytes(r.begin(), r.end() - 2) == head, each);
    BOOST_TEST(withCrc(head) == r, each);
}

BOOST_AUTO_TEST_CASE(golden_exceptions) {
    auto b = atStation(0x11);
    BOOST_TEST(b.send({0x11, 0x03, 0x00, 0x6B, 0x00, 0x03, 0x76, 0x87}) ==
                   (Bytes{0x11, 0x83, 0x02, 0xC1, 0x34}),
               each);
}

BOOST_AUTO_TEST_CASE(golden_command) {
    auto b = atStation(1);
    b.settle_g(100'000);
    BOOST_TEST(b.send({0x01, 0x06, 0x00, 0x16, 0x00, 0x01, 0xA9, 0xCE}) ==
                   (Bytes{0x01, 0x06, 0x00, 0x16, 0x00, 0x01, 0xA9, 0xCE}),
               each);
    BOOST_TEST(b.gross() == 0);
}

BOOST_AUTO_TEST_CASE(golden_write_of_many) {
    auto b = atStation(1);
    BOOST_TEST(b.send({0x01, 0x10, 0x00, 0x14, 0x00, 0x03, 0x06, 0, 0, 0, 0, 0, 0x10, 0xA7,
                       0x0C}) == (Bytes{0x01, 0x10, 0x00, 0x14, 0x00, 0x03, 0xC0, 0x0C}),
               each);
    BOOST_TEST(b.readOne(24) == 16);
}

BOOST_DATA_TEST_CASE(exceptions_come_in_order, bdata::make(exceptions), e) {
    auto b = atStation(1);
    const Bytes r = b.request(e.pdu);
    BOOST_TEST(r == withCrc({1, static_cast<std::uint8_t>(e.pdu[0] | 0x80),
                             static_cast<std::uint8_t>(e.code)}),
               each);
}

BOOST_AUTO_TEST_CASE(every_block_reads_to_its_last_address) {
    auto b = atStation(1);
    BOOST_TEST(b.read(0, 13).size() == 13u);
    BOOST_TEST(b.read(20, 5).size() == 5u);
    BOOST_TEST(b.read(30, 16).size() == 16u);
    BOOST_TEST(b.read(50, 5).size() == 5u);
}

BOOST_AUTO_TEST_CASE(one_frame_sets_the_parameter_before_the_command) {
    auto b = atStation(1);
    BOOST_TEST(b.command(32, 1) == 4);
    BOOST_TEST(b.command(32, 539) == 1);
    BOOST_TEST(b.readLong(20) == 539);
    BOOST_TEST(b.write(21, 5) == 0);
    BOOST_TEST(b.write(20, 0x8000) == 0);
    BOOST_TEST(b.readLong(20) == INT32_MIN + 5);
}

BOOST_AUTO_TEST_CASE(foreign_stations_and_garbage_get_no_answer) {
    auto b = atStation(7);
    BOOST_TEST(b.send(withCrc({8, 3, 0, 0, 0, 1})).empty());
    BOOST_TEST(b.send({7, 3, 0, 0, 0, 1, 0, 0}).empty());
    BOOST_TEST(b.send({0x55}).empty());
    BOOST_TEST(b.send({7, 3, 0}).empty());
    BOOST_TEST(b.send(withCrc({7})).empty());
    BOOST_TEST(b.send(Bytes(300, 0xAA)).empty());
    BOOST_TEST(b.readOne(30) == 539);
}

BOOST_AUTO_TEST_CASE(an_overlong_frame_is_ignored_even_with_a_good_start) {
    auto b = atStation(1);
    Bytes frame = withCrc({1, 3, 0, 0, 0, 1});
    frame.resize(257, 0);
    BOOST_TEST(b.send(frame).empty());
    Bytes longest(254, 0);
    longest[0] = 1;
    longest[1] = 0x41;
    BOOST_TEST(b.send(withCrc(longest)) == withCrc({1, 0xC1, 1}), each);
}

BOOST_AUTO_TEST_CASE(a_broadcast_is_carried_out_and_not_answered) {
    auto b = atStation(1);
    b.settle_g(100'000);
    BOOST_TEST(b.send(withCrc({0, 6, 0, 22, 0, 1})).empty());
    BOOST_TEST(b.gross() == 0);
    BOOST_TEST(b.send(withCrc({0, 3, 0, 0, 0, 1})).empty());
    BOOST_TEST(b.send(withCrc({0, 3, 0, 200, 0, 1})).empty());
}

// 9600 baud: 1145.8 us a character. Bytes are timed at their end, so 1.5 characters of silence are
// 2864.6 us from byte to byte.
BOOST_AUTO_TEST_CASE(a_gap_of_one_and_a_half_characters_spoils_the_frame) {
    auto b = atStation(1);
    const Bytes frame = withCrc({1, 3, 0, 30, 0, 1});
    BOOST_TEST(b.send(frame, 2'860).size() == 7u);
    BOOST_TEST(b.send(frame, 2'870).empty());
    BOOST_TEST(b.send(frame, 1'146).size() == 7u);
}

BOOST_AUTO_TEST_CASE(a_frame_cut_in_two_halves_is_no_frame) {
    auto b = atStation(1);
    BOOST_TEST(b.send({1, 3, 0, 30}).empty());
    const Bytes whole = withCrc({1, 3, 0, 30, 0, 1});
    BOOST_TEST(b.send(Bytes(whole.begin() + 4, whole.end())).empty());
    BOOST_TEST(b.readOne(30) == 539);
}

BOOST_AUTO_TEST_CASE(the_frame_ends_after_three_and_a_half_characters) {
    struct Speed {
        std::uint32_t baud;
        std::uint64_t character_us, end_us;
    };
    for (const Speed s : {Speed{9600, 1146, 4011}, Speed{19200, 573, 2006}, Speed{38400, 287, 1750},
                          Speed{115200, 96, 1750}}) {
        auto b = BenchIndicator::adjusted([&] {
            auto p = truckScale();
            p.baud = s.baud;
            return p;
        }());
        for (const std::uint8_t byte : withCrc({1, 3, 0, 30, 0, 1})) {
            b.pass(s.character_us);
            b.api->uart_receive(b.state.data(), b.now_us, byte);
        }
        const std::uint64_t last_us = b.now_us;
        const std::uint64_t wake_us = b.api->wake_us(b.state.data());
        BOOST_TEST(wake_us >= last_us + s.end_us);
        BOOST_TEST(wake_us <= last_us + s.end_us + 5);
        std::uint8_t out[16];
        b.api->run(b.state.data(), wake_us - 1);
        BOOST_TEST(b.api->uart_transmit(b.state.data(), out, sizeof out) == 0u);
        b.api->run(b.state.data(), wake_us);
        // Taken in pieces, as a UART with a small FIFO does.
        BOOST_TEST(b.api->uart_transmit(b.state.data(), out, 4) == 4u);
        BOOST_TEST(b.api->uart_transmit(b.state.data(), out, 16) == 3u);
        BOOST_TEST(b.api->wake_us(b.state.data()) == JH_FIRMWARE_NEVER);
    }
}

BOOST_AUTO_TEST_CASE(the_line_speaks_while_parameters_are_invalid) {
    auto b = atStation(1);
    b.nonvolatile.assign(b.nonvolatile.size(), 0);
    b.powerOn();
    BOOST_TEST(b.readOne(0) == 1 << 6);
    BOOST_TEST(b.read(30, 16).size() == 16u);
    BOOST_TEST(b.read(0, 13).size() == 13u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
