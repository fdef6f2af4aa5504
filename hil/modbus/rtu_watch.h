// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "hil/modbus/rtu_receiver.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A frame that was heard on a line, or what is none.
struct HeardFrame {
    enum class Kind {
        whole,    ///< with a right CRC
        damaged,  ///< long enough for a frame, its CRC wrong
        noise,    ///< too short for one
    };
    Kind kind{};
    std::vector<std::uint8_t> bytes;
    SimTime begin{}, end{};  ///< start of the first bit, end of the last, as far as reading tells
    double longestGapCharacters{};  ///< between two of its bytes
};

/// Cuts all that is heard on a line into frames and keeps what is damaged. Knows no clock.
class RtuWatch {
public:
    /// `latency`: how long an adapter may hold bytes back; no shorter pause ends a frame.
    RtuWatch(RtuTiming timing, SimTime latency);

    /// Bytes that were there when somebody looked: the last of them ended at most `now`.
    void feed(SimTime now, std::span<const std::uint8_t> bytes);
    /// The next frame that is over. Ask until there is none.
    std::optional<HeardFrame> poll(SimTime now);
    /// When silence will end what is under way.
    std::optional<SimTime> due() const;

private:
    void finish();
    void give(HeardFrame::Kind kind, std::size_t from, std::size_t count);

    RtuTiming timing_;
    SimTime endOfFrame_;
    std::vector<std::uint8_t> burst_;
    std::vector<SimTime> ends_;  ///< of the bytes
    std::deque<HeardFrame> frames_;
};

}  // namespace jh
