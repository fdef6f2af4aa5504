// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/virtual_bench.h
#include "hil/loop/virtual_bench.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/support/printers.h"
#include "tests/support/rtu_frame.h"
#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A character has 11 bits, start and stop bits included.
SimTime characters(double count) {
    constexpr double bits = 11.0, baud = 9600.0;
    return SimTime{std::llround(count * bits / baud * 1e9)};
}
/// The byte time is a whole number of nanoseconds; it adds up over a frame of this many.
constexpr SimTime rounding = SimTime{32};

bool near(SimTime a, SimTime b) {
    return a - b <= rounding && b - a <= rounding;
}

/// The 30 t scale with everything that goes over the wire.
struct SmallBench {
    explicit SmallBench(std::uint64_t seed = 1) : scenario{shipped("30t-jjg539-initial", seed)} {
        bench.onFrame = [this](const WireFrame& frame) { frames.push_back(frame); };
    }
    Scenario scenario;
    VirtualBench bench{simulatedBench(scenario)};
    RtuClient client{bench, scenario.indicator.station, scenario.indicator.replyTimeout};
    std::vector<WireFrame> frames;

    /// Some work: a load comes, ten readings are taken, the load goes.
    void work() {
        const Weight block{Length{3.0}, Length{0.5}, Mass{5000.0}};
        const auto ids = bench.plant().setDown({&block, 1}, 2s, 2s);
        for (int i = 1; i <= 10; ++i) {
            static_cast<void>(bench.waitUntil(i * 1s));
            static_cast<void>(client.read(0, 10));
        }
        bench.plant().lift(ids, 12s, 1s);
        static_cast<void>(bench.waitUntil(20s));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(virtual_bench)

BOOST_AUTO_TEST_CASE(frames_carry_the_right_crc) {
    SmallBench b;
    b.work();
    BOOST_REQUIRE_EQUAL(b.frames.size(), 20u);
    for (std::size_t i = 0; i < b.frames.size(); ++i) {
        BOOST_TEST(crcRight(b.frames[i].bytes));
        BOOST_TEST(b.frames[i].fromStation == (i % 2 == 1));
    }
    BOOST_TEST(b.frames[1].bytes.size() == 25u);  // station, function, count, 20 bytes, CRC
    Bytes broken = b.frames[1].bytes;
    broken[5] ^= 1;
    BOOST_TEST(!crcRight(broken));
}

BOOST_AUTO_TEST_CASE(a_byte_takes_eleven_bits_at_the_baud_rate) {
    SmallBench b;
    static_cast<void>(b.client.read(0, 10));
    BOOST_REQUIRE_EQUAL(b.frames.size(), 2u);
    // 8 characters of 1.1458 ms.
    BOOST_CHECK(near(b.frames[0].end - b.frames[0].start, characters(8)));
    BOOST_CHECK(near(b.frames[1].end - b.frames[1].start, characters(25)));
    BOOST_CHECK(b.frames[0].start == SimTime{});
}

BOOST_AUTO_TEST_CASE(three_and_a_half_characters_of_silence_part_the_frames) {
    SmallBench b;
    // Back to back, as fast as client and station can.
    for (int i = 0; i < 20; ++i) BOOST_TEST(b.client.read(0, 1 + i % 10).has_value());
    BOOST_REQUIRE_EQUAL(b.frames.size(), 40u);
    for (std::size_t i = 1; i < b.frames.size(); ++i) {
        BOOST_CHECK(b.frames[i].start - b.frames[i - 1].end >= characters(3.5));
    }
    // And no half second either: the station answers when it has understood.
    constexpr SimTime prompt = 50ms;
    for (std::size_t i = 1; i < b.frames.size(); i += 2) {
        BOOST_CHECK(b.frames[i].start - b.frames[i - 1].end < prompt);
    }
}

BOOST_AUTO_TEST_CASE(a_station_that_is_not_there_costs_the_time_out_in_virtual_time) {
    SmallBench b;
    RtuClient lost{b.bench, b.scenario.indicator.station + 8, 500ms};
    const auto answer = lost.read(0, 10);
    BOOST_REQUIRE(!answer.has_value());
    BOOST_TEST(answer.error().kind == IoError::Kind::timeout);
    BOOST_CHECK(near(b.bench.now(), characters(8) + SimTime{500ms}));
    BOOST_TEST(b.frames.size() == 1u);
    // The right one is still there.
    BOOST_TEST(b.client.read(0, 10).has_value());
}

BOOST_AUTO_TEST_CASE(waiting_ends_when_a_person_asks_to_stop) {
    SmallBench b;
    std::atomic<bool> stop{false};
    b.bench.stopRequested = &stop;
    BOOST_TEST(b.bench.waitUntil(1s).has_value());
    BOOST_CHECK(b.bench.now() == SimTime{1s});
    stop = true;
    const auto waited = b.bench.waitUntil(2s);
    BOOST_REQUIRE(!waited.has_value());
    BOOST_TEST(waited.error().kind == IoError::Kind::interrupted);
    BOOST_CHECK(b.bench.now() == SimTime{1s});
}

BOOST_AUTO_TEST_CASE(waiting_for_the_past_changes_nothing) {
    SmallBench b;
    BOOST_TEST(b.bench.waitUntil(3s).has_value());
    BOOST_TEST(b.bench.waitUntil(1s).has_value());
    BOOST_CHECK(b.bench.now() == SimTime{3s});
}

BOOST_AUTO_TEST_CASE(the_state_is_hashed_once_in_every_simulated_second) {
    SmallBench b;
    std::vector<SecondHash> heard;
    b.bench.onSecond = [&](const SecondHash& hash) { heard.push_back(hash); };
    BOOST_TEST(b.bench.waitUntil(999ms).has_value());
    BOOST_TEST(b.bench.secondHashes().empty());
    BOOST_TEST(b.bench.waitUntil(1s).has_value());
    BOOST_TEST(b.bench.secondHashes().size() == 1u);
    BOOST_TEST(b.bench.waitUntil(60s).has_value());
    BOOST_TEST(b.bench.secondHashes().size() == 60u);
    BOOST_CHECK(heard == b.bench.secondHashes());
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_bench_in_every_part) {
    SmallBench a, b, other{2};
    for (SmallBench* bench : {&a, &b, &other}) bench->work();
    const auto &as = a.bench.secondHashes(), &bs = b.bench.secondHashes(),
               &others = other.bench.secondHashes();
    BOOST_REQUIRE_EQUAL(as.size(), 20u);
    BOOST_CHECK(as == bs);
    for (std::size_t i = 0; i < as.size(); ++i) {
        BOOST_TEST(as[i].combined() == bs[i].combined());
        BOOST_TEST(as[i].combined() != others[i].combined());
    }
    // Every part shows its own: the noise differs by seed from the first second on, the frames not.
    BOOST_TEST(as[0].parts[3] != others[0].parts[3]);
    BOOST_TEST(a.frames.size() == other.frames.size());
    for (std::size_t i = 0; i < a.frames.size(); ++i)
        BOOST_CHECK(a.frames[i].bytes == b.frames[i].bytes);
}

BOOST_AUTO_TEST_CASE(the_converter_has_a_noise_of_its_own) {
    // The same plant twice; only the bench around it has another seed.
    const Scenario s = shipped("30t-jjg539-initial");
    const auto benchOf = [&s](std::uint64_t seed) {
        return VirtualBench{Plant{s.scale, s.site, 1}, Ads1232Model{}, newIndicator(s), seed};
    };
    VirtualBench one = benchOf(1), two = benchOf(2);
    BOOST_TEST((one.waitUntil(1s) && two.waitUntil(1s)));
    const SecondHash &a = one.secondHashes().at(0), &b = two.secondHashes().at(0);
    BOOST_TEST(a.parts[1] == b.parts[1]);  // cells
    BOOST_TEST(a.parts[3] != b.parts[3]);  // noise
    BOOST_TEST(a.parts[4] != b.parts[4]);  // firmware, which sees it
}

BOOST_AUTO_TEST_CASE(a_hash_sees_what_lies_on_the_deck) {
    SmallBench with, without;
    const Weight block{Length{3.0}, Length{0.5}, Mass{5000.0}};
    with.bench.plant().setDown({&block, 1}, 2s, 2s);
    for (SmallBench* b : {&with, &without}) static_cast<void>(b->bench.waitUntil(10s));
    const auto &a = with.bench.secondHashes(), &b = without.bench.secondHashes();
    BOOST_TEST(a[9].parts[0] != b[9].parts[0]);  // deck
    BOOST_TEST(a[9].parts[2] != b[9].parts[2]);  // loads
    BOOST_TEST(a[9].parts[3] == b[9].parts[3]);  // chance takes its own course
    BOOST_TEST(with.bench.truth()->onDeck == ExactMass::kg(5000));
    BOOST_TEST(without.bench.truth()->onDeck == ExactMass{});
}

BOOST_AUTO_TEST_CASE(stage_times_are_kept_only_when_asked_for) {
    SmallBench b;
    StageTimes times;
    b.bench.stageTimes = &times;
    b.work();
    for (const auto stage : {times.moving, times.resting, times.firmware, times.hashing}) {
        BOOST_TEST(stage.count() > 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
