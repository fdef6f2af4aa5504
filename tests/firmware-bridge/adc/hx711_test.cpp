// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/hx711.h
#include "firmware-bridge/adc/hx711.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "chip_bench.h"

using namespace jh;

namespace {

/// Reads as the data sheet shows it: PD_SCK 1 us high, 1 us low, DOUT taken before it falls.
struct Hx711Board : ChipBench {
    explicit Hx711Board(int rate_Hz = 10) : ChipBench{std::make_unique<Hx711>(rate_Hz), rate_Hz} {}

    bool ready() const { return !get("DOUT"); }
    bool pulse() {
        set("PD_SCK", true);
        wait(1us);
        const bool bit = get("DOUT");
        set("PD_SCK", false);
        wait(1us);
        return bit;
    }
    std::int64_t read(int pulses = 25) {
        std::uint32_t word = 0;
        for (int i = 0; i < pulses; ++i) {
            const bool bit = pulse();
            if (i < 24) word = word << 1 | (bit ? 1U : 0U);
        }
        return signed24(word);
    }
    /// Until DOUT falls; the time that took.
    SimTime waitReady() {
        const SimTime from = now;
        while (!ready() && now < from + 2s) wait(1us);
        return now - from;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hx711)

BOOST_AUTO_TEST_CASE(every_code_comes_out) {
    Hx711Board board{80};
    board.waitUntil(50ms);
    for (const auto& c : codeCases()) {
        board.code = c.code;
        board.waitConversion();
        BOOST_REQUIRE(board.ready());
        BOOST_TEST(board.read() == c.limited);
        BOOST_TEST(!board.ready());
    }
    BOOST_TEST(board.notices().empty());
    BOOST_TEST(board.chip->converted() == board.chip->taken() + 1);  // the one at 50 ms
}

BOOST_AUTO_TEST_CASE(data_are_valid_100_ns_after_the_rising_edge) {
    Hx711Board board;
    board.code = -1;  // all ones
    board.waitUntil(400ms);
    board.set("PD_SCK", true);
    board.wait(99ns);
    BOOST_TEST(!board.get("DOUT"));
    board.wait(1ns);
    BOOST_TEST(board.get("DOUT"));
}

BOOST_AUTO_TEST_CASE(settles_400_ms_at_10_and_50_ms_at_80) {
    Hx711Board slow;
    slow.waitUntil(399'999'999ns);
    BOOST_TEST(!slow.ready());
    slow.wait(1ns);
    BOOST_TEST(slow.ready());
    BOOST_TEST(slow.chip->converted() == 1U);
    Hx711Board fast{80};
    fast.waitUntil(49'999'999ns);
    BOOST_TEST(!fast.ready());
    fast.wait(1ns);
    BOOST_TEST(fast.ready());
}

BOOST_AUTO_TEST_CASE(pulses_choose_the_input_of_the_next_conversion) {
    struct {
        int pulses;
        std::int64_t code;
    } cases[] = {{25, 1001}, {26, 0}, {27, 501}, {27, 501}, {25, 1001}};  // 500.5: away from zero
    Hx711Board board;
    board.code = 1001;
    board.waitUntil(410ms);
    int before = 25;
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT(c.pulses << " pulses after " << before) {
            const std::int64_t old = before == 25 ? 1001 : before == 26 ? 0 : 501;
            BOOST_TEST(board.read(c.pulses) == old);
            BOOST_TEST(!board.ready());
            // The same input goes on, another one settles for 400 ms first.
            const SimTime took = board.waitReady();
            BOOST_TEST(((took > 350ms) == (c.pulses != before)));
            BOOST_TEST((took < 501ms));
            BOOST_TEST(board.read(c.pulses) == c.code);
            board.waitReady();
            before = c.pulses;
        }
    }
    board.code = -1001;
    board.read(27);
    board.waitReady();
    BOOST_TEST(board.read(27) == -501);
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(any_other_number_of_pulses_is_told_and_changes_nothing) {
    for (const int pulses : {1, 23, 24, 28, 30}) {
        BOOST_TEST_CONTEXT(pulses << " pulses") {
            Hx711Board board{80};
            board.code = 1001;
            board.step = 1;
            board.waitUntil(51ms);
            board.read(27);
            board.waitReady();
            const std::int64_t gain64 = board.read(27);
            BOOST_TEST(gain64 == (board.codes.back() + 1) / 2);
            board.waitReady();
            board.read(pulses);
            BOOST_TEST(board.notices().empty());
            board.waitConversion();
            board.waitConversion();
            BOOST_TEST(board.said("a read of " + std::to_string(pulses) + " pulses"));
            BOOST_TEST(board.ready());
            BOOST_TEST(board.read(27) == (board.codes.back() + 1) / 2);
        }
    }
}

BOOST_AUTO_TEST_CASE(clock_high_for_more_than_60_us_powers_down) {
    for (const bool beyond : {false, true}) {
        Hx711Board board{80};
        board.code = 0x123456;
        board.waitUntil(51ms);
        for (int i = 0; i < 11; ++i) board.pulse();
        board.set("PD_SCK", true);
        board.wait(beyond ? 60'001ns : 60us);
        const bool bit = board.get("DOUT");
        board.set("PD_SCK", false);
        board.wait(1us);
        if (beyond) {
            BOOST_TEST(bit);
            BOOST_TEST(board.said("powered down in the middle of a read, at pulse 12"));
            BOOST_TEST(board.chip->taken() == 0U);
            const SimTime released = board.now;
            board.waitReady();
            BOOST_TEST((board.now - released >= 50ms - 1us));
            BOOST_TEST((board.now - released <= 63ms));
            BOOST_TEST(board.read() == 0x123456);
        } else {
            std::uint32_t rest = 0;
            for (int i = 12; i < 24; ++i) rest = rest << 1 | (board.pulse() ? 1U : 0U);
            BOOST_TEST(rest == 0x456U);
            BOOST_TEST(bit);  // the twelfth of 0x123456
            BOOST_TEST(board.notices().empty());
            BOOST_TEST(board.chip->taken() == 1U);
        }
    }
}

BOOST_AUTO_TEST_CASE(power_down_resets_to_channel_a_at_128) {
    Hx711Board board;
    board.code = 1000;
    board.waitUntil(410ms);
    board.read(26);
    board.waitReady();
    BOOST_TEST(board.read(26) == 0);
    board.set("PD_SCK", true);
    const std::uint64_t before = board.chip->converted();
    board.wait(3s);
    BOOST_TEST(board.chip->converted() == before);  // asleep
    BOOST_TEST(board.get("DOUT"));
    board.set("PD_SCK", false);
    board.waitReady();
    BOOST_TEST(board.read() == 1000);
    BOOST_TEST(board.notices().empty());  // no read was cut
}

BOOST_AUTO_TEST_CASE(a_conversion_during_a_read_does_not_touch_the_word) {
    for (SimTime into = 0ns; into < 52us; into += 500ns) {
        BOOST_TEST_CONTEXT(into.count() << " ns into the read") {
            Hx711Board board{80};
            board.code = 0x2AAAAA;
            board.waitUntil(51ms);
            board.code = -0x2AAAAB;
            board.nextConversion = board.now + into;
            const bool atOnce = into == 0ns;
            const std::int64_t word = board.read();
            BOOST_TEST((word == 0x2AAAAA || (atOnce && word == -0x2AAAAB)));
            board.wait(100us);
            BOOST_TEST(board.ready());
            BOOST_TEST(board.read() == -0x2AAAAB);
            BOOST_TEST(board.notices().empty());
            BOOST_TEST(board.chip->taken() == 2U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_read_while_busy_gives_ones) {
    Hx711Board board;
    board.wait(100ms);
    BOOST_TEST(board.read() == -1);
    BOOST_TEST(board.said("no data are ready"));
    BOOST_TEST(board.chip->taken() == 0U);
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_the_newest_and_misses_the_rest) {
    Hx711Board board;
    board.step = 1;
    board.waitUntil(2s + 1ms);
    BOOST_TEST(board.chip->converted() == 17U);
    BOOST_TEST(board.read() == 19);
    BOOST_TEST(board.chip->converted() - board.chip->taken() == 16U);
}

BOOST_AUTO_TEST_CASE(an_unread_conversion_lifts_the_line_before_the_next) {
    Hx711Board board;
    board.waitUntil(500ms);
    BOOST_TEST(!board.ready());
    board.wait(1ms);
    BOOST_TEST(board.ready());
}

BOOST_AUTO_TEST_CASE(another_rate_than_the_bench_s_is_told_once_per_change) {
    Hx711Board board;
    BOOST_TEST(board.get("DOUT"));
    board.set("RATE", true);
    BOOST_TEST(board.said("rate set to 80 Hz, the bench converts at 10 Hz"));
    board.set("RATE", true);
    board.set("RATE", false);
    BOOST_TEST(board.notices().empty());
    Hx711Board odd{40};
    BOOST_TEST(odd.said("the bench converts at 40 Hz"));
}

BOOST_AUTO_TEST_CASE(reading_at_any_time_never_mixes_words) {
    BOOST_TEST(holds("each word was converted, none comes twice", [] {
        Hx711Board board{80};
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
        RC_ASSERT(board.chip->converted() >= got);
        RC_ASSERT(board.chip->converted() <= board.codes.size());
        RC_ASSERT(board.notices().empty());
    }));
}

BOOST_AUTO_TEST_CASE(power_on_starts_anew_and_the_hash_tells_states_apart) {
    Hx711Board a, b;
    a.waitUntil(410ms);
    b.waitUntil(410ms);
    BOOST_TEST(a.hash() == b.hash());
    a.read();
    b.wait(50us);
    BOOST_TEST(a.hash() != b.hash());
    a.chip->powerOn(a.now);
    BOOST_TEST(a.chip->converted() == 0U);
    BOOST_TEST(!a.ready());
    BOOST_TEST((a.waitReady() >= 400ms));
}

BOOST_AUTO_TEST_SUITE_END()
