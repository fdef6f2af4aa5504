// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hil/modbus/modbus_client.h"
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
class RtuClient final : public ModbusClient {
public:
    RtuClient(Line& line, int station, SimTime replyTimeout);
    ~RtuClient() override;
    RtuClient(const RtuClient&) = delete;
    RtuClient& operator=(const RtuClient&) = delete;

    Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) override;
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override;
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override;
    Expected<void, IoError> writeCoil(int address, bool on) override;
    std::uint64_t transactions() const override;

private:
    struct Session;
    std::unique_ptr<Session> session_;
};

}  // namespace jh
