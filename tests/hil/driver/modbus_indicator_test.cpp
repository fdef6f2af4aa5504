// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/driver/modbus_indicator.h
#include "hil/driver/modbus_indicator.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/printers.h"
#include "tests/support/register_station.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

struct FakeClock final : Clock {
    SimTime time{};
    SimTime now() const override { return time; }
    Expected<void, IoError> waitUntil(SimTime t) override {
        if (stopped) return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped"}};
        time = std::max(time, t);
        return {};
    }
    bool stopped{};
};

// Addresses and codes of the shipped profile of the reference indicator.
enum : std::size_t {
    status = 0,
    gross = 1,
    net = 3,
    tare = 5,
    interval = 7,
    decimals = 9,
    parameter = 20,
    commandCode = 22,
    commandState = 23,
    serial = 32,
    max = 37,
    interval1 = 39
};
constexpr std::int64_t blank = -2147483648LL;

struct Rig {
    Rig() {
        station.set32(interval, 20);
        station.onWrite = [this](int) { station.registers[commandState] = 1; };
    }
    Scenario scenario{shipped("100t-jjg539-initial")};
    IndicatorProfile& profile() { return scenario.indicator; }
    RegisterStation station;
    FakeClock clock;
    RtuClient client{station, 1, 500ms};
    ModbusIndicator indicator{scenario.indicator, client, clock, scenario.scale};

