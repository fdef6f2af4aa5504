// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/loop/virtual_bench.h"
#include "hil/modbus/raw_client.h"

namespace jh {

/// Bytes straight to the UART of a firmware on the bench, in virtual time, with exact pauses.
class VirtualRawClient final : public RawClient {
public:
    VirtualRawClient(VirtualBench& bench, SimTime replyTimeout)
        : bench_{bench}, replyTimeout_{replyTimeout} {}

    LineWire wire() const override { return LineWire::rtu; }
    bool keepsPauses() const override { return true; }
    std::vector<std::uint8_t> frame(int unit, std::span<const std::uint8_t> pdu) override {
        return rtuFrame(unit, pdu);
    }
    Expected<std::vector<RawAnswer>, IoError> send(const std::vector<TimedPiece>& pieces,
                                                   std::size_t answers) override;

private:
    VirtualBench& bench_;
    SimTime replyTimeout_;
};

}  // namespace jh
