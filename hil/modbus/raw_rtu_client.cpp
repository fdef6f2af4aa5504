// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "hil/modbus/checksum.h"
#include "hil/modbus/raw_client.h"

namespace jh {

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::size_t leastFrame = 4, crcBytes = 2;

class RawRtuClient final : public RawClient {
public:
    RawRtuClient(std::unique_ptr<SerialLine> line, SimTime replyTimeout)
        : line_{std::move(line)}, replyTimeout_{replyTimeout} {}

    LineWire wire() const override { return LineWire::rtu; }

    Bytes frame(int unit, std::span<const std::uint8_t> pdu) override {
        return rtuFrame(unit, pdu);
    }

    /// One frame a time is all that a serial line has: pieces are joined, one answer is awaited.
    Expected<std::vector<RawAnswer>, IoError> send(const std::vector<TimedPiece>& pieces,
                                                   std::size_t answers) override {
        Bytes bytes;
        for (const TimedPiece& piece : pieces) {
            bytes.insert(bytes.end(), piece.bytes.begin(), piece.bytes.end());
        }
        const Bytes reply = line_->exchange(bytes, replyTimeout_);
        if (line_->fault()) return Unexpected<IoError>{*line_->fault()};
        if (answers == 0) return std::vector<RawAnswer>{};
        RawAnswer answer = rtuAnswer(reply);
        answer.turnAround = line_->statistics().lastTurnAround;
        return std::vector<RawAnswer>{answer};
    }

private:
    std::unique_ptr<SerialLine> line_;
    SimTime replyTimeout_;
};

}  // namespace

Bytes rtuFrame(int unit, std::span<const std::uint8_t> pdu) {
    Bytes bytes(1 + pdu.size());
    bytes[0] = static_cast<std::uint8_t>(unit);
    std::copy(pdu.begin(), pdu.end(), bytes.begin() + 1);
    const unsigned crc = crc16(bytes);
    bytes.push_back(static_cast<std::uint8_t>(crc & 0xFFU));
    bytes.push_back(static_cast<std::uint8_t>(crc >> 8U));
    return bytes;
}

RawAnswer rtuAnswer(std::span<const std::uint8_t> reply) {
    RawAnswer answer;
    if (reply.empty()) {
        answer.kind = RawAnswer::Kind::silence;
    } else if (reply.size() < leastFrame || crc16(reply) != 0) {
        answer.kind = RawAnswer::Kind::damaged;
    } else {
        answer.unit = reply.front();
        answer.pdu.assign(reply.begin() + 1, reply.end() - static_cast<std::ptrdiff_t>(crcBytes));
    }
    return answer;
}

Expected<std::unique_ptr<RawClient>, IoError> openRawRtu(const SerialLineSettings& settings,
                                                         SimTime replyTimeout) {
    auto line = SerialLine::open(settings);
    if (!line) return Unexpected<IoError>{line.error()};
    return std::make_unique<RawRtuClient>(std::move(*line), replyTimeout);
}

}  // namespace jh
