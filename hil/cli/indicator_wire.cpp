// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/indicator_wire.h"

#include <fmt/format.h>

#include "hil/modbus/tcp_client.h"

namespace jh {

std::string problemOf(const WirePlace& place) {
    const int given =
        int{!place.tcp.empty()} + int{!place.rtuOverTcp.empty()} + int{!place.rtu.empty()};
    if (given != 1) return "give one of --tcp, --rtu-over-tcp, --rtu: where it is";
    const std::string& address = place.tcp.empty() ? place.rtuOverTcp : place.tcp;
    if (!address.empty() && !parseHostAddress(address)) {
        return "\"" + address + "\": expected a host and a port, like 192.168.1.20:502";
    }
    return {};
}

Expected<std::unique_ptr<IndicatorWire>, IoError> IndicatorWire::open(
    const WirePlace& place, const IndicatorProfile& profile) {
    return open(DevicePlace{place.rtu, place.baud.value_or(profile.baud), place.format, place.tcp,
                            place.rtuOverTcp, place.unit.value_or(profile.station)},
                profile.replyTimeout);
}

Expected<std::unique_ptr<IndicatorWire>, IoError> IndicatorWire::open(const DevicePlace& place,
                                                                      SimTime replyTimeout) {
    std::unique_ptr<IndicatorWire> wire{new IndicatorWire};
    const auto opened = place.rtu.empty() ? wire->openSocket(place, replyTimeout)
                                          : wire->openLine(place, replyTimeout);
    if (!opened) return Unexpected<IoError>{opened.error()};
    return wire;
}

Expected<void, IoError> IndicatorWire::openLine(const DevicePlace& place, SimTime replyTimeout) {
    SerialLineSettings settings;
    settings.port.device = place.rtu;
    settings.port.baud = place.baud;
    settings.port.format = place.format;
    auto line = SerialLine::open(settings);
    if (!line) return Unexpected<IoError>{line.error()};
    serial_ = std::move(*line);
    const int unit = place.unit;
    client_ = std::make_unique<RtuClient>(*serial_, unit, replyTimeout);
    name_ = fmt::format("unit {} at {}, {} baud, {}", unit, place.rtu, settings.port.baud,
                        word(place.format));
    advice_ = fmt::format(
        "is it on and its protocol Modbus RTU; are unit id {}, {} baud and {} what it "
        "is set to; are A and B the right way round?",
        unit, settings.port.baud, word(place.format));
    return {};
}

Expected<void, IoError> IndicatorWire::openSocket(const DevicePlace& place, SimTime replyTimeout) {
    const bool rtu = place.tcp.empty();
    const auto address = inFigures(*parseHostAddress(rtu ? place.rtuOverTcp : place.tcp));
    if (!address) return Unexpected<IoError>{address.error()};
    const int unit = place.unit;
    if (rtu) {
        socket_ = std::make_unique<SocketLine>(*address);
        client_ = std::make_unique<RtuClient>(*socket_, unit, replyTimeout);
    } else {
        client_ = std::make_unique<TcpClient>(address->host, address->port, unit, replyTimeout);
    }
    name_ = fmt::format("unit {} at {}{}", unit, address->text(), rtu ? " (RTU over TCP)" : "");
    advice_ = fmt::format(
        "is {} its unit id, and does it speak {}?", unit,
        rtu ? "RTU over TCP here (else --tcp)" : "Modbus TCP here (else --rtu-over-tcp)");
    return {};
}

IoError IndicatorWire::explained(IoError error) {
    if (error.kind == IoError::Kind::exception) return error;
    if (socket_ && socket_->fault()) return *socket_->fault();
    if (!serial_ || !serial_->fault()) return error;
    IoError fault = *serial_->fault();
    if (fault.kind != IoError::Kind::disconnected) return fault;
    if (auto back = serial_->reopen(); !back) return back.error();
    return fault;
}

}  // namespace jh
