// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/markup.h"

#include <fmt/format.h>

namespace jh {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
        }
    }
    return out;
}

std::string tag(std::string_view nameAndAttributes, std::string_view content) {
    const std::string_view name = nameAndAttributes.substr(0, nameAndAttributes.find(' '));
    return fmt::format("<{}>{}</{}>", nameAndAttributes, content, name);
}

}  // namespace jh
