// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/modbus_calls.h"

#include <cerrno>
#include <string>

#include "sim/base/check.h"

namespace jh {

namespace {

Expected<void, IoError> outcome(bool done) {
    if (!done) return Unexpected<IoError>{lastModbusError()};
    return {};
}

}  // namespace

IoError lastModbusError() {
    const int error = errno;
    const std::string text = modbus_strerror(error);
    if (error == ETIMEDOUT) return {IoError::Kind::timeout, "no reply"};
    if (error > MODBUS_ENOBASE && error <= MODBUS_ENOBASE + MODBUS_EXCEPTION_GATEWAY_TARGET) {
        return {IoError::Kind::exception, text, error - MODBUS_ENOBASE};
    }
    if (error == EBADF || error == EPIPE || error == ECONNRESET || error == ECONNREFUSED) {
        return {IoError::Kind::disconnected, text};
    }
    return {IoError::Kind::protocol, text};
}

Expected<std::vector<std::uint16_t>, IoError> readTable(modbus_t* context, ModbusTable table,
                                                        int address, int count) {
    const bool registers =
        table == ModbusTable::holdingRegisters || table == ModbusTable::inputRegisters;
    JH_CHECK(count >= 1 && count <= (registers ? MODBUS_MAX_READ_REGISTERS : MODBUS_MAX_READ_BITS));
    const auto size = static_cast<std::size_t>(count);
    std::vector<std::uint16_t> values(size);
    std::vector<std::uint8_t> bits(registers ? 0 : size);
    int got{};
    switch (table) {
        case ModbusTable::holdingRegisters:
            got = modbus_read_registers(context, address, count, values.data());
            break;
        case ModbusTable::inputRegisters:
            got = modbus_read_input_registers(context, address, count, values.data());
            break;
        case ModbusTable::coils:
            got = modbus_read_bits(context, address, count, bits.data());
            break;
        case ModbusTable::discreteInputs:
            got = modbus_read_input_bits(context, address, count, bits.data());
            break;
    }
    if (got != count) return Unexpected<IoError>{lastModbusError()};
    if (!registers) values.assign(bits.begin(), bits.end());
    return values;
}

Expected<void, IoError> writeRegisters(modbus_t* context, int address,
                                       std::span<const std::uint16_t> values) {
    const int count = static_cast<int>(values.size());
    JH_CHECK(count >= 1 && count <= MODBUS_MAX_WRITE_REGISTERS);
    return outcome(modbus_write_registers(context, address, count, values.data()) == count);
}

Expected<void, IoError> writeRegister(modbus_t* context, int address, std::uint16_t value) {
    return outcome(modbus_write_register(context, address, value) == 1);
}

Expected<void, IoError> writeCoil(modbus_t* context, int address, bool on) {
    return outcome(modbus_write_bit(context, address, on ? 1 : 0) == 1);
}

}  // namespace jh
