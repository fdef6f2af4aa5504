// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace jh {

/// Simulated time since the start of the run: whole nanoseconds, so that sums are exact.
using SimTime = std::chrono::nanoseconds;

using namespace std::chrono_literals;

/// For reports only; arithmetic stays in nanoseconds.
constexpr double seconds(SimTime t) {
    return std::chrono::duration<double>(t).count();
}

}  // namespace jh
