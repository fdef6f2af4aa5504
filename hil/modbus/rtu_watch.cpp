// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/rtu_watch.h"

#include <algorithm>

#include "hil/modbus/rtu_lengths.h"

namespace jh {
namespace {

/// What one lump of an adapter can hold; more without silence is no Modbus.
constexpr std::size_t mostBurstBytes = 8 * mostRtuBytes;

/// Bytes of the longest whole frame at the front; 0: there is none.
std::size_t frameAtFront(std::span<const std::uint8_t> bytes) {
    std::size_t longest = 0;
    for (const RtuSide side : {RtuSide::request, RtuSide::reply}) {
        const std::size_t length = rtuLength(side, bytes).value_or(0);
        if (length > longest && length <= bytes.size() && isRtuFrame(bytes.first(length))) {
            longest = length;
        }
    }
    return longest;
}

}  // namespace

RtuWatch::RtuWatch(RtuTiming timing, SimTime latency)
    : timing_{timing}, endOfFrame_{timing.betweenFrames + latency} {}

void RtuWatch::feed(SimTime now, std::span<const std::uint8_t> bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        // A lump came without pauses, its last byte just now.
        SimTime end = now - timing_.character * static_cast<std::int64_t>(bytes.size() - 1 - i);
        if (!ends_.empty()) {
            end = std::max(end, ends_.back());
            if (end - timing_.character - ends_.back() >= endOfFrame_) finish();
        }
        if (burst_.size() == mostBurstBytes) finish();
        burst_.push_back(bytes[i]);
        ends_.push_back(end);
    }
}

std::optional<HeardFrame> RtuWatch::poll(SimTime now) {
    if (!burst_.empty() && now - ends_.back() >= endOfFrame_) finish();
    if (frames_.empty()) return std::nullopt;
    HeardFrame frame = std::move(frames_.front());
    frames_.pop_front();
    return frame;
}

std::optional<SimTime> RtuWatch::due() const {
    if (burst_.empty()) return std::nullopt;
    return ends_.back() + endOfFrame_;
}

void RtuWatch::give(HeardFrame::Kind kind, std::size_t from, std::size_t count) {
    if (count == 0) return;
    const auto first = burst_.begin() + static_cast<std::ptrdiff_t>(from);
    HeardFrame frame{kind, {first, first + static_cast<std::ptrdiff_t>(count)}, {}, {}, 0.0};
    const auto characters = [this](SimTime t) {
        return static_cast<double>(t.count()) / static_cast<double>(timing_.character.count());
    };
    frame.begin = ends_[from] - timing_.character;
    frame.end = ends_[from + count - 1];
    for (std::size_t i = from + 1; i < from + count; ++i) {
        const SimTime gap = ends_[i] - ends_[i - 1] - timing_.character;
        frame.longestGapCharacters = std::max(frame.longestGapCharacters, characters(gap));
    }
    frames_.push_back(std::move(frame));
}

void RtuWatch::finish() {
    using Kind = HeardFrame::Kind;
    const auto bad = [this](std::size_t from, std::size_t count) {
        give(count < leastRtuBytes ? Kind::noise : Kind::damaged, from, count);
    };
    const std::span<const std::uint8_t> all{burst_};
    const auto parts = splitRtuBurst(all);
    if (isRtuFrame(all)) {
        give(Kind::whole, 0, all.size());
    } else if (!parts.empty()) {
        std::size_t at = 0;
        for (const auto part : parts) {
            give(Kind::whole, at, part.size());
            at += part.size();
        }
    } else {
        // Somewhere between the damage there may be whole frames.
        std::size_t badFrom = 0;
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t length = frameAtFront(all.subspan(at));
            if (length == 0) {
                ++at;
                continue;
            }
            bad(badFrom, at - badFrom);
            give(Kind::whole, at, length);
            at += length;
            badFrom = at;
        }
        bad(badFrom, all.size() - badFrom);
    }
    burst_.clear();
    ends_.clear();
}

}  // namespace jh
