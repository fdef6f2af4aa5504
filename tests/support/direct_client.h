// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/modbus/modbus_client.h"

namespace jh::test {

/// A client that asks a station without any wire between.
class DirectClient final : public ModbusClient {
public:
    explicit DirectClient(Station& station) : station_{station} {}

    Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) override {
        ++transactions_;
        if (count > station_.mostRead()) return failed<std::vector<std::uint16_t>>(3);
        std::vector<std::uint16_t> words(static_cast<std::size_t>(count));
        const auto answer = station_.read(table, address, words);
        if (answer == ModbusException::none) return words;
        return failed<std::vector<std::uint16_t>>(static_cast<int>(answer));
    }
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override {
        return written(ModbusTable::holdingRegisters, address, values);
    }
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override {
        return written(ModbusTable::holdingRegisters, address, {&value, 1});
    }
    Expected<void, IoError> writeCoil(int address, bool on) override {
        const std::uint16_t value = on ? 1 : 0;
        return written(ModbusTable::coils, address, {&value, 1});
    }
    std::uint64_t transactions() const override { return transactions_; }

private:
    template <class T>
    static Expected<T, IoError> failed(int code) {
        return Unexpected<IoError>{
            {IoError::Kind::exception, "exception " + std::to_string(code), code}};
    }
    Expected<void, IoError> written(ModbusTable table, int address,
                                    std::span<const std::uint16_t> values) {
        ++transactions_;
        const auto answer = station_.write(table, address, values);
        if (answer == ModbusException::none) return {};
        return failed<void>(static_cast<int>(answer));
    }

    Station& station_;
    std::uint64_t transactions_{};
};

}  // namespace jh::test
