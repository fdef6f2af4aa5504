// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hil/indicator/register_map.h"

namespace jh {

/// Says what a Modbus message means, registers by the names of a profile. Remembers the decimals
/// and the unit that the indicator told last, as its masses need them.
class FrameWords {
public:
    /// Without a profile registers have numbers only. It must outlive this object.
    explicit FrameWords(const IndicatorProfile* profile);

    /// "read 4 holding registers from 7: gross, net"; `pdu` is function and data.
    std::string request(std::span<const std::uint8_t> pdu);
    /// "gross 20000 kg, net 20000 kg"; `asked` is the request's PDU, empty when it was not heard.
    std::string reply(std::span<const std::uint8_t> pdu, std::span<const std::uint8_t> asked);

private:
    std::string reading(std::span<const std::uint8_t> pdu, ModbusTable table);
    std::string writing(std::span<const std::uint8_t> pdu);
    std::string exception(std::uint8_t function, std::uint8_t code) const;
    /// What these registers hold; those without a name by their address.
    std::string contents(const RegisterBlock& block);
    std::string namesIn(ModbusTable table, int address, int count) const;
    std::string place(ModbusTable table, int address) const;
    std::string valueOf(const std::string& name, const RegisterField& field,
                        const RegisterImage& image) const;
    std::string statusOf(const std::string& field, const RegisterImage& image) const;
    std::string commandNamed(const std::string& field, std::int64_t code) const;
    void learn(const RegisterImage& image);

    const IndicatorProfile* profile_;
    std::vector<const std::pair<const std::string, RegisterField>*> fields_;  ///< by address
    int decimals_{};
    std::string unit_;
};

}  // namespace jh
