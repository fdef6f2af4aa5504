// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sim/base/sim_time.h"

namespace jh {

/// Durations counted in bins that widen with them, 16 to an octave (4 %): from 1 us to 70 s.
class DurationHistogram {
public:
    static constexpr int binsPerOctave = 16, octaves = 26;

    void add(SimTime duration);
    std::uint64_t count() const { return count_; }
    SimTime most() const { return most_; }
    /// Upper edge of the bin in which this share of all lies; the true maximum for the last one.
    SimTime quantile(double share) const;
    /// Upper edge of a bin and how many lie in it.
    static SimTime edge(int bin);
    const auto& bins() const { return bins_; }

private:
    std::array<std::uint64_t, static_cast<std::size_t>(binsPerOctave* octaves)> bins_{};
    std::uint64_t count_{};
    SimTime most_{};
};

/// How a run in wall time kept its time.
struct LoopTiming {
    SimTime period{};
    std::uint64_t ticks{};
    std::uint64_t missed{};      ///< periods in which no tick began; none of them was made up for
    DurationHistogram lateness;  ///< from the deadline to the begin of the tick
    DurationHistogram periodError;  ///< between two ticks, against the period
    DurationHistogram work;         ///< of one tick
    bool realTime{}, memoryLocked{};
    std::string advice;  ///< what would make it better; empty: nothing
};

}  // namespace jh
