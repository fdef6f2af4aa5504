// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hil/modbus/serial_port.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Where something listens.
struct HostAddress {
    std::string host;
    std::uint16_t port{};
    std::string text() const { return host + ':' + std::to_string(port); }
};

/// "scale.local:502", "192.168.1.20:502", "[::1]:502"; without a port the usual one, 502. Nothing
/// for anything else.
std::optional<HostAddress> parseHostAddress(const std::string& text);

/// The same with the host's IPv4 address in figures, looked up when it is a name.
[[nodiscard]] Expected<HostAddress, IoError> inFigures(const HostAddress& address);

/// A non-blocking TCP connection to an address in figures, made within this time. The error's text
/// says what to do about it.
[[nodiscard]] Expected<FileDescriptor, IoError> connectSocket(const HostAddress& address,
                                                              SimTime timeout);

/// The same, only begun: it stands, or has failed, when the socket is writable.
[[nodiscard]] Expected<FileDescriptor, IoError> beginConnection(const HostAddress& address);
/// How a connection that was begun has ended.
[[nodiscard]] Expected<void, IoError> endConnection(int socket, const HostAddress& address);

}  // namespace jh
