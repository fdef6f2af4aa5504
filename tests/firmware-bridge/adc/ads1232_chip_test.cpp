// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/ads1232_chip.h
#include "firmware-bridge/adc/ads1232_chip.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "chip_bench.h"

using namespace jh;

namespace {

/// Reads as the data sheet shows it: 100 ns and more each way, DRDY/DOUT taken after SCLK fell.
struct Ads1232Board : ChipBench {
    explicit Ads1232Board(int rate_Hz = 10)
        : ChipBench{std::make_unique<Ads1232Chip>(rate_Hz), rate_Hz} {}

    bool ready() const { return !get("DRDY/DOUT"); }
    bool pulse() {
        set("SCLK", true);
        wait(200ns);
        set("SCLK", false);
        wait(200ns);
        return get("DRDY/DOUT");
    }
    std::int64_t read(int pulses = 25) {
        std::uint32_t word = 0;
        for (int i = 0; i < pulses; ++i) {
            const bool bit = pulse();
            if (i < 24) word = word << 1 | (bit ? 1U : 0U);
        }
        return signed24(word);
    }
    SimTime waitReady() {
        const SimTime from = now;
        while (!ready() && now < from + 3s) wait(1us);
        return now - from;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ads1232_chip)

BOOST_AUTO_TEST_CASE(every_code_comes_out) {
    Ads1232Board board{80};
    board.waitUntil(50ms);
    for (const auto& c : codeCases()) {
        board.code = c.code;
        board.waitConversion();
        BOOST_REQUIRE(board.ready());
        BOOST_TEST(board.read() == c.limited);
        BOOST_TEST(!board.ready());
    }
    BOOST_TEST(board.notices().empty());
    BOOST_TEST(board.chip->converted() == board.chip->taken() + 1);
}

BOOST_AUTO_TEST_CASE(after_24_clocks_the_line_stays_at_the_last_bit_and_a_25th_lifts_it) {
    Ads1232Board board;
    board.code = 0x123456;
    board.step = 2;
    board.waitUntil(401ms);
    BOOST_TEST(board.read(24) == 0x123456 + 6);
    BOOST_TEST(!board.get("DRDY/DOUT"));
    board.pulse();
    BOOST_TEST(board.get("DRDY/DOUT"));
    // Who never sends the 25th gets every conversion all the same.
    for (int i = 0; i < 3; ++i) {
        board.waitConversion();
        BOOST_TEST(board.read(24) == board.codes.back());
    }
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(gain_pins_scale_the_code_and_the_filter_settles) {
    struct {
        bool gain1, gain0;
        std::int64_t code;
    } cases[] = {{false, false, 7}, {false, true, 14}, {true, false, 449}, {true, true, 897}};
    for (const std::int64_t sign : {1, -1}) {
        Ads1232Board board;
        board.code = sign * 897;  // 7.008, 14.02, 448.5
        board.waitUntil(450ms);
        for (const auto& c : cases) {
            board.set("GAIN1", c.gain1);
            board.set("GAIN0", c.gain0);
            BOOST_TEST(!board.ready());
            const std::uint64_t before = board.chip->converted();
            board.wait(399ms);  // in the middle of a conversion: four ended
            BOOST_TEST(board.chip->converted() == before);
            BOOST_TEST((board.waitReady() < 101ms));
            BOOST_TEST(board.read() == sign * c.code);
            board.wait(50ms);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_change_of_speed_settles_and_is_told) {
    Ads1232Board board{80};
    board.waitUntil(60ms);
    BOOST_TEST(board.ready());
    board.set("SPEED", false);
    BOOST_TEST(board.said("rate set to 10 Hz, the bench converts at 80 Hz"));
    BOOST_TEST(!board.ready());
    const SimTime slow = board.waitReady();
    BOOST_TEST((slow >= 400ms && slow < 413ms));
    board.set("SPEED", true);
    BOOST_TEST(board.notices().empty());
    const SimTime fast = board.waitReady();
    BOOST_TEST((fast >= 50ms && fast < 63ms));
}

BOOST_AUTO_TEST_CASE(the_26th_clock_calibrates) {
    struct {
        int rate_Hz;
        SimTime least;
        int more;  // clocks during the calibration; they do nothing
    } cases[] = {{10, 801'020us, 0}, {80, 101'280us, 0}, {80, 101'280us, 24}};
    for (const auto& c : cases) {
        Ads1232Board board{c.rate_Hz};
        board.code = 4711;
        board.waitUntil(450ms);
        BOOST_TEST(board.read(25) == 4711);
        board.set("SCLK", true);
        const SimTime start = board.now;
        board.wait(1us);
        board.set("SCLK", false);
        board.read(c.more);
        const SimTime took = board.waitReady();
        BOOST_TEST((board.now - start >= c.least));
        BOOST_TEST((board.now - start < c.least + board.period + 2us));
        BOOST_TEST((took > 0s));
        BOOST_TEST(board.read() == 4711);
        BOOST_TEST(board.chip->taken() == 2U);
        BOOST_TEST(board.notices().empty());
    }
}

BOOST_AUTO_TEST_CASE(power_down_is_off_and_settles_after) {
    Ads1232Board board;
    board.code = 99;
    board.waitUntil(450ms);
    board.set("PDWN", false);
    BOOST_TEST(!board.ready());
    board.wait(1s);
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.chip->converted() == 1U);
    BOOST_TEST(board.read() == -1);
    board.set("PDWN", true);
    const SimTime took = board.waitReady();
    BOOST_TEST((took >= 400ms && took < 501ms));
    BOOST_TEST(board.read() == 99);
    BOOST_TEST(board.notices().empty());
    board.set("PDWN", false);
    board.wait(25us);
    board.set("PDWN", true);
    BOOST_TEST(board.said("less than 26 us"));
    board.set("PDWN", false);
    board.wait(26us);
    board.set("PDWN", true);
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(clock_high_for_a_conversion_time_is_standby) {
    for (const bool beyond : {false, true}) {
        Ads1232Board board;
        board.code = 99;
        board.waitUntil(401ms);
        board.nextConversion = 10s;
        board.set("SCLK", true);
        board.wait(beyond ? 100ms : 99'999'999ns);
        BOOST_TEST(board.get("DRDY/DOUT") == beyond);  // 99: the first bit is 0
        board.nextConversion = board.now + 50ms;
        board.set("SCLK", false);
        board.wait(60ms);
        const std::uint64_t converted = board.chip->converted();
        BOOST_TEST(converted == (beyond ? 1U : 2U));
        if (!beyond) continue;
        const SimTime took = board.waitReady() + 60ms;
        BOOST_TEST((took >= 400ms && took < 501ms));
        BOOST_TEST(board.read() == 99);
        BOOST_TEST(board.notices().empty());
    }
    Ads1232Board cut;
    cut.waitUntil(401ms);
    cut.pulse();
    cut.set("SCLK", true);
    cut.wait(1s);
    BOOST_TEST(cut.said("standby in the middle of a read, at pulse 2"));
    BOOST_TEST(cut.chip->converted() == 2U);  // 100 ms on, just before it slept; then none
}

BOOST_AUTO_TEST_CASE(a_conversion_during_a_read_does_not_touch_the_word) {
    for (SimTime into = 100ns; into < 10us; into += 100ns) {
        BOOST_TEST_CONTEXT(into.count() << " ns into the read") {
            Ads1232Board board{80};
            board.code = 0x2AAAAA;
            board.waitUntil(51ms);
            board.code = -0x2AAAAB;
            board.nextConversion = board.now + into;
            BOOST_TEST(board.read() == 0x2AAAAA);
            board.wait(100us);
            BOOST_TEST(board.ready());
            BOOST_TEST(board.read() == -0x2AAAAB);
            BOOST_TEST(board.chip->taken() == 2U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_read_that_is_left_is_over_with_the_second_conversion) {
    Ads1232Board board;
    board.code = 0x400000;
    board.step = 1;
    board.waitUntil(401ms);
    for (int i = 0; i < 7; ++i) board.pulse();
    board.waitConversion();
    BOOST_TEST(board.chip->converted() == 2U);
    board.waitConversion();
    BOOST_TEST(board.ready());
    BOOST_TEST(board.read() == board.codes.back());
    BOOST_TEST(board.chip->converted() - board.chip->taken() == 2U);
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_the_newest_and_sees_39_us_of_high_before) {
    Ads1232Board board;
    board.step = 1;
    board.waitUntil(500ms);
    BOOST_TEST(!board.ready());
    board.wait(38'999ns);
    BOOST_TEST(!board.ready());
    board.wait(1ns);
    BOOST_TEST(board.ready());
    board.waitUntil(2s + 1ms);
    BOOST_TEST(board.read() == 19);
    BOOST_TEST(board.chip->converted() - board.chip->taken() == 16U);
}

BOOST_AUTO_TEST_CASE(a_read_while_busy_gives_ones) {
    Ads1232Board board;
    board.wait(100ms);
    BOOST_TEST(board.read() == -1);
    BOOST_TEST(board.said("no data are ready"));
    BOOST_TEST(board.chip->taken() == 0U);
}

BOOST_AUTO_TEST_CASE(reading_at_any_time_never_mixes_words) {
    BOOST_TEST(holds("each word was converted, none comes twice", [] {
        Ads1232Board board{80};
        board.code = *rc::gen::inRange<std::int64_t>(-0x800000, 0);
        board.step = *rc::gen::inRange<std::int64_t>(1, 0xFFFF);
        std::int64_t last = -0x800001;
        std::uint64_t got = 0;
        for (int i = 0; i < 12; ++i) {
            board.wait(SimTime{*rc::gen::inRange<std::int64_t>(0, 40'000'000)});
            if (!board.ready()) continue;
            const std::int64_t word = board.read();
            RC_ASSERT(word > last);
            RC_ASSERT(std::find(board.codes.begin(), board.codes.end(), word) != board.codes.end());
            last = word;
            ++got;
        }
        RC_ASSERT(board.chip->taken() == got);
    }));
}

BOOST_AUTO_TEST_CASE(power_on_starts_anew_and_the_hash_tells_states_apart) {
    Ads1232Board a, b;
    a.waitUntil(410ms);
    b.waitUntil(410ms);
    BOOST_TEST(a.hash() == b.hash());
    b.set("GAIN0", false);
    BOOST_TEST(a.hash() != b.hash());
    a.chip->powerOn(a.now);
    BOOST_TEST(a.chip->converted() == 0U);
    BOOST_TEST((a.waitReady() >= 390ms));
}

BOOST_AUTO_TEST_SUITE_END()
