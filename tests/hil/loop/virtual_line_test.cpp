// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/virtual_line.h
#include "hil/loop/virtual_line.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/modbus/crc_residual.h"
#include "tests/support/printers.h"

using namespace jh;

namespace {

struct PlainClock final : Clock {
    SimTime time{};
    SimTime now() const override { return time; }
    Expected<void, IoError> waitUntil(SimTime t) override {
        time = std::max(time, t);
        return {};
    }
};

/// Two registers that tell who they belong to and what time it is.
struct TellingStation final : Station {
    TellingStation(std::uint8_t own, const Clock& its) : id{own}, clock{its} {}
    bool speaks(std::uint8_t function) const override { return function == 3 || function == 6; }
    ModbusException read(ModbusTable, int address, std::span<std::uint16_t> out) override {
        if (address != 0 || out.size() != 2) return ModbusException::address;
        out[0] = static_cast<std::uint16_t>(id * 1000);
        out[1] = static_cast<std::uint16_t>(clock.now() / 1s);
        return ModbusException::none;
    }
    ModbusException write(ModbusTable, int, std::span<const std::uint16_t> values) override {
        written = values.front();
        return ModbusException::none;
    }
    std::uint8_t id;
    const Clock& clock;
    int written{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(virtual_line)

BOOST_AUTO_TEST_CASE(a_transaction_takes_what_baud_rate_and_silences_allow) {
    PlainClock clock;
    VirtualLine line{clock, 9600};
    TellingStation station{7, clock};
    line.attach(7, station, 3ms);
    RtuClient client{line, 7, 500ms};
    BOOST_TEST(client.read(0, 2).value().front() == 7000);
    // 8 and 9 characters of 11 bits, two silences of 3.5, and what the station takes.
    const double expected_s = (8 + 9 + 2 * 3.5) * 11.0 / 9600.0 + 0.003;
    BOOST_TEST(seconds(clock.now()) == expected_s, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(who_is_not_there_or_without_power_is_silent_until_the_time_out) {
    PlainClock clock;
    VirtualLine line{clock, 19200};
    TellingStation station{7, clock};
    bool power = true;
    line.attach(7, station, {}, [&power] { return power; });
    RtuClient other{line, 8, 500ms}, client{line, 7, 500ms};
    BOOST_TEST(other.read(0, 2).error().kind == IoError::Kind::timeout);
    BOOST_TEST(client.read(0, 2).has_value());
    power = false;
    const SimTime before = clock.now();
    BOOST_TEST(client.read(0, 2).error().kind == IoError::Kind::timeout);
    BOOST_CHECK(clock.now() - before >= SimTime{500ms});
}

BOOST_AUTO_TEST_CASE(a_broadcast_is_carried_out_by_all_and_answered_by_none) {
    PlainClock clock;
    VirtualLine line{clock, 9600};
    TellingStation first{1, clock}, second{2, clock};
    line.attach(1, first);
    line.attach(2, second);
    RtuClient all{line, 0, 100ms};
    BOOST_TEST(!all.writeOne(0, 4711).has_value());
    BOOST_TEST(first.written == 4711);
    BOOST_TEST(second.written == 4711);
}

// Eight stations at 9600 baud for ten minutes, each bit wrong with 1e-4: no reading is wrong, and
// none is missing without being told. How many damaged frames the CRC lets through is computed.
BOOST_AUTO_TEST_CASE(with_bit_errors_a_reading_is_right_or_reported_missing) {
    constexpr double bitErrorRate = 1e-4;
    PlainClock clock;
    VirtualLine line{clock, 9600};
    line.disturb(bitErrorRate, 1);
    std::vector<std::unique_ptr<TellingStation>> stations;
    std::vector<std::unique_ptr<RtuClient>> clients;
    for (std::uint8_t id = 1; id <= 8; ++id) {
        stations.push_back(std::make_unique<TellingStation>(id, clock));
        line.attach(id, *stations.back());
        clients.push_back(std::make_unique<RtuClient>(line, id, 200ms));
    }
    int right = 0, missing = 0, wrong = 0;
    for (int turn = 0; clock.now() < SimTime{10min}; turn = (turn + 1) % 8) {
        const auto words = clients[static_cast<std::size_t>(turn)]->read(0, 2);
        if (!words) {
            ++missing;
        } else if (words->at(0) == (turn + 1) * 1000) {
            ++right;
        } else {
            ++wrong;
        }
    }
    BOOST_TEST(wrong == 0);
    BOOST_TEST(right > 10'000);
    // A frame of n bits is damaged with 1 - (1 - p)^n; a transaction has 8 + 9 bytes.
    const double expected = 1.0 - std::pow(1.0 - bitErrorRate, 17 * 8);
    const double share = missing / double(missing + right);
    const double sd = std::sqrt(expected * (1.0 - expected) / (missing + right));
    BOOST_TEST(std::abs(share - expected) < 4.0 * sd);
    const double through = undetectedDamage(9, bitErrorRate) * (right + missing);
    BOOST_TEST_MESSAGE("right " << right << ", reported missing " << missing << ", wrong " << wrong
                                << "; damaged replies that the CRC would let through: " << through);
    BOOST_TEST(through < 0.1);
}

BOOST_AUTO_TEST_SUITE_END()
