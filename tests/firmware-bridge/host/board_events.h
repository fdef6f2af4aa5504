// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "firmware-bridge/host/hosted_board.h"

namespace jh {

/// The bytes sent, as text.
inline std::string textOf(const std::vector<BoardEvent>& events) {
    std::string text;
    for (const BoardEvent& event : events) {
        if (event.kind == BoardEvent::Kind::byte) text += static_cast<char>(event.value);
    }
    return text;
}

/// What events of one kind say.
inline std::vector<std::string> said(const std::vector<BoardEvent>& events, BoardEvent::Kind kind) {
    std::vector<std::string> texts;
    for (const BoardEvent& event : events) {
        if (event.kind == kind) texts.push_back(event.name);
    }
    return texts;
}

}  // namespace jh
