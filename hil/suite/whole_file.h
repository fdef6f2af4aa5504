// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "sim/base/expected.h"

namespace jh {

/// Writes a file so that its name never stands for a part of it: beside it, to the disk, then
/// renamed. Folders are made. Why it did not work, else empty; then nothing is left behind.
std::string writeWhole(const std::filesystem::path& file, const std::string& text);

/// All bytes, or why not.
Expected<std::string, std::string> readWhole(const std::filesystem::path& file);

/// What writeWhole() leaves behind when it is killed: files named *.part, in all folders below.
void removeParts(const std::filesystem::path& folder);

}  // namespace jh
