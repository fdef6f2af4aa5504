// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/rtu_receiver.h"

#include <utility>

#include "hil/modbus/rtu_lengths.h"
#include "sim/base/check.h"

namespace jh {
namespace {

/// A lump can hold a few frames: another station's request, its reply, and ours.
constexpr std::size_t mostBurstBytes = 4 * mostRtuBytes;

}  // namespace

RtuTiming rtuTiming(int bitsPerSecond, int bitsPerCharacter) {
    JH_CHECK(bitsPerSecond > 0);
    JH_CHECK(bitsPerCharacter == 10 || bitsPerCharacter == 11);
    const SimTime tenCharacters = SimTime{10s} * bitsPerCharacter / bitsPerSecond;
    if (bitsPerSecond > 19200) return {tenCharacters / 10, 750us, 1750us, {}};
    return {tenCharacters / 10, tenCharacters * 15 / 100, tenCharacters * 35 / 100, {}};
}

RtuReceiver::RtuReceiver(RtuTiming timing, GapRule rule) : timing_{timing}, rule_{rule} {
    burst_.reserve(mostRtuBytes);
}

void RtuReceiver::feed(SimTime at, std::uint8_t byte) {
    JH_CHECK(at >= lastEnd_);
    if (underWay_) {
        const SimTime silence = at - timing_.character - lastEnd_;
        if (silence >= endingSilence()) {
            finish();
        } else if (silence > timing_.withinFrame) {
            gap_ = true;
        }
    }
    underWay_ = true;
    lastEnd_ = at;
    if (burst_.size() < mostBurstBytes) {
        burst_.push_back(byte);
    } else {
        overlong_ = true;
    }
}

std::optional<std::vector<std::uint8_t>> RtuReceiver::poll(SimTime now) {
    if (underWay_ && now - lastEnd_ >= endingSilence()) finish();
    if (frames_.empty()) return std::nullopt;
    std::vector<std::uint8_t> frame = std::move(frames_.front());
    frames_.pop_front();
    return frame;
}

std::optional<SimTime> RtuReceiver::due() const {
    if (!frames_.empty()) return lastEnd_;
    if (!underWay_) return std::nullopt;
    return lastEnd_ + endingSilence();
}

SimTime RtuReceiver::endingSilence() const {
    const bool waits = timing_.heldBack > SimTime{} && !isRtuFrame(burst_);
    return waits ? timing_.betweenFrames + timing_.heldBack : timing_.betweenFrames;
}

void RtuReceiver::finish() {
    const auto burst = std::exchange(burst_, {});
    const bool gap = std::exchange(gap_, false);
    const bool overlong = std::exchange(overlong_, false);
    underWay_ = false;
    if (gap && rule_ == GapRule::strict) {
        ++counters_.spoiledByGap;
        return;
    }
    if (overlong) {
        ++counters_.overlong;
        return;
    }
    if (isRtuFrame(burst)) {
        ++counters_.frames;
        frames_.push_back(burst);
        return;
    }
    const auto parts = splitRtuBurst(burst);
    if (parts.empty()) {
        ++(burst.size() > mostRtuBytes ? counters_.overlong : counters_.badCrc);
        return;
    }
    ++counters_.takenApart;
    counters_.frames += parts.size();
    for (const auto part : parts) frames_.emplace_back(part.begin(), part.end());
}

}  // namespace jh
