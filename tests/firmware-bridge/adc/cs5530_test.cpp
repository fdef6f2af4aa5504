// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/cs5530.h
#include "firmware-bridge/adc/cs5530.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "chip_bench.h"

using namespace jh;

namespace {

using Kind = Cs5530::Kind;

/// Clocks bytes as the data sheet shows it: SDI set while SCLK is low, SDO taken as it rises.
struct Cs5530Board : ChipBench {
    explicit Cs5530Board(Kind kind = Kind::cs5530, int rate_Hz = 120)
        : ChipBench{std::make_unique<Cs5530>(kind, rate_Hz), rate_Hz} {
        set("CS", false);
    }

    bool ready() const { return !get("SDO"); }
    std::uint32_t clock(std::uint32_t out, int bits) {
        std::uint32_t in = 0;
        for (int i = bits - 1; i >= 0; --i) {
            set("SDI", (out >> i & 1U) != 0);
            wait(100ns);
            in = in << 1 | (get("SDO") ? 1U : 0U);
            set("SCLK", true);
            wait(100ns);
            set("SCLK", false);
        }
        return in;
    }
    void initPort(int syncs = 15) {
        for (int i = 0; i < syncs; ++i) clock(0xFF, 8);
        clock(0xFE, 8);
    }
    void write(std::uint32_t command, std::uint32_t value) {
        clock(command, 8);
        clock(value, 32);
    }
    std::uint32_t readRegister(std::uint32_t command) {
        clock(command, 8);
        return clock(0, 32);
    }
    void resetChip() {
        initPort();
        write(0x03, 0x20000000);
        wait(10us);
        write(0x03, 0);
    }
    std::uint32_t word(std::uint32_t clear = 0x00) {
        clock(clear, 8);
        return clock(0, 32);
    }
    std::int64_t data(std::uint32_t clear = 0x00) { return signed24(word(clear) >> 8); }
};

constexpr std::uint32_t overflow = 8, oscillation = 4;

}  // namespace

BOOST_AUTO_TEST_SUITE(cs5530)

BOOST_AUTO_TEST_CASE(every_code_comes_out_with_its_flags) {
    Cs5530Board board;
    board.resetChip();
    board.clock(0xC0, 8);
    for (const auto& c : codeCases()) {
        board.code = c.code;
        board.waitConversion();
        BOOST_REQUIRE(board.ready());
        const std::uint32_t word = board.word();
        BOOST_TEST(signed24(word >> 8) == c.limited);
        BOOST_TEST(((word & overflow) != 0) == (c.code != c.limited));
        BOOST_TEST(((word & oscillation) != 0) == (std::abs(c.code) > 0x1000000));
        BOOST_TEST((word & 0xF3) == 0U);
        BOOST_TEST(!board.ready());
    }
    BOOST_TEST(board.chip->taken() == codeCases().size());
    BOOST_TEST(board.chip->converted() == board.chip->taken());
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(registers_have_32_bits_and_their_defaults) {
    Cs5530Board board;
    board.resetChip();
    BOOST_TEST(board.readRegister(0x09) == 0U);
    BOOST_TEST(board.readRegister(0x0A) == 0x01000000U);
    board.write(0x01, 0x12345678);
    board.write(0x02, 0x02FEDCBA);
    board.write(0x03, 0x00080400);
    BOOST_TEST(board.readRegister(0x09) == 0x12345678U);
    BOOST_TEST(board.readRegister(0x0A) == 0x02FEDCBAU);
    BOOST_TEST((board.readRegister(0x0B) & ~0x10000000U) == 0x00080400U);
    board.clock(0x05, 8);  // channel setups are the CS5532's
    BOOST_TEST(board.said("a command that there is not"));
    Cs5530Board two{Kind::cs5532};
    two.resetChip();
    for (std::uint32_t i = 0; i < 4; ++i) two.write(0x05 | i << 4, 0xA5000000U + i);
    for (std::uint32_t i = 0; i < 4; ++i) {
        BOOST_TEST(two.readRegister(0x0D | i << 4) == 0xA5000000U + i);
    }
    two.write(0x11, 77);
    BOOST_TEST(two.readRegister(0x19) == 77U);
    BOOST_TEST(two.readRegister(0x09) == 0U);
    BOOST_TEST(two.notices().empty());
}

BOOST_AUTO_TEST_CASE(reset_by_rs_is_seen_in_rv_once) {
    Cs5530Board board;
    board.initPort();
    BOOST_TEST((board.readRegister(0x0B) & 0x10000000U) != 0U);  // power-on is a reset
    board.write(0x02, 0x02000000);
    board.write(0x03, 0x20000000);
    BOOST_TEST(board.readRegister(0x0B) == 0x30000000U);
    board.clock(0xC0, 8);
    BOOST_TEST(board.said("while RS or PDW is set"));
    board.clock(0x0A, 8);
    BOOST_TEST(board.said("while RS is set"));
    board.write(0x03, 0);
    BOOST_TEST(board.readRegister(0x0B) == 0U);
    BOOST_TEST(board.readRegister(0x0A) == 0x01000000U);
}

BOOST_AUTO_TEST_CASE(fifteen_ff_and_one_fe_bring_the_port_back) {
    for (const int slipped : {1, 3, 7, 13, 31}) {
        BOOST_TEST_CONTEXT(slipped << " bits slipped") {
            Cs5530Board board;
            board.resetChip();
            board.clock(0x02, 8);
            board.clock(0, slipped);  // in the middle of a write
            board.initPort();
            board.write(0x01, 0x5A5A0000U + static_cast<std::uint32_t>(slipped));
            BOOST_TEST(board.readRegister(0x09) ==
                       0x5A5A0000U + static_cast<std::uint32_t>(slipped));
            BOOST_TEST(board.notices().empty());
        }
    }
    // Out of continuous conversion as well; fewer do not.
    Cs5530Board board;
    board.resetChip();
    board.clock(0xC0, 8);
    board.initPort(14);
    board.waitConversion();
    BOOST_TEST(board.ready());
    board.initPort();
    BOOST_TEST(!board.ready());
    board.waitConversion();
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.readRegister(0x0A) == 0x01000000U);
}

