// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_indicator.h"

#include <cmath>
#include <stdexcept>

namespace jh {

Bytes withCrc(Bytes frame) {
    unsigned crc = 0xFFFF;
    for (const unsigned b : frame) {
        crc ^= b;
        for (int k = 0; k < 8; ++k) crc = (crc & 1) != 0 ? crc / 2 ^ 0xA001 : crc / 2;
    }
    frame.push_back(static_cast<std::uint8_t>(crc % 256));
    frame.push_back(static_cast<std::uint8_t>(crc / 256));
    return frame;
}

jh_indicator_parameters truckScale() {
    jh_indicator_parameters p{};
    p.serial = 20'260'001;
    p.ranges = 1;
    p.max_g[0] = 100'000'000;
    p.interval_g[0] = 20'000;
    p.rate_hz = 10;
    p.filter_ms = 500;
    p.stability_band_cd = 30;
    p.stability_ms = 500;
    p.tracking_band_cd = 50;
    p.tracking_rate_cd_s = 50;
    p.initial_zero_pm = 200;
    p.zero_pm = 40;
    p.station = 1;
    p.baud = 9600;
    return p;
}

jh_indicator_parameters multiIntervalTruckScale() {
    jh_indicator_parameters p = truckScale();
    p.ranges = 2;
    p.max_g[0] = 60'000'000;
    p.max_g[1] = 100'000'000;
    p.interval_g[1] = 50'000;
    return p;
}

jh_indicator_parameters multipleRangeTruckScale() {
    jh_indicator_parameters p = multiIntervalTruckScale();
    p.multiple_range = 1;
    return p;
}

BenchIndicator::BenchIndicator(const jh_indicator_parameters& p)
    : api{jh_reference_firmware()},
      parameters{p},
      nonvolatile(api->nonvolatile_bytes),
      state((api->state_bytes + 7) / 8) {
    jh_reference_nonvolatile(&p, nonvolatile.data());
    powerOn();
}

BenchIndicator BenchIndicator::adjusted(const jh_indicator_parameters& p) {
    BenchIndicator b{p};
    b.settle_g(0);
    const std::int32_t mass = [&] {
        std::int32_t v = 50'000;
        for (int k = 0; k < p.decimals; ++k) v *= 10;
        return v;
    }();
    const bool unlocked = b.command(32, 539) == 1;
    const bool zeroDone = b.command(16) == 1;
    b.settle_g(50'000'000);
    const bool spanDone = b.command(17, mass) == 1;
    if (!unlocked || !zeroDone || !spanDone || b.command(33) != 1)
        throw std::runtime_error{"not adjusted"};
    b.settle_g(0);
    return b;
}

void BenchIndicator::powerOn() {
    api->power_on(state.data(), nonvolatile.data(), now_us);
}

void BenchIndicator::feed(std::int32_t code, int conversions) {
    for (int k = 0; k < conversions; ++k) {
        now_us += 1'000'000u / parameters.rate_hz;
        api->conversion(state.data(), now_us, code);
    }
}

void BenchIndicator::load_g(std::int64_t grams, double seconds_s) {
    if (grams % gramsPerCode != 0) throw std::invalid_argument{"between two codes"};
    feed(static_cast<std::int32_t>(deadCode + grams / gramsPerCode),
         static_cast<int>(std::lround(seconds_s * parameters.rate_hz)));
}

Bytes BenchIndicator::send(const Bytes& raw) {
    return send(raw, 11'000'000 / parameters.baud);
}

Bytes BenchIndicator::send(const Bytes& raw, std::uint64_t spacing_us) {
    for (const std::uint8_t b : raw) {
        now_us += spacing_us;
        api->uart_receive(state.data(), now_us, b);
    }
    while (api->wake_us(state.data()) != JH_FIRMWARE_NEVER) {
        now_us = api->wake_us(state.data());
        api->run(state.data(), now_us);
    }
    Bytes reply(300);
    reply.resize(api->uart_transmit(state.data(), reply.data(), reply.size()));
    return reply;
}

Bytes BenchIndicator::request(Bytes pdu) {
    pdu.insert(pdu.begin(), parameters.station);
    return send(withCrc(pdu));
}

std::vector<int> BenchIndicator::read(int first, int count) {
    const auto low = [](int v) { return static_cast<std::uint8_t>(v & 0xFF); };
    const Bytes r = request({3, low(first >> 8), low(first), low(count >> 8), low(count)});
    const auto expected = 5 + 2 * static_cast<std::size_t>(count);
    if (r.size() != expected || withCrc(Bytes(r.begin(), r.end() - 2)) != r)
        throw std::runtime_error{"bad answer"};
    std::vector<int> words;
    for (std::size_t k = 3; k + 2 < r.size(); k += 2) words.push_back(r[k] << 8 | r[k + 1]);
    return words;
}

std::int32_t BenchIndicator::readLong(int address) {
    const auto w = read(address, 2);
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(w[0]) << 16 |
                                     static_cast<std::uint32_t>(w[1]));
}

int BenchIndicator::command(int command, std::int32_t parameter) {
    const auto p = static_cast<std::uint32_t>(parameter);
    const auto byte = [](std::uint32_t v) { return static_cast<std::uint8_t>(v & 0xFF); };
    request({16, 0, 20, 0, 3, 6, byte(p >> 24), byte(p >> 16), byte(p >> 8), byte(p),
             byte(static_cast<std::uint32_t>(command) >> 8),
             byte(static_cast<std::uint32_t>(command))});
    return readOne(23);
}

int BenchIndicator::write(int address, int value) {
    const auto low = [](int v) { return static_cast<std::uint8_t>(v & 0xFF); };
    const Bytes r = request({6, low(address >> 8), low(address), low(value >> 8), low(value)});
    return r.at(1) == 6 ? 0 : r.at(2);
}

}  // namespace jh
