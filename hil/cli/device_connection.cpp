// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/device_connection.h"

#include <cstdlib>

#include "hil/modbus/rtu_client.h"
#include "hil/modbus/tcp_client.h"

namespace jh {

Expected<DeviceConnection, IoError> connect(const DevicePlace& place, SimTime replyTimeout) {
    DeviceConnection connection;
    if (place.rtu.empty()) {
        const auto colon = place.tcp.rfind(':');
        connection.client = std::make_unique<TcpClient>(place.tcp.substr(0, colon),
                                                        std::atoi(place.tcp.c_str() + colon + 1),
                                                        place.unit, replyTimeout);
        return connection;
    }
    SerialLineSettings settings;
    settings.port.device = place.rtu;
    settings.port.baud = place.baud;
    settings.port.format = place.format;
    auto line = SerialLine::open(settings);
    if (!line) return Unexpected<IoError>{line.error()};
    connection.line = std::move(*line);
    connection.client = std::make_unique<RtuClient>(*connection.line, place.unit, replyTimeout);
    return connection;
}

}  // namespace jh
