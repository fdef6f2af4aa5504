// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace jh {

/// The four tables of the Modbus data model (application protocol 1.1b3, 4.3).
enum class ModbusTable { coils, discreteInputs, inputRegisters, holdingRegisters };

/// Exception codes of an answer (application protocol 1.1b3, 7); makers give them their own
/// meaning, the numbers stay.
enum class ModbusException : std::uint8_t {
    none = 0,
    function = 1,
    address = 2,
    value = 3,
    failure = 4,
    acknowledge = 5,
    busy = 6,
};

/// Functions a station can know.
namespace modbus_function {
inline constexpr std::uint8_t readCoils = 0x01, readDiscreteInputs = 0x02,
                              readHoldingRegisters = 0x03, readInputRegisters = 0x04,
                              writeCoil = 0x05, writeRegister = 0x06, writeCoils = 0x0F,
                              writeRegisters = 0x10;
}  // namespace modbus_function

/// A device behind one unit id, simulated: what it holds and what it does when it is written to.
/// Whoever asks has made sure of function and quantity before (order of checks: application
/// protocol 1.1b3, 7); addresses and execution are the station's own matter.
class Station {
public:
    virtual ~Station() = default;
    /// Whether it knows this function.
    virtual bool speaks(std::uint8_t function) const = 0;
    /// Whether it says nothing at all just now: no supply, fallen off the bus.
    virtual bool silent() const { return false; }
    /// Some devices say nothing where the standard wants exception 01.
    virtual bool silentOnUnknownFunction() const { return false; }
    /// Most registers of one read and of one write; by the standard 125 and 123.
    virtual int mostRead() const { return 125; }
    virtual int mostWritten() const { return 123; }
    /// Fills `out` from a wire address on; coils and discrete inputs as 0 or 1.
    virtual ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) = 0;
    /// Carries the values out, all or none.
    virtual ModbusException write(ModbusTable table, int address,
                                  std::span<const std::uint16_t> values) = 0;
};

}  // namespace jh
