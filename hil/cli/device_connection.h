// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "hil/modbus/modbus_client.h"
#include "hil/modbus/serial_line.h"
#include "hil/scenario/bench_model.h"

namespace jh {

/// A real device and the line to it.
struct DeviceConnection {
    std::unique_ptr<SerialLine> line;  ///< of a serial device; outlives the client
    std::unique_ptr<ModbusClient> client;
};

/// Opens the line; a TCP connection is made with the first request.
Expected<DeviceConnection, IoError> connect(const DevicePlace& place, SimTime replyTimeout);

}  // namespace jh
