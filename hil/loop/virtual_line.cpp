// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/virtual_line.h"

#include <cmath>
#include <utility>

#include "hil/modbus/checksum.h"
#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace jh {

VirtualLine::VirtualLine(Clock& bench, int bitsPerSecond, int bitsPerCharacter)
    : bench_{bench}, timing_{rtuTiming(bitsPerSecond, bitsPerCharacter)} {}

void VirtualLine::attach(std::uint8_t id, Station& station, SimTime replyDelay,
                         std::function<bool()> powered) {
    constexpr std::size_t mostStations = 32;
    members_[id] = {&station, replyDelay, std::move(powered)};
    JH_CHECK(members_.size() <= mostStations);
}

void VirtualLine::disturb(double bitErrorRate, std::uint64_t seed) {
    JH_CHECK(bitErrorRate >= 0.0 && bitErrorRate < 1.0);
    bitErrorRate_ = bitErrorRate;
    errors_ = NoiseStream{seed, "line"};
    untilError_ = 0;
}

std::vector<std::uint8_t> VirtualLine::carry(std::span<const std::uint8_t> bytes,
                                             bool fromStation) {
    const SimTime start = bench_.now();
    const SimTime end = start + timing_.character * static_cast<std::int64_t>(bytes.size());
    std::vector<std::uint8_t> arrived{bytes.begin(), bytes.end()};
    if (bitErrorRate_ > 0.0) {
        // The distance between errors of a memoryless line is geometric.
        for (std::uint64_t bit = 0; bit < 8 * arrived.size(); ++bit) {
            if (untilError_ == 0) {
                untilError_ = 1 + static_cast<std::uint64_t>(
                                      std::floor(portableLog(1.0 - errors_.uniform(0.0, 1.0)) /
                                                 portableLog(1.0 - bitErrorRate_)));
            }
            if (--untilError_ > 0) continue;
            arrived[bit / 8] = static_cast<std::uint8_t>(arrived[bit / 8] ^ (1U << bit % 8));
        }
    }
    static_cast<void>(bench_.waitUntil(end));
    if (onFrame) onFrame({fromStation, start, end, arrived});
    return arrived;
}

/// The reply of the one that the frame is for; none when it is for none or broken.
std::vector<std::uint8_t> VirtualLine::answerTo(const std::vector<std::uint8_t>& heard,
                                                SimTime& delay) {
    constexpr std::size_t shortest = 4;
    if (heard.size() < shortest || crc16(heard) != 0) return {};
    if (heard.front() == 0) {  // broadcast: carried out by all, answered by none
        for (auto& [id, member] : members_) {
            if (!member.powered || member.powered()) server_.answer(heard, *member.station);
        }
        return {};
    }
    const auto member = members_.find(heard.front());
    if (member == members_.end()) return {};
    if (member->second.powered && !member->second.powered()) return {};
    delay = member->second.replyDelay;
    const PduAnswer answer = server_.answer(heard, *member->second.station);
    return {answer.adu.begin(), answer.adu.end()};
}

std::vector<std::uint8_t> VirtualLine::exchange(std::span<const std::uint8_t> request,
                                                SimTime timeout) {
    const std::vector<std::uint8_t> heard = carry(request, false);
    const SimTime sent = bench_.now();
    static_cast<void>(bench_.waitUntil(sent + timing_.betweenFrames));
    SimTime delay{};
    const std::vector<std::uint8_t> reply = answerTo(heard, delay);
    if (reply.empty() || timing_.betweenFrames + delay + timing_.character > timeout) {
        static_cast<void>(bench_.waitUntil(sent + timeout));
        return {};
    }
    static_cast<void>(bench_.waitUntil(bench_.now() + delay));
    std::vector<std::uint8_t> arrived = carry(reply, true);
    static_cast<void>(bench_.waitUntil(bench_.now() + timing_.betweenFrames));
    return arrived;
}

}  // namespace jh
