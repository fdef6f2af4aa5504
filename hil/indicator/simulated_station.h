// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "firmware-bridge/native/native_host.h"
#include "firmware-bridge/reference/indicator_core.h"
#include "hil/indicator/register_map.h"
#include "hil/modbus/station.h"

namespace jh {

/// One digital cell as an indicator for many of them tells it.
struct CellValue {
    std::int32_t code{}, zeroCode{};
    ExactMass weight;
};

/// An indicator of a family, simulated: the reference firmware's core measures and obeys, the
/// profile says how that looks in registers. The other half of the profile is ModbusIndicator.
class SimulatedStation final : public Station {
public:
    /// `core` runs the reference firmware; all must outlive this object. `unit` is what it shows.
    SimulatedStation(const IndicatorProfile& profile, NativeHost& core,
                     std::function<SimTime()> now, MassUnit unit = MassUnit::kg);

    bool speaks(std::uint8_t function) const override;
    bool silentOnUnknownFunction() const override { return profile_.silentOnUnknownFunction; }
    int mostRead() const override { return profile_.mostRead; }
    int mostWritten() const override { return profile_.mostWritten; }
    ModbusException read(ModbusTable table, int address, std::span<std::uint16_t> out) override;
    ModbusException write(ModbusTable table, int address,
                          std::span<const std::uint16_t> values) override;

    /// Of an indicator for digital cells; index from 0.
    std::function<CellValue(std::size_t)> cell;
    /// Of what has a sensor for it.
    std::function<Temperature()> temperature;

private:
    /// Registers of one table from the first to the last that any field has.
    struct Memory {
        int first{};
        std::vector<std::uint16_t> words;
        std::vector<const std::pair<const std::string, RegisterField>*> fields;  // by address
        std::vector<bool> known;
    };
    /// The core's codes are so much finer than the converter's steps.
    static constexpr std::int64_t finePerCode = 256;
    struct Pending {
        SimTime at;
        std::function<void()> show;
    };
    enum class Access { read, write };

    Memory& memory(ModbusTable table);
    ModbusException permitted(const Memory& m, int address, int count, Access access) const;
    void refresh(const RegisterField& field, const std::string& name, const jh_core_values& v);
    std::optional<std::int64_t> valueOf(const std::string& name, const RegisterField& field,
                                        const jh_core_values& v) const;
    std::int64_t statusOf(const std::string& field, const jh_core_values& v) const;
    bool isSet(const std::string& bit, const jh_core_values& v) const;
    std::int64_t inSteps(std::int64_t millionths) const;
    int decimals() const;

    std::int64_t rawOf(const std::string& field) const;
    void put(const std::string& field, std::int64_t value);
    ModbusException obey(const std::set<std::string>& written);
    bool fires(const CommandRule& rule, const std::set<std::string>& written) const;
    std::string execute(const std::string& name, const CommandRule& rule);
    ModbusException publish(const CommandRule& rule, const std::string& outcome);
    void showDue();
    jh_core_outcome run(jh_core_command command, std::int64_t mass_mg = 0);
    std::uint64_t now_us() const;

    const IndicatorProfile& profile_;
    NativeHost& core_;
    std::function<SimTime()> now_;
    /// A family whose span is adjusted by numbers tells the core's own codes: a step of the
    /// converter may be more than its share of the span's error.
    bool fineCodes_{};
    MassUnit unit_;
    int decimals_{};
    Memory holding_, input_;
    std::set<int> coils_;
    std::map<std::string, std::int64_t> codesBefore_;  ///< by field, as last written
    std::set<std::string> raised_;                     ///< handshake bits
    std::vector<Pending> pending_;
};

}  // namespace jh
