// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hil/modbus/modbus_client.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A Modbus TCP client in wall time. Connects with the first request, and anew after the
/// connection was lost.
class TcpClient final : public ModbusClient {
public:
    /// `host` is an address in figures. `unit` as the device wants it; by itself often 255 or 1.
    TcpClient(const std::string& host, int port, int unit, SimTime replyTimeout);
    ~TcpClient() override;
    TcpClient(const TcpClient&) = delete;
    TcpClient& operator=(const TcpClient&) = delete;

    Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) override;
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override;
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override;
    Expected<void, IoError> writeCoil(int address, bool on) override;
    std::uint64_t transactions() const override { return transactions_; }

private:
    Expected<void, IoError> connect();
    /// A connection on which something went wrong may hold a late reply: it is given up.
    template <class T>
    Expected<T, IoError> finished(Expected<T, IoError> outcome);

    struct Context;
    std::unique_ptr<Context> context_;
    std::string place_;
    bool connected_{};
    std::uint64_t transactions_{};
};

}  // namespace jh
