// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "hil/scenario/diagnostics.h"
#include "tests/support/temporary_folder.h"

namespace jh::test {

using Folder = TemporaryFolder;

inline std::string readAll(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file, std::ios::binary}.rdbuf();
    return text.str();
}

/// Text with the first `from` replaced; fails loudly when there is none.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

/// "3:7 deck.width: message (did you mean 'x'?)" for each, without the file name.
inline std::string listing(const Diagnostics& diagnostics) {
    std::string out;
    for (const Diagnostic& d : diagnostics) {
        Diagnostic bare = d;
        bare.file = std::to_string(d.line) + ':' + std::to_string(d.column);
        bare.line = 0;
        out += bare.text() + '\n';
    }
    return out;
}

}  // namespace jh::test
