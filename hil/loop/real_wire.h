// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "hil/loop/bench_lock.h"
#include "hil/loop/wire_frame.h"
#include "hil/modbus/character_format.h"
#include "hil/modbus/modbus_client.h"
#include "hil/modbus/station.h"
#include "hil/port/clock.h"
#include "sim/base/expected.h"

namespace jh {

/// A simulated station on a real wire within this program: a pseudo terminal on which each byte
/// takes the time of its baud rate, or a TCP connection. The station is served from a thread of its
/// own. In virtual time the bench stands still while the wire works, and then goes on by what the
/// transaction takes on paper, so that a run has the same bytes whatever the machine does.
class RealWire {
public:
    struct Station {
        jh::Station* station{};
        std::uint8_t unit{};
        SimTime replyTimeout{}, replyDelay{};
    };
    /// RTU. All must outlive the wire; the lock is held by the caller.
    [[nodiscard]] static Expected<std::unique_ptr<RealWire>, IoError> pty(
        const Station& station, int baud, CharacterFormat format, Clock& bench, BenchLock& lock);
    /// Modbus TCP on a free port of this machine.
    [[nodiscard]] static Expected<std::unique_ptr<RealWire>, IoError> tcp(const Station& station,
                                                                          Clock& bench,
                                                                          BenchLock& lock);
    virtual ~RealWire() = default;
    virtual ModbusClient& client() = 0;
    /// Called for every frame that went over the wire, when set; times are the bench's.
    std::function<void(const WireFrame&)> onFrame;

protected:
    RealWire() = default;
};

}  // namespace jh
