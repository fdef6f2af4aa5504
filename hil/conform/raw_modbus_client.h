// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/modbus/modbus_client.h"
#include "hil/modbus/raw_client.h"

namespace jh {

/// The usual requests over a raw client, so that an indicator which takes a single connection can
/// be asked both ways.
class RawModbusClient final : public ModbusClient {
public:
    RawModbusClient(RawClient& client, int unit) : client_{client}, unit_{unit} {}

    Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) override;
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override;
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override;
    Expected<void, IoError> writeCoil(int address, bool on) override;
    std::uint64_t transactions() const override { return transactions_; }

private:
    using Pdu = std::vector<std::uint8_t>;
    Expected<Pdu, IoError> ask(const Pdu& pdu);
    Expected<void, IoError> tell(const Pdu& pdu);

    RawClient& client_;
    int unit_;
    std::uint64_t transactions_{};
};

}  // namespace jh
