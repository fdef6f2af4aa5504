// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);
}

/// A promise of our own code. Armed in all builds: to go on would falsify results.
#define JH_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::jh::checkFailed(#condition, __FILE__, __LINE__))
