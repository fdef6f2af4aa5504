// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/person.h"

#include <fmt/format.h>

#include <cstdio>

namespace jh {

Expected<void, IoError> Person::ask(const LoadOrder& order) {
    const bool zh = language_ == Language::zh;
    const std::string text = orderText(order, scale_, language_);
    fmt::print("\n{:>3}. {}\n{}", ++orders_, text, deckSketch(order, scale_));
    while (true) {
        fmt::print("{}", zh ? "     完成后按回车；n 不能做；q 结束 > "
                            : "     Enter when it is done, n: it cannot be done, q: end here > ");
        std::fflush(stdout);
        const auto typed = lines_.next();
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
