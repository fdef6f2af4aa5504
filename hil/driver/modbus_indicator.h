// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/indicator/profile.h"
#include "hil/modbus/rtu_client.h"
#include "hil/port/clock.h"
#include "hil/port/indicator.h"

namespace jh {

/// Readings are taken at whole multiples of this time, whoever asks and whenever.
inline constexpr SimTime readingGrid = 250ms;

/// An indicator read and commanded over Modbus by its profile.
class ModbusIndicator final : public Indicator, public Adjustment {
public:
    /// The profile must have passed validation and outlive this object, as must the rest.
    /// `unit` is what its masses are in.
    ModbusIndicator(const IndicatorProfile& profile, RtuClient& client, Clock& clock,
                    MassUnit unit = MassUnit::kg);

    Expected<Reading, IoError> read() override;
    Expected<IndicatorIdentity, IoError> identify() override;
    Expected<void, IoError> zero() override { return command("zero"); }
    Expected<void, IoError> tare() override { return command("tare"); }
    Expected<void, IoError> clearTare() override { return command("clear_tare"); }

    Expected<void, IoError> adjustZero() override;
    Expected<void, IoError> adjustSpan(ExactMass load) override;
    Expected<void, IoError> seal() override { return command("seal"); }

private:
    Expected<void, IoError> command(const std::string& name, std::int64_t parameter = 0);
    Expected<void, IoError> unlock();
    Expected<std::int64_t, IoError> field(const std::string& name);
    ExactMass massOf(std::int64_t raw) const;

    const IndicatorProfile& profile_;
    RtuClient& client_;
    Clock& clock_;
    MassUnit unit_;
    int decimals_{};  ///< of the masses on the wire, as last read
};

}  // namespace jh
