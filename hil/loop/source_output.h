// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "hil/loop/timing.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/quantity.h"

namespace jh {

/// How a signal source was served.
struct SourceReport {
    std::uint64_t written{};    ///< signals that it took
    std::uint64_t overtaken{};  ///< signals that a newer one came before
    std::uint64_t failed{};     ///< writes that went wrong
    DurationHistogram latency;  ///< from the signal to the source's answer
    std::string firstFailure;
    SimTime longestOutage{};  ///< from a signal that was not taken to the next that was
    bool safe{};              ///< it was driven to its safe value at the end
};

/// Hands the signal of a simulated scale to a real source, from a thread of its own: writing waits
/// for the line, and the executive may not. Only the newest signal is kept; an older one that has
/// not been written by then is of no use to anyone.
class SourceOutput {
public:
    using Write = std::function<Expected<void, IoError>(BridgeRatio)>;

    /// `write` is called from the thread. At the end the source is driven to `safe`.
    SourceOutput(Write write, BridgeRatio safe);
    ~SourceOutput();
    SourceOutput(const SourceOutput&) = delete;
    SourceOutput& operator=(const SourceOutput&) = delete;

    /// Never waits. `at`: steady time at which the signal was there.
    void put(BridgeRatio signal, SimTime at);
    /// How long it has taken no signal; zero while all is well.
    SimTime outage();
    /// Drives the source to safe, ends the thread and tells how it went.
    SourceReport stop();

private:
    struct Signal {
        BridgeRatio ratio;
        SimTime at;
    };
    void run();

    Write write_;
    BridgeRatio safe_;
    std::mutex mutex_;
    std::condition_variable come_;
    std::optional<Signal> newest_;
    std::optional<SimTime> failingSince_;
    bool ended_{};
    SourceReport report_;
    std::thread thread_;
};

}  // namespace jh
