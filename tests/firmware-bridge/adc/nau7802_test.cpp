// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/nau7802.h
#include "firmware-bridge/adc/nau7802.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "chip_bench.h"

using namespace jh;

namespace {

/// A master at 100 kHz by the I2C specification; SDA is low when either side pulls.
struct Nau7802Board : ChipBench {
    explicit Nau7802Board(int rate_Hz = 80)
        : ChipBench{std::make_unique<Nau7802>(rate_Hz), rate_Hz} {}

    bool mine{true};
    SimTime pace{2500ns};
    void sda(bool level) {
        mine = level;
        set("SDA", level);
        wait(pace);
    }
    void scl(bool level) {
        set("SCL", level);
        wait(pace);
    }
    bool line() const { return mine && get("SDA"); }
    void start() {
        sda(true);
        scl(true);
        sda(false);
        scl(false);
    }
    void stop() {
        sda(false);
        scl(true);
        sda(true);
    }
    bool bit(bool out) {
        sda(out);
        scl(true);
        const bool in = line();
        scl(false);
        return in;
    }
    /// True: acknowledged.
    bool send(unsigned byte) {
        for (int i = 7; i >= 0; --i) bit((byte >> i & 1U) != 0);
        return !bit(true);
    }
    unsigned receive(bool more) {
        unsigned byte = 0;
        for (int i = 0; i < 8; ++i) byte = byte << 1 | (bit(true) ? 1U : 0U);
        bit(!more);
        return byte;
    }
    void write(unsigned address, unsigned value) {
        start();
        BOOST_TEST(send(0x2A << 1));
        BOOST_TEST(send(address));
        BOOST_TEST(send(value));
        stop();
    }
    std::uint32_t read(unsigned address, int bytes = 1) {
        start();
        BOOST_TEST(send(0x2A << 1));
        BOOST_TEST(send(address));
        start();
        BOOST_TEST(send(0x2A << 1 | 1));
        std::uint32_t value = 0;
        for (int i = bytes - 1; i >= 0; --i) value = value << 8 | receive(i > 0);
        stop();
        return value;
    }
    /// On, gain 128, 80 conversions a second, converting.
    void begin() {
        write(0x00, 0x01);
        write(0x00, 0x02);
        wait(200us);
        write(0x00, 0x06);
        write(0x01, 0x07);
        write(0x02, 0x30);
        write(0x00, 0x16);
    }
    bool ready() const { return get("DRDY"); }
    SimTime waitReady() {
        const SimTime from = now;
        while (!ready() && now < from + 3s) wait(10us);
        return now - from;
    }
    std::int64_t data() { return signed24(read(0x12, 3)); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(nau7802)

BOOST_AUTO_TEST_CASE(every_code_comes_out) {
    Nau7802Board board;
    board.begin();
    board.waitReady();
    board.data();
    for (const auto& c : codeCases()) {
        board.code = c.code;
        board.waitConversion();
        BOOST_REQUIRE(board.ready());
        BOOST_TEST((board.read(0x00) & 0x20) != 0U);
        BOOST_TEST(board.data() == c.limited);
        BOOST_TEST(!board.ready());
        BOOST_TEST((board.read(0x00) & 0x20) == 0U);
    }
    BOOST_TEST(board.chip->taken() == board.chip->converted());
    BOOST_TEST(board.notices().empty());
}

BOOST_AUTO_TEST_CASE(only_its_own_address_is_acknowledged) {
    Nau7802Board board;
    for (unsigned address = 0; address < 128; ++address) {
        board.start();
        BOOST_TEST(board.send(address << 1) == (address == 0x2A));
        board.stop();
        BOOST_TEST(board.get("SDA"));
    }
    // Bytes to somebody else pass by.
    board.start();
    board.send(0x50 << 1);
    board.send(0x01);
    board.send(0x07);
    board.stop();
    BOOST_TEST(board.read(0x01) == 0U);
}

BOOST_AUTO_TEST_CASE(registers_are_written_and_read_in_a_row) {
    Nau7802Board board;
    BOOST_TEST(board.read(0x00) == 0U);
    BOOST_TEST(board.read(0x06, 4) == 0x00800000U);
    BOOST_TEST((board.read(0x1F) & 0x0F) == 0x0FU);
    board.start();
    board.send(0x2A << 1);
    for (const unsigned byte : {0x03U, 0x12U, 0x34U, 0x56U}) BOOST_TEST(board.send(byte));
    board.stop();
    BOOST_TEST(board.read(0x03, 3) == 0x123456U);
    BOOST_TEST(board.read(0x04) == 0x34U);
    board.write(0x12, 1);
    BOOST_TEST(board.said("can only be read"));
}

BOOST_AUTO_TEST_CASE(rr_resets_the_registers) {
    Nau7802Board board;
    board.write(0x01, 0x27);
    board.write(0x00, 0x01);
    BOOST_TEST(board.read(0x00) == 0x01U);
    BOOST_TEST(board.read(0x01) == 0U);
    board.write(0x00, 0x00);
    BOOST_TEST(board.read(0x00) == 0U);
}

BOOST_AUTO_TEST_CASE(pur_follows_pud_after_200_us) {
    Nau7802Board board;
    board.write(0x00, 0x02);
    board.pace = 250ns;
    BOOST_TEST(board.read(0x00) == 0x02U);
    board.wait(200us);
    BOOST_TEST(board.read(0x00) == 0x0AU);
    board.write(0x00, 0x00);
    BOOST_TEST(board.read(0x00) == 0U);
}

BOOST_AUTO_TEST_CASE(all_of_pud_pua_and_cs_are_needed) {
    for (unsigned bits = 0; bits < 8; ++bits) {
        Nau7802Board board;
        board.write(0x02, 0x30);
        board.write(0x00, (bits & 3U) << 1 | (bits & 4U) << 2);
        board.wait(1s);
        BOOST_TEST(board.ready() == (bits == 7));
        BOOST_TEST((board.chip->converted() > 0) == (bits == 7));
    }
}

BOOST_AUTO_TEST_CASE(gain_scales_the_code_and_settles) {
    const std::int64_t codes[] = {33, 65, 130, 260, 520, 1040, 2080, 4160};  // 32.5
    for (const std::int64_t sign : {1, -1}) {
        Nau7802Board board;
        board.begin();
        board.code = sign * 4160;
        for (unsigned gain = 0; gain < 8; ++gain) {
            board.write(0x01, gain);
            const SimTime took = board.waitReady();
            BOOST_TEST((took > 49ms && took < 63ms));
            BOOST_TEST(board.data() == sign * codes[gain]);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_ready_pin_can_be_low) {
    Nau7802Board board;
    board.begin();
    board.write(0x01, 0x87);
    BOOST_TEST(board.get("DRDY"));
    board.waitConversion();
    for (int i = 0; i < 5; ++i) board.waitConversion();
    BOOST_TEST(!board.get("DRDY"));
    board.data();
    BOOST_TEST(board.get("DRDY"));
}

BOOST_AUTO_TEST_CASE(a_calibration_takes_its_time_and_clears_cals) {
    Nau7802Board board;
    board.begin();
    board.code = 77;
    board.waitReady();
    board.write(0x02, 0x34);
    const SimTime written = board.now;
    BOOST_TEST(!board.ready());
    BOOST_TEST(board.read(0x02) == 0x34U);
    while ((board.read(0x02) & 4U) != 0 && board.now < written + 1s) continue;
    BOOST_TEST((board.now - written > 49ms));
    BOOST_TEST((board.now - written < 52ms));
    BOOST_TEST(board.read(0x02) == 0x30U);  // and no CAL_ERR
    board.waitReady();
    BOOST_TEST(board.data() == 77);
}

BOOST_AUTO_TEST_CASE(channel_2_has_no_cell) {
    Nau7802Board board;
    board.begin();
    board.code = 77;
    board.write(0x02, 0xB0);
    board.waitReady();
    BOOST_TEST(board.data() == 0);
    board.write(0x02, 0x30);
    BOOST_TEST((board.waitReady() > 49ms));
    BOOST_TEST(board.data() == 77);
}

BOOST_AUTO_TEST_CASE(a_rate_other_than_the_bench_s_is_told_once_per_change) {
    struct {
        unsigned ctrl2;
        const char* rate;
    } cases[] = {
        {0x30, nullptr}, {0x00, "10 Hz"}, {0x10, "20 Hz"}, {0x20, "40 Hz"}, {0x70, "320 Hz"}};
    Nau7802Board board;
    board.begin();
    for (const auto& c : cases) {
        board.write(0x02, c.ctrl2);
        board.wait(1s);
        if (c.rate) {
            BOOST_TEST(board.said(std::string("rate set to ") + c.rate));
        } else {
            BOOST_TEST(board.notices().empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_conversion_during_a_read_does_not_touch_the_word) {
    int within = 0;
    for (SimTime into = 100us; into < 430us; into += 5us) {
        BOOST_TEST_CONTEXT(into.count() << " ns into the read") {
            Nau7802Board board;
            board.begin();
            board.code = 0x2AAAAA;
            board.waitReady();
            board.code = -0x2AAAAB;
            board.nextConversion = board.now + into;
            const std::int64_t first = board.data();
            BOOST_TEST((first == 0x2AAAAA || first == -0x2AAAAB));
            BOOST_TEST(board.chip->taken() == 1U);
            if (first != 0x2AAAAA || board.codes.back() != -0x2AAAAB) continue;
            ++within;
            BOOST_TEST(board.ready());
            BOOST_TEST(board.data() == -0x2AAAAB);
            BOOST_TEST(board.chip->taken() == 2U);
        }
    }
    BOOST_TEST(within > 30);  // three bytes take 200 us
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_the_newest_and_half_a_read_is_none) {
    Nau7802Board board;
    board.begin();
    board.step = 1;
    board.wait(1s);
    BOOST_TEST(board.read(0x12, 2) == static_cast<std::uint32_t>(board.codes.back() >> 8));
    BOOST_TEST(board.chip->taken() == 0U);
    board.wait(1s);
    BOOST_TEST(board.data() == board.codes.back());
    BOOST_TEST(board.chip->taken() == 1U);
    BOOST_TEST(board.data() == board.codes.back());
    BOOST_TEST(board.chip->taken() == 1U);
    BOOST_TEST(board.chip->converted() > 150U);
}

BOOST_AUTO_TEST_CASE(reading_at_any_time_never_mixes_words) {
    BOOST_TEST(holds("each word was converted, none comes twice", [] {
        Nau7802Board board;
        board.begin();
        board.code = *rc::gen::inRange<std::int64_t>(-0x800000, 0);
        board.step = *rc::gen::inRange<std::int64_t>(1, 0xFFFF);
        std::int64_t last = -0x800001;
        std::uint64_t got = 0;
        for (int i = 0; i < 12; ++i) {
            board.wait(SimTime{*rc::gen::inRange<std::int64_t>(0, 40'000'000)});
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
    Nau7802Board a, b;
    BOOST_TEST(a.hash() == b.hash());
    b.begin();
    a.wait(b.now);
    a.chip->advanceTo(a.now);
    BOOST_TEST(a.hash() != b.hash());
    b.waitReady();
    b.chip->powerOn(b.now);
    BOOST_TEST(!b.ready());
    BOOST_TEST(b.chip->converted() == 0U);
    BOOST_TEST(b.read(0x01) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
