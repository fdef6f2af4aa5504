// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/scenario/document.h"

namespace jh {

/// A document as JSON, which is YAML as well: keys in their order, two blanks of indentation,
/// lists and maps of scalars on one line.
std::string jsonText(const TreeNode& node);

/// A text in double quotes, for JSON and YAML; it must have no control characters, as no text of a
/// document has (fields.cpp refuses them).
std::string quoted(const std::string& text);

}  // namespace jh
