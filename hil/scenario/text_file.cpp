// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/text_file.h"

#include <algorithm>
#include <fstream>

namespace jh {

namespace {

using Byte = unsigned char;

Byte byteAt(std::string_view text, std::size_t i) {
    return static_cast<Byte>(text[i]);
}

/// Bytes of the character that starts here, 0 when none does (RFC 3629, section 4).
std::size_t characterLength(std::string_view text) {
    const Byte lead = byteAt(text, 0);
    if (lead < 0x80) {
        const bool control =
            (lead < 0x20 && lead != '\n' && lead != '\r' && lead != '\t') || lead == 0x7f;
        return control ? 0 : 1;
    }
    if (lead < 0xc2 || lead > 0xf4) return 0;
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(text, i) & 0xc0) != 0x80) return 0;
    }
    const Byte second = byteAt(text, 1);
    const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    const bool outside = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
    return overlong || outside ? 0 : length;
}

}  // namespace

Expected<std::string, Diagnostic> readTextFile(const std::filesystem::path& file) {
    const auto fail = [&](const char* why) {
        return Unexpected<Diagnostic>{Diagnostic{file.string(), 0, 0, "", why, ""}};
    };
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) return fail("no such file");
    if (std::filesystem::is_directory(status)) return fail("is a directory, not a file");
    if (!std::filesystem::is_regular_file(status)) return fail("is not a regular file");
    const auto size = std::filesystem::file_size(file, error);
    if (error) return fail("cannot be read");
    if (size > maxFileBytes) return fail("larger than 1 MiB; not read");

    std::ifstream stream{file, std::ios::binary};
    std::string text(size, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(size));
    if (!stream) return fail("cannot be read");
    return text;
}

std::optional<TextMark> firstBadByte(std::string_view text) {
    std::size_t i = 0;
    TextMark at{1, 1};
    while (i < text.size()) {
        const std::size_t length = characterLength(text.substr(i));
        if (length == 0) return at;
        at = text[i] == '\n' ? TextMark{at.line + 1, 1}
                             : TextMark{at.line, at.column + static_cast<int>(length)};
        i += length;
    }
    return std::nullopt;
}

}  // namespace jh
