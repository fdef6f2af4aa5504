// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/person.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>

namespace jh {

namespace {

constexpr int lookForStop_ms = 100;

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::optional<std::string> Person::answer() {
    while (!stop_) {
        if (const auto end = typed_.find('\n'); end != std::string::npos) {
            std::string line = trimmed(typed_.substr(0, end));
            typed_.erase(0, end + 1);
            return line;
        }
        pollfd ready{STDIN_FILENO, POLLIN, 0};
        if (poll(&ready, 1, lookForStop_ms) <= 0) continue;
        char bytes[256];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0) return std::nullopt;
        typed_.append(bytes, static_cast<std::size_t>(count));
    }
    return std::nullopt;
}

Expected<void, IoError> Person::ask(const LoadOrder& order) {
    const bool zh = language_ == Language::zh;
    const std::string text = orderText(order, scale_, language_);
    fmt::print("\n{:>3}. {}\n{}", ++orders_, text, deckSketch(order, scale_));
    while (true) {
        fmt::print("{}", zh ? "     完成后按回车；n 不能做；q 结束 > "
                            : "     Enter when it is done, n: it cannot be done, q: end here > ");
        std::fflush(stdout);
        const auto typed = answer();
        if (!typed || *typed == "q") {
            fmt::print("\n");
            return Unexpected<IoError>{{IoError::Kind::interrupted, "ended at: " + text}};
        }
        if (typed->empty()) return {};
        if (*typed == "n")
            return Unexpected<IoError>{{IoError::Kind::refused, "not done: " + text}};
    }
}

}  // namespace jh
