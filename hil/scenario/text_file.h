// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"

namespace jh {

/// Place of something in a text, from 1; 0 for the text as a whole. Columns count bytes.
struct TextMark {
    int line{}, column{};
};

/// More than any hand writes; refused unread.
inline constexpr std::uintmax_t maxFileBytes = 1'048'576;

/// The bytes of a regular file of sane size.
Expected<std::string, Diagnostic> readTextFile(const std::filesystem::path& file);

/// The first byte that is no part of UTF-8 text, control characters but tab and line ends included.
std::optional<TextMark> firstBadByte(std::string_view text);

}  // namespace jh
