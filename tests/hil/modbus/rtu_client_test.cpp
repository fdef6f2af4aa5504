// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/rtu_client.h
#include "hil/modbus/rtu_client.h"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "tests/support/printers.h"
#include "tests/support/rtu_frame.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr SimTime replyTimeout = 500ms;

/// Keeps what was sent and answers always the same.
class FakeLine final : public Line {
public:
    explicit FakeLine(Bytes reply) : reply_{std::move(reply)} {}
    Bytes exchange(std::span<const std::uint8_t> request, SimTime timeout) override {
        sent = {request.begin(), request.end()};
        lastTimeout = timeout;
        return reply_;
    }
    void answer(Bytes reply) { reply_ = std::move(reply); }
    Bytes sent;
    SimTime lastTimeout{};

private:
    Bytes reply_;
};

/// Two registers, 0x1234 and 0xFFFE, from station 1.
const Bytes twoRegisters = framed({0x01, 0x03, 0x04, 0x12, 0x34, 0xFF, 0xFE});
const std::vector<std::uint16_t> twoValues{0x1234, 0xFFFE};

struct BadReply {
    const char* what;
    Bytes reply;
    IoError::Kind kind;
    friend std::ostream& operator<<(std::ostream& os, const BadReply& b) { return os << b.what; }
};

Bytes changed(Bytes bytes, std::size_t at, std::uint8_t by) {
    bytes.at(at) = static_cast<std::uint8_t>(bytes.at(at) ^ by);
    return bytes;
}

const BadReply badReplies[] = {
    {"wrong CRC", changed(twoRegisters, 7, 0x01), IoError::Kind::protocol},
    {"a flipped data bit", changed(twoRegisters, 4, 0x80), IoError::Kind::protocol},
    {"another station's answer", framed({0x02, 0x03, 0x04, 0x12, 0x34, 0xFF, 0xFE}),
     IoError::Kind::protocol},
    {"another function's answer", framed({0x01, 0x04, 0x04, 0x12, 0x34, 0xFF, 0xFE}),
     IoError::Kind::protocol},
    {"one register too few", framed({0x01, 0x03, 0x02, 0x12, 0x34}), IoError::Kind::protocol},
    {"illegal data address", framed({0x01, 0x83, 0x02}), IoError::Kind::exception},
    {"device busy", framed({0x01, 0x83, 0x06}), IoError::Kind::exception},
    {"silence", {}, IoError::Kind::timeout},
};

/// Shortest of several rounds: another program on the machine can only lengthen one.
std::chrono::nanoseconds timeOfHundred(RtuClient& client) {
    auto best = std::chrono::nanoseconds::max();
    for (int round = 0; round < 9; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 100; ++i) static_cast<void>(client.read(0, 2));
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    }
    return best;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rtu_client)

BOOST_AUTO_TEST_CASE(read_sends_the_frame_of_the_standard) {
    // The standard's own example of a read: 01 03 00 00 00 0A C5 CD.
    BOOST_TEST(framed({0x01, 0x03, 0x00, 0x00, 0x00, 0x0A}) ==
                   (Bytes{0x01, 0x03, 0x00, 0x00, 0x00, 0x0A, 0xC5, 0xCD}),
               boost::test_tools::per_element());
    FakeLine line{{}};
    RtuClient client{line, 1, replyTimeout};
    BOOST_TEST(!client.read(0, 10).has_value());
    BOOST_TEST(line.sent == (Bytes{0x01, 0x03, 0x00, 0x00, 0x00, 0x0A, 0xC5, 0xCD}),
               boost::test_tools::per_element());
    BOOST_CHECK(line.lastTimeout == replyTimeout);
}

BOOST_AUTO_TEST_CASE(a_good_reply_gives_its_registers) {
    FakeLine line{twoRegisters};
    RtuClient client{line, 1, replyTimeout};
    const auto values = client.read(0x0102, 2);
    BOOST_REQUIRE(values.has_value());
    BOOST_TEST(*values == twoValues, boost::test_tools::per_element());
    BOOST_TEST(line.sent == framed({0x01, 0x03, 0x01, 0x02, 0x00, 0x02}),
               boost::test_tools::per_element());
    BOOST_TEST(client.transactions() == 1u);
}

