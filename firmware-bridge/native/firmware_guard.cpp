// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/native/firmware_guard.h"

#include <execinfo.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

#include <array>
#include <csignal>
#include <cstring>

namespace jh {

namespace {

constexpr int tick_s = 5;  ///< a span in which two of these pass hangs
constexpr std::size_t mostFrames = 48;

/// What a signal handler may touch.
struct Guard {
    sigjmp_buf back{};
    volatile std::sig_atomic_t inside{}, ticks{};
    int signal{};
    std::array<void*, mostFrames> frames{};
    int depth{};
};
Guard guard;

std::array<char, 65536> signalStack;

void caught(int signal) {
    if (guard.inside == 0) {
        // Ours, not the firmware's: end as a program without handler would.
        if (signal == SIGVTALRM) return;
        ::signal(signal, SIG_DFL);
        raise(signal);
        return;
    }
    if (signal == SIGVTALRM) {
        guard.ticks = guard.ticks + 1;
        if (guard.ticks < 2) return;
    }
    guard.inside = 0;
    guard.signal = signal;
    guard.depth = backtrace(guard.frames.data(), static_cast<int>(guard.frames.size()));
    siglongjmp(guard.back, 1);
}

std::string whatHappened(const std::function<std::string(const void*)>& nameOf) {
    std::string text = guard.signal == SIGVTALRM
                           ? std::string{"it computes for more than 10 s without coming back"}
                           : std::string{"it crashed: "} + strsignal(guard.signal);
    std::string trace;
    for (int i = 0; i < guard.depth; ++i) {
        const std::string name = nameOf(guard.frames[static_cast<std::size_t>(i)]);
        if (!name.empty()) trace += (trace.empty() ? ", in " : " <- ") + name;
    }
    return text + trace;
}

}  // namespace

void prepareGuard() {
    stack_t stack{};
    stack.ss_sp = signalStack.data();
    stack.ss_size = signalStack.size();
    sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = caught;
    action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART;
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGVTALRM}) {
        sigaction(signal, &action, nullptr);
    }
    // The first call may load a library, which a handler must not.
    backtrace(guard.frames.data(), 1);
    const itimerval timer{{tick_s, 0}, {tick_s, 0}};
    setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

std::string runGuarded(const std::function<void()>& work,
                       const std::function<std::string(const void*)>& nameOf) {
    guard.ticks = 0;
    if (sigsetjmp(guard.back, 0) != 0) return whatHappened(nameOf);
    guard.inside = 1;
    work();
    guard.inside = 0;
    return {};
}

}  // namespace jh
