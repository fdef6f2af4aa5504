// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <string>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"

namespace jh {

/// Lines of stdin, typed or piped, for a program that must notice when somebody ends it.
class TypedLines {
public:
    /// Waiting ends as `interrupted` soon after `stop` is set. It must outlive this.
    explicit TypedLines(const std::atomic<bool>& stop) : stop_{stop} {}
    /// The next one without its end; `disconnected` when no more can come.
    Expected<std::string, IoError> next();

private:
    const std::atomic<bool>& stop_;
    std::string pending_;
    bool ended_{};
};

}  // namespace jh
