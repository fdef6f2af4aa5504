// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "hil/cli/wire_commands.h"
#include "hil/indicator/profile.h"
#include "hil/modbus/modbus_client.h"
#include "hil/modbus/serial_line.h"
#include "hil/modbus/socket_line.h"
#include "hil/scenario/bench_model.h"

namespace jh {

/// The way to one indicator, or signal source, on a real wire.
class IndicatorWire {
public:
    /// Opens the device or looks up the host. Exactly one of the place's three ways is given.
    [[nodiscard]] static Expected<std::unique_ptr<IndicatorWire>, IoError> open(
        const DevicePlace& place, SimTime replyTimeout);
    /// The same, what the place does not tell taken from the profile.
    [[nodiscard]] static Expected<std::unique_ptr<IndicatorWire>, IoError> open(
        const WirePlace& place, const IndicatorProfile& profile);

    ModbusClient& client() { return *client_; }
    /// The error of a transaction with what the line knows about it. After a lost line this tries
    /// to get it back, for the next transaction.
    IoError explained(IoError error);
    /// "unit 1 at 127.0.0.1:502"
    const std::string& name() const { return name_; }
    /// What to look at when nothing ever answers.
    const std::string& advice() const { return advice_; }
    /// Of a serial line; zeros of another.
    LineStatistics statistics() const { return serial_ ? serial_->statistics() : LineStatistics{}; }

private:
    IndicatorWire() = default;
    Expected<void, IoError> openLine(const DevicePlace& place, SimTime replyTimeout);
    Expected<void, IoError> openSocket(const DevicePlace& place, SimTime replyTimeout);

    std::unique_ptr<SerialLine> serial_;
    std::unique_ptr<SocketLine> socket_;
    std::unique_ptr<ModbusClient> client_;
    std::string name_, advice_;
};

/// What is wrong with a place, one sentence; empty when nothing is.
std::string problemOf(const WirePlace& place);

}  // namespace jh
