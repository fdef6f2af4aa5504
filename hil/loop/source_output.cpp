// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/source_output.h"

#include <algorithm>
#include <utility>

#include "hil/modbus/steady_time.h"

namespace jh {

SourceOutput::SourceOutput(Write write, BridgeRatio safe)
    : write_{std::move(write)}, safe_{safe}, thread_{[this] { run(); }} {}

SourceOutput::~SourceOutput() {
    static_cast<void>(stop());
}

void SourceOutput::put(BridgeRatio signal, SimTime at) {
    {
        const std::lock_guard hold{mutex_};
        if (newest_) ++report_.overtaken;
        newest_ = Signal{signal, at};
    }
    come_.notify_one();
}

SimTime SourceOutput::outage() {
    const std::lock_guard hold{mutex_};
    return failingSince_ ? steadyNow() - *failingSince_ : SimTime{};
}

SourceReport SourceOutput::stop() {
    {
        const std::lock_guard hold{mutex_};
        ended_ = true;
    }
    come_.notify_one();
    if (thread_.joinable()) thread_.join();
    return report_;
}

void SourceOutput::run() {
    std::unique_lock hold{mutex_};
    while (!ended_) {
        come_.wait(hold, [this] { return ended_ || newest_.has_value(); });
        if (ended_) break;
        const Signal signal = *std::exchange(newest_, std::nullopt);
        hold.unlock();
        const auto done = write_(signal.ratio);
        hold.lock();
        if (!done && report_.failed++ == 0) report_.firstFailure = done.error().text;
        if (!done && !failingSince_) failingSince_ = signal.at;
        if (failingSince_) {
            report_.longestOutage = std::max(report_.longestOutage, steadyNow() - *failingSince_);
        }
        if (!done) continue;
        failingSince_.reset();
        ++report_.written;
        report_.latency.add(steadyNow() - signal.at);
    }
    hold.unlock();
    // Once more if need be: nothing may be left at the terminals.
    constexpr int tries = 3;
    for (int i = 0; i < tries && !report_.safe; ++i) report_.safe = write_(safe_).has_value();
}

}  // namespace jh
