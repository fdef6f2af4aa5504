// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/latency_watch.h"

namespace jh {

void LatencyWatch::signal(SimTime at, Mass load) {
    constexpr SimTime kept = 10s;
    course_.push_back({at, load});
    if (course_.front().at + kept < at) course_.pop_front();
}

void LatencyWatch::seen(SimTime at, std::optional<ExactMass> gross) {
    if (last_ && gross && (*gross - *last_).abs() >= smallest_) {
        change(at, last_->mass(), gross->mass());
    }
    last_ = gross;
}

void LatencyWatch::change(SimTime at, Mass from, Mass to) {
    const Mass middle = (from + to) / 2.0;
    for (std::size_t i = course_.size(); i-- > 1;) {
        const Mass before = course_[i - 1].load, after = course_[i].load;
        const bool through =
            to > from ? before < middle && after >= middle : before > middle && after <= middle;
        if (!through) continue;
        latency_.add(at - course_[i].at);
        return;
    }
}

}  // namespace jh
