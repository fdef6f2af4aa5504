// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hil/modbus/rtu_lengths.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Tells requests from replies on a line where somebody else asks. On the wire they look alike;
/// what tells them apart is their length, their turn and whether a reply fits what was asked.
class RtuDialogue {
public:
    /// A frame that comes later than `longestReply` after a request begins anew.
    explicit RtuDialogue(SimTime longestReply = 1s) : longestReply_{longestReply} {}

    /// Of a frame with a right CRC; frames come in the order of the line, each once.
    RtuSide sideOf(std::span<const std::uint8_t> frame, SimTime begin, SimTime end);

    /// The request that the last reply belongs to, CRC included; empty when it was not heard.
    std::span<const std::uint8_t> request() const { return request_; }
    std::uint64_t requests() const { return requests_; }
    std::uint64_t replies() const { return replies_; }

private:
    bool answersLast(std::span<const std::uint8_t> frame, SimTime begin) const;

    SimTime longestReply_;
    std::vector<std::uint8_t> request_;
    SimTime asked_{};  ///< end of the request
    bool open_{};      ///< it has not been answered
    std::uint64_t requests_{}, replies_{};
};

/// Whether a reply (station, function, data ...) can be one to this request: function, byte count
/// or echoed values. Both with or without their CRC.
bool fitsRequest(std::span<const std::uint8_t> reply, std::span<const std::uint8_t> request);

}  // namespace jh
