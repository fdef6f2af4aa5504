// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/stream_receiver.h"

#include <algorithm>

#include "hil/modbus/rtu_lengths.h"
#include "sim/base/check.h"

namespace jh {
namespace {

constexpr std::size_t lengthFieldEnd = 6;  // transaction, protocol and length: two bytes each
// The length counts unit id and PDU.
constexpr std::size_t leastMbapLength = 2;
constexpr std::size_t mostMbapLength = mostMbapBytes - lengthFieldEnd;

}  // namespace

std::span<std::uint8_t> StreamReceiver::room() {
    // What is left of a request moves to the front, so that it always finds room as a whole.
    std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
              bytes_.begin() + static_cast<std::ptrdiff_t>(end_), bytes_.begin());
    end_ -= begin_;
    begin_ = 0;
    return std::span{bytes_}.subspan(end_);
}

void StreamReceiver::received(std::size_t byteCount) {
    JH_CHECK(byteCount <= bytes_.size() - end_);
    end_ += byteCount;
}

std::optional<std::span<const std::uint8_t>> StreamReceiver::next() {
    if (broken_) return std::nullopt;
    return framing_ == AduFraming::mbap ? nextMbap() : nextRtu();
}

std::span<const std::uint8_t> StreamReceiver::unread() const {
    return std::span{bytes_}.subspan(begin_, end_ - begin_);
}

std::optional<std::span<const std::uint8_t>> StreamReceiver::take(std::size_t byteCount) {
    const auto adu = unread().first(byteCount);
    begin_ += byteCount;
    return adu;
}

std::optional<std::span<const std::uint8_t>> StreamReceiver::nextMbap() {
    const auto bytes = unread();
    // Garbage is seen at its first wrong byte; waiting for a whole header would let it sit there.
    broken_ = (bytes.size() > 2 && bytes[2] != 0) || (bytes.size() > 3 && bytes[3] != 0) ||
              (bytes.size() > 4 && bytes[4] != 0);
    if (broken_ || bytes.size() < lengthFieldEnd) return std::nullopt;
    const std::size_t length = bytes[5];
    broken_ = length < leastMbapLength || length > mostMbapLength;
    if (broken_ || bytes.size() < lengthFieldEnd + length) return std::nullopt;
    return take(lengthFieldEnd + length);
}

std::optional<std::span<const std::uint8_t>> StreamReceiver::nextRtu() {
    const auto bytes = unread();
    if (bytes.empty()) return std::nullopt;
    const auto length = rtuLength(RtuSide::request, bytes);
    if (length && *length <= mostRtuBytes) {
        if (bytes.size() < *length) return std::nullopt;
        if (isRtuFrame(bytes.first(*length))) return take(*length);
    }
    // No length to go by, or a wrong one: what came at once is one request if its CRC says so.
    if (isRtuFrame(bytes)) return take(bytes.size());
    if (!length && bytes.size() < mostRtuBytes) return std::nullopt;
    droppedBytes_ += bytes.size();
    begin_ = end_;
    return std::nullopt;
}

}  // namespace jh
