// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/ad7190.h
#include "firmware-bridge/adc/ad7190.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "chip_bench.h"

using namespace jh;

namespace {

/// SPI mode 3 as the data sheet shows it: SCLK rests high, DOUT is taken with its rising edge.
struct Ad7190Board : ChipBench {
    explicit Ad7190Board(int rate_Hz = 50) : ChipBench{std::make_unique<Ad7190>(rate_Hz), rate_Hz} {
        set("CS", false);
    }

    bool ready() const { return !get("DOUT/RDY"); }
    std::uint32_t clock(std::uint32_t out, int bits) {
        std::uint32_t in = 0;
        for (int i = bits - 1; i >= 0; --i) {
            set("SCLK", false);
            set("DIN", (out >> i & 1U) != 0);
            wait(100ns);
            set("SCLK", true);
            in = in << 1 | (get("DOUT/RDY") ? 1U : 0U);
            wait(100ns);
        }
        return in;
    }
    void write(unsigned address, std::uint32_t value, int bits = 24) {
        clock(address << 3, 8);
        clock(value, bits);
    }
    std::uint32_t readRegister(unsigned address, int bits = 24) {
        clock(0x40 | address << 3, 8);
        return clock(0, bits);
    }
    void resetChip() {
        for (int i = 0; i < 5; ++i) clock(0xFF, 8);
        wait(500us);
    }
    /// Gain 128, bipolar, AIN1-AIN2, continuous conversion at 50 Hz.
    std::int64_t data() { return static_cast<std::int64_t>(readRegister(3)) - 0x800000; }
    SimTime waitReady() {
        const SimTime from = now;
        while (!ready() && now < from + 2s) wait(10us);
        return now - from;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ad7190)

BOOST_AUTO_TEST_CASE(every_code_comes_out_in_offset_binary_and_err_at_the_ends) {
    Ad7190Board board;
    board.resetChip();
    board.waitUntil(101ms);
    board.data();
    for (const auto& c : codeCases()) {
        board.code = c.code;
        board.waitConversion();
        BOOST_REQUIRE(board.ready());
        const std::uint32_t status = board.readRegister(0, 8);
        BOOST_TEST(status == (c.code == c.limited ? 0U : 0x40U));
        BOOST_TEST(board.data() == c.limited);
        BOOST_TEST(!board.ready());
    }
    BOOST_TEST(board.chip->taken() == board.chip->converted());
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(registers_have_their_widths_and_defaults) {
    Ad7190Board board;
    BOOST_TEST(board.readRegister(0, 8) == 0x80U);
    BOOST_TEST(board.readRegister(1) == 0x080060U);
    BOOST_TEST(board.readRegister(2) == 0x000117U);
    BOOST_TEST((board.readRegister(4, 8) & 0x0F) == 4U);
    BOOST_TEST(board.readRegister(5, 8) == 0U);
    BOOST_TEST(board.readRegister(6) == 0x800000U);
    BOOST_TEST((board.readRegister(7) & 0xF00000U) == 0x500000U);
    board.write(1, 0x0803FF);
    board.write(2, 0x000210);
    board.write(5, 0x5A, 8);
    board.write(6, 0x800123);
    board.write(7, 0x543210);
    BOOST_TEST(board.readRegister(1) == 0x0803FFU);
    BOOST_TEST(board.readRegister(2) == 0x000210U);
    BOOST_TEST(board.readRegister(5, 8) == 0x5AU);
    BOOST_TEST(board.readRegister(6) == 0x800123U);
    BOOST_TEST(board.readRegister(7) == 0x543210U);
    BOOST_TEST(board.notices().empty());
    board.clock(0x20, 8);  // the id
    BOOST_TEST(board.said("can only be read"));
}

BOOST_AUTO_TEST_CASE(forty_ones_reset_and_bring_the_port_back) {
    for (const int slipped : {1, 5, 8, 12, 23}) {
        BOOST_TEST_CONTEXT(slipped << " bits slipped") {
            Ad7190Board board;
            board.write(1, 0x0803FF);
            board.clock(0x08, 8);
            board.clock(0, slipped);
            board.resetChip();
            BOOST_TEST(board.readRegister(1) == 0x080060U);
        }
    }
    Ad7190Board board;
    board.write(1, 0x080200);
    for (int i = 0; i < 39; ++i) board.clock(1, 1);
    BOOST_TEST(board.readRegister(1) == 0x080200U);
    for (int i = 0; i < 40; ++i) board.clock(1, 1);
    BOOST_TEST(board.readRegister(1) == 0x080060U);
}

BOOST_AUTO_TEST_CASE(gain_scales_the_code) {
    struct {
        std::uint32_t bits;
        std::int64_t code;
    } cases[] = {{7, 4160}, {6, 2080}, {5, 1040}, {4, 520}, {3, 260}, {0, 33}};  // 32.5
    for (const std::int64_t sign : {1, -1}) {
        Ad7190Board board;
        board.code = sign * 4160;
        for (const auto& c : cases) {
            board.write(2, 0x000110U | c.bits);
            BOOST_TEST(!board.ready());
            board.waitReady();
            BOOST_TEST(board.data() == sign * c.code);
        }
    }
    Ad7190Board board;
    board.write(2, 0x000111);
    BOOST_TEST(board.said("a gain that there is not"));
}

BOOST_AUTO_TEST_CASE(unipolar_has_half_the_range_and_half_the_step) {
    Ad7190Board board;
    board.write(2, 0x00011F);
    for (const std::int64_t code : {0LL, 1001LL, 0x7FFFFFLL, 0x800000LL, -3LL}) {
        board.code = code;
        board.waitReady();
        board.readRegister(3);
        board.waitReady();
        const std::int64_t expected = std::clamp<std::int64_t>(2 * code, 0, 0xFFFFFF);
        BOOST_TEST(board.readRegister(0, 8) == (expected == 2 * code ? 0U : 0x40U));
        BOOST_TEST(board.readRegister(3) == static_cast<std::uint32_t>(expected));
    }
}

BOOST_AUTO_TEST_CASE(the_status_follows_the_data_when_asked) {
    Ad7190Board board;
    board.write(1, 0x180060);  // DAT_STA
    board.code = 0x123456;
    board.waitReady();
    BOOST_TEST(board.readRegister(3, 32) == (0x923456U << 8));
    board.code = -0x1000000;
    board.waitReady();
    BOOST_TEST(board.readRegister(3, 32) == 0x40U);
    board.write(2, 0x000217);  // AIN3-AIN4
    board.waitReady();
    BOOST_TEST(board.readRegister(3, 32) == 0x80000001U);
    BOOST_TEST(board.chip->taken() == 3U);
}

BOOST_AUTO_TEST_CASE(settling_follows_filter_and_mode) {
    struct {
        std::uint32_t mode, configuration;
        int conversions;
    } cases[] = {{0x080060, 0x000117, 4},   // sinc4
                 {0x088060, 0x000117, 3},   // sinc3
                 {0x080860, 0x000117, 1},   // zero latency
                 {0x080060, 0x800117, 2}};  // chop
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT(c.conversions << " conversions") {
            Ad7190Board board;
            board.write(2, c.configuration);
            board.waitUntil(200ms - 1us);
            board.write(1, c.mode);
            BOOST_TEST((board.now > 200ms));
            // in the middle of a conversion: that one and so many after it
            const SimTime took = board.waitReady();
            BOOST_TEST((took > c.conversions * SimTime{20ms}));
            BOOST_TEST((took <= (c.conversions + 1) * SimTime{20ms} + 10us));
            board.data();
            BOOST_TEST((board.waitReady() < 21ms));  // one by one after that
        }
    }
}

BOOST_AUTO_TEST_CASE(a_single_conversion_is_one) {
    Ad7190Board board;
    board.code = 42;
    board.write(1, 0x280060);
    const SimTime took = board.waitReady();
    BOOST_TEST((took >= 80ms && took < 101ms));
    board.code = 43;
    board.wait(500ms);
    BOOST_TEST(board.data() == 42);
    board.wait(500ms);
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.chip->converted() == 1U);
}

BOOST_AUTO_TEST_CASE(idle_and_power_down_give_nothing) {
    for (const std::uint32_t mode : {0x480060U, 0x680060U}) {
        Ad7190Board board;
        board.write(1, mode);
        board.wait(1s);
        BOOST_TEST(!board.ready());
        BOOST_TEST(board.chip->converted() == 0U);
        BOOST_TEST(board.readRegister(1) == mode);
    }
}

BOOST_AUTO_TEST_CASE(a_calibration_takes_its_time_and_ends_idle) {
    for (const std::uint32_t mode : {4U, 5U, 6U, 7U}) {
        Ad7190Board board;
        board.write(1, mode << 21 | 0x080060U);
        BOOST_TEST(board.notices().size() == (mode >= 6 ? 1U : 0U));
        const SimTime took = board.waitReady();
        BOOST_TEST((took >= 80ms - 20us && took <= 80ms + 20us));
        BOOST_TEST((board.readRegister(1) >> 21) == 2U);
        board.wait(1s);
        BOOST_TEST(board.chip->converted() == 0U);
        BOOST_TEST(board.readRegister(6) == 0x800000U);
    }
}

BOOST_AUTO_TEST_CASE(continuous_read_needs_no_command_and_58_ends_it) {
    Ad7190Board board;
    board.code = 1000;
    board.step = 1;
    board.clock(0x5C, 8);
    for (int i = 0; i < 4; ++i) {
        BOOST_TEST(board.clock(0, 3) == 7U);  // clocks before RDY do nothing
        board.waitReady();
        BOOST_TEST(static_cast<std::int64_t>(board.clock(0, 24)) - 0x800000 == board.codes.back());
        board.wait(1us);
        BOOST_TEST(!board.ready());
    }
    BOOST_TEST(board.chip->taken() == 4U);
    board.waitReady();
    board.clock(0x58, 8);
    BOOST_TEST(board.readRegister(1) == 0x080060U);
    BOOST_TEST(board.data() == board.codes.back());
    // A reset ends it as well.
    board.clock(0x5C, 8);
    board.waitReady();
    board.resetChip();
    BOOST_TEST(board.readRegister(1) == 0x080060U);
}

BOOST_AUTO_TEST_CASE(rdy_is_seen_with_cs_low_only) {
    Ad7190Board board;
    board.waitReady();
    board.set("CS", true);
    BOOST_TEST(!board.ready());
    board.clock(0xFF, 8);
    board.clock(0x00, 8);
    board.set("CS", false);
    BOOST_TEST(board.ready());
    BOOST_TEST(board.data() == 0);
}

BOOST_AUTO_TEST_CASE(the_last_bit_holds_10_ns) {
    Ad7190Board board;
    board.code = 0;  // ends in a 0, and RDY is high after it
    board.waitReady();
    board.clock(0x58, 8);
    board.clock(0, 23);
    board.set("SCLK", false);
    board.wait(100ns);
    board.set("SCLK", true);
    board.wait(9ns);
    BOOST_TEST(!board.get("DOUT/RDY"));
    board.wait(1ns);
    BOOST_TEST(board.get("DOUT/RDY"));
}

BOOST_AUTO_TEST_CASE(a_filter_word_for_another_rate_is_told_once_per_change) {
    struct {
        std::uint32_t mode, configuration;
        const char* rate;
    } cases[] = {{0x0801E0, 0x000117, nullptr},  // 10 Hz
                 {0x080060, 0x000117, "50.048 Hz"},
                 {0x0803FF, 0x000117, "4.696 Hz"},     // 4.7 Hz of the data sheet
                 {0x080001, 0x000117, "4804.687 Hz"},  // 4.8 kHz
                 {0x080078, 0x800117, nullptr},        // 40 Hz by chop: 10 Hz
                 {0x088878, 0x000117, "13.346 Hz"}};   // 40 Hz, sinc3, zero latency
    Ad7190Board board{10};
    for (const auto& c : cases) {
        board.write(1, 0x480060);
        board.write(2, c.configuration);
        board.write(1, c.mode);
        board.wait(1s);
        BOOST_TEST_CONTEXT(c.mode) {
            if (c.rate) {
                BOOST_TEST(board.said(std::string("rate set to ") + c.rate));
            } else {
                BOOST_TEST(board.notices().empty());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_conversion_during_a_read_does_not_touch_the_word) {
    for (SimTime into = 1650ns; into < 6400ns; into += 50ns) {
        BOOST_TEST_CONTEXT(into.count() << " ns into the read") {
            Ad7190Board board;
            board.code = 0x2AAAAA;
            board.waitReady();
            board.code = -0x2AAAAB;
            board.nextConversion = board.now + into;
            BOOST_TEST(board.data() == 0x2AAAAA);
            board.wait(1us);
            BOOST_TEST(board.ready());
            BOOST_TEST(board.data() == -0x2AAAAB);
            BOOST_TEST(board.chip->taken() == 2U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_the_newest_and_a_second_read_is_not_counted) {
    Ad7190Board board;
    board.step = 1;
    board.waitUntil(1s + 1ms);
    BOOST_TEST(board.data() == 49);
    BOOST_TEST(board.chip->converted() - board.chip->taken() == board.chip->converted() - 1);
    BOOST_TEST(board.chip->converted() == 47U);
    BOOST_TEST(board.data() == 49);
    BOOST_TEST(board.chip->taken() == 1U);
}

BOOST_AUTO_TEST_CASE(reading_at_any_time_never_mixes_words) {
    BOOST_TEST(holds("each word was converted, none comes twice", [] {
        Ad7190Board board;
        board.code = *rc::gen::inRange<std::int64_t>(-0x800000, 0);
        board.step = *rc::gen::inRange<std::int64_t>(1, 0xFFFF);
        board.wait(100ms);
        std::int64_t last = -0x800001;
        std::uint64_t got = 0;
        for (int i = 0; i < 12; ++i) {
            board.wait(SimTime{*rc::gen::inRange<std::int64_t>(0, 60'000'000)});
            if (!board.ready()) continue;
            const std::int64_t word = board.data();
            RC_ASSERT(word > last);
            RC_ASSERT(std::find(board.codes.begin(), board.codes.end(), word) != board.codes.end());
            last = word;
            ++got;
        }
        RC_ASSERT(board.chip->taken() == got);
    }));
}

BOOST_AUTO_TEST_CASE(power_on_starts_anew_and_the_hash_tells_states_apart) {
    Ad7190Board a, b;
    BOOST_TEST(a.hash() == b.hash());
    b.write(5, 1, 8);
    a.wait(b.now);
    a.chip->advanceTo(a.now);
    BOOST_TEST(a.hash() != b.hash());
    b.waitReady();
    b.chip->powerOn(b.now);
    BOOST_TEST(!b.ready());
    BOOST_TEST(b.chip->converted() == 0U);
    BOOST_TEST(b.readRegister(5, 8) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
