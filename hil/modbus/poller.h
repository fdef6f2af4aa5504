// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"

namespace jh {

/// Waits for many descriptors and timers at once, in the thread that calls step(). Callbacks may
/// add and remove anything, themselves too. They must not throw and should not take long: while
/// one runs nothing else does.
class Poller {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Readiness {
        bool readable{};
        bool writable{};
        bool hungUp{};  ///< the other side is gone, or the descriptor broke; seen without asking
    };
    struct Interest {
        bool readable{true};
        bool writable{};
    };
    using ReadyCallback = std::function<void(Readiness)>;
    using TimerCallback = std::function<void()>;
    using TimerId = std::pair<Time, std::uint64_t>;

    Poller();
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    /// The descriptor stays the caller's: remove() it before it is closed.
    [[nodiscard]] Expected<void, IoError> add(int descriptor, Interest interest,
                                              ReadyCallback ready);
    void change(int descriptor, Interest interest);
    void remove(int descriptor);

    /// Calls once, in the first step that ends at or after this time; a time that is past means
    /// the next step.
    TimerId at(Time time, TimerCallback call);
    /// Nothing happens when it has been called already.
    void cancel(TimerId timer);

    /// Waits until something is ready or due, at most this long, and calls what is.
    void step(std::chrono::nanoseconds mostWait);
    /// The time at which the step under way, or the last one, woke up.
    Time now() const { return now_; }

private:
    struct Watch {
        std::uint32_t generation{};  // tells a descriptor's number from its former use
        bool active{};
        std::unique_ptr<ReadyCallback> ready;
    };

    void callReady(std::uint64_t tag, std::uint32_t events);
    void callDue(std::uint64_t last);

    int epoll_{-1};
    Time now_;
    std::vector<Watch> watches_;                           // by descriptor
    std::vector<std::unique_ptr<ReadyCallback>> removed_;  // one of them may be running
    std::map<TimerId, TimerCallback> timers_;
    std::uint64_t timersMade_{};
};

}  // namespace jh
