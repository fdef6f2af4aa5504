// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// Times of a serial line (serial line 1.02, 2.5.1.1).
struct RtuTiming {
    SimTime character{};      ///< one character on the wire, start to stop bit
    SimTime withinFrame{};    ///< longest silence inside a frame: 1.5 characters
    SimTime betweenFrames{};  ///< silence that ends a frame: 3.5 characters
    /// Bytes may reach us so much later than they were on the wire (USB adapters, a busy machine):
    /// what is no whole frame yet is waited for so much longer.
    SimTime heldBack{};
};

/// 10 or 11 bits make a character; above 19200 baud the silences are fixed, 0.75 ms and 1.75 ms.
RtuTiming rtuTiming(int bitsPerSecond, int bitsPerCharacter);

/// What came of the bytes on a line.
struct RtuCounters {
    std::uint64_t frames{};      ///< with a right CRC, whomever they are for
    std::uint64_t takenApart{};  ///< bursts of several frames without silence between them
    std::uint64_t badCrc{};
    std::uint64_t spoiledByGap{};
    std::uint64_t overlong{};
};

enum class GapRule {
    strict,  ///< a silence above 1.5 characters spoils a frame
    /// For bytes from a USB adapter, which come in lumps: `betweenFrames` must then be longer than
    /// the adapter holds bytes back, or a frame falls apart between two lumps.
    lenient,
};

/// Finds the frames on a serial line. It knows no clock: bytes come with their times. Frames for
/// other stations, and their replies, come out too; the first byte tells.
class RtuReceiver {
public:
    RtuReceiver(RtuTiming timing, GapRule rule);

    /// A byte whose stop bit ended `at`; times never run backwards.
    void feed(SimTime at, std::uint8_t byte);
    /// The next complete frame, CRC included. Ask until there is none.
    std::optional<std::vector<std::uint8_t>> poll(SimTime now);
    /// When silence will end what is under way.
    std::optional<SimTime> due() const;

    const RtuCounters& counters() const { return counters_; }

private:
    void finish();
    SimTime endingSilence() const;

    RtuTiming timing_;
    GapRule rule_;
    RtuCounters counters_;
    std::vector<std::uint8_t> burst_;
    SimTime lastEnd_{};  // of the last stop bit
    bool underWay_{};
    bool gap_{};
    bool overlong_{};
    std::deque<std::vector<std::uint8_t>> frames_;
};

}  // namespace jh
