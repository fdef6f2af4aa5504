// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <modbus/modbus.h>

#include <span>
#include <vector>

#include "hil/modbus/modbus_client.h"

namespace jh {

// What both clients ask of libmodbus, on the thread and context that is theirs.

/// The error of the call that has just failed, from errno.
IoError lastModbusError();
Expected<std::vector<std::uint16_t>, IoError> readTable(modbus_t* context, ModbusTable table,
                                                        int address, int count);
Expected<void, IoError> writeRegisters(modbus_t* context, int address,
                                       std::span<const std::uint16_t> values);
Expected<void, IoError> writeRegister(modbus_t* context, int address, std::uint16_t value);
Expected<void, IoError> writeCoil(modbus_t* context, int address, bool on);

}  // namespace jh
