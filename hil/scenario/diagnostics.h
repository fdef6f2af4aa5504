// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jh {

/// One thing wrong with a file.
struct Diagnostic {
    std::string file;
    int line{}, column{};  ///< from 1; 0 where the file as a whole is meant
    std::string path;      ///< place in the document: "cells.capacity"
    std::string message;   ///< what is wrong and what was expected
    std::string nearest;   ///< nearest valid name, or empty
    /// "file:line:column: path: message (did you mean 'nearest'?)"
    std::string text() const;
};

using Diagnostics = std::vector<Diagnostic>;

/// The name that a misspelt word was probably meant to be, or empty.
std::string nearestName(std::string_view word, const std::vector<std::string>& names);

/// By file, line and column; what stands there twice only once.
void putInOrder(Diagnostics& diagnostics);

}  // namespace jh
