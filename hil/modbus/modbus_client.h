// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hil/modbus/station.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"

namespace jh {

/// One station asked over one line. Whatever the transport, libmodbus makes the requests and
/// checks the answers.
class ModbusClient {
public:
    virtual ~ModbusClient() = default;
    /// 1 to 125 registers (functions 03 and 04) from a wire address; coils and inputs as 0 or 1.
    [[nodiscard]] virtual Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) = 0;
    /// 1 to 123 holding registers (function 16).
    [[nodiscard]] virtual Expected<void, IoError> write(int address,
                                                        std::span<const std::uint16_t> values) = 0;
    /// One holding register (function 06).
    [[nodiscard]] virtual Expected<void, IoError> writeOne(int address, std::uint16_t value) = 0;
    /// One coil (function 05).
    [[nodiscard]] virtual Expected<void, IoError> writeCoil(int address, bool on) = 0;
    virtual std::uint64_t transactions() const = 0;
};

}  // namespace jh
