// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/steady_time.h"

#include <cerrno>
#include <ctime>

namespace jh {

SimTime steadyNow() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

void sleepUntil(SimTime steady) {
    constexpr std::int64_t second_ns = 1'000'000'000;
    const timespec until{steady.count() / second_ns, steady.count() % second_ns};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
    }
}

}  // namespace jh
