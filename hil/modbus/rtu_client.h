// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Something that carries a request to a station and brings back what it answers. In virtual time
/// it steps the simulation while the bytes travel; it never waits on a wall clock.
class Line {
public:
    virtual ~Line() = default;
    /// The bytes that came back, complete when 3.5 characters of silence follow; none when the
    /// time-out passes in silence.
    virtual std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                               SimTime timeout) = 0;
};

/// A Modbus RTU client: libmodbus makes the request and checks the reply, the Line carries them.
/// Only one client may be in a transaction per thread at a time.
class RtuClient {
public:
    RtuClient(Line& line, int station, SimTime replyTimeout);
    ~RtuClient();
    RtuClient(const RtuClient&) = delete;
    RtuClient& operator=(const RtuClient&) = delete;

    /// 1 to 125 holding registers from a wire address (function 03).
    [[nodiscard]] Expected<std::vector<std::uint16_t>, IoError> read(int address, int count);
    /// 1 to 123 holding registers (function 16).
    [[nodiscard]] Expected<void, IoError> write(int address, std::span<const std::uint16_t> values);

    std::uint64_t transactions() const;

private:
    struct Session;
    std::unique_ptr<Session> session_;
};

}  // namespace jh