BOOST_AUTO_TEST_CASE(a_single_conversion_is_one_and_settled) {
    Cs5530Board board;
    board.resetChip();
    board.code = 5000;
    board.step = 1;
    board.clock(0x80, 8);
    for (int i = 0; i < 3; ++i) {
        board.waitConversion();
        BOOST_TEST(!board.ready());
    }
    board.waitConversion();
    BOOST_TEST(board.ready());
    for (int i = 0; i < 5; ++i) board.waitConversion();
    BOOST_TEST(board.data() == 5003);
    BOOST_TEST(board.chip->converted() == 1U);
    board.waitConversion();
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.readRegister(0x0A) == 0x01000000U);  // commands are taken again
}

BOOST_AUTO_TEST_CASE(ff_during_the_clear_clocks_ends_continuous_conversion) {
    Cs5530Board board;
    board.resetChip();
    board.code = -4711;
    board.clock(0xC0, 8);
    for (int i = 0; i < 3; ++i) {
        board.waitConversion();
        BOOST_TEST(board.data() == -4711);
    }
    board.waitConversion();
    BOOST_TEST(board.data(0xFF) == -4711);
    board.waitConversion();
    board.waitConversion();
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.readRegister(0x0A) == 0x01000000U);
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(sdo_stays_low_for_8_clocks_and_high_without_cs) {
    Cs5530Board board;
    board.resetChip();
    board.code = -1;
    board.clock(0xC0, 8);
    board.waitConversion();
    BOOST_TEST(board.ready());
    board.set("CS", true);
    BOOST_TEST(!board.ready());
    board.clock(0, 20);  // not for this chip
    board.set("CS", false);
    BOOST_TEST(board.ready());
    BOOST_TEST(board.clock(0, 8) == 0U);
    BOOST_TEST(board.clock(0, 32) == 0xFFFFFF00U);
}

BOOST_AUTO_TEST_CASE(the_gain_register_and_polarity_work_on_the_code) {
    Cs5530Board board;
    board.resetChip();
    board.code = 1001;
    board.write(0x02, 0x00800000);  // one half
    board.clock(0xC0, 8);
    board.waitConversion();
    BOOST_TEST(board.data(0xFF) == 501);
    board.write(0x02, 0x28000000);  // 40
    board.clock(0xC0, 8);
    board.waitConversion();
    BOOST_TEST(board.data(0xFF) == 40040);
    board.write(0x02, 0x01000000);
    board.write(0x03, 1U << 10);  // unipolar: the range is half, its steps too
    for (const std::int64_t code : {1001LL, 0x7FFFFFLL, -5LL, 0x900000LL}) {
        board.code = code;
        board.clock(0xC0, 8);
        board.waitConversion();
        const std::uint32_t word = board.word(0xFF);
        const std::int64_t expected = std::clamp<std::int64_t>(2 * code, 0, 0xFFFFFF);
        BOOST_TEST(word >> 8 == static_cast<std::uint32_t>(expected));
        BOOST_TEST(((word & overflow) != 0) == (expected != 2 * code));
    }
    board.write(0x03, 1U << 27);  // inputs shorted
    board.clock(0xC0, 8);
    board.waitConversion();
    BOOST_TEST(board.data(0xFF) == 0);
}

