// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/rtu_dialogue.h"

#include <algorithm>

#include "hil/modbus/station.h"

namespace jh {
namespace {

constexpr std::uint8_t exceptionBit = 0x80;

bool hasLengthOf(RtuSide side, std::span<const std::uint8_t> frame) {
    return rtuLength(side, frame).value_or(0) == frame.size();
}

bool hasNoRule(std::span<const std::uint8_t> frame) {
    return !rtuLength(RtuSide::request, frame) && !rtuLength(RtuSide::reply, frame);
}

}  // namespace

bool fitsRequest(std::span<const std::uint8_t> reply, std::span<const std::uint8_t> request) {
    if (reply.size() < 3 || request.size() < 2 || reply[0] != request[0]) return false;
    const std::uint8_t function = request[1];
    if ((reply[1] & ~exceptionBit) != function) return false;
    if ((reply[1] & exceptionBit) != 0) return true;
    constexpr std::size_t head = 6;  // station, function, address, quantity or value
    const auto quantity = [&] { return request[4] << 8 | request[5]; };
    const auto sameHead = [&] {
        return reply.size() >= head && request.size() >= head &&
               std::equal(request.begin(), request.begin() + head, reply.begin());
    };
    using namespace modbus_function;
    switch (function) {
        case readCoils:
        case readDiscreteInputs:
            return request.size() >= head && reply[2] == (quantity() + 7) / 8;
        case readHoldingRegisters:
        case readInputRegisters:
            return request.size() >= head && reply[2] == 2 * quantity();
        case writeCoil:
        case writeRegister:
        case writeCoils:
        case writeRegisters:
            return sameHead();
        default:
            return true;
    }
}

bool RtuDialogue::answersLast(std::span<const std::uint8_t> frame, SimTime begin) const {
    return open_ && begin - asked_ <= longestReply_ && fitsRequest(frame, request_);
}

RtuSide RtuDialogue::sideOf(std::span<const std::uint8_t> frame, SimTime begin, SimTime end) {
    const bool couldReply = hasLengthOf(RtuSide::reply, frame) || hasNoRule(frame);
    const bool couldAsk = hasLengthOf(RtuSide::request, frame) || hasNoRule(frame);
    const bool exception = frame.size() > 1 && (frame[1] & exceptionBit) != 0;
    const bool answers = answersLast(frame, begin);
    // A broadcast is never answered; where the lengths decide nothing, a turn begins with a
    // request.
    const bool broadcast = !frame.empty() && frame[0] == 0;
    const bool isReply =
        !broadcast && (exception || (answers && couldReply) || (!couldAsk && couldReply));
    if (!isReply) {
        request_.assign(frame.begin(), frame.end());
        asked_ = end;
        open_ = !broadcast;
        ++requests_;
        return RtuSide::request;
    }
    if (!answers) request_.clear();
    open_ = false;
    ++replies_;
    return RtuSide::reply;
}

}  // namespace jh
