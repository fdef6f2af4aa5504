// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace jh {

/// What a person finds on looking at the scale (test `identity`): every entry must be true.
struct AppearanceItem {
    std::string id, title, titleZh;
    bool found{true};
};

}  // namespace jh
