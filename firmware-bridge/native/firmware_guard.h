// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace jh {

/// Makes the process ready for runGuarded(): takes over the signals of a crash, on a stack of
/// their own, and a timer of processor time.
void prepareGuard();

/// Runs `work`, which calls into a firmware, and comes back even when that crashes or computes for
/// more than 10 s of processor time. Says then what happened, with the functions it was in, latest
/// first, by `nameOf` (empty: not of the firmware); empty when all went well. Nothing that `work`
/// was in the middle of may be used after a crash.
std::string runGuarded(const std::function<void()>& work,
                       const std::function<std::string(const void*)>& nameOf);

}  // namespace jh
