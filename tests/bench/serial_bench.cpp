// SPDX-License-Identifier: GPL-3.0-or-later
// Time of a Modbus transaction over a pseudo terminal whose bytes take their time, beside what the
// line itself needs: (request + reply) x 11 bits, two silences of 3.5 characters, and the station's
// own turn-around. A ratio of 1 is a line used to the full.  jh_serial_bench
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <span>
#include <thread>
#include <vector>

#include "hil/modbus/checksum.h"
#include "hil/modbus/serial_line.h"
#include "sim/base/check.h"

namespace jh {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr auto format = CharacterFormat::e81;
constexpr SimTime turnAround{2'000'000};
constexpr int registers = 10;

Bytes framed(Bytes body) {
    const unsigned crc = crc16(body);
    body.push_back(static_cast<std::uint8_t>(crc & 0xFFU));
    body.push_back(static_cast<std::uint8_t>(crc >> 8U));
    return body;
}

Bytes replyOfStation() {
    Bytes body{0x01, 0x03, 2 * registers};
    body.resize(3 + 2 * registers);
    return framed(body);
}

/// Answers a complete request after 3.5 characters of silence and its turn-around.
void playStation(SerialPort& port, SimTime silence, const std::atomic<bool>& stop) {
    const Bytes reply = replyOfStation();
    Bytes request;
    while (!stop) {
        if (!port.waitUntil(steadyNow() + std::chrono::milliseconds{2}).value_or(true)) continue;
        std::array<std::uint8_t, 64> some{};
        const auto got = port.read(some);
        if (!got) return;
        request.insert(request.end(), some.begin(), some.begin() + *got);
        // What a disturbed exchange left behind stands before the request.
        if (request.size() < 8 || crc16(std::span{request}.last(8)) != 0) continue;
        std::this_thread::sleep_until(
            std::chrono::steady_clock::time_point{steadyNow() + silence + turnAround});
        JH_CHECK(port.write(reply).has_value());
        request.clear();
    }
}

void benchRate(int baud, int transactions) {
    auto pair = PtyPair::open(baud, format);
    JH_CHECK(pair.has_value());
    auto line = SerialLine::open({{pair->device, baud, format}});
    JH_CHECK(line.has_value());
    const SimTime silence = frameSilence(baud, format);
    std::atomic<bool> stop{};
    std::thread station{[&] { playStation(pair->far, silence, stop); }};

    const Bytes request = framed({0x01, 0x03, 0x00, 0x00, 0x00, registers});
    const std::size_t characters = request.size() + replyOfStation().size();
    const SimTime needed =
        characterTime(baud, format) * static_cast<int>(characters) + 2 * silence + turnAround;
    std::vector<double> ratios;
    int failed = 0;
    JH_CHECK(!(*line)->exchange(request, std::chrono::seconds{1}).empty());
    const SimTime start = steadyNow();
    for (int i = 0; i < transactions; ++i) {
        const SimTime begin = steadyNow();
        if ((*line)->exchange(request, std::chrono::seconds{1}) != replyOfStation()) ++failed;
        ratios.push_back(seconds(steadyNow() - begin) / seconds(needed));
    }
    const double mean = seconds(steadyNow() - start) / transactions / seconds(needed);
    stop = true;
    station.join();
    std::sort(ratios.begin(), ratios.end());
    const LineStatistics& seen = (*line)->statistics();
    fmt::print(
        "{:>6} baud  {:>6.2f} ms a transaction; to what the line needs, {:.2f} ms: median {:.3f}, "
        "mean {:.3f}, worst {:.3f}; turn-around {:.2f} ms at most, gap {:.1f} characters, {} "
        "failed\n",
        baud, mean * seconds(needed) * 1e3, seconds(needed) * 1e3, ratios[ratios.size() / 2], mean,
        ratios.back(), seconds(seen.longestTurnAround) * 1e3, seen.longestGapCharacters, failed);
}

}  // namespace
}  // namespace jh

int main() {
    jh::benchRate(9600, 50);
    jh::benchRate(19200, 100);
    jh::benchRate(115200, 400);
    return 0;
}
