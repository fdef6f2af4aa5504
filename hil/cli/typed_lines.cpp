// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/typed_lines.h"

#include <sys/select.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace jh {

Expected<std::string, IoError> TypedLines::next() {
    while (!stop_) {
        const auto end = pending_.find('\n');
        if (end != std::string::npos || (ended_ && !pending_.empty())) {
            std::string line = pending_.substr(0, end);
            pending_.erase(0, end == std::string::npos ? end : end + 1);
            return line;
        }
        if (ended_) return Unexpected<IoError>{{IoError::Kind::disconnected, "the input ended"}};
        fd_set in;
        FD_ZERO(&in);
        FD_SET(STDIN_FILENO, &in);
        timeval patience{0, 100'000};
        const int ready = select(STDIN_FILENO + 1, &in, nullptr, nullptr, &patience);
        if (ready < 0 && errno != EINTR) ended_ = true;  // there is no stdin
        if (ready <= 0) continue;
        std::array<char, 4096> bytes;
        const auto count = read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count > 0) pending_.append(bytes.data(), static_cast<std::size_t>(count));
        if (count == 0 || (count < 0 && errno != EINTR)) ended_ = true;
    }
    return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped"}};
}

}  // namespace jh
