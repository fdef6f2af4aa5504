// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/modbus_words.h"

#include <map>

namespace jh {

// Application protocol 1.1b3, 6 and 7.

std::string functionName(std::uint8_t function) {
    static const std::map<int, const char*> names{
        {0x01, "read coils"},
        {0x02, "read discrete inputs"},
        {0x03, "read holding registers"},
        {0x04, "read input registers"},
        {0x05, "write coil"},
        {0x06, "write register"},
        {0x07, "read exception status"},
        {0x08, "diagnostics"},
        {0x0B, "get comm event counter"},
        {0x0C, "get comm event log"},
        {0x0F, "write coils"},
        {0x10, "write registers"},
        {0x11, "report server id"},
        {0x14, "read file record"},
        {0x15, "write file record"},
        {0x16, "mask write register"},
        {0x17, "read and write registers"},
        {0x18, "read FIFO queue"},
        {0x2B, "read device identification"},
    };
    const auto found = names.find(function);
    if (found != names.end()) return found->second;
    constexpr char digits[] = "0123456789ABCDEF";
    return std::string{"function "} + digits[function >> 4] + digits[function & 0x0F];
}

std::string exceptionName(std::uint8_t code) {
    static const std::map<int, const char*> names{
        {1, "illegal function"},
        {2, "illegal data address"},
        {3, "illegal data value"},
        {4, "server device failure"},
        {5, "acknowledge"},
        {6, "server device busy"},
        {8, "memory parity error"},
        {10, "gateway path unavailable"},
        {11, "gateway target silent"},
    };
    const auto found = names.find(code);
    return found == names.end() ? std::string{} : found->second;
}

}  // namespace jh
