// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/stream_receiver.h
#include "hil/modbus/stream_receiver.h"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/modbus_frame.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

const AduFraming framings[] = {AduFraming::mbap, AduFraming::rtu};

const std::vector<Bytes> pdus = {
    {0x03, 0, 0, 0, 2}, {0x10, 0, 1, 0, 2, 4, 0, 0x0A, 1, 2}, {0x06, 0, 1, 0, 3}, {0x11}};

std::vector<Bytes> requestsIn(AduFraming framing) {
    std::vector<Bytes> requests;
    for (std::size_t i = 0; i < pdus.size(); ++i) {
        requests.push_back(framing == AduFraming::mbap ? mbap(static_cast<int>(i), 1, pdus[i])
                                                       : rtu(1, pdus[i]));
    }
    return requests;
}

Bytes part(const Bytes& bytes, std::size_t from, std::size_t to) {
    return {bytes.begin() + static_cast<std::ptrdiff_t>(from),
            bytes.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

namespace jh {
std::ostream& operator<<(std::ostream& os, AduFraming framing) {
    return os << (framing == AduFraming::mbap ? "MBAP" : "RTU over TCP");
}
}  // namespace jh

BOOST_AUTO_TEST_SUITE(stream_receiver)

BOOST_DATA_TEST_CASE(requests_cut_in_two_anywhere_come_out_whole, bdata::make(framings), framing) {
    const auto requests = requestsIn(framing);
    const Bytes all = joined(requests);
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        StreamReceiver receiver{framing};
        const auto got = received(receiver, {part(all, 0, cut), part(all, cut, all.size())});
        BOOST_REQUIRE(got == requests);
        BOOST_REQUIRE(!receiver.partial());
        BOOST_REQUIRE(!receiver.broken());
    }
}

BOOST_DATA_TEST_CASE(requests_byte_by_byte_come_out_as_soon_as_they_are_whole,
                     bdata::make(framings), framing) {
    for (const Bytes& request : requestsIn(framing)) {
        StreamReceiver receiver{framing};
        for (std::size_t i = 0; i + 1 < request.size(); ++i) {
            BOOST_REQUIRE(received(receiver, {{request[i]}}).empty());
            BOOST_REQUIRE(receiver.partial());
        }
        const auto got = received(receiver, {{request.back()}});
        BOOST_REQUIRE(got.size() == 1u);
        BOOST_TEST(got[0] == request, boost::test_tools::per_element());
    }
}

BOOST_DATA_TEST_CASE(a_long_stream_goes_through_the_small_buffer, bdata::make(framings), framing) {
    Bytes longest{0x10, 0, 0, 0, 0x7B, 0xF6};
    longest.resize(6 + 246, 0x5A);
    const Bytes request = framing == AduFraming::mbap ? mbap(7, 1, longest) : rtu(1, longest);
    const std::vector<Bytes> many(50, request);
    StreamReceiver receiver{framing};
    BOOST_TEST((received(receiver, {joined(many)}) == many));
}

struct BadHeader {
    const char* what;
    Bytes bytes;
    friend std::ostream& operator<<(std::ostream& os, const BadHeader& b) { return os << b.what; }
};
const BadHeader badHeaders[] = {
    {"protocol id, high byte", {0, 1, 1}},
    {"protocol id, low byte", {0, 1, 0, 1}},
    {"length 0", {0, 1, 0, 0, 0, 0}},
    {"length 1", {0, 1, 0, 0, 0, 1}},
    {"length 255", {0, 1, 0, 0, 0, 255}},
    {"length 256", {0, 1, 0, 0, 1}},
    {"a web browser", {'G', 'E', 'T', ' ', '/'}},
};

BOOST_DATA_TEST_CASE(an_impossible_header_breaks_the_stream_for_good, bdata::make(badHeaders),
                     bad) {
    StreamReceiver receiver{AduFraming::mbap};
    const Bytes good = mbap(1, 1, {0x03, 0, 0, 0, 1});
    BOOST_TEST(received(receiver, {joined({good, bad.bytes})}).size() == 1u);
    BOOST_TEST(receiver.broken());
    BOOST_TEST(!receiver.next().has_value());
}

BOOST_AUTO_TEST_CASE(shortest_and_longest_length_are_possible) {
    StreamReceiver receiver{AduFraming::mbap};
    const std::vector<Bytes> requests{mbap(1, 1, Bytes(1, 0x11)), mbap(2, 1, Bytes(253, 0x11))};
    BOOST_TEST(requests[1].size() == mostMbapBytes);
    BOOST_TEST((received(receiver, {joined(requests)}) == requests));
}

BOOST_AUTO_TEST_CASE(bytes_with_a_bad_crc_are_dropped_and_the_next_request_is_read) {
    StreamReceiver receiver{AduFraming::rtu};
    Bytes bad = rtu(1, {0x03, 0, 0, 0, 2});
    bad[3] = 9;
    const Bytes good = rtu(1, {0x03, 0, 0, 0, 2});
    BOOST_TEST(received(receiver, {bad}).empty());
    BOOST_TEST(receiver.droppedBytes() == bad.size());
    BOOST_TEST(!receiver.broken());
    BOOST_TEST((received(receiver, {good}) == std::vector<Bytes>{good}));
}

BOOST_AUTO_TEST_CASE(a_request_of_unknown_length_is_what_came_at_once) {
    const std::vector<Bytes> requests{rtu(1, {0x41, 1, 2, 3}), rtu(1, {0x83, 2})};
    StreamReceiver receiver{AduFraming::rtu};
    BOOST_TEST((received(receiver, requests) == requests));
    // A byte count too small for the frame: malformed, and for the station to say so.
    const Bytes malformed = rtu(1, {0x10, 0, 1, 0, 2, 2, 0, 0x0A, 1, 2});
    BOOST_TEST((received(receiver, {malformed}) == std::vector<Bytes>{malformed}));
    // Nothing that can be a frame: dropped before it fills the buffer.
    BOOST_TEST(received(receiver, {Bytes(2000, 0x41)}).empty());
    BOOST_TEST(receiver.droppedBytes() > 1000u);
    // A byte count above what fits into a frame.
    StreamReceiver other{AduFraming::rtu};
    BOOST_TEST(received(other, {{1, 0x10, 0, 1, 0, 2, 255}}).empty());
    BOOST_TEST(other.droppedBytes() == 7u);
}

BOOST_AUTO_TEST_SUITE_END()
