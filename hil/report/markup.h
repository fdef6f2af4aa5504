// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace jh {

/// Text as content or attribute of XML and HTML. Control characters, which XML cannot hold even
/// escaped, become question marks.
std::string escaped(std::string_view text);

/// An element around content that is markup already: tag("td class=num", "20") is
/// <td class=num>20</td>.
std::string tag(std::string_view nameAndAttributes, std::string_view content);

}  // namespace jh
