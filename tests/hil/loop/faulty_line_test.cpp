// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/faulty_line.h
#include "hil/loop/faulty_line.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/printers.h"
#include "tests/support/register_station.h"

using namespace jh;
using namespace jh::test;

namespace {

struct PlainClock final : Clock {
    SimTime time{};
    SimTime now() const override { return time; }
    Expected<void, IoError> waitUntil(SimTime t) override {
        time = std::max(time, t);
        return {};
    }
};

struct Rig {
    explicit Rig(LineFault fault) : faults{LineFaults::make({fault}, LineWire::rtu, 1).value()} {
        station.registers[0] = 4711;
    }
    PlainClock clock;
    RegisterStation station;
    LineFaults faults;
    FaultyLine line{station, faults, clock, 4ms};
    RtuClient client{line, 1, 500ms};
};

LineFault faultOf(LineFaultKind kind) {
    LineFault fault;
    fault.what = std::move(kind);
    return fault;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(faulty_line)

BOOST_AUTO_TEST_CASE(silence_is_a_time_out_in_virtual_time) {
    Rig rig{faultOf(line_fault::NoReply{})};
    BOOST_TEST(rig.client.read(0, 1).error().kind == IoError::Kind::timeout);
    BOOST_CHECK(rig.clock.time == SimTime{500ms});
}

BOOST_AUTO_TEST_CASE(a_wrong_crc_is_no_reading) {
    Rig rig{faultOf(line_fault::WrongCrc{})};
    BOOST_TEST(rig.client.read(0, 1).error().kind == IoError::Kind::protocol);
}

BOOST_AUTO_TEST_CASE(outside_its_time_nothing_is_wrong) {
    LineFault fault = faultOf(line_fault::NoReply{});
    fault.from = 10s;
    fault.until = 20s;
    Rig rig{fault};
    BOOST_TEST(rig.client.read(0, 1).value().front() == 4711);
    rig.clock.time = 15s;
    BOOST_TEST(!rig.client.read(0, 1).has_value());
    rig.clock.time = 25s;
    BOOST_TEST(rig.client.read(0, 1).value().front() == 4711);
}

BOOST_AUTO_TEST_SUITE_END()
