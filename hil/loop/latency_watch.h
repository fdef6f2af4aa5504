// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>

#include "hil/loop/timing.h"
#include "sim/base/exact_mass.h"

namespace jh {

/// How long a change of the signal takes to the register. Of two values seen one after the other
/// that differ, the middle was gone through by the signal some time before: the last such time
/// counts, so that a swinging deck makes it rather too short than too long.
class LatencyWatch {
public:
    /// Smaller differences than this do not count: they may be noise.
    explicit LatencyWatch(ExactMass smallest) : smallest_{smallest} {}

    /// The load that the signal stands for, on its way from the empty scale.
    void signal(SimTime at, Mass load);
    /// What the register holds; nothing while it shows no weight.
    void seen(SimTime at, std::optional<ExactMass> gross);

    const DurationHistogram& latency() const { return latency_; }

private:
    void change(SimTime at, Mass from, Mass to);
    struct Point {
        SimTime at;
        Mass load;
    };

    ExactMass smallest_;
    std::deque<Point> course_;  ///< of the last ten seconds
    std::optional<ExactMass> last_;
    DurationHistogram latency_;
};

}  // namespace jh
