// Tests for firmware-bridge/native/native_host.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/native/native_host.h"

#include <boost/test/unit_test.hpp>

#include "firmware-bridge/reference/indicator_parameters.h"

namespace jh {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes worksFresh() {
    jh_indicator_parameters p{};
    p.serial = 1;
    p.ranges = 1;
    p.max_g[0] = 100'000'000;
    p.interval_g[0] = 20'000;
    p.rate_hz = 10;
    p.filter_ms = 500;
    p.stability_band_cd = 30;
    p.stability_ms = 500;
    p.station = 1;
    p.baud = 9600;
    Bytes nonvolatile(jh_reference_firmware()->nonvolatile_bytes);
    jh_reference_nonvolatile(&p, nonvolatile.data());
    return nonvolatile;
}

NativeHost indicator() {
    return {*jh_reference_firmware(), worksFresh(), 9600};
}

/// Reads the instrument type at `start`; the last byte is complete 8 characters later.
void ask(NativeHost& host, SimTime start) {
    SimTime at = start;
    for (const std::uint8_t byte : Bytes{0x01, 0x03, 0x00, 0x1E, 0x00, 0x01, 0xE4, 0x0C}) {
        at += host.byteTime();
        host.receive(at, byte);
    }
}

/// A firmware made for the test: sends three bytes every millisecond and notes when it ran.
struct Ticker {
    std::uint64_t next_us, runs, waiting, lastRun_us;
};

Ticker& ticker(void* state) {
    return *static_cast<Ticker*>(state);
}

const jh_firmware_api& tickerApi() {
    static const jh_firmware_api api = [] {
        jh_firmware_api a{};
        a.abi_version = JH_FIRMWARE_ABI_VERSION;
        a.state_bytes = a.comparable_bytes = sizeof(Ticker);
        a.power_on = [](void* s, std::uint8_t*, std::uint64_t) { ticker(s) = {1000, 0, 0, 0}; };
        a.conversion = [](void*, std::uint64_t, std::int32_t) {};
        a.uart_receive = [](void*, std::uint64_t, std::uint8_t) {};
        a.run = [](void* s, std::uint64_t now_us) {
            Ticker& t = ticker(s);
            if (now_us < t.next_us) return;
            t.next_us += 1000;
            t.waiting += 3;
            t.lastRun_us = now_us;
            ++t.runs;
        };
        a.wake_us = [](const void* s) { return static_cast<const Ticker*>(s)->next_us; };
        a.uart_transmit = [](void* s, std::uint8_t* out, std::size_t capacity) {
            std::size_t n = 0;
            for (; n < capacity && ticker(s).waiting > 0; --ticker(s).waiting) out[n++] = 0xA5;
            return n;
        };
        a.unrounded_mg = [](const void* s) {
            return static_cast<std::int64_t>(static_cast<const Ticker*>(s)->runs);
        };
        return a;
    }();
    return api;
}

BOOST_AUTO_TEST_SUITE(native_host)

BOOST_AUTO_TEST_CASE(a_character_is_eleven_bits) {
    BOOST_TEST(indicator().byteTime().count() == 1'145'833);
    BOOST_TEST((NativeHost{tickerApi(), {}, 19200}.byteTime().count()) == 572'917);
    BOOST_TEST((NativeHost{tickerApi(), {}, 115200}.byteTime().count()) == 95'486);
}

BOOST_AUTO_TEST_CASE(the_answer_leaves_byte_by_byte_after_the_silence) {
    NativeHost host = indicator();
    ask(host, 10ms);
    const SimTime asked = 10ms + 8 * host.byteTime();
    host.runUntil(asked + 4ms);
    BOOST_TEST(!host.takeTransmitted(1s).has_value());
    // The first byte takes its time after the silence.
    const SimTime silence = host.runUntilByte(1s) - host.byteTime() - asked;
    BOOST_TEST(silence.count() >= 4'010'416);  // 3.5 characters
    BOOST_TEST(silence.count() <= 4'020'000);

    const Bytes expected{0x01, 0x03, 0x02, 0x02, 0x1B, 0xF9, 0x2F};
    SimTime at = asked + silence;
    for (const std::uint8_t byte : expected) {
        at += host.byteTime();
        BOOST_TEST_REQUIRE((host.runUntilByte(1s) == at));
        BOOST_TEST(!host.takeTransmitted(at - 1ns).has_value());
        const auto sent = host.takeTransmitted(at);
        BOOST_TEST_REQUIRE(sent.has_value());
        BOOST_TEST(sent->byte == byte);
        BOOST_TEST(sent->at.count() == at.count());
    }
    BOOST_TEST((host.runUntilByte(1s) == 1s));
}

BOOST_AUTO_TEST_CASE(timers_run_in_order_up_to_and_including_the_end) {
    NativeHost host{tickerApi(), {}, 115200};
    host.runUntil(2'999'999ns);
    BOOST_TEST((host.unrounded(MassUnit::kg) == ExactMass::mg(2)));
    host.runUntil(3ms);
    BOOST_TEST((host.unrounded(MassUnit::kg) == ExactMass::mg(3)));
    host.conversion(5500us, 0);  // timers before the conversion come first
    BOOST_TEST((host.unrounded(MassUnit::kg) == ExactMass::mg(5)));
    BOOST_TEST((host.runUntilByte(1s) == 5500us));  // a byte has left long ago
}

// At 9600 baud three bytes take longer than the millisecond between them: they queue on the line.
BOOST_AUTO_TEST_CASE(a_busy_line_delays_what_follows) {
    NativeHost host{tickerApi(), {}, 9600};
    host.runUntil(2ms);
    for (int k = 1; k <= 6; ++k) {
        const auto sent = host.takeTransmitted(1s);
        BOOST_TEST_REQUIRE(sent.has_value());
        BOOST_TEST(sent->at.count() == (1ms + k * host.byteTime()).count());
    }
    BOOST_TEST(!host.takeTransmitted(1s).has_value());
}

std::uint64_t hashOf(NativeHost& host) {
    Hash hash;
    host.hashInto(hash);
    return hash.value();
}

BOOST_AUTO_TEST_CASE(equal_inputs_hash_equal_wherever_the_memory_lies) {
    NativeHost a = indicator();
    const std::vector<std::uint8_t> shift(4096);  // moves the next blocks elsewhere
    NativeHost b = indicator();
    BOOST_TEST((a.nonvolatile().data() != b.nonvolatile().data()));
    for (int k = 1; k <= 30; ++k) {
        a.conversion(k * 100ms, 1000 + k % 3);
        b.conversion(k * 100ms, 1000 + k % 3);
    }
    BOOST_TEST(hashOf(a) == hashOf(b));
    ask(a, 3050ms);
    BOOST_TEST(hashOf(a) != hashOf(b));
    ask(b, 3050ms);
    BOOST_TEST(hashOf(a) == hashOf(b));
    a.conversion(3100ms, 1000);
    b.conversion(3100ms, 1001);
    BOOST_TEST(hashOf(a) != hashOf(b));
}

BOOST_AUTO_TEST_CASE(a_moved_host_goes_on) {
    NativeHost first = indicator();
    for (int k = 1; k <= 10; ++k) first.conversion(k * 100ms, 2'097'152);
    NativeHost second = std::move(first);
    BOOST_TEST((second.unrounded(MassUnit::kg) ==
                ExactMass::kg(100'000)));  // nominal span: Max at a quarter of the converter
    ask(second, 1s);
    second.runUntil(1100ms);
    BOOST_TEST(second.takeTransmitted(2s).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
