// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/modbus/line_faults.h"
#include "hil/modbus/rtu_client.h"
#include "hil/port/clock.h"

namespace jh {

/// A line in virtual time on which replies suffer what its faults say before they reach whoever
/// asked. What comes after a silence of 3.5 characters is no longer part of the reply.
class FaultyLine final : public Line {
public:
    /// All must outlive this; `silence` ends a frame.
    FaultyLine(Line& inner, LineFaults& faults, Clock& bench, SimTime silence)
        : inner_{inner}, faults_{faults}, bench_{bench}, silence_{silence} {}

    std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                       SimTime timeout) override;

private:
    Line& inner_;
    LineFaults& faults_;
    Clock& bench_;
    SimTime silence_;
};

}  // namespace jh
