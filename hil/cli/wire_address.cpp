// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/wire_address.h"

#include <charconv>

namespace jh {

std::optional<HostPort> parseHostPort(const std::string& text) {
    HostPort place;
    const auto colon = text.rfind(':');
    const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
    if (colon != std::string::npos && colon > 0) place.host = text.substr(0, colon);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), place.port);
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    return place;
}

}  // namespace jh
