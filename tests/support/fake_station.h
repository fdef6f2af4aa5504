// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <vector>

#include "hil/modbus/station.h"

namespace jh::test {

/// A station whose tables can be set and looked at, and which refuses what it is told to refuse.
class FakeStation final : public Station {
public:
    std::set<int> unknown;  ///< functions it does not know
    bool silentOnUnknown{}, absent{};
    int readLimit{125};
    int writeLimit{123};
    int addresses{65536};  ///< from 0 on
    ModbusException execution{ModbusException::none};
    int reads{};
    int writes{};

    std::uint16_t& at(ModbusTable table, int address) {
        return tables_[static_cast<std::size_t>(table)].at(static_cast<std::size_t>(address));
    }

    bool speaks(std::uint8_t function) const override { return !unknown.contains(function); }
    bool silent() const override { return absent; }
    bool silentOnUnknownFunction() const override { return silentOnUnknown; }
    int mostRead() const override { return readLimit; }
    int mostWritten() const override { return writeLimit; }
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override {
        ++reads;
        if (!holds(address, out.size())) return ModbusException::address;
        if (execution != ModbusException::none) return execution;
        std::copy_n(&at(table, address), out.size(), out.begin());
        return ModbusException::none;
    }
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override {
        ++writes;
        if (!holds(address, values.size())) return ModbusException::address;
        if (execution != ModbusException::none) return execution;
        std::copy(values.begin(), values.end(), &at(table, address));
        return ModbusException::none;
    }

private:
    bool holds(int address, std::size_t count) const {
        return address + static_cast<int>(count) <= addresses;
    }

    std::array<std::vector<std::uint16_t>, 4> tables_{
        std::vector<std::uint16_t>(65536), std::vector<std::uint16_t>(65536),
        std::vector<std::uint16_t>(65536), std::vector<std::uint16_t>(65536)};
};

}  // namespace jh::test
