// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hil/indicator/register_map.h"
#include "hil/modbus/modbus_client.h"
#include "hil/port/clock.h"
#include "hil/port/indicator.h"
#include "sim/model/scale_model.h"

namespace jh {

/// Readings are taken at whole multiples of this time, whoever asks and whenever.
inline constexpr SimTime readingGrid = 250ms;
/// A reading has ended by then; commands begin on their own grid and have been seen to by then,
/// whatever the wire and the family: what comes next happens at the same time with all of them.
inline constexpr SimTime readingTakes = 200ms, commandGrid = 5s, commandTakes = 5s;

/// An indicator read and commanded over Modbus by its profile: the client half of the profile.
class ModbusIndicator final : public Indicator, public Adjustment {
public:
    /// The profile must have passed validation and outlive this object, as must the rest. Of the
    /// scale only what stands on its rating plate is used: unit, Max, intervals.
    ModbusIndicator(const IndicatorProfile& profile, ModbusClient& client, Clock& clock,
                    const ScaleModel& scale);

    Expected<Reading, IoError> read() override;
    /// The gross value as its register holds it now: off the grid of readings, and no reading.
    /// Nothing where the family has none.
    Expected<std::optional<ExactMass>, IoError> glance();
    Expected<IndicatorIdentity, IoError> identify() override;
    Expected<void, IoError> zero() override { return command("zero", {}); }
    Expected<void, IoError> tare() override { return command("tare", {}); }
    Expected<void, IoError> clearTare() override { return command("clear_tare", {}); }

    Expected<void, IoError> adjustZero() override { return command("adjust_zero", {}); }
    Expected<void, IoError> adjustSpan(ExactMass load) override;
    /// Nothing to do where the family has no command for it.
    Expected<void, IoError> seal() override;

    /// Any command of the profile, with what goes before and after it. `load` in units of
    /// 10^-decimals where the command wants one.
    Expected<void, IoError> command(const std::string& name, std::optional<std::int64_t> load);

private:
    Expected<void, IoError> carryOut(const std::string& name, std::optional<std::int64_t> load);
    using Outcome = Expected<void, IoError>;
    Expected<RegisterImage, IoError> fetch(const std::vector<RegisterBlock>& plan);
    Expected<RegisterImage, IoError> fetch(const std::vector<std::string>& names);
    Expected<Reading, IoError> readingFrom(const RegisterImage& image);
    Outcome takeUnits(const RegisterImage& image);
    Outcome followHeartbeat(const RegisterImage& image);
    std::optional<ExactMass> mass(const RegisterImage& image, const std::string& name) const;
    ExactMass step() const;
    IoError explained(const std::string& what, IoError error) const;

    Outcome send(const std::string& name, const CommandRule& rule,
                 std::optional<std::int64_t> parameter);
    Outcome writeFields(const std::vector<std::pair<std::string, std::int64_t>>& values);
    Outcome writeWords(int address, const std::vector<std::uint16_t>& words);
    Outcome calculate(const std::string& name, const CommandRule& rule,
                      std::optional<std::int64_t> load);
    Outcome await(const std::string& name, const CommandRule& rule);
    /// Nothing while the outcome is still open.
    Expected<bool, IoError> taken(const std::string& name, const CommandRule& rule);
    Expected<bool, IoError> effectSeen(const std::string& name);

    const IndicatorProfile& profile_;
    ModbusClient& client_;
    Clock& clock_;
    const ScaleModel& scale_;
    std::vector<RegisterBlock> readingPlan_;
    int decimals_{};       ///< of the masses on the wire, as last read
    ExactMass one_;        ///< of the unit on the wire, as last read
    std::int64_t load_{};  ///< of the last adjustment of span
    std::uint16_t counter_{};
    std::optional<std::int64_t> lastGross_, lastHeartbeat_;
    int equalReadings_{};
    SimTime heartbeatSince_{}, lastReadingAt_{-readingGrid};
};

}  // namespace jh
