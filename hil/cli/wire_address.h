// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace jh {

struct HostPort {
    std::string host{"127.0.0.1"};
    std::uint16_t port{};
};

/// "192.168.0.100:502", ":1502", "1502"; without a host it is this machine.
std::optional<HostPort> parseHostPort(const std::string& text);

}  // namespace jh