BOOST_AUTO_TEST_CASE(a_setup_of_the_cs5532_chooses_channel_and_gain) {
    Cs5530Board board{Kind::cs5532};
    board.resetChip();
    board.code = 6400;
    // setups 1 and 2: channel 1 with gain 64 and with gain 1; 3: channel 2 with gain 64
    board.write(0x05, 0x30000000U | 0x0000U);
    board.write(0x15, 0x70000000U);
    struct {
        std::uint32_t command;
        std::int64_t data;
        std::uint32_t channel;
    } cases[] = {{0xC0, 6400, 0}, {0xC8, 100, 0}, {0xD0, 0, 1}};
    for (const auto& c : cases) {
        board.clock(c.command, 8);
        board.waitConversion();
        const std::uint32_t word = board.word(0xFF);
        BOOST_TEST(signed24(word >> 8) == c.data);
        BOOST_TEST((word & 0xFF) == c.channel);
    }
}

BOOST_AUTO_TEST_CASE(a_word_rate_other_than_the_bench_s_is_told_once_per_change) {
    struct {
        std::uint32_t configuration;
        const char* rate;
    } cases[] = {{0x0800, "60 Hz"},    {0x1000, "30 Hz"},   {0x2000, "7.5 Hz"}, {0x4000, "3840 Hz"},
                 {0x82000, "6.25 Hz"}, {0x80000, "100 Hz"}, {0x86000, nullptr}, {0x6000, "240 Hz"}};
    Cs5530Board board{Kind::cs5530, 200};
    board.resetChip();
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT("configuration " << c.configuration) {
            board.write(0x03, c.configuration);
            board.clock(0xC0, 8);
            for (int i = 0; i < 3; ++i) board.waitConversion();
            board.data(0xFF);
            if (c.rate) {
                BOOST_TEST(board.said(std::string("rate set to ") + c.rate));
            } else {
                BOOST_TEST(board.notices().empty());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_calibration_takes_its_time_and_drops_sdo) {
    Cs5530Board board;
    board.resetChip();
    board.clock(0x85, 8);
    BOOST_TEST(board.said("calibration"));
    for (int i = 0; i < 3; ++i) {
        board.waitConversion();
        BOOST_TEST(!board.ready());
    }
    board.waitConversion();
    BOOST_TEST(board.ready());
    BOOST_TEST(board.readRegister(0x0A) == 0x01000000U);
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.chip->converted() == 0U);
}

BOOST_AUTO_TEST_CASE(a_conversion_during_a_read_does_not_touch_the_word) {
    for (SimTime into = 150ns; into < 8us; into += 100ns) {
        BOOST_TEST_CONTEXT(into.count() << " ns into the read") {
            Cs5530Board board;
            board.resetChip();
            board.clock(0xC0, 8);
            board.code = 0x2AAAAA;
            board.waitConversion();
            board.code = -0x2AAAAB;
            board.nextConversion = board.now + into;
            BOOST_TEST(board.data() == 0x2AAAAA);
            BOOST_TEST(board.ready());
            BOOST_TEST(board.data() == -0x2AAAAB);
            BOOST_TEST(!board.ready());
            BOOST_TEST(board.chip->taken() == 2U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_the_newest_and_one_who_cannot_wait_is_told) {
    Cs5530Board board;
    board.resetChip();
    board.step = 1;
    board.clock(0xC0, 8);
    board.clock(0x0B, 8);
    board.clock(0x0B, 8);
    BOOST_TEST(board.said("before SDO fell"));
    for (int i = 0; i < 10; ++i) board.waitConversion();
    BOOST_TEST(board.data() == 9);
    BOOST_TEST(board.chip->converted() - board.chip->taken() == 9U);
}

BOOST_AUTO_TEST_CASE(reading_at_any_time_never_mixes_words) {
    BOOST_TEST(holds("each word was converted, none comes twice", [] {
        Cs5530Board board;
        board.resetChip();
        board.code = *rc::gen::inRange<std::int64_t>(-0x800000, 0);
        board.step = *rc::gen::inRange<std::int64_t>(1, 0xFFFF);
        board.clock(0xC0, 8);
        std::int64_t last = -0x800001;
        std::uint64_t got = 0;
        for (int i = 0; i < 12; ++i) {
            board.wait(SimTime{*rc::gen::inRange<std::int64_t>(0, 30'000'000)});
            if (!board.ready()) continue;
            const std::int64_t word = board.data();
            RC_ASSERT(word > last);
            RC_ASSERT(std::find(board.codes.begin(), board.codes.end(), word) != board.codes.end());
            last = word;
            ++got;
        }
        RC_ASSERT(board.chip->taken() == got);
        RC_ASSERT(board.chip->converted() >= got);
    }));
}

BOOST_AUTO_TEST_CASE(power_on_starts_anew_and_the_hash_tells_states_apart) {
    Cs5530Board a, b;
    BOOST_TEST(a.hash() == b.hash());
    b.clock(0xC0, 8);
    a.wait(b.now);
    a.chip->advanceTo(a.now);
    BOOST_TEST(a.hash() != b.hash());
    b.waitConversion();
    b.chip->powerOn(b.now);
    BOOST_TEST(!b.ready());
    BOOST_TEST(b.chip->converted() == 0U);
    BOOST_TEST(b.readRegister(0x0A) == 0x01000000U);
}

BOOST_AUTO_TEST_SUITE_END()
