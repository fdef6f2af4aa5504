// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/whole_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

namespace jh {

namespace fs = std::filesystem;

namespace {

bool writeAll(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::string writeWhole(const fs::path& file, const std::string& text) {
    const auto problem = [&](int code) { return file.string() + ": " + std::strerror(code); };
    std::error_code error;
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    if (error) return problem(error.value());
    // The process in the name: one that is being killed may still write its own.
    const std::string part = fmt::format("{}.{}.part", file.string(), ::getpid());
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) return problem(errno);
    bool ok = writeAll(descriptor, text) && ::fsync(descriptor) == 0;
    int code = errno;
    if (::close(descriptor) != 0 && ok) {
        ok = false;
        code = errno;
    }
    if (ok && std::rename(part.c_str(), file.c_str()) != 0) {
        ok = false;
        code = errno;
    }
    if (ok) return {};
    ::unlink(part.c_str());
    return problem(code);
}

Expected<std::string, std::string> readWhole(const fs::path& file) {
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (in == nullptr) {
        return Unexpected<std::string>{file.string() + ": " + std::strerror(errno)};
    }
    std::string text;
    std::vector<char> block(65'536);
    std::size_t got = 0;
    while ((got = std::fread(block.data(), 1, block.size(), in)) > 0)
        text.append(block.data(), got);
    const bool ok = std::ferror(in) == 0;
    const int code = errno;
    std::fclose(in);
    if (!ok) return Unexpected<std::string>{file.string() + ": " + std::strerror(code)};
    return text;
}

void removeParts(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> parts;
    for (fs::recursive_directory_iterator at{folder, error}, end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() == ".part") parts.push_back(at->path());
    }
    for (const fs::path& part : parts) fs::remove(part, error);
}

}  // namespace jh