    /// What the command register holds and this state says: the outcome of a zero command.
    Expected<void, IoError> zeroWithState(std::uint16_t state) {
        station.onWrite = [this, state](int) { station.registers[commandState] = state; };
        return indicator.zero();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(modbus_indicator)

BOOST_AUTO_TEST_CASE(masses_are_read_with_sign_and_decimals) {
    Rig rig;
    rig.station.set32(gross, 12'340);
    rig.station.set32(net, -7'660);
    rig.station.set32(tare, 20'000);
    Reading reading = rig.indicator.read().value();
    BOOST_TEST(reading.gross == ExactMass::kg(12'340));
    BOOST_TEST(reading.net == ExactMass::kg(-7'660));
    BOOST_TEST(reading.tare == ExactMass::kg(20'000));
    BOOST_TEST(reading.interval == ExactMass::kg(20));
    rig.station.registers[decimals] = 3;
    reading = rig.indicator.read().value();
    BOOST_TEST(reading.net == ExactMass::g(-7'660));
    BOOST_TEST(reading.interval == ExactMass::g(20));
}

BOOST_AUTO_TEST_CASE(a_blanked_display_shows_no_mass) {
    Rig rig;
    rig.station.set32(gross, blank);
    rig.station.set32(net, blank);
    rig.station.registers[status] = 1 << 3;
    const Reading reading = rig.indicator.read().value();
    BOOST_TEST(!reading.gross.has_value());
    BOOST_TEST(!reading.net.has_value());
    BOOST_TEST(reading.tare.has_value());
    BOOST_TEST(reading.overload);
    // One unit more is a mass, if a strange one.
    rig.station.registers[status] = 0;
    rig.station.set32(gross, blank + 1);
    BOOST_TEST(rig.indicator.read().value().gross == ExactMass::kg(-2'147'483'647));
}

BOOST_AUTO_TEST_CASE(every_status_bit_has_its_meaning) {
    Rig rig;
    const auto with = [&](int bit) {
        rig.station.registers[status] = static_cast<std::uint16_t>(1 << bit);
        const Reading r = rig.indicator.read().value();
        return std::vector<bool>{r.weightStable, r.centerOfZero, r.overload, r.underload, r.fault};
    };
    const std::pair<int, std::size_t> bits[] = {{0, 0}, {1, 1}, {3, 2}, {4, 3}, {5, 4}};
    for (const auto& [bit, place] : bits) {
        std::vector<bool> expected(5);
        expected[place] = true;
        BOOST_TEST(with(bit) == expected, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(impossible_decimals_are_a_protocol_error) {
    Rig rig;
    for (const int bad : {7, 255, 65'535}) {
        rig.station.registers[decimals] = static_cast<std::uint16_t>(bad);
        const auto reading = rig.indicator.read();
        BOOST_REQUIRE(!reading.has_value());
        BOOST_TEST(reading.error().kind == IoError::Kind::protocol);
        BOOST_TEST(reading.error().text == "impossible number of decimals: " + std::to_string(bad));
    }
    rig.station.registers[decimals] = 6;
    BOOST_TEST(rig.indicator.read().has_value());
}

BOOST_AUTO_TEST_CASE(readings_lie_on_a_grid_of_a_quarter_second) {
    Rig rig;
    for (const auto& [from, at] : {std::pair<SimTime, SimTime>{0ms, 0ms},
                                   {1ns, 250ms},
                                   {250ms, 250ms},
                                   {251ms, 500ms},
                                   {999ms, 1000ms},
                                   {1001ms, 1250ms}}) {
        rig.clock.time = from;
        BOOST_CHECK(rig.indicator.read().value().at == at);
        BOOST_CHECK(rig.clock.time == at + readingTakes);
    }
    rig.clock.stopped = true;
    BOOST_TEST(rig.indicator.read().error().kind == IoError::Kind::interrupted);
}

BOOST_AUTO_TEST_CASE(one_reading_is_one_transaction) {
    Rig rig;
    BOOST_TEST(rig.indicator.read().has_value());
    BOOST_TEST(rig.client.transactions() == 1u);
    BOOST_TEST(rig.station.requests.at(0) == framed({1, 3, 0, 0, 0, 10}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(identity_comes_with_the_decimals_of_the_moment) {
    Rig rig;
    rig.station.registers[decimals] = 1;
    rig.station.set32(max, 1'000'000);
    rig.station.set32(interval1, 200);
    rig.station.set32(serial, 4'000'000'000);
    const IndicatorIdentity identity = rig.indicator.identify().value();
    BOOST_TEST(identity.max.value() == ExactMass::kg(100'000));
    BOOST_TEST(identity.firstInterval.value() == ExactMass::kg(20));
    BOOST_TEST(identity.serial.value() == 4'000'000'000u);
}

BOOST_AUTO_TEST_CASE(a_command_goes_with_its_parameter_in_one_frame) {
    Rig rig;
    BOOST_TEST(rig.indicator.adjustSpan(ExactMass::kg(20'000)).has_value());
    BOOST_TEST(rig.station.requests.at(0) == framed({1, 0x10, 0, 20, 0, 3, 6, 0, 0, 2, 27, 0, 32}),
               boost::test_tools::per_element());
    BOOST_TEST(
        rig.station.requests.at(2) == framed({1, 0x10, 0, 20, 0, 3, 6, 0, 0, 0x4E, 0x20, 0, 17}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_command_without_parameter_is_its_code_alone) {
    Rig rig;
    BOOST_TEST(rig.indicator.tare().has_value());
    BOOST_TEST(rig.station.requests.at(0) == framed({1, 0x10, 0, 22, 0, 1, 2, 0, 2}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_refused_command_tells_its_reason) {
    Rig rig;
    const std::pair<std::uint16_t, const char*> refusals[] = {{3, "zero: not stable"},
                                                              {4, "zero: out of range"},
                                                              {5, "zero: sealed"},
                                                              {7, "zero: no weight shown"},
                                                              {42, "zero: state 42"}};
    for (const auto& [state, text] : refusals) {
        const auto done = rig.zeroWithState(state);
        BOOST_REQUIRE(!done.has_value());
        BOOST_TEST(done.error().kind == IoError::Kind::refused);
        BOOST_TEST(done.error().text == text);
    }
}

BOOST_AUTO_TEST_CASE(a_busy_indicator_is_waited_for_and_not_forever) {
    Rig rig;
    const auto done = rig.zeroWithState(2);
    BOOST_REQUIRE(!done.has_value());
    BOOST_TEST(done.error().kind == IoError::Kind::timeout);
    BOOST_TEST(done.error().text == "zero: still busy");
    BOOST_CHECK(rig.clock.time >= SimTime{1s});
}

BOOST_AUTO_TEST_CASE(span_is_adjusted_behind_the_unlock_code) {
    Rig rig;
    rig.station.registers[decimals] = 1;
    BOOST_TEST(rig.indicator.read().has_value());
    std::vector<std::pair<int, std::int32_t>> commands;
    rig.station.onWrite = [&](int) {
        commands.emplace_back(rig.station.registers[commandCode], rig.station.get32(parameter));
        rig.station.registers[commandState] = 1;
    };
    BOOST_TEST(rig.indicator.adjustSpan(ExactMass::kg(20'000)).has_value());
    BOOST_CHECK((commands == std::vector<std::pair<int, std::int32_t>>{{32, 539}, {17, 200'000}}));
}

BOOST_AUTO_TEST_CASE(parameter_and_command_apart_are_two_writes) {
    Rig rig;
    rig.profile().commandStyles.at("code").parameter = CommandStyle::Order::before;
    rig.profile().fields.at("command").address = 25;
    BOOST_TEST(rig.indicator.adjustSpan(ExactMass::kg(20'000)).has_value());
    BOOST_TEST(rig.station.requests.at(0) == framed({1, 0x10, 0, 20, 0, 2, 4, 0, 0, 2, 27}),
               boost::test_tools::per_element());
    BOOST_TEST(rig.station.requests.at(1) == framed({1, 0x10, 0, 25, 0, 1, 2, 0, 32}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
