// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "hil/loop/wire_frame.h"
#include "hil/modbus/pdu_server.h"
#include "hil/modbus/rtu_client.h"
#include "hil/modbus/rtu_receiver.h"
#include "hil/port/clock.h"
#include "sim/base/noise.h"

namespace jh {

/// A serial line in virtual time with simulated stations on it, up to the 32 of RS-485. Every byte
/// takes its time at the baud rate while the bench goes on; each station hears everything and
/// answers what is for it.
class VirtualLine final : public Line {
public:
    /// 11 bits per character (8E1, 8N2, 8O1) or 10 (8N1).
    VirtualLine(Clock& bench, int bitsPerSecond, int bitsPerCharacter = 11);

    /// `replyDelay` from the end of the request's silence to the first byte of the reply. While
    /// `powered` says no, the station is silent.
    void attach(std::uint8_t id, Station& station, SimTime replyDelay = {},
                std::function<bool()> powered = {});
    /// Every bit in either direction turns over with this probability, drawn from this seed.
    void disturb(double bitErrorRate, std::uint64_t seed);

    std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                       SimTime timeout) override;

    /// Called for every frame that went over the wire, when set.
    std::function<void(const WireFrame&)> onFrame;

private:
    struct Member {
        Station* station{};
        SimTime replyDelay{};
        std::function<bool()> powered;
    };
    /// What has arrived at the other end of the bytes.
    std::vector<std::uint8_t> carry(std::span<const std::uint8_t> bytes, bool fromStation);
    std::vector<std::uint8_t> answerTo(const std::vector<std::uint8_t>& heard, SimTime& delay);

    Clock& bench_;
    RtuTiming timing_;
    std::map<std::uint8_t, Member> members_;
    PduServer server_{AduFraming::rtu};
    double bitErrorRate_{};
    NoiseStream errors_{0, "line"};
    std::uint64_t untilError_{};  // bits that stay right before the next wrong one
};

}  // namespace jh
