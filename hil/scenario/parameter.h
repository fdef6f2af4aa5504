// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace jh {

/// One key of a map as its description knows it: what is written there and what may be.
struct Parameter {
    std::string key;
    std::string value;                 ///< as written: "3 mm"
    std::string unit;                  ///< empty for a name or a bare number
    std::string least, most;           ///< as written; empty where there is no number
    std::vector<std::string> choices;  ///< of a word; empty where any will do
};

}  // namespace jh
