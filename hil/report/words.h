// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hil/procedure/record.h"

namespace jh {

enum class Language { en, zh };

/// A fixed phrase in the reader's language; the English one is also its name. Findings and marks of
/// certainty are known with the numbers and names they hold. Unknown phrases come back as they are.
std::string phrase(std::string_view english, Language language);

/// Name of a kind of measurement in files: "zero_error".
const char* kindName(MeasurementKind kind);
/// Nothing for a name that this version does not know.
std::optional<MeasurementKind> kindNamed(std::string_view name);

/// What a measurement is of, for a reader.
std::string label(const Measurement& m, Language language);

/// A load as a regulation writes it: "500 e", "weights"; Max is a symbol in both languages.
std::string loadText(const std::string& text, Language language);

/// Columns that a text takes in a terminal: CJK characters take two.
std::size_t displayWidth(std::string_view utf8);

/// Filled up with blanks to a width in terminal columns.
std::string padLeft(const std::string& text, std::size_t width);
std::string padRight(const std::string& text, std::size_t width);

}  // namespace jh
