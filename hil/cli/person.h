// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "hil/cli/typed_lines.h"
#include "hil/driver/manual_load_source.h"
#include "hil/report/order_words.h"

namespace jh {

/// A person at the terminal: told on stdout what to do, answers on stdin with Enter when it is
/// done, `n` when it cannot be done, `q` to end the run. Ends as `interrupted` at the end of stdin.
class Person {
public:
    /// `scale` names the cells and the unit; `stop` ends the wait for an answer. Both outlive this.
    Person(const ScaleModel& scale, Language language, const std::atomic<bool>& stop)
        : scale_{scale}, language_{language}, lines_{stop} {}

    Expected<void, IoError> ask(const LoadOrder& order);

private:
    const ScaleModel& scale_;
    Language language_;
    TypedLines lines_;
    int orders_{};
};

}  // namespace jh
