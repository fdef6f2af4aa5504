// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>

#include "hil/modbus/rtu_client.h"
#include "tests/support/rtu_frame.h"

namespace jh::test {

/// A Modbus station that is only a bank of 64 registers: answers functions 03 and 16.
class RegisterStation final : public Line {
public:
    std::array<std::uint16_t, 64> registers{};
    std::vector<Bytes> requests;
    /// Called after a write, with its first address; may change registers.
    std::function<void(int)> onWrite;

    void set32(std::size_t address, std::int64_t value) {
        registers.at(address) = static_cast<std::uint16_t>(value >> 16 & 0xFFFF);
        registers.at(address + 1) = static_cast<std::uint16_t>(value & 0xFFFF);
    }
    std::int32_t get32(std::size_t address) const {
        const std::uint32_t high = registers.at(address), low = registers.at(address + 1);
        return static_cast<std::int32_t>(high << 16 | low);
    }

    Bytes exchange(std::span<const std::uint8_t> request, SimTime) override {
        requests.emplace_back(request.begin(), request.end());
        const auto word = [&](std::size_t at) -> std::size_t {
            return request[at] * 256U + request[at + 1];
        };
        const std::size_t address = word(2), count = word(4);
        if (request[1] == 0x10) {
            for (std::size_t i = 0; i < count; ++i) {
                registers.at(address + i) = static_cast<std::uint16_t>(word(7 + 2 * i));
            }
            if (onWrite) onWrite(static_cast<int>(address));
            return framed({request.begin(), request.begin() + 6});
        }
        Bytes reply{request[0], request[1], static_cast<std::uint8_t>(2 * count)};
        for (std::size_t i = 0; i < count; ++i) {
            reply.push_back(static_cast<std::uint8_t>(registers.at(address + i) >> 8));
            reply.push_back(static_cast<std::uint8_t>(registers.at(address + i) & 0xFF));
        }
        return framed(reply);
    }
};

}  // namespace jh::test
