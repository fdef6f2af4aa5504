// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"

namespace jh {

/// A TCP socket that waits for connections, non-blocking; whoever gets it closes it.
struct ListenSocket {
    int descriptor{-1};
    std::uint16_t port{};  ///< the real one, also when 0 was asked for
};

/// `host` is an IPv4 or IPv6 address in figures. The error's text says what to do about it.
[[nodiscard]] Expected<ListenSocket, IoError> openListenSocket(const std::string& host,
                                                               std::uint16_t port);

/// Whether a peer is on this machine: 127.0.0.0/8, ::1, or the former inside IPv6.
bool isLoopback(const sockaddr_storage& peer);

}  // namespace jh