BOOST_AUTO_TEST_CASE(write_sends_one_frame_with_all_registers) {
    FakeLine line{framed({0x01, 0x10, 0x00, 0x14, 0x00, 0x03})};
    RtuClient client{line, 1, replyTimeout};
    const std::uint16_t values[] = {0x0001, 0x86A0, 0x0011};
    BOOST_TEST(client.write(20, values).has_value());
    BOOST_TEST(line.sent == framed({0x01, 0x10, 0x00, 0x14, 0x00, 0x03, 0x06, 0x00, 0x01, 0x86,
                                    0xA0, 0x00, 0x11}),
               boost::test_tools::per_element());
    line.answer(framed({0x01, 0x90, 0x03}));
    const auto refused = client.write(20, values);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().kind == IoError::Kind::exception);
}

BOOST_DATA_TEST_CASE(a_bad_reply_is_an_error_and_the_next_one_is_read, bdata::make(badReplies),
                     bad) {
    FakeLine line{bad.reply};
    RtuClient client{line, 1, replyTimeout};
    const auto values = client.read(0, 2);
    BOOST_REQUIRE(!values.has_value());
    BOOST_TEST(values.error().kind == bad.kind);
    BOOST_TEST(!values.error().text.empty());
    line.answer(twoRegisters);
    const auto next = client.read(0, 2);
    BOOST_REQUIRE(next.has_value());
    BOOST_TEST(*next == twoValues, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(a_reply_cut_short_anywhere_is_an_error, bdata::xrange<std::size_t>(1, 9),
                     length) {
    FakeLine line{
        {twoRegisters.begin(), twoRegisters.begin() + static_cast<std::ptrdiff_t>(length)}};
    RtuClient client{line, 1, replyTimeout};
    const auto values = client.read(0, 2);
    BOOST_REQUIRE(!values.has_value());
    // Bytes came, so the device is there: no silence. Both kinds are asked again.
    BOOST_TEST((values.error().kind == IoError::Kind::protocol ||
                values.error().kind == IoError::Kind::timeout));
    line.answer(twoRegisters);
    BOOST_TEST(client.read(0, 2).has_value());
}

BOOST_AUTO_TEST_CASE(surplus_bytes_do_not_poison_the_next_transaction) {
    Bytes surplus = twoRegisters;
    const Bytes other = framed({0x01, 0x03, 0x04, 0xAA, 0xAA, 0xAA, 0xAA});
    for (int copy = 0; copy < 20; ++copy) surplus.insert(surplus.end(), other.begin(), other.end());
    FakeLine line{surplus};
    RtuClient client{line, 1, replyTimeout};
    static_cast<void>(client.read(0, 2));
    line.answer(twoRegisters);
    const auto next = client.read(0, 2);
    BOOST_REQUIRE(next.has_value());
    BOOST_TEST(*next == twoValues, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(silence_is_not_waited_for) {
    FakeLine good{twoRegisters}, silent{{}};
    RtuClient first{good, 1, replyTimeout}, second{silent, 1, replyTimeout};
    const auto answered = timeOfHundred(first), unanswered = timeOfHundred(second);
    // One time-out of half a second alone would be a factor of a thousand.
    constexpr int factor = 20;
    BOOST_CHECK_MESSAGE(unanswered < factor * answered,
                        unanswered.count() << " ns against " << answered.count() << " ns");
}

BOOST_AUTO_TEST_CASE(two_clients_take_turns_on_one_thread) {
    FakeLine left{twoRegisters}, right{framed({0x07, 0x03, 0x04, 0x00, 0x07, 0x00, 0x08})};
    RtuClient client{left, 1, replyTimeout};
    {
        RtuClient other{right, 7, replyTimeout};
        for (int turn = 0; turn < 3; ++turn) {
            BOOST_TEST(client.read(0, 2).value() == twoValues, boost::test_tools::per_element());
            BOOST_TEST(other.read(0, 2).value() == (std::vector<std::uint16_t>{7, 8}),
                       boost::test_tools::per_element());
        }
        BOOST_TEST(other.transactions() == 3u);
    }
    BOOST_TEST(client.read(0, 2).value() == twoValues, boost::test_tools::per_element());
    BOOST_TEST(client.transactions() == 4u);
    BOOST_TEST(left.sent[0] == 1);
    BOOST_TEST(right.sent[0] == 7);
}

BOOST_AUTO_TEST_SUITE_END()
