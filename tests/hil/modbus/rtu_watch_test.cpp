// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/rtu_watch.h
#include "hil/modbus/rtu_watch.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/modbus_frame.h"

using namespace jh;
using namespace jh::test;

namespace {

using Kind = HeardFrame::Kind;
const Bytes ask = rtu(1, {0x03, 0, 6, 0, 2}), told = rtu(1, {0x03, 4, 8, 0, 0, 1});
const RtuTiming timing = rtuTiming(9600, 11);

std::vector<HeardFrame> heard(const std::vector<Bytes>& lumps, SimTime between,
                              SimTime latency = {}) {
    RtuWatch watch{timing, latency};
    std::vector<HeardFrame> frames;
    SimTime now = 1s;
    for (const Bytes& lump : lumps) {
        now += timing.character * static_cast<std::int64_t>(lump.size()) + between;
        watch.feed(now, lump);
        while (auto frame = watch.poll(now)) frames.push_back(*frame);
    }
    while (auto frame = watch.poll(now + 1s)) frames.push_back(*frame);
    return frames;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rtu_watch)

BOOST_AUTO_TEST_CASE(silence_separates_frames_and_is_measured) {
    const auto frames = heard({ask, told}, 5ms);
    BOOST_REQUIRE(frames.size() == 2U);
    BOOST_TEST((frames[0].kind == Kind::whole && frames[0].bytes == ask));
    BOOST_TEST((frames[1].kind == Kind::whole && frames[1].bytes == told));
    BOOST_TEST((frames[1].begin - frames[0].end == SimTime{5ms}));
    BOOST_TEST((frames[0].end - frames[0].begin == timing.character * 8));
}

BOOST_AUTO_TEST_CASE(a_lump_of_several_frames_is_taken_apart) {
    const auto frames = heard({joined({ask, told, ask})}, 5ms);
    BOOST_REQUIRE(frames.size() == 3U);
    BOOST_TEST((frames[1].bytes == told));
    BOOST_TEST((frames[1].begin == frames[0].end));
}

BOOST_AUTO_TEST_CASE(whole_frames_are_found_between_damage) {
    Bytes broken = told;
    broken.back() ^= 1;
    const auto frames = heard({joined({{0xFF, 0xFE}, ask, broken})}, 5ms);
    BOOST_REQUIRE(frames.size() == 3U);
    BOOST_TEST((frames[0].kind == Kind::noise && frames[0].bytes == Bytes{0xFF, 0xFE}));
    BOOST_TEST((frames[1].kind == Kind::whole && frames[1].bytes == ask));
    BOOST_TEST((frames[2].kind == Kind::damaged && frames[2].bytes == broken));
}

BOOST_AUTO_TEST_CASE(an_adapter_may_hold_half_a_frame_back) {
    const Bytes front{told.begin(), told.begin() + 4}, rest{told.begin() + 4, told.end()};
    const auto whole = heard({front, rest}, 10ms, 20ms);
    BOOST_REQUIRE(whole.size() == 1U);
    BOOST_TEST((whole[0].bytes == told));
    BOOST_TEST(whole[0].longestGapCharacters > 1.5);
    BOOST_TEST(heard({front, rest}, 10ms).size() == 2U);
}

BOOST_AUTO_TEST_CASE(chatter_without_end_is_cut) {
    const auto frames = heard({Bytes(5000, 0x55)}, 5ms);
    std::size_t bytes = 0;
    for (const auto& frame : frames) bytes += frame.bytes.size();
    BOOST_TEST(bytes == 5000U);
    BOOST_TEST(frames.size() > 1U);
}

BOOST_AUTO_TEST_SUITE_END()
