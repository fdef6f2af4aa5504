// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/timing.h"

#include <algorithm>
#include <cmath>

namespace jh {

namespace {

constexpr double microsecond_ns = 1000.0;

}  // namespace

SimTime DurationHistogram::edge(int bin) {
    const double octave = static_cast<double>(bin + 1) / binsPerOctave;
    return SimTime{static_cast<std::int64_t>(std::ceil(microsecond_ns * std::exp2(octave)))};
}

void DurationHistogram::add(SimTime duration) {
    const double ns = std::max(static_cast<double>(duration.count()), microsecond_ns);
    const double octave = std::log2(ns / microsecond_ns);
    const int last = static_cast<int>(bins_.size()) - 1;
    const int bin = std::clamp(static_cast<int>(octave * binsPerOctave), 0, last);
    ++bins_[static_cast<std::size_t>(bin)];
    ++count_;
    most_ = std::max(most_, duration);
}

SimTime DurationHistogram::quantile(double share) const {
    const double wanted = share * static_cast<double>(count_);
    double seen = 0.0;
    for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
        seen += static_cast<double>(bins_[bin]);
        if (seen >= wanted && seen > 0.0) return std::min(edge(static_cast<int>(bin)), most_);
    }
    return most_;
}

}  // namespace jh
